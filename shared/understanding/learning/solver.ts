/** Examples as sparse rows: row r has the columns `columns[starts[r] … starts[r + 1])` with their values. */
export interface Rows {
  starts: Uint32Array;
  columns: Uint32Array;
  values: Float32Array;
  width: number;
}

export interface Problem {
  /** The rows to learn from. */
  members: Uint32Array;
  /** Per row: does it belong to the class. */
  belongs: Uint8Array;
  /** Per row: the weight of its error against the size of the weights (C of LIBLINEAR). */
  costs: Float64Array;
  /** Per row: log-odds known beforehand, to which the weights add. */
  offsets?: Float64Array | undefined;
}

export interface Weights {
  weights: Float64Array;
  bias: number;
}

/** Value of the feature that every row has: small, so that few examples move the classes little as a whole. */
const BIAS = 0.3;
const PASSES = 15;
const NEWTON_STEPS = 25;
const NEWTON_TOLERANCE = 1e-3;
const EDGE = 1e-10;
/** Numerical Recipes' linear congruence: an order that is the same on every machine. */
const SEED = 20_200_106;
const FACTOR = 1_664_525;
const ADDEND = 1_013_904_223;

/**
 * L2-regularised logistic regression by coordinate descent in the dual (Yu, Huang and Lin, Machine Learning 85,
 * 2011; `-s 7` of LIBLINEAR), with a fixed order of the rows: the same input gives the same weights.
 */
export function solveLogistic(rows: Rows, { members, belongs, costs, offsets }: Problem): Weights {
  const { starts, columns, values, width } = rows;
  const weights = new Float64Array(width);
  let bias = 0;
  const duals = Float64Array.from(costs, (cost) => Math.min(cost * 0.001, 1e-8));
  const squares = new Float64Array(belongs.length);

  const add = (row: number, step: number) => {
    for (let at = starts[row]!; at < starts[row + 1]!; at += 1) {
      weights[columns[at]!]! += step * values[at]!;
    }
    bias += step * BIAS ** 2;
  };
  const margin = (row: number): number => {
    let sum = bias + (offsets?.[row] ?? 0);
    for (let at = starts[row]!; at < starts[row + 1]!; at += 1) sum += weights[columns[at]!]! * values[at]!;
    return sum;
  };

  for (const row of members) {
    let square = BIAS ** 2;
    for (let at = starts[row]!; at < starts[row + 1]!; at += 1) square += values[at]! ** 2;
    squares[row] = square;
    add(row, signOf(belongs, row) * duals[row]!);
  }
  const order = Uint32Array.from(members);
  const next = createOrder();
  for (let pass = 0; pass < PASSES; pass += 1) {
    shuffle(order, next);
    for (const row of order) {
      const sign = signOf(belongs, row);
      const dual = solveOne(duals[row]!, costs[row]!, squares[row]!, sign * margin(row));
      add(row, sign * (dual - duals[row]!));
      duals[row] = dual;
    }
  }
  return { weights, bias };
}

const signOf = (belongs: Uint8Array, row: number): number => (belongs[row] === 1 ? 1 : -1);

/** The best value of one dual variable in (0, cost), all others kept: Newton inside a bracket. */
function solveOne(start: number, cost: number, square: number, slope: number): number {
  let low = EDGE * cost;
  let high = cost - EDGE * cost;
  let dual = Math.min(Math.max(start, low), high);
  for (let step = 0; step < NEWTON_STEPS; step += 1) {
    const gradient = square * (dual - start) + slope + Math.log(dual / (cost - dual));
    if (Math.abs(gradient) < NEWTON_TOLERANCE) break;
    if (gradient > 0) high = dual;
    else low = dual;
    const newton = dual - gradient / (square + cost / (dual * (cost - dual)));
    dual = newton > low && newton < high ? newton : middle(low, high, cost);
  }
  return dual;
}

/** Near the edges the middle of the orders of magnitude: the optimum is often some millionths away from them. */
function middle(low: number, high: number, cost: number): number {
  const half = cost / 2;
  if (high <= half) return Math.sqrt(low * high);
  if (low >= half) return cost - Math.sqrt((cost - low) * (cost - high));
  return (low + high) / 2;
}

function createOrder(): (below: number) => number {
  let state = SEED;
  return (below) => {
    state = (Math.imul(state, FACTOR) + ADDEND) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Fisher and Yates. */
function shuffle(order: Uint32Array, next: (below: number) => number): void {
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = next(at + 1);
    const kept = order[at]!;
    order[at] = order[other]!;
    order[other] = kept;
  }
}
