import type { Case, Identity, NoticeOrder } from '../case/case.ts';
import type { Instant } from '../dates.ts';
import { isOnDuty } from '../jurisdiction/duty-hours.ts';
import { byCode, type Officer, type Registry } from '../jurisdiction/registry.ts';
import type { Partner } from '../partners/partner.ts';
import type { Role } from '../people/roles.ts';

/** Somebody who is to be told of a step. */
export interface Recipient {
  /** Tells the people of one party apart: the same person has the same place at every delivery. */
  place: { party: string; index: number };
  /** The case this person knows of: of a joined case its own. */
  of: Pick<Case, 'number' | 'receivedOn'>;
  /** Missing where nobody is known any more. */
  person: { phone?: string | undefined; email?: string | undefined } | undefined;
}

/** Where people are looked up. */
export interface PeopleSources {
  identity(number: string): Promise<Identity | undefined>;
  cases(numbers: readonly string[]): Promise<Case[]>;
  /** A rights station or business by its code. */
  partner(code: string): Promise<Pick<Partner, 'phone' | 'email'> | undefined>;
}

/**
 * Everybody whom a notice of a step goes to; nobody for staff whom the register gives no way to reach.
 * @param at when the step was taken: an emergency calls the unit day and night, and outside its duty hours also the manager
 * above, for nobody may be there
 */
export async function recipientsOf(
  order: NoticeOrder,
  found: Case,
  registry: Pick<Registry, 'officers' | 'units'>,
  sources: PeopleSources,
  at: Instant,
): Promise<Recipient[]> {
  const { party } = order;
  if (party === 'business') {
    const { phone } = found.complaint.business;
    return [{ place: { party, index: 0 }, of: found, person: phone === undefined ? undefined : { phone } }];
  }
  if (party === 'partner') {
    // Cases of old name nobody in the register.
    if (found.offer === undefined) return [];
    const person = await sources.partner(found.offer.partner);
    return [{ place: { party, index: 0 }, of: found, person }];
  }
  if (party === 'staff') {
    const called = [order.to ?? 'officer', ...(isUnmanned(order, found, registry, at) ? ['manager'] : [])];
    const people = new Set(called.flatMap((to) => staffFor(to, found, registry.officers)));
    return [...people].map((person) => ({
      place: { party: `staff.${person.id}`, index: 0 },
      of: found,
      person,
    }));
  }
  const own = peopleOf(found, party, await sources.identity(found.number));
  if (found.joined.length === 0) return own;
  // Who complained or informed in a case that was joined to this one is kept informed of its steps (Art. 12, 35).
  const joined = (await sources.cases(found.joined)).filter(({ lead }) => lead === found.number);
  const others = joined.map(async (one) =>
    peopleOf(one, `${party}.${one.number}`, await sources.identity(one.number)),
  );
  return [...own, ...(await Promise.all(others)).flat()];
}

/** An emergency that reaches a unit when nobody is on duty there. */
function isUnmanned(
  { notice }: NoticeOrder,
  { unitPath }: Case,
  { units }: Pick<Registry, 'units'>,
  at: Instant,
): boolean {
  const unit = byCode(units).get(unitPath.at(-1) ?? '');
  return notice === 'emergency' && unit !== undefined && !isOnDuty(unit, at);
}

/** All who complain together are told; the one who represents them comes first (Art. 12), an agent last (Art. 11). */
function peopleOf(of: Case, party: string, identity: Identity | undefined): Recipient[] {
  const people = identity === undefined ? [undefined] : [identity, ...(identity.joint ?? [])];
  const recipients = people.map((person, index) => ({ place: { party, index }, of, person }));
  if (identity?.agent === undefined) return recipients;
  // A place of his own: who joins later must not move him to another, or he would be told twice.
  return [...recipients, { place: { party: `${party}.agent`, index: 0 }, of, person: identity.agent }];
}

/** Staff by a part in the case or by id, as far as the register has a phone or an e-mail of theirs. */
function staffFor(to: string, found: Case, officers: readonly Officer[]): Officer[] {
  const atUnit = (role: Role, unit: string | undefined) =>
    officers.filter((one) => one.role === role && one.unit === unit);
  const unit = found.unitPath.at(-1);
  const heads = () => firstOf([atUnit('head', unit), atUnit('dispatcher', unit)]);
  const onCase = officers.filter(({ id }) => found.officers.includes(id) || id === found.leader);
  const parts: Readonly<Record<string, () => Officer[]>> = {
    officer: () => firstOf([onCase, heads()]),
    head: heads,
    dispatcher: () => firstOf(found.unitPath.toReversed().map((code) => atUnit('dispatcher', code))),
    // The nearest one above the case.
    manager: () => firstOf(found.unitPath.toReversed().map((code) => atUnit('manager', code))),
  };
  const chosen = parts[to]?.() ?? officers.filter(({ id }) => id === to);
  return chosen.filter(({ phone, email }) => phone !== undefined || email !== undefined);
}

const firstOf = (lists: readonly Officer[][]) => lists.find((list) => list.length > 0) ?? [];
