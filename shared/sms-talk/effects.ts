import type { Kind } from '../case/case.ts';
import type { CaseNumber } from '../case/case-number.ts';
import type { Instant } from '../dates.ts';
import type { Given } from './talk.ts';
import type { TextId } from './texts.ts';

/** A case by its number; before its number is known, by the text that registered it. */
export type CaseRef = { number: CaseNumber } | { registeredBy: string };

/** Why a text is kept as a contact and not with a case. */
export type ContactReason =
  | 'empty'
  | 'everyday'
  | 'courtesy'
  | 'half-told'
  | 'help'
  | 'human'
  | 'opted-out'
  | 'opted-in'
  | 'too-many'
  | 'wrong-number'
  | 'not-own'
  | 'no-case'
  | 'which-case'
  | 'confirmation-asked'
  | 'kept'
  | 'points-out-of-range'
  | 'addition-announced'
  | 'unclear'
  | 'repeated';

/**
 * What a text leads to, as plain data. Every text that is taken for the first time has exactly one effect beside its
 * reply; `message` is its id. Texts joined to a later case were contacts before: `joined` names them.
 */
export type Effect =
  | { type: 'register'; message: string; kind: Kind; text: string; joined: string[] }
  | { type: 'add'; message: string; case: CaseRef; text: string; answer?: Given }
  | { type: 'withdraw'; message: string; case: CaseRef }
  | { type: 'rate'; message: string; case: CaseRef; points: 1 | 2 | 3 | 4 | 5; text: string }
  | { type: 'ask-status'; message: string; case: CaseRef }
  | { type: 'contact'; message: string; reason: ContactReason; text: string }
  | Reply;

/**
 * One reply at most to one text. `zh` and `en` may hold `{number}`, `{dueOn}`, `{station}` and `{status}`, which
 * `fillReply` takes.
 */
export interface Reply {
  type: 'reply';
  /** Id of the text it answers: sent once under this key. */
  key: string;
  id: TextId;
  zh: string;
  en: string;
  /** The case whose values fill it. */
  case?: CaseRef;
  /** When to send it, from receipt: 0 for the number of a case, up to 60 to keep a distance. */
  pace: { dueAt: Instant; delaySeconds: number };
}
