import { DEFAULT_CLASS_RULES, proposeClass } from '../../shared/businesses/class-proposal.ts';
import { complaintOf, type Who } from '../../shared/businesses/complaint-of-business.ts';
import { isAbout } from '../../shared/businesses/news.ts';
import type { Case } from '../../shared/case/case.ts';
import { type CaseNumber, dayOf } from '../../shared/case/case-number.ts';
import { addDays, type LocalDate, shanghaiDate } from '../../shared/dates.ts';
import { isFrequent } from '../../shared/matter/frequent.ts';
import type { BusinessStore } from '../../shared/store/business-store.ts';
import type { IdentityStore } from '../../shared/store/case-store.ts';
import { inBatches, type WatchDependencies } from './watch.ts';

export interface ProposeDependencies extends WatchDependencies {
  businesses: Pick<BusinessStore, 'business' | 'openProposal' | 'decidedProposals' | 'propose'>;
  /** Hashes of phones and the cases behind them; not who it is. */
  people: Pick<IdentityStore, 'peopleOf' | 'casesOfPhone'>;
}

const RULES = DEFAULT_CLASS_RULES;
/** A run that failed is made up for by the next ones. */
const LOOKS_BACK = [1, 2, 3];
/** The newest cases of a business that are looked at: enough for every rule. */
const MOST_CASES = 500;
/** The newest cases of a person. */
const MOST_OF_PERSON = 50;
/** How far the rules look back. */
const LONGEST_DAYS = Math.max(RULES.quietDays, ...RULES.lower.map(({ days }) => days));

/**
 * Proposes classes to people, once a night: for businesses of which cases said something new on the days before, and for
 * those of which none has for a year. Safe to do twice: of one business one proposal is open, and what a person decided
 * is silent for half a year.
 */
export async function proposeClasses(deps: ProposeDependencies): Promise<void> {
  const { bureau } = await deps.registry.read();
  const today = shanghaiDate(deps.now());
  const days = LOOKS_BACK.flatMap((back) => [addDays(today, -back), addDays(today, -back - RULES.quietDays)]);
  const lists = await Promise.all(days.map((day) => deps.cases.businessesWithNews(bureau, day)));
  const creditCodes = [...new Set(lists.flat())];
  await inBatches('classes-proposed', creditCodes, deps, (creditCode) => proposeFor(creditCode, today, deps));
}

/** @returns how many proposals were made: one or none */
async function proposeFor(creditCode: string, on: LocalDate, deps: ProposeDependencies): Promise<number> {
  const { businesses } = deps;
  const business = await businesses.business(creditCode);
  if (business === undefined || (await businesses.openProposal(creditCode)) !== undefined) return 0;
  const cases = await casesOf(creditCode, on, deps);
  const past = await businesses.decidedProposals(creditCode);
  const propose = (whoOf: (number: CaseNumber) => Who) =>
    proposeClass(
      business,
      cases.flatMap((one) => complaintOf(one, whoOf(one.number), cases) ?? []),
      past,
      on,
      RULES,
    );
  // Who they are is looked up only where it would be enough if everybody were somebody else.
  if (propose((number) => ({ person: number })) === undefined) return 0;
  const people = await peopleOf(cases, on, deps);
  const proposal = propose((number) => people.get(number) ?? {});
  return proposal !== undefined && (await businesses.propose(proposal)) === 'committed' ? 1 : 0;
}

async function casesOf(creditCode: string, on: LocalDate, { cases }: ProposeDependencies): Promise<Case[]> {
  const since = dayOf(addDays(on, -LONGEST_DAYS));
  const numbers = await cases.casesOfCreditCode(creditCode, MOST_CASES);
  const recent = numbers.filter((number) => number >= since);
  const found = recent.length === 0 ? [] : await cases.cases(recent);
  return found.filter((one) => isAbout(one, creditCode));
}

/** Who sent these cases, by the hash of the first phone. Informers leave nothing to look up. */
async function peopleOf(
  cases: readonly Case[],
  on: LocalDate,
  { people }: ProposeDependencies,
): Promise<Map<CaseNumber, Who>> {
  const phones = new Map<CaseNumber, string>();
  for (const { kind, number } of cases) {
    const [first] = kind === 'complaint' ? await people.peopleOf(number) : [];
    if (first !== undefined) phones.set(number, first.phoneHash);
  }
  const frequent = new Map<string, boolean>();
  for (const phone of new Set(phones.values())) {
    const numbers = (await people.casesOfPhone(phone, MOST_OF_PERSON)).map(({ number }) => number);
    frequent.set(phone, isFrequent(numbers.slice(1), on));
  }
  return new Map([...phones].map(([number, person]) => [number, { person, frequent: frequent.get(person) }]));
}
