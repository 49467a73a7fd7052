import type * as z from 'zod';
import type { searchRequest } from '../../events/desk-work.ts';
import { recognisedIn } from '../../shared/businesses/business-of-case.ts';
import { lookUpBusiness } from '../../shared/businesses/look-up.ts';
import { placesOf } from '../../shared/businesses/places.ts';
import type { Case } from '../../shared/case/case.ts';
import { type CaseNumber, numbersNear, parseCaseNumber } from '../../shared/case/case-number.ts';
import { businessKey, phoneKey } from '../../shared/case/lookup-keys.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import { dueOf, NO_DUE, saysAll, termsOf } from '../../shared/desk-work/list-filter.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import { mayList, mayReadIdentity, maySearchPhones, viewOf } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import type { DeskDependencies } from './desk.ts';
import { listBelow, lookThrough, placeOf, withLeases } from './work-list.ts';

/** The newest cases of a phone or a business that are shown. */
const MOST_OF_ONE = 50;
/** Open cases that one search for words looks at: about half a second, and 1,000 read units at a city. */
const MOST_SCANNED = 1_000;
const MOST_FOUND = 50;
const STRIDE = 100;
/** Names under which one business is registered. */
const MOST_NAMES = 10;

/** Read units a case costs: by number strongly and whole (4 KB), from a unit's index eventually, 3 KB. */
const RCU = { byNumber: 1, fromIndex: 0.4 } as const;

interface Found {
  cases: Case[];
  /** Of a search that goes through cases: how many it looked at, and what that cost. */
  looked?: number;
  rcu?: number;
  complete: boolean;
  stoppedAt?: string | undefined;
  next?: string | undefined;
}

type Sent = z.output<typeof searchRequest>;

/** Finds cases by one thing. Nobody finds what he may not see: each case is held against `viewOf` before it is shown. */
export async function search(sent: Sent, staff: Staff, deps: DeskDependencies): Promise<Answer> {
  if (!mayList(staff)) throw new Problem('forbidden');
  const registry = await deps.registry.read();
  const { number, phone, business, words, after } = sent;
  const [by, found] =
    number !== undefined
      ? (['number', await byNumber(number, deps)] as const)
      : phone !== undefined
        ? (['phone', await byPhone(phone, staff, deps)] as const)
        : business !== undefined
          ? (['business', await byBusiness(business, staff, registry, deps)] as const)
          : (['words', await byWords(words ?? '', after, staff, registry, deps)] as const);
  const seen = found.cases.filter((one) => viewOf(one, staff) !== 'none');
  // Of what lies elsewhere not even how many there are.
  const { looked = seen.length, rcu = seen.length * RCU.byNumber } = found;
  // What was looked for is a person's or was written by one: not for a log.
  deps.log('cases-searched', { staff: staff.id, by, looked, found: seen.length });
  return {
    status: 200,
    body: {
      by,
      cases: await withLeases(seen, staff, registry, deps),
      looked,
      rcu: Math.ceil(rcu),
      complete: found.complete,
      stoppedAt: found.stoppedAt ?? null,
      next: found.next ?? null,
    },
  };
}

/** The number itself, or those it may be with one slip in it. */
async function byNumber(written: string, deps: DeskDependencies): Promise<Found> {
  const exact = parseCaseNumber(written);
  const meant = exact === undefined ? numbersNear(written, shanghaiDate(deps.now())) : [exact];
  return read(meant, true, deps);
}

/**
 * The cases that came from a phone. Who looks learns whose cases they are: each is put on record as a reading of its
 * person, before anything is shown. Informers leave no trace by which they could be found here.
 */
async function byPhone(phone: string, staff: Staff, deps: DeskDependencies): Promise<Found> {
  if (!maySearchPhones(staff)) throw new Problem('forbidden');
  const hits = await deps.identities.casesOfPhone(phoneKey(phone), MOST_OF_ONE);
  const found = await read(
    hits.map(({ number }) => number),
    hits.length < MOST_OF_ONE,
    deps,
  );
  const cases = found.cases.filter((one) => one.kind !== 'report' && mayReadIdentity(one, staff));
  const at = deps.now().toISOString();
  const reading = { at, staff: staff.id, role: staff.role, reason: 'search' };
  await Promise.all(cases.map(({ number }) => deps.identities.recordRead({ number, ...reading })));
  return { ...found, cases };
}

/**
 * Cases about a business: by its credit code where one business is clearly meant, and complaints by its name as written,
 * and by the names it is registered under.
 */
async function byBusiness(
  written: string,
  staff: Staff,
  registry: Registry,
  deps: DeskDependencies,
): Promise<Found> {
  const question = { name: written, creditCode: written };
  const today = shanghaiDate(deps.now());
  const match = await lookUpBusiness(question, deps.businesses, today, placesOf(registry));
  const creditCode = recognisedIn(match).creditCode ?? undefined;
  const [business, byCode] = await Promise.all([
    creditCode === undefined ? undefined : deps.businesses.business(creditCode),
    creditCode === undefined ? [] : deps.cases.casesOfCreditCode(creditCode, MOST_OF_ONE),
  ]);
  const names = [written, ...(business === undefined ? [] : [business.name, ...business.aliases])];
  const keys = names.flatMap((name) => businessKey(name) ?? []);
  const lists = [
    byCode,
    ...(await Promise.all(
      [...new Set(keys)].slice(0, MOST_NAMES).map((key) => deps.cases.casesOfBusiness(key, MOST_OF_ONE)),
    )),
  ];
  const numbers = [...new Set(lists.flat())].sort().reverse();
  const isAll = lists.every(({ length }) => length < MOST_OF_ONE) && numbers.length <= MOST_OF_ONE;
  const found = await read(numbers.slice(0, MOST_OF_ONE), isAll, deps);
  // What a person said to be about another business is not shown for bearing the name; of a report that is sealed not even
  // that it is there: whose it is would tell what it is about.
  const isMeant = (one: Case) => {
    if (one.kind === 'report' && viewOf(one, staff) !== 'full') return false;
    const known = one.understood?.business;
    return creditCode === undefined || known?.creditCode === creditCode || known?.by !== 'by-hand';
  };
  return { ...found, cases: found.cases.filter(isMeant) };
}

/**
 * The open cases of the person's own unit and those below, the most urgent first, read one after the other: there is no
 * search engine. It stops after 1,000 cases or 50 hits and says where. A sealed report is read past: who may not see its
 * words finds nothing by them.
 */
async function byWords(
  words: string,
  after: string | undefined,
  staff: Staff,
  registry: Registry,
  deps: DeskDependencies,
): Promise<Found> {
  const terms = termsOf(words);
  const { found, looked, next, last } = await lookThrough(
    listBelow(staff.unit, registry, deps),
    (one) => viewOf(one, staff) === 'full' && saysAll(one, terms),
    { limit: MOST_FOUND, most: MOST_SCANNED, stride: STRIDE, after: await placeOf(after, deps) },
  );
  const due = last === undefined ? NO_DUE : dueOf(last);
  return {
    cases: found,
    looked,
    rcu: looked * (staff.unit === registry.bureau ? RCU.byNumber : RCU.fromIndex),
    complete: next === undefined,
    stoppedAt: next === undefined || due === NO_DUE ? undefined : due,
    next,
  };
}

/** These cases, the newest number first. */
async function read(
  numbers: readonly CaseNumber[],
  complete: boolean,
  deps: DeskDependencies,
): Promise<Found> {
  const cases = numbers.length === 0 ? [] : await deps.cases.cases(numbers);
  cases.sort((one, other) => (one.number < other.number ? 1 : -1));
  return { cases, complete };
}
