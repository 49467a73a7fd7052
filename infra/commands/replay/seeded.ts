import type { Registry } from '../../../shared/jurisdiction/registry.ts';
import { sha256 } from '../../../shared/sha256.ts';

/** A whole number from 0 up to, not including, `bound`: always the same for the same seed. */
function seeded(seed: string, bound: number): number {
  return Number.parseInt(sha256(seed).slice(0, 12), 16) % bound;
}

/** So many digits, always the same for the same seed. */
export function seededDigits(seed: string, count: number): string {
  return String(seeded(seed, 10 ** count)).padStart(count, '0');
}

/** Gives every id an address in one of the register's townships. */
export function seededAddresses({ city, divisions }: Registry): (id: string) => string {
  return (id) => {
    const division = divisions[seeded(`township ${id}`, divisions.length)];
    return `${city}${division?.county.name}${division?.name}示例路${1 + seeded(`house ${id}`, 200)}号`;
  };
}

/**
 * How a replayed case ends: one in five without an agreement, the others with a sum up to 5,000 yuan, which is paid
 * at once or promised.
 */
export type Ending =
  | { action: 'terminate'; ground: 'art23-3' }
  | { action: 'settle'; agreedFen: number; provenFen: number };

/** The ending of a case, always the same for the same key. */
export function seededEnding(key: string): Ending {
  if (seeded(`ending ${key}`, 5) === 0) return { action: 'terminate', ground: 'art23-3' };
  const agreedFen = 100 * (1 + seeded(`agreed ${key}`, 5_000));
  const paid = seeded(`paid ${key}`, 3) > 0;
  return { action: 'settle', agreedFen, provenFen: paid ? agreedFen : 0 };
}
