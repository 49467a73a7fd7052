import type { Case } from '../case/case.ts';
import type { State } from '../case/life-cycle.ts';
import type { ComplaintOfBusiness } from './class-proposal.ts';

/*
 * What a case says about the class of a business.
 */

/** Who complained, as far as the class is concerned. */
export type Who = Pick<ComplaintOfBusiness, 'person' | 'frequent'>;

/** Settled under the authority: what was agreed to be paid was owed. Settled before it (先行和解) is held against nobody. */
const MEDIATED: readonly State[] = ['settled', 'performed', 'closed', 'published', 'excluded'];
/** What the state alone says; all others are open. */
const BY_STATE: Readonly<Partial<Record<State, ComplaintOfBusiness['outcome']>>> = {
  refused: 'refused',
  'refused-told': 'refused',
  // Nobody of ours was competent: nothing was found, either way.
  'pointed-elsewhere': 'refused',
  reclassified: 'refused',
  withdrawn: 'withdrawn',
  joined: 'joined',
  reconciled: 'not-upheld',
  terminated: 'not-upheld',
  'terminated-told': 'not-upheld',
  closed: 'not-upheld',
  published: 'not-upheld',
  excluded: 'not-upheld',
  'not-filed': 'not-upheld',
  'report-closed': 'not-upheld',
};
const FOODS: readonly string[] = ['食品类', '烟酒和饮料类'];
const PREPAID = /预付|储值|充值|会员卡|年卡|次卡|办(?:了|的)?[^，。]{0,4}卡/u;

/**
 * A case as the rules of classes see it; undefined for what is neither a complaint nor a report.
 * @param others of the same business: a joined case comes to what its lead comes to
 */
export function complaintOf(
  found: Case,
  who: Who,
  others: readonly Case[] = [],
): ComplaintOfBusiness | undefined {
  if (found.kind !== 'complaint' && found.kind !== 'report') return undefined;
  const lead = found.lead === undefined ? undefined : others.find(({ number }) => number === found.lead);
  const { number, receivedOn } = found;
  return { number, receivedOn, outcome: outcomeOf(lead ?? found), problem: problemOf(found), ...who };
}

function outcomeOf({ state, clocks, money }: Case): ComplaintOfBusiness['outcome'] {
  // Once it is filed its own period begins, and is kept when the case is over.
  if (clocks.some(({ id }) => id === 'decide-case')) return 'filed';
  if (MEDIATED.includes(state) && (money.agreed ?? 0) > 0) return 'upheld';
  return BY_STATE[state] ?? 'open';
}

function problemOf({ complaint, understood }: Case): ComplaintOfBusiness['problem'] {
  if (PREPAID.test(complaint.text)) return 'prepaid-card';
  const isFood = FOODS.includes(understood?.subject?.value ?? '');
  return isFood && understood?.problem?.value === '安全' ? 'food-safety' : 'other';
}
