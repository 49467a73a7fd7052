import type { Business } from '../../shared/businesses/business.ts';
import {
  type ClassProposal,
  DEFAULT_CLASS_RULES,
  PATROLS,
  QUIET,
} from '../../shared/businesses/class-proposal.ts';
import { unitPathOfBusiness } from '../../shared/businesses/places.ts';
import { WATCH_REASONS, type WatchEntry } from '../../shared/businesses/watch-list.ts';
import type { Case } from '../../shared/case/case.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import { mayOnBusinesses, viewOf } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import type { DeskDependencies } from './desk.ts';

/** BatchGetItem takes a hundred keys at once. */
const AT_ONCE = 100;

/** The business, if the bureau knows it. */
export async function readBusiness(
  creditCode: string,
  { businesses }: Pick<DeskDependencies, 'businesses'>,
): Promise<Business> {
  const business = await businesses.business(creditCode);
  if (business === undefined) throw new Problem('not-found');
  return business;
}

/** Of what is kept by business, what this person's unit looks after. */
export async function ofOwnUnit<T extends { creditCode: string }>(
  items: readonly T[],
  staff: Staff,
  registry: Registry,
  { businesses }: Pick<DeskDependencies, 'businesses'>,
): Promise<T[]> {
  const known: Business[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    known.push(
      ...(await businesses.businesses(items.slice(start, start + AT_ONCE).map((one) => one.creditCode))),
    );
  }
  const own = new Set(
    known
      .filter((one) => mayOnBusinesses('see', staff, unitPathOfBusiness(one, registry)))
      .map(({ creditCode }) => creditCode),
  );
  return items.filter(({ creditCode }) => own.has(creditCode));
}

/**
 * Proposals as this person may see them. One that rests on a report is there only for who may read the report: it would
 * tell that there is one (Art. 37); the manager decides it.
 */
export async function viewsFor(
  proposals: readonly ClassProposal[],
  staff: Staff,
  { cases }: DeskDependencies,
) {
  const numbers = [...new Set(proposals.flatMap(({ reasons }) => reasons.flatMap((reason) => reason.cases)))];
  const found = numbers.length === 0 ? [] : await cases.cases(numbers);
  const seen = new Set(found.filter((one) => viewOf(one, staff) === 'full').map((one) => one.number));
  const hidden = new Set(found.filter((one) => isSealedFrom(one, staff)).map((one) => one.number));
  return proposals
    .filter(({ reasons }) => !reasons.some((reason) => reason.cases.some((number) => hidden.has(number))))
    .map((proposal) => proposalView(proposal, seen));
}

const isSealedFrom = (one: Case, staff: Staff) => one.kind === 'report' && viewOf(one, staff) !== 'full';

const RULE_WORDS: ReadonlyMap<string, { zh: string; en: string }> = new Map(
  [...DEFAULT_CLASS_RULES.lower, QUIET].map(({ id, zh, en }) => [id, { zh, en }]),
);

function proposalView(
  { creditCode, name, from, to, proposedOn, reasons, decided }: ClassProposal,
  seen: ReadonlySet<string>,
) {
  return {
    creditCode,
    name,
    from,
    to,
    patrol: PATROLS[to],
    proposedOn,
    reasons: reasons.map(({ rule, people, days, cases }) => ({
      code: rule,
      ...(RULE_WORDS.get(rule) ?? { zh: rule, en: rule }),
      people,
      days,
      cases: cases.filter((number) => seen.has(number)),
    })),
    decided: decided ?? null,
  };
}

/** A business as it is shown, with how often it is visited. */
export function businessView({ from, to, phone, ...business }: Business) {
  return {
    ...business,
    patrol: PATROLS[business.grade],
    from: from ?? null,
    to: to ?? null,
    phone: phone ?? null,
  };
}

/** An entry of the watch-list as it is shown. */
export function watchView({ creditCode, name, since, until, why, note, by, version, ended }: WatchEntry) {
  return {
    creditCode,
    name,
    since,
    until,
    why: why.map((code) => ({ code, ...WATCH_REASONS[code] })),
    note: note ?? null,
    by,
    version,
    ended: ended ?? null,
  };
}
