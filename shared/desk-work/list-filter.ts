import type { Case } from '../case/case.ts';
import { nextDue } from '../case/take-step.ts';
import { addDays, type LocalDate } from '../dates.ts';

/** What a work list is narrowed down to. Days are `YYYY-MM-DD` or words that mean another day every day. */
export interface ListFilter {
  area?: string | undefined;
  /** Id of a person, or `me`. */
  officer?: string | undefined;
  kind?: string | undefined;
  channel?: string | undefined;
  state?: string | undefined;
  dueFrom?: string | undefined;
  dueUntil?: string | undefined;
  unassigned?: 'yes' | undefined;
}

/** Words for days, so that a saved filter means today whenever it is used. `overdue`: due before today. */
const DAY_WORDS = { overdue: -1, today: 0, tomorrow: 1 } as const;

/** The day that a word means, or the day itself. */
export function dayOf(word: string, today: LocalDate): LocalDate {
  return word in DAY_WORDS ? addDays(today, DAY_WORDS[word as keyof typeof DAY_WORDS]) : word;
}

/** A case whose period is stopped has no next day: it comes after all that have one. */
export const NO_DUE = '9999-12-31';
export const dueOf = (found: Pick<Case, 'clocks'>): LocalDate => nextDue(found)?.due ?? NO_DUE;

/** What a person is shown of a case, as far as filters look at it. */
export interface Shown {
  sealed: boolean;
  state: { code: string };
  officers: readonly string[];
  actions: readonly string[];
}

/**
 * True when a case is on the list. Of a sealed report the filter looks at what its line shows and at nothing else: else
 * one could ask, filter by filter, how far it has come and who is on it (Art. 37).
 */
export function isListed(found: Case, shown: Shown, filter: ListFilter, me: string): boolean {
  const { area, officer, kind, channel, state, unassigned } = filter;
  // Whether somebody is on a sealed report its line tells by offering to take it, or not.
  const nobodyOnIt = shown.sealed ? shown.actions.includes('take') : shown.officers.length === 0;
  return (
    (kind === undefined || found.kind === kind) &&
    (channel === undefined || found.channel === channel) &&
    (state === undefined || shown.state.code === state) &&
    (area === undefined || (!shown.sealed && found.area === area)) &&
    (officer === undefined || shown.officers.includes(officer === 'me' ? me : officer)) &&
    (unassigned === undefined || nobodyOnIt)
  );
}

/** Words as they are looked for: letters of one width and one case. */
const plain = (text: string) => text.normalize('NFKC').toLowerCase();

/** The words of a question, apart: each must stand somewhere. */
export function termsOf(words: string): string[] {
  return [
    ...new Set(
      plain(words)
        .split(/[\s,，、。;；]+/)
        .filter((term) => term !== ''),
    ),
  ];
}

/** True when each of these words stands in what the case says: text, request, business. People are not in a case. */
export function saysAll({ complaint }: Pick<Case, 'complaint'>, terms: readonly string[]): boolean {
  const { text, request = '', business } = complaint;
  const said = plain([text, request, business.name ?? '', business.address ?? ''].join('\n'));
  return terms.every((term) => said.includes(term));
}
