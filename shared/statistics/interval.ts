/** From and to, both shares. */
export interface Interval {
  from: number;
  to: number;
}

/** 95 % of a normal distribution lie within this many standard deviations. */
const Z_95 = 1.959964;

/**
 * Within which the true rate lies, for 95 of 100 such rates; null where it is no share of anything.
 * Good for small numbers and for rates near 0 and 1, unlike ± one standard error.
 * Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22 (1927);
 * recommended in L. D. Brown, T. Cai, A. DasGupta, Interval Estimation for a Binomial Proportion, Stat. Sci. 16 (2001).
 */
export function wilson(hits: number, of: number, z = Z_95): Interval | null {
  if (of <= 0 || hits < 0 || hits > of) return null;
  const rate = hits / of;
  const middle = (rate + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const half = (z / (1 + z ** 2 / of)) * Math.sqrt((rate * (1 - rate)) / of + z ** 2 / (4 * of ** 2));
  // All of them, or none: the square root leaves a trace of rounding.
  return { from: hits === 0 ? 0 : middle - half, to: hits === of ? 1 : middle + half };
}
