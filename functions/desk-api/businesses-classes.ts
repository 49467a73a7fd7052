import type * as z from 'zod';
import type { decideClassRequest, proposalListQuery } from '../../events/businesses.ts';
import type { Business } from '../../shared/businesses/business.ts';
import { type ClassProposal, decideClass } from '../../shared/businesses/class-proposal.ts';
import { unitPathOfBusiness } from '../../shared/businesses/places.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { mayOnBusinesses } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import { ofOwnUnit, readBusiness, viewsFor } from './businesses-shown.ts';
import type { DeskDependencies } from './desk.ts';

/** Open proposals that one page looks at. */
const PAGE = 100;

/** Changes of class that wait for a person, of businesses of his unit or below. */
export async function listProposals(
  { after }: z.output<typeof proposalListQuery>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  const registry = await deps.registry.read();
  if (!mayOnBusinesses('see', staff, [staff.unit])) throw new Problem('forbidden');
  const { items, next } = await deps.businesses.openProposals(PAGE, after);
  const own = await ofOwnUnit(items, staff, registry, deps);
  return { status: 200, body: { proposals: await viewsFor(own, staff, deps), next: next ?? null } };
}

/** A person accepts or declines a change of class. Sent twice it is decided once. */
export async function decideProposal(
  creditCode: string,
  { decision, why, proposedOn }: z.output<typeof decideClassRequest>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  const business = await readBusiness(creditCode, deps);
  const unitPath = unitPathOfBusiness(business, await deps.registry.read());
  if (!mayOnBusinesses('decide', staff, unitPath)) throw new Problem('forbidden');
  const open = await deps.businesses.openProposal(creditCode);
  const isMeant = open?.proposedOn === proposedOn;
  const [seen] = await viewsFor(open === undefined ? [] : [open], staff, deps);
  if (open !== undefined && seen === undefined) throw new Problem('not-found');
  const decided = { decision, by: staff.id, on: shanghaiDate(deps.now()), why };
  const after = open !== undefined && isMeant ? decideClass(open, decided) : undefined;
  if (after === undefined || (await deps.businesses.decide(after)) === 'conflict') {
    const past = await deps.businesses.decidedProposals(creditCode);
    const same = past.find(
      (one) =>
        one.proposedOn === proposedOn && one.decided?.by === staff.id && one.decided.decision === decision,
    );
    const [view] = await viewsFor(same === undefined ? [] : [same], staff, deps);
    if (view === undefined) throw moved(open, business);
    return { status: 200, body: view };
  }
  deps.log('class-decided', { staff: staff.id, business: creditCode, decision });
  const [view] = await viewsFor([after], staff, deps);
  return { status: 200, body: view };
}

function moved(open: ClassProposal | undefined, { grade }: Business): Problem {
  const isOld = open !== undefined && open.from !== grade;
  return new Problem('conflict', [
    {
      field: '/proposedOn',
      zh: isOld ? `该经营者现为 ${grade} 类，与建议时不同，只能不采纳` : '这条建议已经有人决定，请刷新后再看',
      en: isOld
        ? `The business is in class ${grade} by now: the proposal can only be declined`
        : 'Somebody has decided this proposal; please reload it',
    },
  ]);
}
