import type { Table } from './task.ts';

/** One answer beside what was right. */
export interface Answer {
  expected: string;
  got: string;
  /** How sure the answer was, 0 to 1. */
  confidence?: number;
}

/**
 * Precision, recall and F1 of each class that occurs as expected or as got; macro-F1 is the mean over the classes
 * that are expected at least once.
 */
export function measureClasses(answers: readonly Answer[]) {
  const labels = [...new Set(answers.flatMap(({ expected, got }) => [expected, got]))].sort();
  const classes = labels.map((label) => {
    const right = answers.filter(({ expected, got }) => expected === label && got === label).length;
    const expected = answers.filter((answer) => answer.expected === label).length;
    const got = answers.filter((answer) => answer.got === label).length;
    return { label, expected, got, right, ...f1(right, expected, got) };
  });
  const counted = classes.filter(({ expected }) => expected > 0);
  return {
    macroF1: mean(counted.map((one) => one.f1)),
    accuracy: share(answers.filter(({ expected, got }) => expected === got).length, answers.length),
    classes,
  };
}

/** F1 from counts; 0 where there is nothing to count. */
export function f1(right: number, expected: number, got: number) {
  const precision = share(right, got);
  const recall = share(right, expected);
  return { precision, recall, f1: right === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

export function perClassTable(title: string, answers: readonly Answer[]): Table {
  const { classes } = measureClasses(answers);
  return {
    title,
    head: ['class', 'n', 'precision', 'recall', 'F1'],
    rows: classes.map(({ label, expected, precision, recall, f1: score }) => [
      label,
      expected,
      round(precision),
      round(recall),
      round(score),
    ]),
  };
}

/** Rows are what was right, columns what was answered. */
export function confusionTable(title: string, answers: readonly Answer[]): Table {
  const labels = [...new Set(answers.flatMap(({ expected, got }) => [expected, got]))].sort();
  return {
    title,
    head: ['', ...labels],
    rows: labels.map((expected) => [
      expected,
      ...labels.map(
        (got) => answers.filter((answer) => answer.expected === expected && answer.got === got).length,
      ),
    ]),
  };
}

const BINS = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95] as const;

/** Confidence that means what it says: of the answers given 0.9, nine in ten are right. */
export function calibrationTable(
  title: string,
  answers: readonly { right: boolean; confidence: number }[],
): Table {
  const rows = BINS.map((from, index) => {
    const to = BINS[index + 1] ?? Number.POSITIVE_INFINITY;
    const inside = answers.filter(({ confidence }) => confidence >= from && confidence < to);
    return [
      `${from}–${Math.min(to, 1)}`,
      inside.length,
      round(mean(inside.map(({ confidence }) => confidence))),
      round(share(inside.filter(({ right }) => right).length, inside.length)),
    ];
  });
  return { title, head: ['confidence', 'n', 'mean', 'right'], rows: rows.filter(([, n]) => n !== 0) };
}

/** Expected calibration error over ten bins of equal width (Naeini et al., 2015). */
export function calibrationError(answers: readonly { right: boolean; confidence: number }[]): number {
  let error = 0;
  for (let bin = 0; bin < 10; bin += 1) {
    const inside = answers.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === bin);
    if (inside.length === 0) continue;
    const right = share(inside.filter((one) => one.right).length, inside.length);
    error += (inside.length / answers.length) * Math.abs(right - mean(inside.map((one) => one.confidence)));
  }
  return error;
}

export const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((total, value) => total + value, 0) / values.length;

/** Four decimals, as figures are printed. */
export const round = (value: number): number => Math.round(value * 10_000) / 10_000;
