import type { Instant } from '../dates.ts';
import type { Unit } from './registry.ts';

const SHANGHAI_MS = 8 * 3_600_000;

/** Whether somebody is there at this moment, Beijing time; also over midnight. Of a unit without hours nothing is known: true. */
export function isOnDuty({ dutyHours }: Pick<Unit, 'dutyHours'>, at: Instant): boolean {
  const [from, to] = dutyHours?.split('-') ?? [];
  if (from === undefined || to === undefined) return true;
  const time = new Date(Date.parse(at) + SHANGHAI_MS).toISOString().slice(11, 16);
  return from <= to ? from <= time && time < to : time >= from || time < to;
}
