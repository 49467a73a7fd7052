import type * as z from 'zod';
import type { deskListQuery } from '../../events/desk-requests.ts';
import type { Case } from '../../shared/case/case.ts';
import { parseCaseNumber } from '../../shared/case/case-number.ts';
import { isLocalDate, type LocalDate, shanghaiDate } from '../../shared/dates.ts';
import { dayOf, dueOf, isListed, type Shown } from '../../shared/desk-work/list-filter.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { type Registry, unitPathOf } from '../../shared/jurisdiction/registry.ts';
import { isOwnUnit, mayList, viewOf } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import type { Page } from '../../shared/store/case-store.ts';
import { type DeskDependencies, summary, workingOnBy } from './desk.ts';

/** Cases read at once while a filter looks for those it lets through. */
const STRIDE = 100;
/** Cases that one page of a list looks at, at the most: half a second and 500 read units. */
const MOST_LOOKED = 500;

/** Open cases in the order of their next legal date, from a place on; `order` of the last one is the next place. */
export type Look = (after: string | undefined, count: number) => Promise<Page<Case>>;

/** Open cases of a unit that a filter lets through, the next legal date first; with `below`, also of the units below it. */
export async function listCases(
  query: z.output<typeof deskListQuery>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  const registry = await deps.registry.read();
  const unit = unitOf(query.unit, staff, registry);
  // Whoever sees no case learns from no list how many there are.
  if (!mayList(staff)) return { status: 200, body: { unit, cases: [], looked: 0, next: null } };
  const today = shanghaiDate(deps.now());
  const { dueFrom, dueUntil, limit } = query;
  const isNarrow = Object.keys(query).some((name) => !['unit', 'below', 'limit', 'after'].includes(name));
  const { found, looked, next } = await lookThrough(
    query.below === undefined ? listOf(unit, deps) : listBelow(unit, registry, deps),
    (one) => viewOf(one, staff) !== 'none' && isListed(one, shownOf(one, staff, registry), query, staff.id),
    {
      limit,
      most: isNarrow ? MOST_LOOKED : limit,
      stride: isNarrow ? STRIDE : limit,
      // Everything due on a day comes after this: `#` stands before what follows in the order.
      after: (await placeOf(query.after, deps)) ?? (dueFrom && `${dayOf(dueFrom, today)}#`),
      until: dueUntil && dayOf(dueUntil, today),
    },
  );
  const cases = await withLeases(sealedLast(found, staff), staff, registry, deps);
  return { status: 200, body: { unit, cases, looked, next: next ?? null } };
}

/** What filters look at. A whole line is made only where it says less than the case: of hundreds a page shows some. */
function shownOf(one: Case, staff: Staff, registry: Registry): Shown {
  if (viewOf(one, staff) !== 'full') return summary(one, staff, registry);
  return { sealed: false, state: { code: one.state }, officers: one.officers, actions: [] };
}

/** The unit that is asked for, if it is this person's or below; a unit that is not in the register is nobody's. */
export function unitOf(asked: string | undefined, staff: Staff, { units }: Pick<Registry, 'units'>): string {
  const unit = asked ?? staff.unit;
  const isKnown = units.some(({ code }) => code === unit);
  if (!isKnown || !isOwnUnit({ unitPath: unitPathOf(unit, units) }, staff)) throw new Problem('forbidden');
  return unit;
}

/** Cases as a list shows them, each with who works on it now. */
export async function withLeases(
  cases: readonly Case[],
  staff: Staff,
  registry: Registry,
  deps: DeskDependencies,
) {
  const leases = cases.length === 0 ? [] : await deps.deskWork.leases(cases.map(({ number }) => number));
  const byNumber = new Map(leases.map((lease) => [lease.number, lease]));
  return cases.map((found) => summary(found, staff, registry, workingOnBy(byNumber.get(found.number), deps)));
}

/**
 * Within a day sealed reports come last: their place among the others would tell when they came in, and so with which
 * complaint (Art. 9, 37).
 */
function sealedLast(cases: readonly Case[], staff: Staff): Case[] {
  const key = (one: Case) =>
    viewOf(one, staff) === 'full' ? `${dueOf(one)}#0` : `${dueOf(one)}#1#${one.number}`;
  return [...cases].sort((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0));
}

interface Bounds {
  /** Cases wanted, and cases looked at, at the most. */
  limit: number;
  most: number;
  /** Cases read at once in the first look; each one after it reads twice as many. */
  stride: number;
  after: string | undefined;
  /** Cases due later are not looked at. */
  until?: LocalDate | undefined;
}

/**
 * Looks at open cases one after the other until enough are found, or enough were looked at.
 * @returns `next` to go on from; `last` is the case looked at last
 */
export async function lookThrough(
  look: Look,
  isWanted: (found: Case) => boolean,
  { limit, most, stride, after, until }: Bounds,
): Promise<{ found: Case[]; looked: number; next: string | undefined; last: Case | undefined }> {
  const found: Case[] = [];
  let looked = 0;
  let last: Case | undefined;
  let place = after;
  let atOnce = stride;
  do {
    const page = await look(place, Math.min(atOnce, most - looked));
    // What is rare is looked for in few, larger looks; what is frequent was found in the first.
    atOnce *= 2;
    for (const [index, one] of page.items.entries()) {
      if (until !== undefined && dueOf(one) > until) return { found, looked, next: undefined, last };
      looked += 1;
      last = one;
      if (isWanted(one)) found.push(one);
      const isEnd = page.next === undefined && index === page.items.length - 1;
      if (found.length === limit || looked === most) {
        return { found, looked, next: isEnd ? undefined : tokenOf(one), last };
      }
    }
    place = page.next;
  } while (place !== undefined);
  return { found, looked, next: undefined, last };
}

/** The unit's own list. */
export function listOf(unit: string, deps: DeskDependencies): Look {
  return async (after, count) => {
    const { items, next, unreadable } = await deps.cases.openCases(unit, count, after);
    for (const number of unreadable) deps.log('case-unreadable', { number });
    return { items, next };
  };
}

/** The bureau's own index for the whole bureau; for a county its stations' lists, merged. Good for one reader. */
export function listBelow(unit: string, { bureau, units }: Registry, deps: DeskDependencies): Look {
  if (unit === bureau) {
    return async (after, count) => {
      const { items, next } = await deps.cases.openInBureau(bureau, count, after);
      const cases = await deps.cases.cases(items.map(({ number }) => number));
      const place = new Map(items.map(({ number }, index) => [number, index]));
      const read = new Set(cases.map(({ number }) => number));
      for (const { number } of items) if (!read.has(number)) deps.log('case-unreadable', { number });
      return {
        items: cases.sort((a, b) => (place.get(a.number) ?? 0) - (place.get(b.number) ?? 0)),
        next,
      };
    };
  }
  const below = units.filter(({ code }) => unitPathOf(code, units).includes(unit));
  return merged(
    below.map(({ code }) => listOf(code, deps)),
    below.length,
  );
}

/** Cases that are read of one unit at once while many are merged: a county's page holds a few of each station. */
const LEAST_OF_ONE = 5;

/** What is known of one list while several are merged. */
interface Lane {
  look: Look;
  /** Read, and not given yet. */
  items: Case[];
  /** Where it goes on; undefined at its end. */
  next: string | undefined;
  isOver: boolean;
}

/**
 * Several lists in one order. Of each only a little is read at a time, and what was read and not given waits for the next
 * look: a page costs about what it shows, and a few cases of each list.
 */
function merged(looks: readonly Look[], count: number): Look {
  let lanes: Lane[] = [];
  let place: string | undefined;
  const fill = async (lane: Lane, wanted: number) => {
    const atOnce = Math.max(LEAST_OF_ONE, Math.ceil((2 * wanted) / Math.max(1, count)));
    const { items, next } = await lane.look(lane.next, atOnce);
    lane.items.push(...items);
    lane.next = next;
    lane.isOver = next === undefined;
  };
  return async (after, wanted) => {
    if (lanes.length === 0 || after !== place) {
      lanes = looks.map((look) => ({ look, items: [], next: after, isOver: false }));
    }
    const given: Case[] = [];
    for (;;) {
      // Nobody is next while a list that goes on has not said what comes next in it.
      await Promise.all(
        lanes
          .filter(({ items, isOver }) => items.length === 0 && !isOver)
          .map((lane) => fill(lane, wanted - given.length)),
      );
      const [first] = lanes
        .filter(({ items }) => items.length > 0)
        .sort((a, b) => (orderOf(a.items[0] as Case) < orderOf(b.items[0] as Case) ? -1 : 1));
      if (first === undefined) break;
      given.push(first.items.shift() as Case);
      if (given.length === wanted) break;
    }
    const isMore = lanes.some(({ items, isOver }) => items.length > 0 || !isOver);
    const last = given.at(-1);
    place = isMore && last !== undefined ? orderOf(last) : undefined;
    return { items: given, next: place };
  };
}

/** The place of a case in the index. */
const orderOf = (found: Case) => `${dueOf(found)}#${found.receivedAt}#${found.number}`;

/**
 * Where the next page begins, as people are given it: what a line of the list shows anyway. Not the index's own order:
 * that holds the moment of receipt, which of a sealed report would tell with which complaint it came in.
 */
const tokenOf = (found: Case) => `${dueOf(found)}~${found.number}`;

/** The place in the index that a token means. The moment of receipt never changes, whatever else did. */
export async function placeOf(
  token: string | undefined,
  { cases }: Pick<DeskDependencies, 'cases'>,
): Promise<string | undefined> {
  if (token === undefined) return undefined;
  const [due = '', written = ''] = token.split('~');
  const number = parseCaseNumber(written);
  const found = number === undefined || !isLocalDate(due) ? undefined : await cases.case(number);
  if (found === undefined) {
    throw new Problem('bad-request', [
      {
        field: 'after',
        zh: '翻页标记不对，请从第一页重新开始',
        en: 'This is no place in a list; please begin with the first page',
      },
    ]);
  }
  return `${due}#${found.receivedAt}#${found.number}`;
}
