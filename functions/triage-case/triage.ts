import { recogniseBusiness } from '../../shared/businesses/business-of-case.ts';
import type { BusinessReader } from '../../shared/businesses/look-up.ts';
import type { Actor, Case } from '../../shared/case/case.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import { type Step, type StepContext, takeStep } from '../../shared/case/take-step.ts';
import type { Clock } from '../../shared/dates.ts';
import type { ReadComplaint } from '../../shared/intake/read-complaint.ts';
import { factsOf } from '../../shared/jurisdiction/facts-of-case.ts';
import { type Finding, findStation } from '../../shared/jurisdiction/find-station.ts';
import { type Registry, unitPathOf } from '../../shared/jurisdiction/registry.ts';
import { indexOf } from '../../shared/jurisdiction/registry-index.ts';
import type { Log } from '../../shared/logging.ts';
import type { CalendarStore } from '../../shared/store/calendar-store.ts';
import type { CaseStore, Work } from '../../shared/store/case-store.ts';
import type { IncidentStore } from '../../shared/store/incident-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import { stepContext } from '../../shared/store/step-on-case.ts';
import { emergencySigns } from '../../shared/understanding/emergency.ts';
import type { Understood } from '../../shared/understanding/understood.ts';
import { findLead } from './find-lead.ts';
import { gather } from './gather.ts';
import { neighboursOf, type PeopleLookups } from './neighbours.ts';

export interface TriageDependencies {
  cases: CaseStore;
  /** Which cases are of the same phone; hashes only. */
  people: PeopleLookups;
  incidents: Pick<IncidentStore, 'incident' | 'members'>;
  /** The businesses that the bureau knows, by keys. */
  businesses: BusinessReader;
  registry: RegistryStore;
  calendar: CalendarStore;
  now: Clock;
  salt: () => string;
  /** What the words of a complaint say. */
  read: ReadComplaint;
  log: Log;
}

/** Somebody else may move the case, its lead or its incident at the same moment. */
const TRIES = 12;
const ACTOR: Actor = { role: 'system', id: 'triage-case' };

/**
 * Joins a case under the same person's earlier one of the same matter; sends any other to the station in charge, or to
 * the dispatcher with the reason, and counts it where many complain of the same. Safe to do twice: a case that has left
 * `received` is left alone, and of two at the same moment one loses at the version and looks again.
 */
export async function triage(number: CaseNumber, deps: TriageDependencies): Promise<void> {
  let understood: Understood | undefined;
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const found = await deps.cases.case(number);
    if (found?.state !== 'received') return;
    const registry = await deps.registry.read();
    // Its words stay as they are, whoever else moves it.
    understood ??= await readAll(found, registry, deps);
    if (await triageOnce(found, understood, registry, deps)) return;
  }
  // The message comes again.
  throw new Error('the case and what belongs to it moved at every look');
}

/** What its words say, and which business of the register they mean. */
async function readAll(found: Case, registry: Registry, deps: TriageDependencies): Promise<Understood> {
  const understood = await deps.read(found, registry.bureau);
  const before = found.understood?.business;
  // A case that was taken out of another comes again: what a person said of it stays.
  const business =
    before?.by === 'by-hand'
      ? before
      : await recogniseBusiness({ ...found, understood }, deps.businesses, registry);
  return { ...understood, business };
}

/** False when somebody was faster. */
async function triageOnce(
  received: Case,
  understood: Understood,
  registry: Registry,
  deps: TriageDependencies,
): Promise<boolean> {
  const found = { ...received, understood };
  const context = await stepContext(ACTOR, registry, deps);
  const { settings } = context;
  const neighbours = await neighboursOf(received, deps.people);
  const earlier = await findLead(found, neighbours, registry, deps.cases);
  if (earlier !== undefined) {
    const { lead, matched } = earlier;
    const sent = { lead: lead.number, matched, understood };
    const steps = [
      takeStep(received, 'join', sent, context, lead.unitPath),
      takeStep(lead, 'take-in', { case: received.number }, context),
    ];
    return commit({ steps }, matched.join(' '), deps);
  }

  const finding = findStation(factsOf(received, understood), registry, received.receivedOn);
  const step = sendOn(received, understood, finding, registry, context);
  const grown = await gather(found, step.after.unitPath, neighbours, registry, settings, deps.incidents);
  const why = finding.found ? finding.precision : finding.reason;
  const signs = emergencySigns(understood);
  const alarm = signs.length === 0 ? [] : [takeStep(step.after, 'alarm', { signs }, context)];
  if (grown === undefined) return commit({ steps: [step, ...alarm] }, why, deps);
  const { after, member, tell } = grown;
  const facts = { incident: after.id, people: after.people, cases: after.cases, tell };
  const flagged =
    tell === undefined ? [] : [takeStep((alarm[0] ?? step).after, 'flag-incident', facts, context)];
  return commit(
    { steps: [step, ...alarm, ...flagged], incident: { bureau: registry.bureau, after, member } },
    why,
    deps,
  );
}

/** The step by which a case that was read leaves the intake: to its station, or to the dispatcher with the reason. */
export function sendOn(
  found: Case,
  understood: Understood,
  finding: Finding,
  registry: Registry,
  context: StepContext,
): Step {
  const { explanation: routing } = finding;
  if (!finding.found) {
    const { reason, candidates } = finding;
    return takeStep(found, 'refer', { reason, candidates, routing, understood }, context);
  }
  const { unit, area, precision: basis } = finding;
  const officer = area === undefined ? undefined : indexOf(registry).officerOf(area);
  return takeStep(
    found,
    'distribute',
    { unit, area, officer, basis, routing, understood },
    context,
    unitPathOf(unit, registry.units),
  );
}

async function commit(work: Work, why: string, deps: TriageDependencies): Promise<boolean> {
  const outcome = await deps.cases.commit(work);
  for (const { event } of work.steps ?? []) {
    deps.log('case-triaged', { number: event.number, outcome, event: event.type, why });
  }
  return outcome === 'committed';
}
