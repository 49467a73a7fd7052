import { numeralValue, toNumber } from '../../../shared/understanding/numbers/numerals.ts';
import { findSums } from '../../../shared/understanding/numbers/sums.ts';
import { sourceOf } from '../../../shared/understanding/source.ts';
import { round, share } from './measures.ts';
import type { Line, Mistake, Report, Task, TaskInput } from './task.ts';

/** One case that can be scored, with how: the yuan of the only sum, the numeral alone, or the sums' words. */
interface Case {
  kind: 'yuan' | 'numeral' | 'words';
  input: string;
  expected: unknown;
  got: unknown;
  right: boolean;
}

type Judged = Case | { leftOut: string };

/** JioNLP gives sums to the fen. */
const FEN = 0.005;

/**
 * Sums of money and numerals: JioNLP's money_parser and money_extractor, cn2an's sets. Cases in other currencies,
 * ranges and figures without a value (phone numbers, errors) mean no exact yuan and are left out, counted by reason.
 */
export const money: Task = {
  zh: '金额与数字:按元精确比较',
  en: 'sums of money and numerals, exact',
  run: ({ lines, startProgress }: TaskInput): Report => {
    const progress = startProgress('money', lines.length);
    const cases: Case[] = [];
    const leftOut = new Map<string, number>();
    for (const line of lines) {
      for (const judged of judge(line)) {
        if ('leftOut' in judged) leftOut.set(judged.leftOut, (leftOut.get(judged.leftOut) ?? 0) + 1);
        else cases.push(judged);
      }
      progress.advance();
    }
    progress.stop();
    return report(cases, leftOut);
  },
};

function judge(line: Line): Judged[] {
  const { input, expected, set } = line;
  if (typeof input !== 'string') return [{ leftOut: 'no input' }];
  if (Array.isArray(expected)) return [judgeWords(input, expected)];
  if (typeof expected === 'string') return [judgeNumeral(input, expected, String(set))];
  if (isRecord(expected)) return [judgeYuan(input, expected)];
  return [{ leftOut: 'no value expected' }];
}

function judgeYuan(input: string, { num, case: currency }: Record<string, unknown>): Judged {
  if (currency === undefined) return { leftOut: 'a date' };
  if (currency !== '元') return { leftOut: 'another currency' };
  if (typeof num !== 'string') return { leftOut: 'a range' };
  const sums = findSums(sourceOf({ text: input }));
  const got = sums.length === 1 ? (sums[0]?.yuan ?? null) : null;
  const expected = Number(num);
  return { kind: 'yuan', input, expected, got, right: got !== null && Math.abs(got - expected) < FEN };
}

function judgeNumeral(input: string, expected: string, set: string): Judged {
  if (set.startsWith('direct')) return { leftOut: 'figures read one by one' };
  if (/[元圆]/.test(input)) return judgeYuan(input, { num: expected, case: '元' });
  const value = numeralValue(input);
  const got = value === null ? null : toNumber(value);
  return { kind: 'numeral', input, expected: Number(expected), got, right: got === Number(expected) };
}

/** The words of the sums; 钱 after 块 is no part of them here (GUIDE.md), JioNLP counts it in. */
function judgeWords(input: string, expected: readonly unknown[]): Judged {
  if (expected.some((one) => isRecord(one) && one['type'] !== 'money')) return { leftOut: 'a date' };
  const source = sourceOf({ text: input });
  const got = findSums(source).map(({ start, end }) => input.slice(start, end));
  const wanted = expected.map((one) => (isRecord(one) ? String(one['text']).replace(/(?<=块)钱$/, '') : ''));
  return { kind: 'words', input, expected: wanted, got, right: got.join('\n') === wanted.join('\n') };
}

function report(cases: readonly Case[], leftOut: ReadonlyMap<string, number>): Report {
  const kinds = ['yuan', 'numeral', 'words'] as const;
  const rows = kinds.map((kind) => {
    const those = cases.filter((one) => one.kind === kind);
    return { kind, n: those.length, right: those.filter(({ right }) => right).length };
  });
  const right = cases.filter((one) => one.right).length;
  const mistakes = cases
    .filter((one) => !one.right)
    .map(
      (one): Mistake => ({
        id: one.input,
        field: one.kind,
        expected: one.expected,
        got: one.got,
        text: one.input,
      }),
    );
  return {
    figures: {
      n: cases.length,
      exact: round(share(right, cases.length)),
      left_out: [...leftOut.values()].reduce((total, count) => total + count, 0),
      ...Object.fromEntries(
        rows.map(({ kind, n, right: good }) => [`exact_${kind}`, n === 0 ? 'none' : round(share(good, n))]),
      ),
    },
    tables: [
      {
        title: 'by kind',
        head: ['kind', 'n', 'right'],
        rows: rows.map((row) => [row.kind, row.n, row.right]),
      },
      { title: 'left out', head: ['why', 'n'], rows: [...leftOut].map(([why, count]) => [why, count]) },
    ],
    mistakes,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
