import * as z from 'zod';
import { SIZE_MEASURES, type SizeMeasure } from '../shared/businesses/size.ts';
import { isLocalDate } from '../shared/dates.ts';
import { LONGEST_ANSWER } from '../shared/open-data/business-answer.ts';
import { DAY_BANDS, OUTCOMES, type Outcome } from '../shared/open-data/row.ts';
import { creditCode, requiredWords, words } from './words.ts';

/*
 * Open data (开放数据): /open-data and below, for everybody; answers of businesses at the desk. Names of fields and
 * their order are kept: programs and spreadsheets of strangers rest on them.
 */

const format = z
  .enum(['json', 'csv'])
  .default('json')
  .describe('csv: UTF-8 with a byte order mark, for spreadsheets');
const month = z
  .string()
  .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, '月份应写作 2026-11 / Write the month as 2026-11');
const year = z.string().regex(/^20\d{2}$/, '年份应写作 2026 / Write the year as 2026');
const day = z.string().refine(isLocalDate, '日期应写作 2026-11-21 / Write the date as 2026-11-21');
const county = z.string().regex(/^\d{6}$/, '区县代码为 6 位数字 / The code of a county has 6 digits');
const limit = (most: number, usual: number) => z.coerce.number().int().min(1).max(most).default(usual);
const next = z
  .string()
  .regex(/^(?:\d{4}-\d{2}\.)?\d{1,7}$/, '请原样使用上一页给出的 next / Use next as the page before gave it')
  .optional();

/** GET /open-data/complaints */
export const openComplaintsQuery = z.strictObject({
  format,
  limit: limit(5000, 500),
  next,
  updatedSince: day
    .optional()
    .describe('Only releases that changed on this day or later: they replace what was read of them before'),
  release: month.optional(),
  county: county.optional(),
  creditCode: creditCode.optional(),
});

/** GET /open-data/figures */
export const openFiguresQuery = z
  .strictObject({
    format,
    from: month.optional(),
    to: month.optional(),
    county: county.optional().describe('Code of a county, or of the bureau'),
  })
  .refine(({ from = '', to = '9' }) => from <= to, {
    path: ['to'],
    message: '结束月份不能早于开始月份 / The last month must not be before the first',
  });

/** GET /open-data/businesses */
export const openBusinessesQuery = z.strictObject({
  format,
  limit: limit(5000, 50),
  next,
  q: words(100).optional().describe('Part of the name, or the credit code'),
  year: year.optional(),
});

/** GET /open-data/businesses/{creditCode} */
export const openBusinessPath = z.strictObject({ creditCode });

/** POST /desk/businesses/{creditCode}/answer: what the business wants to be read beside its results. */
export const businessAnswerRequest = z.strictObject({
  year,
  text: requiredWords(LONGEST_ANSWER).describe('In the words of the business; no phones, no case numbers'),
  version: z.number().int().min(0).describe('Version of the answer that the person looked at; 0 for none'),
});

/** POST /desk/businesses/{creditCode}/answer/review */
export const reviewAnswerRequest = z.strictObject({
  year,
  version: z.number().int().min(1),
  decision: z.enum(['show', 'decline']),
  why: words(500).optional().describe('Needed to decline'),
});

const pair = z.strictObject({ zh: z.string(), en: z.string() });
const fen = z.number().int();
const outcome = z.enum(Object.keys(OUTCOMES) as [Outcome, ...Outcome[]]);

/** One row of the published complaints. */
export const openComplaint = z.strictObject({
  id: z.string().describe('Release, group, place in it; not the number of the case'),
  release: month,
  changedOn: day.describe('The last day on which rows of this release came or went'),
  creditCode: z.string().nullable().describe('null: too few complaints about this business to name it'),
  business: z.string().nullable(),
  countyCode: z.string().nullable(),
  county: z.string().nullable(),
  received: z.string().describe('Month 2026-11, quarter 2026-Q4 or year 2026'),
  subject: z.string().nullable().describe('商品服务类别; null: differs within the group'),
  problem: z.string().nullable().describe('投诉问题类别'),
  outcome: outcome.nullable(),
  daysToClose: z.enum(DAY_BANDS.map(({ band }) => band)).nullable(),
  agreedFen: fen.nullable().describe('Average of the group, rounded to 100 yuan'),
  groupRows: z.number().int().min(3).describe('So many rows are the same in every field'),
});

export const openComplaints = z.strictObject({
  checkedOn: day,
  releases: z
    .array(z.strictObject({ month, changedOn: day, rows: z.number().int() }))
    .describe('All there are: what is missing here has gone'),
  complaints: z.array(openComplaint),
  next: z.string().optional(),
});

export const openFigureRow = z.strictObject({
  code: z.string(),
  name: z.string(),
  month,
  roundedTo: z.number().int().nullable().describe('null: exact'),
  received: z.number().int(),
  accepted: z.number().int(),
  refused: z.number().int(),
  reconciled: z.number().int(),
  settled: z.number().int(),
  terminated: z.number().int(),
  closed: z.number().int(),
  published: z.number().int(),
  excluded: z.number().int(),
  agreedFen: fen.nullable().describe('null: too few cases have a part in it'),
  provenFen: fen.nullable(),
});
export const openFigures = z.strictObject({ checkedOn: day, figures: z.array(openFigureRow) });

export const openBusinessRow = z.strictObject({
  creditCode: z.string(),
  name: z.string(),
  year,
  published: z.number().int().min(3),
  settled: z.number().int(),
  settledShare: z.number(),
  intervalFrom: z.number().describe('95 %, Wilson'),
  intervalTo: z.number(),
  agreedFen: fen.nullable().describe('Rounded to 1,000 yuan; null: none, or one complaint makes most of it'),
  provenFen: fen.nullable(),
  sizeMeasure: z.enum(Object.keys(SIZE_MEASURES) as [SizeMeasure, ...SizeMeasure[]]).nullable(),
  size: z.number().int().nullable(),
  perSize: z.number().int().nullable().describe('Complaints for so many of the measure'),
  complaintsPerSize: z.number().nullable().describe('null: its size is not known'),
});
export const openBusinesses = z.strictObject({
  checkedOn: day,
  total: z.number().int(),
  businesses: z.array(openBusinessRow),
  next: z.string().optional(),
});

export const openBusiness = z.strictObject({
  creditCode: z.string(),
  name: z.string(),
  results: z.array(openBusinessRow),
  answers: z
    .array(z.strictObject({ year, text: z.string(), at: z.string() }))
    .describe('In the words of the business (经营者回应)'),
});

export const openCatalogue = z.strictObject({
  bureau: z.strictObject({ code: z.string(), name: z.string() }),
  checkedOn: day.nullable().describe('null: nothing was released yet'),
  licence: pair,
  protection: z.array(pair),
  keptDays: z.number().int().nullable(),
  datasets: z.array(
    z.strictObject({
      id: z.string(),
      path: z.string(),
      ...pair.shape,
      formats: z.array(z.string()),
      changedOn: day.nullable(),
      rows: z.number().int().nullable(),
      fields: z.array(z.strictObject({ name: z.string(), ...pair.shape })),
    }),
  ),
});

const entered = z.strictObject({ text: z.string(), by: z.string(), at: z.string() });
export const businessAnswerView = z.strictObject({
  creditCode: z.string(),
  year,
  version: z.number().int(),
  waiting: entered.nullable(),
  shown: entered.nullable(),
  declined: z.strictObject({ why: z.string(), by: z.string(), at: z.string() }).nullable(),
});
export const businessAnswerList = z.strictObject({ answers: z.array(businessAnswerView) });
