import type { CaseNumber } from '../../shared/case/case-number.ts';
import { type StepContext, takeStep } from '../../shared/case/take-step.ts';
import type { Clock } from '../../shared/dates.ts';
import { findStation } from '../../shared/jurisdiction/find-station.ts';
import { unitPathOf } from '../../shared/jurisdiction/registry.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import type { Log } from '../../shared/logging.ts';
import type { CalendarStore } from '../../shared/store/calendar-store.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import { businessOf, type ReadComplaint } from './read-complaint.ts';

export interface TriageDependencies {
  cases: CaseStore;
  registry: RegistryStore;
  calendar: CalendarStore;
  now: Clock;
  salt: () => string;
  /** What the words of a complaint say. */
  read: ReadComplaint;
  log: Log;
}

/**
 * Sends a case to the station in charge, or to the dispatcher with the reason. Safe to do twice: a case that
 * has left `received` is left alone, and of two at the same moment one loses at the version.
 */
export async function triage(number: CaseNumber, deps: TriageDependencies): Promise<void> {
  const found = await deps.cases.case(number);
  if (found?.state !== 'received') return;

  const registry = await deps.registry.read();
  const understood = await deps.read(found, registry.bureau);
  const finding = findStation(businessOf(found, understood), registry);
  const context: StepContext = {
    actor: { role: 'system', id: 'triage-case' },
    now: deps.now,
    salt: deps.salt,
    calendar: await deps.calendar.read(),
    settings: settingsOf(registry.settings),
    registry,
  };
  const officerOf = (area: string | undefined) =>
    area === undefined ? undefined : registry.divisions.find((one) => one.area.code === area)?.area.officer;
  const step = finding.found
    ? takeStep(
        found,
        'distribute',
        {
          unit: finding.station,
          area: finding.area,
          officer: officerOf(finding.area),
          basis: finding.basis,
          understood,
        },
        context,
        unitPathOf(finding.station, registry.units),
      )
    : takeStep(
        found,
        'refer',
        { reason: finding.reason, candidates: finding.candidates, understood },
        context,
      );
  // A conflict means that somebody else moved the case: there is nothing left for the triage to do.
  const outcome = await deps.cases.commit({ steps: [step] });
  const why = finding.found ? finding.basis : finding.reason;
  deps.log('case-triaged', { number, outcome, event: step.event.type, why });
}
