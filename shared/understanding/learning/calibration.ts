import { type Calibration, calibrated, softmax } from './model.ts';

/** A message that the weights have not seen: its scores, its class, and its prior shares if there are any. */
export interface HeldOut {
  scores: Float64Array;
  right: number;
  prior?: readonly number[] | undefined;
}

/** How strongly the usual slopes are held on to: as if so many messages spoke for them. */
const USUAL_MESSAGES = 10;
/** With so many corrections the learnt weights usually count half of what they say, with many more in full. */
const HALF_TRUSTED = 50;
const ROUNDS = 40;
const LOWEST = Math.log(0.05);
const HIGHEST = Math.log(20);
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The slopes that make the held-out classes likeliest (temperature scaling, Guo et al., 2017). */
export function fitCalibration(heldOut: readonly HeldOut[]): Calibration {
  const onPrior = heldOut.some(({ prior }) => prior !== undefined);
  const usual = { slope: onPrior ? heldOut.length / (heldOut.length + HALF_TRUSTED) : 1, priorSlope: 1 };
  const lossOf = (calibration: Calibration) =>
    heldOut.reduce(
      (total, { scores, right, prior }) =>
        total - Math.log(softmax(calibrated(scores, calibration, onPrior, prior))[right]! + Number.MIN_VALUE),
      USUAL_MESSAGES *
        (Math.log(calibration.slope / usual.slope) ** 2 + Math.log(calibration.priorSlope) ** 2),
    );
  if (heldOut.length === 0) return { slope: 1, priorSlope: 1 };
  let best: Calibration = usual;
  for (let round = 0; round < (onPrior ? 3 : 1); round += 1) {
    best = { ...best, slope: lowest((slope) => lossOf({ ...best, slope })) };
    if (onPrior) best = { ...best, priorSlope: lowest((priorSlope) => lossOf({ ...best, priorSlope })) };
  }
  return best;
}

/** Where a function with one valley is lowest, by the golden section over orders of magnitude. */
function lowest(lossAt: (value: number) => number): number {
  let low = LOWEST;
  let high = HIGHEST;
  for (let round = 0; round < ROUNDS; round += 1) {
    const left = high - GOLDEN * (high - low);
    const right = low + GOLDEN * (high - low);
    if (lossAt(Math.exp(left)) <= lossAt(Math.exp(right))) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}
