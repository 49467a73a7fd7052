import type { RoutingRule } from './routing-rule.ts';

/** House numbers of a road, both ends included; all of it without. */
type Numbers = RoutingRule['numbers'];

/** Whether a house can have a number of both; a road as a whole shares none with a part of it, which is closer. */
export function shareNumbers(one: Numbers, other: Numbers): boolean {
  if (one === undefined || other === undefined) return one === other;
  const from = Math.max(one.from, other.from);
  const to = Math.min(one.to, other.to);
  if (from > to) return false;
  const [side, ...more] = [...new Set([one.side, other.side].filter((given) => given !== undefined))];
  if (side === undefined) return true;
  // One number alone is on one side only.
  return more.length === 0 && (from < to || (from % 2 === 1) === (side === 'odd'));
}
