import type { Action } from '../../../shared/case/actions.ts';
import type { Case, Identity, Person } from '../../../shared/case/case.ts';
import type { CaseNumber } from '../../../shared/case/case-number.ts';
import { rowsFor, STATES } from '../../../shared/case/life-cycle.ts';
import { nameKey, phoneKey } from '../../../shared/case/lookup-keys.ts';
import { type StepContext, takeStep } from '../../../shared/case/take-step.ts';
import { isTrackingSecret } from '../../../shared/case/tracking-secret.ts';
import { shanghaiDate } from '../../../shared/dates.ts';
import type { CaseStore, IdentityRead, IdentityStore } from '../../../shared/store/case-store.ts';
import { eraseCase } from '../../../shared/store/erase-case.ts';
import type { Eraser } from '../../../shared/store/eraser.ts';
import { CommandFailure } from '../command-line.ts';

export interface PersonStores {
  cases: CaseStore;
  complainants: IdentityStore;
  informers: IdentityStore;
  eraser: Eraser;
}

/** Everything that one case holds of a person. */
export interface HeldInCase {
  number: CaseNumber;
  kind: Case['kind'];
  state: { zh: string; en: string };
  receivedOn: string;
  /** The person's own data; not those of others who complained with him. Absent once erased. */
  person?: Person | undefined;
  /** Others complained in the same case. */
  jointly: boolean;
  /** What he wrote: the complaint, and words of steps of his own. */
  wrote: Record<string, unknown>;
  /** What he was told about the outcome. */
  result?: Case['result'];
  /** Who looked at his data, when and why. */
  reads: Pick<IdentityRead, 'at' | 'staff' | 'role' | 'reason'>[];
  /** The day on which his data are erased, once the case is over. */
  eraseOn?: string | undefined;
}

/** What became of one case of a person. */
export interface Ending {
  number: CaseNumber;
  ending: 'corrected' | 'unchanged' | 'over' | 'erased' | 'open' | 'kept-until' | 'try-again';
  until?: string | undefined;
}

// No person has more; the answer would say so by its length.
const MOST_CASES = 1_000;
// Somebody may take a step on the case at the same moment.
const TRIES = 3;

/** Who reads and why, for the record: a person's own request, answered with this command. */
const OWN_REQUEST = { staff: 'npm run person', role: 'administrator', reason: 'own-request' };

/**
 * The cases that this person sent, the newest first: one phone number may belong to several people.
 * @throws CommandFailure when it does and no name was given: nobody is shown the data of another
 */
export async function casesOf(
  phone: string,
  name: string | undefined,
  stores: PersonStores,
): Promise<CaseNumber[]> {
  const found = await stores.complainants.casesOfPhone(phoneKey(phone), MOST_CASES);
  const names = new Set(found.map(({ nameHash }) => nameHash));
  if (name === undefined && names.size > 1) {
    throw new CommandFailure(
      `这个电话有 ${names.size} 个姓名用过，请加 --name 姓名 / ${names.size} names were given with this phone; add --name NAME`,
    );
  }
  const wanted = name === undefined ? undefined : nameKey(name);
  return found
    .filter(({ nameHash }) => wanted === undefined || nameHash === wanted)
    .map(({ number }) => number);
}

/** All that is held of the person in these cases. The reading is put on record before anything is shown. */
export async function heldOf(
  phone: string,
  numbers: readonly CaseNumber[],
  stores: PersonStores,
  now: () => Date,
): Promise<HeldInCase[]> {
  const held: HeldInCase[] = [];
  for (const number of numbers) {
    const found = await stores.cases.case(number);
    if (found === undefined) continue;
    held.push(await heldIn(found, stores.complainants, stores.cases, now, (who) => entryOf(who, phone)));
  }
  return held;
}

/**
 * What a report holds of its informer. Reports cannot be found by a phone number, on purpose: whoever wants to see
 * his own shows number and secret, as for tracking.
 * @throws CommandFailure when there is no such report or the secret is not right, without saying which
 */
export async function heldInReport(
  number: CaseNumber,
  secret: string,
  stores: PersonStores,
  now: () => Date,
): Promise<HeldInCase> {
  const found = await stores.cases.case(number);
  if (found?.kind !== 'report' || !isTrackingSecret(secret, found.secretHash)) {
    throw new CommandFailure(
      '举报编号或者查询码不正确 / The number of the report or the secret is not right',
    );
  }
  return heldIn(found, stores.informers, stores.cases, now, (who) => who);
}

async function heldIn(
  found: Case,
  people: IdentityStore,
  cases: CaseStore,
  now: () => Date,
  pick: (who: Identity) => Person | undefined,
): Promise<HeldInCase> {
  const { number, kind, state, receivedOn, complaint, result, eraseOn } = found;
  const earlier = await people.reads(number);
  await people.recordRead({ number, at: now().toISOString(), ...OWN_REQUEST });
  const who = await people.identity(number);
  const entry = who === undefined ? undefined : pick(who);
  const own = (await cases.history(number)).filter(({ actor, words }) => actor.role === 'consumer' && words);
  const steps = own.map(({ on, type, words = {} }) => {
    const { salt, ...written } = words;
    return { on, type, ...written };
  });
  return {
    number,
    kind,
    state: { zh: STATES[state].zh, en: STATES[state].en },
    receivedOn,
    person: entry === undefined ? undefined : alone(entry),
    jointly: (who?.joint?.length ?? 0) > 0,
    wrote: { ...complaint, ...(steps.length === 0 ? {} : { steps }) },
    result,
    reads: earlier.map(({ at, staff, role, reason }) => ({ at, staff, role, reason })),
    eraseOn,
  };
}

/** The person's own entry among those who complained together. */
function entryOf(who: Identity, phone: string): Person | undefined {
  return [who, ...(who.joint ?? [])].find((one) => phoneKey(one.phone) === phoneKey(phone));
}

/** Without the others. */
function alone({ joint, ...person }: Identity): Person {
  return person;
}

/**
 * Corrects the person's data in his open cases (Personal Information Protection Law Art. 46). The history says
 * which fields were corrected, not what they said. What is over stays as it was.
 */
export async function correct(
  phone: string,
  numbers: readonly CaseNumber[],
  corrections: Partial<Person>,
  stores: PersonStores,
  contextFor: (found: Case) => Promise<StepContext>,
): Promise<Ending[]> {
  const endings: Ending[] = [];
  for (const number of numbers) {
    endings.push({ number, ending: await correctOne(number, phone, corrections, stores, contextFor) });
  }
  return endings;
}

async function correctOne(
  number: CaseNumber,
  phone: string,
  corrections: Partial<Person>,
  { cases, complainants }: PersonStores,
  contextFor: (found: Case) => Promise<StepContext>,
): Promise<Ending['ending']> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const found = await cases.case(number);
    const before = await complainants.identity(number);
    if (found === undefined || before === undefined || !allows(found, 'correct-identity')) return 'over';
    const entry = entryOf(before, phone);
    const fields = Object.entries(corrections)
      .filter(([field, value]) => entry?.[field as keyof Person] !== value)
      .map(([field]) => field);
    if (entry === undefined || fields.length === 0) return 'unchanged';
    const identity = withEntry(before, entry, corrections);
    const step = takeStep(found, 'correct-identity', { fields }, await contextFor(found));
    const outcome = await cases.commit({
      steps: [step],
      identity: { number, kind: found.kind, identity, before },
    });
    if (outcome === 'committed') return 'corrected';
  }
  return 'try-again';
}

function withEntry(before: Identity, entry: Person, corrections: Partial<Person>): Identity {
  if (entry === before) return { ...before, ...corrections };
  const joint = before.joint?.map((one) => (one === entry ? { ...one, ...corrections } : one));
  return { ...before, joint };
}

/** Erases what may be erased: cases whose term is over. Says of the others why they are kept, and how long. */
export async function erase(
  numbers: readonly CaseNumber[],
  stores: PersonStores,
  contextFor: (found: Case) => Promise<StepContext>,
): Promise<Ending[]> {
  const endings: Ending[] = [];
  for (const number of numbers) {
    const found = await stores.cases.case(number);
    if (found === undefined) continue;
    const { eraseOn } = found;
    const context = await contextFor(found);
    if (eraseOn === undefined) endings.push({ number, ending: found.erased === true ? 'erased' : 'open' });
    else if (eraseOn > shanghaiDate(context.now()))
      endings.push({ number, ending: 'kept-until', until: eraseOn });
    else {
      const outcome = await eraseCase(found, stores, context);
      endings.push({ number, ending: outcome === 'committed' ? 'erased' : 'try-again' });
    }
  }
  return endings;
}

const allows = ({ kind, state }: Case, action: Action) => rowsFor(kind, state, action).length > 0;
