import type { Counts } from '../statistics/counters.ts';
import { dollarsOf, FIXED_DOLLARS, SMS, WORK } from './price-list.ts';

/**
 * What the work of a month costs at list prices: what was counted, times what one complaint causes. No bill: tests, attacks,
 * storage and discounts are not in it. A report or an inquiry is taken for a complaint.
 */
export function monthCost(counts: Counts) {
  const of = (...names: (keyof Counts)[]) => names.reduce((sum, name) => sum + (counts[name] ?? 0), 0);
  const counted = {
    received: of('received', 'reportsReceived', 'inquiriesReceived'),
    handled: of('handled', 'filed', 'notFiled', 'answered', 'pointedElsewhere'),
  };
  const lines = WORK.map((work) => ({
    zh: work.zh,
    en: work.step,
    count: counted[work.per],
    microDollars: Math.round(counted[work.per] * dollarsOf(work) * 1e6),
  }));
  return {
    ...counted,
    lines,
    fixedMicroDollars: FIXED_DOLLARS * 1e6,
    microDollars: FIXED_DOLLARS * 1e6 + lines.reduce((sum, line) => sum + line.microDollars, 0),
    /** Assumed, not a price; beside the sum. */
    smsMicroDollars: Math.round(counted[SMS.per] * dollarsOf(SMS) * 1e6),
  };
}
