import type * as z from 'zod';
import type { findBusinessRequest } from '../../events/businesses.ts';
import { lookUpBusiness } from '../../shared/businesses/look-up.ts';
import { WHY } from '../../shared/businesses/match-business.ts';
import { isAbout } from '../../shared/businesses/news.ts';
import { placesOf, unitPathOfBusiness } from '../../shared/businesses/places.ts';
import { RECOGNISED_BY } from '../../shared/businesses/recognised.ts';
import { isWatched } from '../../shared/businesses/watch-list.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { mayList, mayOnBusinesses, viewOf } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import { businessView, readBusiness, viewsFor, watchView } from './businesses-shown.ts';
import type { DeskDependencies } from './desk.ts';
import { withLeases } from './work-list.ts';

/** The newest cases of a business that are looked at. */
const MOST_CASES = 50;

/** A business with its class, and its cases that this person may see. Of a sealed report not even that it is there. */
export async function showBusiness(
  creditCode: string,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  if (!mayList(staff)) throw new Problem('forbidden');
  const business = await readBusiness(creditCode, deps);
  const registry = await deps.registry.read();
  const { cases, complete } = await casesOfBusiness(creditCode, deps);
  const seen = cases.filter((one) => viewOf(one, staff) === 'full');
  const watch = await deps.businesses.watch(creditCode);
  const unitPath = unitPathOfBusiness(business, registry);
  const proposal = mayOnBusinesses('see', staff, unitPath)
    ? await deps.businesses.openProposal(creditCode)
    : undefined;
  const [shown] = await viewsFor(proposal === undefined ? [] : [proposal], staff, deps);
  return {
    status: 200,
    body: {
      ...businessView(business),
      watch: watch === undefined ? null : watchView(watch),
      isWatched: watch !== undefined && isWatched(watch, shanghaiDate(deps.now())),
      proposal: shown ?? null,
      actions: [
        ...(shown !== undefined && mayOnBusinesses('decide', staff, unitPath) ? ['decide-class'] : []),
        ...(mayOnBusinesses('watch', staff, unitPath) ? ['watch'] : []),
      ],
      cases: await withLeases(seen, staff, registry, deps),
      complete,
    },
  };
}

/** The newest cases that are about a business, the newest first. */
async function casesOfBusiness(creditCode: string, { cases }: Pick<DeskDependencies, 'cases'>) {
  const numbers = await cases.casesOfCreditCode(creditCode, MOST_CASES);
  const found = numbers.length === 0 ? [] : await cases.cases(numbers);
  return {
    cases: found
      .filter((one) => isAbout(one, creditCode))
      .sort((one, other) => (one.number < other.number ? 1 : -1)),
    complete: numbers.length < MOST_CASES,
  };
}

/** Who may be meant by what a consumer wrote, for who sets a case right. */
export async function findBusiness(
  question: z.output<typeof findBusinessRequest>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  if (!mayList(staff)) throw new Problem('forbidden');
  const registry = await deps.registry.read();
  const today = shanghaiDate(deps.now());
  const { outcome, candidates } = await lookUpBusiness(question, deps.businesses, today, placesOf(registry));
  const codes = candidates.map(({ creditCode }) => creditCode);
  const known = new Map(
    (codes.length === 0 ? [] : await deps.businesses.businesses(codes)).map((one) => [one.creditCode, one]),
  );
  return {
    status: 200,
    body: {
      outcome: { code: outcome, ...RECOGNISED_BY[outcome] },
      candidates: candidates.flatMap(({ creditCode, score, why }) => {
        const business = known.get(creditCode);
        const reasons = why.map((code) => ({ code, ...WHY[code] }));
        return business === undefined ? [] : [{ ...businessView(business), score, why: reasons }];
      }),
    },
  };
}
