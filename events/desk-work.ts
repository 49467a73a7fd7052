import * as z from 'zod';
import { parseCaseNumber } from '../shared/case/case-number.ts';
import { isLocalDate } from '../shared/dates.ts';
import { LARGEST_BULK } from '../shared/desk-work/bulk.ts';
import { termsOf } from '../shared/desk-work/list-filter.ts';
import { deskRequests, listFilter, unitCode } from './desk-requests.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { requiredWords } from './words.ts';

/*
 * How work is found, shared out and taken back at the desk: /desk/filters, /desk/search, /desk/cases/{number}/lease,
 * /desk/bulk, /desk/absences, /desk/load.
 */

const day = z.string().refine(isLocalDate, '日期应写作 2026-11-21 / Write the date as 2026-11-21');
const person = z.string().min(1).max(128);
/** Version of a list that the person looked at; a list that has moved on since is not overwritten. */
const listVersion = z
  .number()
  .int()
  .min(0)
  .describe('Version of the list as it was read; 0 for an empty one');

// Filters

/** A person keeps this many; more are not found again by whoever made them. */
export const MOST_FILTERS = 30;

/** POST /desk/filters: another filter, or one of the same name instead. */
export const filterRequest = z.strictObject({
  name: requiredWords(30),
  filter: z.strictObject(listFilter),
  version: listVersion,
});

/** DELETE /desk/filters/{id} */
export const filterPath = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{12}$/, '没有这样的编号 / This is not the id of a filter'),
});
export const filterDelete = z.strictObject({ version: z.coerce.number().int().min(1) });

/** A filter as it is kept: the id is made from the name. */
export const savedFilter = z.strictObject({
  id: z.string(),
  name: z.string(),
  filter: z.strictObject(listFilter),
});

// Search

const asked = {
  number: z.string().min(1).max(40).optional().describe('Case number, also with one slip in it'),
  phone: z
    .string()
    .max(30)
    .refine(
      (phone) => phone.replaceAll(/\D/g, '').length >= 7,
      '请填完整的电话号码 / Give the whole phone number',
    )
    .optional(),
  business: requiredWords(120).optional().describe('Name of a business as written, or as registered'),
  words: requiredWords(100)
    .refine(
      (words) => termsOf(words).some((term) => Array.from(term).length >= 2),
      '请至少写两个字 / Write two characters at the least',
    )
    .optional()
    .describe('Each must stand in the text, the request or the business of an open case'),
};

/** POST /desk/search: by one thing. A phone stands in the body: addresses are written into logs. */
export const searchRequest = z
  .strictObject({ ...asked, after: z.string().min(1).max(200).optional() })
  .refine((sent) => Object.keys(asked).filter((name) => name in sent).length === 1, {
    message:
      '请只按一项查找：编号、电话、经营者或者文字 / Search by one thing: number, phone, business or words',
  });

// Leases

/** POST /desk/cases/{number}/lease */
export const leaseRequest = z.strictObject({
  breaks: requiredWords(200)
    .optional()
    .describe('Heads and managers: why they take it out of a colleague’s hands; kept in the history'),
});

// Many cases at once

const bulkCases = z
  .array(
    z.strictObject({
      number: z
        .string()
        .transform((number) => parseCaseNumber(number) ?? '')
        .refine((number) => number !== '', '编号不对，请核对 / This is not a case number, please check it'),
      version: z.number().int().min(1).describe('Version the person looked at'),
    }),
  )
  .min(1)
  .max(LARGEST_BULK)
  .refine(
    (cases) => new Set(cases.map(({ number }) => number)).size === cases.length,
    '同一案件只能列一次 / The same case may stand here once',
  );

/** What is sent with a step on one case, without the version: each case has its own. */
function sentWith(action: 'assign' | 'distribute') {
  const { version, ...fields } = deskRequests[action]?.shape ?? {};
  return z.strictObject(fields);
}

/** Header `Idempotency-Key` of POST /desk/bulk: without it a lost answer would leave fifty cases in doubt. */
export const bulkKey = idempotencyKey.unwrap();

/** POST /desk/bulk */
export const bulkRequest = z.discriminatedUnion(
  'action',
  [
    z.strictObject({ action: z.literal('assign'), cases: bulkCases, sent: sentWith('assign') }),
    z.strictObject({ action: z.literal('distribute'), cases: bulkCases, sent: sentWith('distribute') }),
  ],
  '批量办理只限 assign（指派）和 distribute（分送） / Only assign and distribute can be done to many at once',
);

/** POST /desk/bulk/{id}/undo */
export const bulkPath = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{32}$/, '没有这样的编号 / This is not the id of an order'),
});

/** What became of each case of an order. */
export const BULK_RESULTS = [
  'done',
  'undone',
  'nothing',
  'conflict',
  'not-allowed',
  'refused',
  'not-found',
] as const;

// Load

/** GET /desk/absences */
export const absenceQuery = z.strictObject({ unit: unitCode.optional() });

const absence = z
  .strictObject({ officer: person, from: day, until: day, standIn: person.optional() })
  .refine(({ from, until }) => from <= until, {
    path: ['until'],
    message: '结束日期不能早于开始日期 / The last day must not be before the first',
  })
  .refine(({ officer, standIn }) => officer !== standIn, {
    path: ['standIn'],
    message: '不能由本人代理 / Nobody stands in for himself',
  });

/** POST /desk/absences: the whole list of a unit; what is past is dropped. */
export const absenceRequest = z.strictObject({
  unit: unitCode.optional(),
  absences: z.array(absence).max(200),
  version: listVersion,
});

/** An absence as it is kept. */
export const storedAbsence = z.strictObject({
  officer: z.string(),
  from: z.string(),
  until: z.string(),
  standIn: z.string().optional(),
});

/** GET /desk/staff */
export const staffQuery = z.strictObject({ unit: unitCode.optional() });

/** GET /desk/due-ahead */
export const dueAheadQuery = z.strictObject({
  unit: unitCode.optional(),
  part: z
    .enum(['late', 'ahead'])
    .optional()
    .describe(
      'What is late alone, or what is not late yet; left out: both. Years of lateness take longer to read',
    ),
});

/** GET /desk/load */
export const loadQuery = z.strictObject({
  unit: unitCode.optional(),
  arrivals: z.coerce
    .number()
    .int()
    .min(0)
    .max(10_000)
    .optional()
    .describe(
      'New cases on a usual working day; left out: as many as lie here of the last seven days, a fifth',
    ),
  perOfficer: z.coerce
    .number()
    .int()
    .min(0)
    .max(500)
    .default(8)
    .describe('Cases that an officer accepts or refuses on a day'),
  factor: z.coerce.number().int().min(1).max(100).default(20).describe('How many times the usual day'),
});
