import { isClean, type Recount } from './recount-statistics.ts';

const SHOWN = 50;

/** The outcome of a recount in lines for people; every difference, long lists of ids cut. */
export function describeRecount(found: Recount): string[] {
  const { events, drift, untallied, unknown, repaired, moving } = found;
  const lines = drift.map(
    ({ unit, day, counter, stored, recounted }) =>
      `差异 / difference: unit ${unit} day ${day} ${counter} stored ${stored} recounted ${recounted}`,
  );
  if (repaired > 0) lines.push(`补计 / counted now: ${repaired} event(s)`);
  lines.push(...idLines('尚未计入 / not counted (npm run recount -- --repair)', untallied));
  lines.push(...idLines('已计入但历史中没有 / counted, but not in the history', unknown));
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
  process.stderr.write(`等待 ${count} 个事件计入统计 / waiting for ${count} event(s) to be counted\n`);
}
