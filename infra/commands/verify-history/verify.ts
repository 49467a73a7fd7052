import type { Case, CaseEvent, RunningClock } from '../../../shared/case/case.ts';
import type { CaseNumber } from '../../../shared/case/case-number.ts';
import { type BrokenLink, contentHash, hashOf, verifyChain } from '../../../shared/case/chain.ts';
import { STARTED_ON_RECEIPT } from '../../../shared/case/life-cycle.ts';
import { rebuild } from '../../../shared/case/take-step.ts';
import { type Counting, clocksOnReceipt } from '../../../shared/case/turn-clocks.ts';
import { watchAtOf } from '../../../shared/case/watch.ts';
import { shanghaiDate } from '../../../shared/dates.ts';
import type { CaseStore } from '../../../shared/store/case-store.ts';
import { concurrently } from '../concurrently.ts';

/** The first thing that is wrong with a case. */
export interface Finding {
  number: CaseNumber;
  /** Version at which it is wrong. */
  version: number;
  fault: BrokenLink['fault'] | 'no-case' | 'no-history' | 'unreadable';
  /** Names of what differs, where the state is not what the history makes of it. */
  fields?: readonly string[];
}

/** What was found in one case. `dates`: they would be counted otherwise today, which is no fault. */
type Verified = Finding | 'whole' | 'dates';

export interface Verification {
  cases: number;
  broken: Finding[];
  /** Cases whose dates the calendar and the settings of today would count otherwise. */
  dates: CaseNumber[];
}

// Somebody may take steps while we read: what differs is read again before it is called broken.
const LOOKS = 3;
const AT_ONCE = 8;

/** Verifies these cases, a few at a time. */
export async function verifyCases(
  numbers: Iterable<CaseNumber>,
  cases: CaseStore,
  countingFor: (found: Case) => Promise<Counting>,
  onCase: () => void = () => undefined,
): Promise<Verification> {
  const verification: Verification = { cases: 0, broken: [], dates: [] };
  await concurrently(numbers, AT_ONCE, async (number) => {
    const verified = await verifyCase(number, cases, countingFor);
    verification.cases += 1;
    if (verified === 'dates') verification.dates.push(number);
    else if (verified !== 'whole') verification.broken.push(verified);
    onCase();
  });
  verification.broken.sort((a, b) => (a.number < b.number ? -1 : 1));
  verification.dates.sort();
  return verification;
}

async function verifyCase(
  number: CaseNumber,
  cases: CaseStore,
  countingFor: (found: Case) => Promise<Counting>,
): Promise<Verified> {
  let verified: Verified = 'whole';
  for (let look = 1; look <= LOOKS; look += 1) {
    const found = await readable(cases.case(number));
    const events = await readable(cases.history(number));
    verified =
      found === 'unreadable' || events === 'unreadable'
        ? { number, version: versionOf(found), fault: 'unreadable' }
        : await verifyHistory(number, found, events, countingFor);
    if (typeof verified === 'string') return verified;
  }
  return verified;
}

async function verifyHistory(
  number: CaseNumber,
  found: Case | undefined,
  events: readonly CaseEvent[],
  countingFor: (found: Case) => Promise<Counting>,
): Promise<Verified> {
  if (found === undefined) return { number, version: events.length, fault: 'no-case' };
  if (events.length === 0) return { number, version: found.version, fault: 'no-history' };
  const link = verifyChain(events, found);
  if (link !== undefined) return { number, ...link };
  // What the first version of the system wrote has no hashes, and not all facts that its state was made of.
  if (events[0]?.hash === undefined) return 'whole';
  return compareWithHistory(found, events, await countingFor(found));
}

/**
 * Holds the stored state against what the history makes of it. What the case alone keeps (the complaint, the
 * consents given on filing, the link of a report) is taken from it.
 */
function compareWithHistory(found: Case, events: readonly CaseEvent[], counting: Counting): Verified {
  const { number, version } = found;
  let made: Case;
  try {
    made = rebuild(firstState(found, events[0] as CaseEvent, counting), events, counting);
  } catch {
    return { number, version, fault: 'state-differs', fields: ['state'] };
  }
  const written = events[0];
  const { contentHash: kept } = written?.facts ?? {};
  const salt = written?.words?.salt;
  const isWhole = found.state !== 'reclassified' && found.erased !== true && salt !== undefined;
  if (kept !== undefined && isWhole && contentHash(found, salt) !== kept) {
    return { number, version: 1, fault: 'words-changed' };
  }
  // Words of an erasure that was interrupted are gone already; the next run finishes it.
  const wordless = events.some(({ words, wordsHash }) => wordsHash !== undefined && words === undefined);
  const fields = differences(found, made, wordless);
  if (fields.length > 0) return { number, version, fault: 'state-differs', fields };
  return sameDates(found, made) ? 'whole' : 'dates';
}

/** The case as it was registered. */
function firstState(found: Case, event: CaseEvent, counting: Counting): Case {
  const { number, kind, at, on, unitPath, hash } = event;
  const receivedAt = (event.facts.receivedAt as string | undefined) ?? at;
  const receivedOn = shanghaiDate(receivedAt);
  const asClue = found.clocks.some(({ id }) => id === 'verify-clue');
  const started = STARTED_ON_RECEIPT[kind].map((clock) =>
    asClue && clock === 'verify-report' ? ('verify-clue' as const) : clock,
  );
  const { mediation, ...consents } = found.consents;
  const first: Case = {
    kind,
    number,
    version: 1,
    state: 'received',
    channel: event.facts.channel as Case['channel'],
    complaint: found.complaint,
    receivedAt,
    receivedOn,
    unitPath,
    officers: [],
    coUnits: [],
    clocks: clocksOnReceipt(started, { receivedOn, unitPath }, on, counting),
    money: event.money ?? {},
    linkedTo: found.linkedTo,
    joined: [],
    told: {},
    consents,
    forms: [],
    hash,
    secretHash: found.secretHash,
  };
  return { ...first, watchAt: watchAtOf(first, counting) };
}

/** Names of the parts of a case that differ, dates aside. */
function differences(found: Case, made: Case, wordless: boolean): string[] {
  const a = comparable(found, made, wordless);
  const b = comparable(made, found, wordless);
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (name) => hashOf(a[name]) !== hashOf(b[name]),
  );
}

function comparable(of: Case, other: Case, wordless: boolean): Record<string, unknown> {
  const { watchAt, eraseOn, clocks, before, result, proposal, ...rest } = of;
  const undated = (all: readonly RunningClock[], others: readonly RunningClock[] = []) =>
    all.map((clock, index) => withoutDates(clock, others[index], wordless));
  return {
    ...rest,
    clocks: undated(clocks, other.clocks),
    before: before && { ...before, clocks: undated(before.clocks, other.before?.clocks) },
    ...(wordless ? {} : { result, proposal }),
  };
}

/** A clock without what follows from its last day, if that day is counted otherwise on the other side. */
function withoutDates(clock: RunningClock, other: RunningClock | undefined, wordless: boolean) {
  const { pauses, ...rest } = clock;
  const shown = { ...rest, pauses: pauses?.map((pause) => (wordless ? { ...pause, evidence: '' } : pause)) };
  if (other?.due === clock.due && other.provisional === clock.provisional) return shown;
  const { due, provisional, reminded, escalated, lateOwner, ...kept } = shown;
  return kept;
}

function sameDates(found: Case, made: Case): boolean {
  const datesOf = ({ clocks, watchAt, eraseOn }: Case) =>
    hashOf([clocks.map(({ due, provisional }) => [due, provisional]), watchAt, eraseOn]);
  return datesOf(found) === datesOf(made);
}

const versionOf = (found: Case | 'unreadable' | undefined) => (typeof found === 'object' ? found.version : 0);

async function readable<T>(reading: Promise<T>): Promise<T | 'unreadable'> {
  try {
    return await reading;
  } catch (error) {
    // Only what cannot be parsed is a fault of the table; a lost connection is not.
    if (error instanceof Error && error.name === 'ZodError') return 'unreadable';
    throw error;
  }
}
