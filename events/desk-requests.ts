import * as z from 'zod';
import { ACTIONS, type Action, fieldsOf } from '../shared/case/actions.ts';
import { CHANNELS, KINDS } from '../shared/case/case.ts';
import { parseCaseNumber } from '../shared/case/case-number.ts';
import type { Field } from '../shared/case/fields.ts';
import { STATES } from '../shared/case/life-cycle.ts';
import { isLocalDate } from '../shared/dates.ts';
import { LARGEST_FEN } from '../shared/money.ts';
import { READ_REASONS } from '../shared/people/read-reasons.ts';
import { creditCode, divisionCode, requiredWords, words } from './words.ts';

/*
 * POST /desk/cases/{number}/{action}: what the desk sends with each step, made from the fields of the actions.
 */

/** Steps that only our own functions take, or that follow from another step. */
const NOT_SENT = new Set<Action>([
  'refer',
  'recall',
  'alarm',
  'remind',
  'escalate',
  'recount-dates',
  'offer-settlement',
  'move-on',
  'add-words',
  'rate',
  'ask-reopen',
  'propose',
  'take-in',
  'let-out',
  'flag-incident',
  'add-facts',
  'correct-identity',
  'erase',
]);

/** Code of a rights station or business in the register of partners. */
const partnerCode = z.string().regex(/^[A-Z0-9]{3,20}$/, '请给出登记代码 / Give the code in the register');

/** The actions that staff may send. */
export const DESK_ACTIONS = (Object.keys(ACTIONS) as Action[]).filter((action) => !NOT_SENT.has(action));

const version = z
  .number()
  .int()
  .min(1)
  .optional()
  .describe('Version the person looked at; a step on a case that has moved on since is a conflict');

function valueOf(field: Field): z.ZodType {
  switch (field.type) {
    case 'text':
      return field.required === true ? requiredWords(field.longest) : words(field.longest);
    case 'choice':
      return z.enum(Object.keys(field.options) as [string, ...string[]]);
    case 'fen':
      return z
        .number()
        .int('金额以分为单位，请填整数 / Sums are whole fen (1/100 yuan)')
        .min(field.signed === true ? -LARGEST_FEN : 0)
        .max(LARGEST_FEN);
    case 'date':
      return z.string().refine(isLocalDate, '日期应写作 2026-11-21 / Write the date as 2026-11-21');
    case 'time':
      return z
        .string()
        .refine(
          (time) =>
            /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d$/.test(time) && isLocalDate(time.slice(0, 10)),
          '时间应写作 2026-11-21T14:30 / Write the time as 2026-11-21T14:30',
        );
    case 'yes':
      return z.boolean();
    case 'unit':
      return z
        .string()
        .regex(/^\d{6}(?:\d{2})?$/, '单位代码为 6 或 8 位数字 / The code of a unit has 6 or 8 digits');
    case 'partner':
      return partnerCode;
    case 'division':
      return divisionCode;
    case 'credit-code':
      return creditCode;
    case 'person':
      return z.string().min(1).max(128);
    case 'case-number':
    default:
      return z
        .string()
        .transform((number) => parseCaseNumber(number) ?? '')
        .refine((number) => number !== '', '编号不对，请核对 / This is not a case number, please check it');
  }
}

/** Taken twice they would count twice, or approve what nobody has read: the version must be given. */
const NEEDS_VERSION = new Set<Action>([
  'approve',
  'decline',
  'record-money',
  'correct-money',
  'perform',
  'add-complainant',
]);

function requestOf(action: Action) {
  const fields = Object.entries(fieldsOf(action)).map(([name, field]) => {
    const value = field.required === true ? valueOf(field) : valueOf(field).optional();
    return [name, value.describe(`${field.zh} / ${field.en}`)];
  });
  return z.strictObject({
    version: NEEDS_VERSION.has(action) ? version.unwrap() : version,
    ...(Object.fromEntries(fields) as Record<string, z.ZodType>),
  });
}

/** The schema of each action's request. */
export const deskRequests: Readonly<Partial<Record<Action, ReturnType<typeof requestOf>>>> =
  Object.fromEntries(DESK_ACTIONS.map((action) => [action, requestOf(action)]));

export const deskAction = z.enum(DESK_ACTIONS as [Action, ...Action[]]);

export const unitCode = z.string().regex(/^\d{6}(?:\d{2})?$/, '请给出单位代码 / Give the code of a unit');

const keys = <Key extends string>(table: Readonly<Record<Key, unknown>>) =>
  z.enum(Object.keys(table) as [Key, ...Key[]]);

const isDayWord = (word: string) => word === 'today' || word === 'tomorrow';
const day = (isWord: (word: string) => boolean) =>
  z
    .string()
    .refine(
      (text) => isWord(text) || isLocalDate(text),
      '请写 today、tomorrow 或者日期如 2026-11-21 / Write today, tomorrow or a date such as 2026-11-21',
    );

/** What a work list is narrowed down to; also what a person saves. */
export const listFilter = {
  unit: unitCode.optional(),
  below: z.enum(['all']).optional().describe('Also what lies with the units below'),
  area: z
    .string()
    .regex(/^[\w-]{1,40}$/, '请给出片区代码 / Give the code of an area')
    .optional(),
  officer: z.string().min(1).max(128).optional().describe('Id of a person, or `me`'),
  kind: keys(KINDS).optional(),
  channel: keys(CHANNELS).optional(),
  state: keys(STATES).optional(),
  dueFrom: day(isDayWord).optional().describe('Due on this day or later: `today`, `tomorrow`, a date'),
  dueUntil: day((word) => isDayWord(word) || word === 'overdue')
    .optional()
    .describe('Due on this day or earlier: `overdue` (before today), `today`, `tomorrow`, a date'),
  unassigned: z.enum(['yes']).optional().describe('Nobody is on it'),
};

/** GET /desk/cases: whose list, what of it, how many, from where. */
export const deskListQuery = z.strictObject({
  ...listFilter,
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z.string().min(1).max(200).optional(),
});

/** GET /desk/cases/{number}/history: older events, before this version. */
export const historyQuery = z.strictObject({
  before: z.coerce.number().int().min(2).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** GET /desk/cases/{number}/partners: those who fit, or those whose name or code holds these letters. */
export const partnerSearch = z.strictObject({ find: z.string().max(60).default('') });

/** GET /desk/cases/{number}/complainant, GET /desk/reports/{number}/informer */
export const identityQuery = z.strictObject({
  reason: z.enum(Object.keys(READ_REASONS) as [keyof typeof READ_REASONS, ...(keyof typeof READ_REASONS)[]]),
});
