import type { DeskEntry } from '../../events/desk-entry.ts';
import { sha256 } from '../../shared/sha256.ts';

/** The key of a work order: the same however its number is typed. Undefined for what nobody has numbered. */
export function handOverKey({ channel, externalNumber }: DeskEntry): string | undefined {
  const plain = (externalNumber ?? '')
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return plain === '' ? undefined : `handed over ${channel} ${plain}`;
}

/** The key of a row that nobody has numbered: what it says. */
export function contentKey({ channel, receivedOn, message }: DeskEntry): string {
  return `imported ${sha256(JSON.stringify({ channel, receivedOn, message }))}`;
}
