import { sha256 } from '../sha256.ts';
import type { Case, CaseEvent } from './case.ts';

/*
 * The history is chained: each event carries a hash over itself and the hash of the event before it, so that a line
 * that was changed, taken out or put in shows. What people wrote enters by its salted hash: it can be erased, as the
 * law wants, and the chain still verifies.
 */

/** SHA-256 over the sorted JSON of a value; two writings of the same value give the same hash. */
export function hashOf(value: unknown): string {
  return sha256(canonical(value));
}

/** An event with the hash of what was written with it. */
export function withWordsHash(event: CaseEvent): CaseEvent {
  return { ...event, wordsHash: event.words === undefined ? undefined : hashOf(event.words) };
}

/** Seals an event onto the one before it. */
export function sealEvent(event: CaseEvent, previous: string | undefined): CaseEvent {
  const worded = withWordsHash(event);
  return { ...worded, hash: hashOfEvent(worded, previous) };
}

/** What a person wrote on filing lies in the case; the first event keeps its hash, so that it cannot be changed. */
export function contentHash(
  { complaint, linkedTo }: Pick<Case, 'complaint' | 'linkedTo'>,
  salt: string,
): string {
  return hashOf({ complaint, linkedTo, salt });
}

/** What is wrong with a case's history; undefined when every link holds. */
export interface BrokenLink {
  /** Version at which the chain breaks. */
  version: number;
  fault: 'missing' | 'changed' | 'words-changed' | 'unchained' | 'state-differs';
}

/**
 * Verifies a whole history.
 * @param events in the order of their versions
 * @param last hash and version that the case itself bears
 */
export function verifyChain(
  events: readonly CaseEvent[],
  last?: { version: number; hash?: string | undefined },
): BrokenLink | undefined {
  let previous: string | undefined;
  for (const [index, event] of events.entries()) {
    const version = index + 1;
    if (event.version !== version) return { version, fault: 'missing' };
    // What the first version of the system wrote bears no hash; after the first that does, all must.
    if (event.hash === undefined) {
      if (previous !== undefined) return { version, fault: 'unchained' };
      continue;
    }
    if (event.hash !== hashOfEvent(event, previous)) return { version, fault: 'changed' };
    if (event.words !== undefined && hashOf(event.words) !== event.wordsHash) {
      return { version, fault: 'words-changed' };
    }
    previous = event.hash;
  }
  if (last !== undefined) {
    if (last.version !== events.length) return { version: events.length + 1, fault: 'missing' };
    if (last.hash !== previous) return { version: events.length, fault: 'state-differs' };
  }
  return undefined;
}

function hashOfEvent(event: CaseEvent, previous: string | undefined): string {
  const { hash, words, ...sealed } = event;
  return hashOf({ ...sealed, previous: previous ?? null });
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      // A table keeps neither undefined values nor empty maps.
      .filter(([, inner]) => inner !== undefined && !isEmptyMap(inner))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

function isEmptyMap(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
  );
}
