import type { Case } from '../../shared/case/case.ts';
import { type CaseNumber, dayOf } from '../../shared/case/case-number.ts';
import { addDays } from '../../shared/dates.ts';
import { givenName } from '../../shared/matter/names.ts';
import type { CaseStore, IdentityStore } from '../../shared/store/case-store.ts';

/** What the triage may learn of people: hashes of phones and names, and the cases behind them. */
export type PeopleLookups = Pick<IdentityStore, 'peopleOf' | 'casesOfPhone'>;

/** Other complaints of who sent a case. Hashes only. */
export interface Neighbours {
  phone?: string | undefined;
  name?: string | undefined;
  /** Several people complain together: joining it elsewhere would need the consent of each (Art. 12). */
  isJoint: boolean;
  /** Cases of the same phone, with the hash of the name; the newest first. */
  others: readonly { number: CaseNumber; name?: string | undefined }[];
}

/** Cases of a phone that are looked at; more has nobody who complains for himself. */
const MOST = 50;
/** Of these so many are read and compared. */
const COMPARED = 20;
const COMPARED_DAYS = 180;

/** Looks up who sent a case and his other cases: two queries. Nobody's for reports: informers are never looked up (Art. 37). */
export async function neighboursOf(
  { kind, number }: Pick<Case, 'kind' | 'number'>,
  people: PeopleLookups,
): Promise<Neighbours> {
  const [first, ...more] = kind === 'complaint' ? await people.peopleOf(number) : [];
  if (first === undefined) return { isJoint: false, others: [] };
  const found = await people.casesOfPhone(first.phoneHash, MOST);
  return {
    phone: first.phoneHash,
    name: givenName(first.nameHash),
    isJoint: more.length > 0,
    others: found
      .filter((other) => other.number !== number)
      .map((other) => ({ number: other.number, name: givenName(other.nameHash) })),
  };
}

/** The complaints among them that may be compared, one read each. */
export async function casesOf(
  { others }: Neighbours,
  found: Pick<Case, 'receivedOn'>,
  cases: Pick<CaseStore, 'cases'>,
): Promise<Case[]> {
  const from = dayOf(addDays(found.receivedOn, -COMPARED_DAYS));
  const numbers = others
    .map(({ number }) => number)
    .filter((number) => number >= from)
    .slice(0, COMPARED);
  if (numbers.length === 0) return [];
  return (await cases.cases(numbers)).filter(({ kind }) => kind === 'complaint');
}
