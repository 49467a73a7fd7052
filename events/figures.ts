import * as z from 'zod';
import { isLocalDate } from '../shared/dates.ts';
import { DIMENSIONS } from '../shared/statistics/contributions.ts';
import { COUNTERS, type Counter } from '../shared/statistics/counters.ts';
import { ROLLED } from '../shared/statistics/roll-up.ts';

const day = z.string().refine(isLocalDate, '日期应写作 2026-11-21 / Write the date as 2026-11-21');
const node = z
  .string()
  .regex(
    /^(?:\d{6,8}|area:[\w-]{1,20}|officer:[\w.@-]{1,64})$/,
    '请给出单位代码、area:片区 或者 officer:人员 / Give the code of a unit, area:… or officer:…',
  );
const LONGEST_DAYS = 366;

const period = {
  month: z
    .string()
    .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, '月份应写作 2026-11 / Write the month as 2026-11')
    .optional(),
  quarter: z
    .string()
    .regex(/^\d{4}-Q[1-4]$/, '季度应写作 2026-Q4 / Write the quarter as 2026-Q4')
    .optional(),
  year: z
    .string()
    .regex(/^\d{4}$/, '年份应写作 2026 / Write the year as 2026')
    .optional(),
  from: day.optional(),
  to: day.optional(),
};

interface Asked {
  month?: string | undefined;
  quarter?: string | undefined;
  year?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const oneWay = ({ month, quarter, year, from }: Asked) =>
  [month, quarter, year, from].filter((one) => one !== undefined).length <= 1;
const both = ({ from, to }: Asked) => (from === undefined) === (to === undefined);
const inOrder = ({ from = '', to = '' }: Asked) => from <= to;
const short = ({ from, to }: Asked) =>
  from === undefined ||
  to === undefined ||
  Date.parse(to) - Date.parse(from) <= (LONGEST_DAYS - 1) * 86_400_000;

/** What every question about figures says of its period: a month, a quarter, a year, or two days; default: this month. */
const withPeriod = <S extends z.ZodRawShape>(shape: S) =>
  z
    .strictObject({ ...period, ...shape })
    .refine((asked) => oneWay(asked as Asked), {
      path: ['month'],
      message: '月、季、年、起止日期只能给一种 / Give only one of month, quarter, year, or from and to',
    })
    .refine((asked) => both(asked as Asked), {
      path: ['from'],
      message: '起止日期要一起给 / Give from and to together',
    })
    .refine((asked) => inOrder(asked as Asked), {
      path: ['to'],
      message: '结束日期不能早于开始日期 / The last day must not be before the first',
    })
    .refine((asked) => short(asked as Asked), {
      path: ['to'],
      message: `最多查询 ${LONGEST_DAYS} 天 / At most ${LONGEST_DAYS} days`,
    });

/** GET /desk/figures */
export const figuresQuery = withPeriod({
  unit: node.optional(),
  /** The figures as they stood at the end of this day; periods of 31 days at most. */
  asOf: day.optional(),
}).refine(
  ({ asOf, from, to, quarter, year }) =>
    asOf === undefined ||
    (quarter === undefined &&
      year === undefined &&
      (from === undefined || Date.parse(to ?? '') - Date.parse(from) <= 30 * 86_400_000)),
  {
    path: ['asOf'],
    message: 'asOf 最多查 31 天的数字 / With asOf 31 days at most: the ledger of each day is read',
  },
);

const counter = z.enum(COUNTERS as [Counter, ...Counter[]]);

/** GET /desk/figures/cases: the cases behind a figure. */
export const figureCasesQuery = withPeriod({
  unit: node.optional(),
  counter,
  by: z.enum(DIMENSIONS).optional(),
  value: z.string().max(60).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** From the answer before. */
  next: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2} \d{1,6}$/)
    .optional(),
}).refine(({ by, value }) => (by === undefined) === (value === undefined), {
  path: ['value'],
  message: 'by 和 value 要一起给 / Give by and value together',
});

/** GET /desk/figures/units: units below one, compared fairly. */
export const figureUnitsQuery = withPeriod({ unit: node.optional() });

const words = { zh: z.string(), en: z.string() };
const instant = z.string();
const interval = z.strictObject({ from: z.number(), to: z.number() }).nullable();
const compared = z
  .strictObject({
    from: day,
    to: day,
    value: z.number().nullable(),
    change: z.number().nullable().describe('As a share of what it was; of a rate in percentage points / 100'),
  })
  .nullable();

const figure = z.strictObject({
  id: z.string(),
  ...words,
  unit: z.string(),
  group: z.string(),
  direction: z.enum(['up', 'down', 'none']),
  view: z.enum(['flow', 'cohort']),
  formula: z.strictObject(words),
  source: z.string(),
  counters: z.array(counter),
  value: z.number().nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  interval,
  comparable: z.boolean(),
  before: compared.describe('环比: the period before'),
  lastYear: compared.describe('同比: the same period a year ago'),
  festival: compared.describe('同比, aligned to the Spring Festival; null when it is far'),
  perWorkingDay: z
    .strictObject({ value: z.number().nullable(), lastYear: z.number().nullable() })
    .nullable()
    .describe('Sums only'),
});

const placeOf = z.strictObject({
  code: z.string(),
  name: z.string(),
  kind: z.string(),
  path: z.array(z.string()),
});

/** GET /desk/figures */
export const figuresAnswer = z.strictObject({
  unit: placeOf,
  from: day,
  to: day,
  asOf: instant,
  workingDays: z.number().int(),
  figures: z.array(figure),
  counts: z.partialRecord(counter, z.number().int()),
  by: z.partialRecord(z.enum(ROLLED), z.record(z.string(), z.partialRecord(counter, z.number().int()))),
  months: z.array(z.strictObject({ month: z.string(), counts: z.partialRecord(counter, z.number().int()) })),
});

/** GET /desk/figures/catalogue */
export const catalogueAnswer = z.strictObject({
  indicators: z.array(
    z.strictObject({
      id: z.string(),
      ...words,
      unit: z.string(),
      group: z.string(),
      direction: z.string(),
      view: z.string(),
      formula: z.strictObject(words),
      source: z.string(),
      minimum: z.number(),
      counters: z.array(counter),
    }),
  ),
  counters: z.array(z.strictObject({ id: counter, ...words, unit: z.string(), sealed: z.boolean() })),
});

/** GET /desk/figures/cases */
export const figureCasesAnswer = z.strictObject({
  counter: z.strictObject({ id: counter, ...words }),
  lines: z.array(
    z.strictObject({
      number: z.string(),
      version: z.number().int().describe('Of the step that counts'),
      day: day.describe('The day it counts for'),
      on: day.describe('The day it was taken; later for a correction'),
      at: instant,
      value: z.number().int(),
      takenBack: z.boolean(),
      state: z.string().nullable().describe('null: sealed from the reader'),
    }),
  ),
  next: z.string().optional(),
  sealed: z.number().int().describe('Lines of cases that the reader may not see, counted on this page'),
});

/** GET /desk/cases/{number}/figures */
export const caseFiguresAnswer = z.strictObject({
  number: z.string(),
  dimensions: z.record(z.string(), z.string().optional()),
  lines: z.array(
    z.strictObject({
      version: z.number().int(),
      day,
      on: day,
      units: z.array(z.string()),
      value: z.number().int(),
      counter: z.strictObject({ id: counter, ...words }),
      indicators: z.array(z.strictObject({ id: z.string(), ...words })),
    }),
  ),
});

/** GET /desk/figures/units */
export const figureUnitsAnswer = z.strictObject({
  unit: placeOf,
  from: day,
  to: day,
  indicators: z.array(
    z.strictObject({
      id: z.string(),
      ...words,
      overall: z.number().nullable(),
      units: z.array(
        z.strictObject({
          code: z.string(),
          name: z.string(),
          value: z.number().nullable(),
          numerator: z.number().nullable(),
          denominator: z.number().nullable(),
          interval,
          expected: z.number().nullable().describe('What the whole would have reached with this unit’s mix'),
          adjusted: z.number().nullable().describe('Value ÷ expected × overall'),
          rank: z
            .number()
            .int()
            .nullable()
            .describe('null: too few cases, or not to be told from its neighbours'),
          verdict: z.enum(['better', 'as-expected', 'worse', 'too-few']),
        }),
      ),
    }),
  ),
});
