import { placesOf } from '../../shared/businesses/places.ts';
import type { Case } from '../../shared/case/case.ts';
import { rowsFor } from '../../shared/case/life-cycle.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import { matterOf } from '../../shared/matter/matter-of.ts';
import { givenName } from '../../shared/matter/names.ts';
import { type Matter, type SameMatter, sameMatter } from '../../shared/matter/same-matter.ts';
import { mayAct, viewOf } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';

/** Another complaint of the same phone that is, or may be, about the same matter. */
interface MatterBeside extends SameMatter {
  number: string;
  /** Which would follow which, where this person may join them now. */
  join: { case: string; lead: string } | null;
}

/** Hints for a person, with what speaks for and against; pairs that somebody took apart are left alone. */
export function mattersBeside(
  found: Case,
  person: Matter['person'],
  others: readonly { found: Case; nameHash: string }[],
  staff: Staff,
  registry: Registry,
): MatterBeside[] {
  const places = placesOf(registry);
  const own = matterOf(found, person);
  return others.flatMap(({ found: other, nameHash }) => {
    const isSeen = other.kind === 'complaint' && viewOf(other, staff) === 'full' && other.erased !== true;
    if (other.number === found.number || !isSeen || isSettled(found, other)) return [];
    const theirs = matterOf(other, { phone: person.phone, name: givenName(nameHash) });
    const { same, why } = sameMatter(own, theirs, places);
    return same === 'no' ? [] : [{ number: other.number, same, why, join: joinOf(found, other, staff) }];
  });
}

/** One of them is joined somewhere already, or somebody took them apart. */
function isSettled(one: Case, other: Case): boolean {
  return (
    one.lead !== undefined ||
    other.lead !== undefined ||
    one.apart?.includes(other.number) === true ||
    other.apart?.includes(one.number) === true
  );
}

function joinOf(one: Case, other: Case, staff: Staff): MatterBeside['join'] {
  const [lead, later] = one.receivedAt <= other.receivedAt ? [one, other] : [other, one];
  const isPossible =
    later.joined.length === 0 &&
    rowsFor(later.kind, later.state, 'join').some(({ by }) => by.includes(staff.role)) &&
    rowsFor(lead.kind, lead.state, 'take-in').length > 0 &&
    mayAct(later, staff, 'join');
  return isPossible ? { case: later.number, lead: lead.number } : null;
}
