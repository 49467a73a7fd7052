/** Chance that is the same for the same seed. */
export interface SeededChance {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  pick<T>(list: readonly T[]): T;
  /** True in so many of a hundred. */
  percent(share: number): boolean;
  /** One of several by their weights. */
  weighed<T>(choices: readonly (readonly [weight: number, value: T])[]): T;
}

/** A small generator of even numbers (mulberry32). */
export function chanceOf(seed: number): SeededChance {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    pick: <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T,
    percent: (share) => next() * 100 < share,
    weighed: <T>(choices: readonly (readonly [number, T])[]) => {
      let left = next() * choices.reduce((sum, [weight]) => sum + weight, 0);
      const chosen = choices.find(([weight]) => (left -= weight) < 0) ?? choices[0];
      return (chosen as readonly [number, T])[1];
    },
  };
}
