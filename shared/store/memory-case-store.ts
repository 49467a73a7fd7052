import { newsIn } from '../businesses/news.ts';
import type { Case, CaseEvent, Identity } from '../case/case.ts';
import type { CaseNumber } from '../case/case-number.ts';
import { businessKey } from '../case/lookup-keys.ts';
import {
  caseItem,
  dueOfOrder,
  eventItem,
  indexAttributes,
  keyOf,
  lookupsOf,
  newsItems,
  parseCase,
  parseEvent,
} from './case-items.ts';
import type { CaseStore, IdentityRead, IdentityStore, Outcome, Receipt, Work } from './case-store.ts';
import { createMemoryDeskWorkStore, type DeskWorkStore } from './desk-work-store.ts';
import type { Eraser } from './eraser.ts';
import { createMemoryIncidentStore, type IncidentStore } from './incident-store.ts';

/** The doubles of one system: its cases, and who complained and who informed. */
export interface MemoryCaseStore extends CaseStore {
  complainants: IdentityStore;
  informers: IdentityStore;
  incidents: IncidentStore;
  /** Leases, orders on many cases, lists. */
  deskWork: DeskWorkStore;
  /** Notices are kept elsewhere: this double knows of none. */
  eraser: Eraser;
}

type Index = ReturnType<typeof indexAttributes>;

/**
 * The double of the DynamoDB stores for unit tests. It passes the same contract suite, and goes through the
 * same item schemas, so that what a test keeps here could also be kept there.
 */
export function createMemoryCaseStore(): MemoryCaseStore {
  const cases = new Map<string, Record<string, unknown>>();
  const events = new Map<string, Record<string, unknown>>();
  const receipts = new Map<string, Receipt>();
  const series = new Map<string, number>();
  const news = new Map<string, Record<string, unknown>>();
  const incidents = createMemoryIncidentStore();
  const deskWork = createMemoryDeskWorkStore();
  const people = { complaint: new Map<string, Identity>(), report: new Map<string, Identity>() };
  // A round through JSON drops undefined values and shared references, as a table does.
  const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
  const peopleOf = (kind: Case['kind']) => (kind === 'report' ? people.report : people.complaint);

  const below = (pk: string) =>
    [...news.values()]
      .filter((item) => item.pk === pk)
      .sort((a, b) => (String(a.sk) < String(b.sk) ? -1 : 1));

  const all = (): Case[] => [...cases.values()].map(parseCase);
  const indexed = () => all().map((found) => ({ found, index: indexAttributes(found) }));
  /** Open cases that `holds` picks, in the desk's order. */
  const page = (holds: (index: Index) => boolean, limit: number, after = '') => {
    const open = indexed()
      .filter(({ index }) => holds(index) && (index.deskOrder ?? '') > after)
      .sort((a, b) => ((a.index.deskOrder ?? '') < (b.index.deskOrder ?? '') ? -1 : 1));
    const items = open.slice(0, limit);
    return { items, next: open.length > limit ? items.at(-1)?.index.deskOrder : undefined };
  };
  const eventsOf = (number: string): CaseEvent[] =>
    [...events.values()]
      .filter((item) => item.number === number)
      .map(parseEvent)
      .sort((a, b) => a.version - b.version);

  const check = ({
    steps = [],
    registrations = [],
    receipt,
    numbering = [],
    incident,
    unlessLeased,
    lease,
  }: Work): Outcome => {
    if (incident !== undefined && !incidents.fits(incident)) return 'conflict';
    if (!deskWork.fits(unlessLeased, lease)) return 'conflict';
    if (receipt !== undefined && receipts.has(receipt.keyHash)) return 'key-taken';
    if (registrations.some(({ step }) => cases.has(step.after.number))) return 'number-taken';
    const versions = new Map<string, number>();
    for (const { after } of steps) {
      const before = versions.get(after.number) ?? Number(cases.get(after.number)?.version);
      if (before !== after.version - 1) return 'conflict';
      versions.set(after.number, after.version);
    }
    if (numbering.some(({ series: name, value }) => (series.get(name) ?? 0) !== value - 1))
      return 'series-taken';
    return 'committed';
  };

  return {
    async commit(work) {
      const outcome = check(work);
      if (outcome !== 'committed') return outcome;
      const {
        steps = [],
        registrations = [],
        receipt,
        numbering = [],
        identity,
        removeIdentity,
        incident,
      } = work;
      if (incident !== undefined) incidents.put(incident);
      if (work.lease !== undefined) deskWork.put(work.lease);
      for (const { after, event } of [...registrations.map(({ step }) => step), ...steps]) {
        cases.set(after.number, copy(caseItem(after)));
        events.set(event.id, copy(eventItem(event)));
      }
      for (const item of newsItems(newsIn(steps))) news.set(`${item.pk} ${item.sk}`, copy(item));
      for (const { step, identity: person } of registrations) {
        if (person !== undefined) peopleOf(step.after.kind).set(step.after.number, copy(person));
      }
      if (receipt !== undefined) receipts.set(receipt.keyHash, copy(receipt));
      for (const { series: name, value } of numbering) series.set(name, value);
      if (identity !== undefined) peopleOf(identity.kind).set(identity.number, copy(identity.identity));
      if (removeIdentity !== undefined) peopleOf(removeIdentity.kind).delete(removeIdentity.number);
      return 'committed';
    },
    receipt: async (keyHash) => receipts.get(keyHash),
    async case(number) {
      const item = cases.get(number);
      return item === undefined ? undefined : parseCase(item);
    },
    cases: async (numbers) => all().filter(({ number }) => numbers.includes(number)),
    latestEvents: async (number, limit, before = Infinity) =>
      eventsOf(number)
        .filter(({ version }) => version < before)
        .reverse()
        .slice(0, limit),
    history: async (number) => eventsOf(number),
    event: async (number, version) => eventsOf(number).find((event) => event.version === version),
    lastInSeries: async (name) => series.get(name) ?? 0,
    async openCases(unit, limit, after) {
      const { items, next } = page(({ deskUnit }) => deskUnit === unit, limit, after);
      return { items: items.map(({ found }) => found), next, unreadable: [] };
    },
    async openInBureau(bureau, limit, after, before) {
      const isWanted = (index: Index) =>
        index.bureau === bureau && (before === undefined || (index.deskOrder ?? '') < before);
      const { items, next } = page(isWanted, limit, after);
      return {
        items: items.map(({ found, index }) => ({
          number: found.number,
          unitPath: found.unitPath,
          due: dueOfOrder(index.deskOrder ?? ''),
          watchAt: found.watchAt,
          provisional: index.provisional === 'YES',
        })),
        next,
      };
    },
    async openOfPartner(partner, limit, after) {
      const { items, next } = page(({ offeredTo }) => offeredTo === partner, limit, after);
      return { items: items.map(({ found }) => found.number), next };
    },
    dueForWatch: async (bureau, now, limit) =>
      indexed()
        .filter(({ found, index }) => index.watchBureau === bureau && (found.watchAt ?? '9') <= now)
        .sort((a, b) => ((a.found.watchAt ?? '') < (b.found.watchAt ?? '') ? -1 : 1))
        .slice(0, limit)
        .map(({ found }) => found.number),
    withProvisionalDates: async (bureau) =>
      indexed()
        .filter(({ index }) => index.bureau === bureau && index.provisional === 'YES')
        .map(({ found }) => found.number),
    dueForErasure: async (bureau, on, limit) =>
      indexed()
        .filter(({ found, index }) => index.eraseBureau === bureau && (found.eraseOn ?? '9') <= on)
        .slice(0, limit)
        .map(({ found }) => found.number),
    awaitingTriage: async (from, until, limit) =>
      all()
        .filter(
          (found) => found.state === 'received' && found.receivedAt >= from && found.receivedAt <= until,
        )
        .sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1))
        .slice(0, limit)
        .map((found) => found.number),
    casesOfBusiness: async (nameHash, limit) =>
      all()
        .filter(
          ({ kind, complaint }) => kind === 'complaint' && businessKey(complaint.business.name) === nameHash,
        )
        .map(({ number }) => number)
        .sort()
        .reverse()
        .slice(0, limit),
    casesOfCreditCode: async (creditCode, limit) =>
      below(keyOf.businessCode(creditCode, '').pk)
        .map(({ number }) => String(number))
        .reverse()
        .slice(0, limit),
    businessesWithNews: async (bureau, on) =>
      below(keyOf.businessDay(bureau, on, '').pk).map(({ creditCode }) => String(creditCode)),
    async *allEvents(): AsyncGenerator<CaseEvent> {
      yield* [...events.values()].map(parseEvent);
    },
    async *allNumbers(): AsyncGenerator<CaseNumber> {
      yield* new Set([...cases.keys(), ...[...events.values()].map((item) => String(item.number))]);
    },
    async *allCases(): AsyncGenerator<Case> {
      yield* all();
    },
    eraser: {
      async erase(number, kind) {
        for (const [id, item] of events) {
          if (item.number === number) events.set(id, { ...item, words: undefined });
        }
        peopleOf(kind).delete(number);
      },
    },
    incidents,
    deskWork,
    complainants: identitiesIn(people.complaint, 'complaint'),
    informers: identitiesIn(people.report, 'report'),
  };
}

function identitiesIn(people: Map<string, Identity>, kind: Case['kind']): IdentityStore {
  const kept: IdentityRead[] = [];
  return {
    identity: async (number) => people.get(number),
    peopleOf: async (number) => {
      const who = people.get(number);
      return lookupsOf(number, kind, who ?? { name: '', phone: '' })
        .filter(({ pk }) => who !== undefined && pk === keyOf.personOf(number, '').pk)
        .map(({ phoneHash, nameHash }) => ({ phoneHash, nameHash }));
    },
    casesOfPhone: async (phoneHash, limit) =>
      [...people]
        .flatMap(([number, who]) => lookupsOf(number, kind, who))
        .filter(({ pk }) => pk === keyOf.person(phoneHash, '').pk)
        .map(({ number, nameHash }) => ({ number, nameHash }))
        .sort((a, b) => (a.number < b.number ? 1 : -1))
        .slice(0, limit),
    recordRead: async (read) => {
      kept.push(read);
    },
    reads: async (number) => kept.filter((read) => read.number === number),
  };
}
