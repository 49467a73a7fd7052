import { isClean, type Recount } from '../../../shared/store/recount.ts';

const SHOWN = 50;

/** The outcome of a recount in lines for people; every difference, long lists of ids cut. */
export function describeRecount(found: Recount): string[] {
  const { events, drift, untallied, unknown, different, rollUps, repaired, moving } = found;
  const lines = drift.map(
    ({ unit, day, counter, stored, recounted }) =>
      `差异 / difference: unit ${unit} day ${day} ${counter} stored ${stored} recounted ${recounted}`,
  );
  if (repaired > 0) lines.push(`补计 / counted now: ${repaired} entries`);
  lines.push(...idLines('尚未计入 / not counted (npm run recount -- --repair)', untallied));
  lines.push(...idLines('已计入但历史中没有 / entries that the history does not give', unknown));
  lines.push(...idLines('台账与历史不符 / entries that say something else than the history', different));
  lines.push(...idLines('汇总与台账不符 / roll-ups that are not what their ledger adds up to', rollUps));
  lines.push(
    ...idLines('一直在变动，未能比对 / kept changing, not compared (quiet hour, or longer --wait)', moving),
  );
  lines.push(
    isClean(found)
      ? `一致 / equal: ${events} event(s) recounted, no difference`
      : `不一致 / not equal: ${events} event(s), ${drift.length} difference(s)`,
  );
  return lines;
}

function idLines(label: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const rest = ids.length > SHOWN ? ` … +${ids.length - SHOWN}` : '';
  return [`${label}: ${ids.length}: ${ids.slice(0, SHOWN).join(' ')}${rest}`];
}

/** Said once, so that nobody takes the wait for a standstill. */
export function announceWaiting(count: number): void {
  process.stderr.write(`等待 ${count} 条台账计入统计 / waiting for ${count} entries to be counted\n`);
}
