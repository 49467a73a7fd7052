import type { Alarm } from '../../shared/early-warning/alarm.ts';
import { draftConsumerWarning, type WarningDraft } from '../../shared/early-warning/consumer-warning.ts';
import { GYM, signal, TODAY } from './early-warning-signals.ts';
import { COUNTY_A, STATION_A1, tenOn } from './support.ts';

const CASES = Array.from({ length: 4 }, () =>
  signal(TODAY, { business: GYM, cause: GYM, flags: ['closing'], problem: '合同' }),
);

/** An alarm of prepaid cards as the schedule raises it. */
export const alarmOf = (id: string): Alarm => ({
  id,
  version: 1,
  watch: 'prepaid-business',
  key: GYM,
  division: COUNTY_A,
  problem: '合同',
  firstDay: TODAY,
  lastDay: TODAY,
  raisedAt: tenOn(TODAY),
  found: { days: 1, observed: 4, expected: 0.05, usualToday: 0.05, weeks: 8, everyDays: 3_650 },
  cases: CASES.map(({ number }) => number),
  count: 4,
  units: STATION_A1,
  also: [],
  state: 'open',
  marks: [],
});

export const draftOf = (id: string): WarningDraft =>
  draftConsumerWarning(alarmOf(id), CASES, (code) => ({ zh: code, en: code }));
