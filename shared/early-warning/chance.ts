/*
 * How probable so many complaints are by chance, when all is as usual.
 *
 * A key has few complaints, often none for weeks, so counts are not taken for normal (as EARS C1–C3 do, which alarm at the
 * second complaint of a quiet key). Instead: complaints of a key come as a Poisson process whose rate is known only as
 * well as its past tells; with a gamma distribution for the rate, the number in the next period is negative binomial
 * (the "Bayes" algorithm of M. Höhle, "surveillance: An R package for the monitoring of infectious diseases",
 * Computational Statistics 22, 2007; A. Riebler, 2004). Variance beyond Poisson's is added as in A. Noufaily et al., "An
 * improved algorithm for outbreak detection in multiple surveillance systems", Statistics in Medicine 32, 2013.
 */

/** What is known of a key's usual number. */
export interface Usual {
  /** Complaints in the period that usual is taken from, and its length in days of average traffic. */
  readonly count: number;
  readonly days: number;
  /** Complaints a day of an average key of the watch: what is expected of a key of which nothing is known. */
  readonly average: number;
  /** Variance of a day's count divided by its mean, 1 or more. */
  readonly dispersion: number;
}

/** Weight of the average key, in complaints: half a one, as with Jeffreys' prior. */
const PRIOR = 0.5;

/** Complaints expected in a period of so many days of average traffic. */
export function expectedOf({ count, days, average }: Usual, period: number): number {
  return (rateShape(count) / (PRIOR / average + days)) * period;
}

const rateShape = (count: number) => PRIOR + count;

/** Probability of `observed` or more complaints in such a period when all is as usual. */
export function chanceOf(observed: number, usual: Usual, period: number): number {
  const mean = expectedOf(usual, period);
  // Var = φμ + μ²/shape; matched by a negative binomial of this size.
  const size = mean / (usual.dispersion - 1 + mean / rateShape(usual.count));
  return tailOf(observed, mean, size);
}

/** Where further terms change nothing. */
const NEGLIGIBLE = 1e-12;

/** P(X ≥ x) of a negative binomial: its upper terms added up, so that one in a million is not lost in rounding. */
function tailOf(x: number, mean: number, size: number): number {
  if (x <= 0) return 1;
  const odds = Math.log(mean) - Math.log(mean + size);
  let term = -size * Math.log1p(mean / size);
  for (let k = 0; k < x; k += 1) term += Math.log((size + k) / (k + 1)) + odds;
  let sum = 0;
  for (let k = x; ; k += 1) {
    const probability = Math.exp(term);
    sum += probability;
    // Below the mean terms still grow.
    if (k > mean && probability <= NEGLIGIBLE * sum) return Math.min(1, sum);
    term += Math.log((size + k) / (k + 1)) + odds;
  }
}
