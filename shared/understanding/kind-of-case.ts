import type { Kind } from '../case/case.ts';
import type { MessageKind } from './understanding.ts';

/** A message that both complains and reports begins as a complaint; the desk splits the report off (Art. 9). */
export const kindOfCase = (kind: MessageKind): Kind => (kind === 'both' ? 'complaint' : kind);
