import * as z from 'zod';
import { WATCH_IDS } from '../shared/early-warning/watches.ts';
import { requiredWords } from './words.ts';

/*
 * The early warning at the desk: alarms, consumer warnings, the inspection plan of a month.
 */

/** Id of an alarm in the path: the first day of the rise, and a hash. */
export const alarmPath = z.strictObject({
  id: z.string().regex(/^\d{8}-[0-9a-f]{12}$/, '没有这样的编号 / This is not the id of an alarm'),
});

/** GET /desk/alarms: of so many days back; `state` only those. */
export const alarmListQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(400).default(90),
  state: z.enum(['open', 'true', 'false']).optional(),
});

const version = z.number().int().min(1).describe('Version the person looked at');

/** POST /desk/alarms/{id}/mark */
export const markRequest = z.strictObject({
  version,
  as: z.enum(['true', 'false']),
  why: requiredWords(500).describe('核实的情况 / What was found'),
});

/** POST /desk/alarms/{id}/warning/name: a person decides that the business is named. */
export const nameRequest = z.strictObject({
  version,
  name: requiredWords(100).describe('经营者名称 / Name of the business'),
  why: requiredWords(500).describe('公开名称的理由 / Why it is named'),
});

/** POST /desk/alarms/{id}/warning/publish */
export const publishRequest = z.strictObject({ version });

/** GET /warnings: published in a year, the latest first. */
export const warningsQuery = z.strictObject({
  year: z
    .string()
    .regex(/^20\d{2}$/, '年份应写作 2026 / Write the year as 2026')
    .optional(),
});

/** GET /desk/inspection-plan: of a month, this one if none is given. */
export const planQuery = z.strictObject({
  month: z
    .string()
    .regex(/^20\d{2}-(?:0[1-9]|1[0-2])$/, '月份应写作 2026-11 / Write the month as 2026-11')
    .optional(),
});

/** POST /warnings/subscribers, DELETE /warnings/subscribers: with a code that was sent to the phone. */
export const subscriptionRequest = z.strictObject({
  phone: z.string().min(1).max(40),
  code: z.string().regex(/^\d{6}$/, '验证码是 6 位数字 / The code has six digits'),
});

const pair = z.strictObject({ zh: z.string(), en: z.string() });
const count = z.number().int();
const share = z.number().nullable();
const precision = {
  right: count,
  wrong: count,
  open: count,
  precision: share.describe('right ÷ (right + wrong); null while none is judged'),
  low: share,
  high: share.describe('95 % interval'),
};

export const alarmView = z.strictObject({
  id: z.string(),
  version: count,
  watch: pair.extend({ id: z.enum(WATCH_IDS), urgent: z.boolean() }),
  topic: pair,
  name: z.string().nullable().describe('The business, in the words of the first complaint; for staff only'),
  reason: pair,
  status: pair,
  state: z.enum(['open', 'true', 'false']),
  running: z.boolean(),
  firstDay: z.string(),
  lastDay: z.string(),
  raisedAt: z.string(),
  observed: count,
  expected: z.number(),
  days: count,
  count,
  cases: z.array(z.string()),
  also: z.array(pair.extend({ id: z.enum(WATCH_IDS) })),
  marks: z.array(
    z.strictObject({ as: z.enum(['true', 'false']), by: z.string(), at: z.string(), why: z.string() }),
  ),
  actions: z.array(z.enum(['mark', 'draft', 'publish'])),
});

/** GET /desk/alarms */
export const alarmList = z.strictObject({
  alarms: z.array(alarmView),
  precision: z.strictObject({
    ...precision,
    byWatch: z.partialRecord(z.enum(WATCH_IDS), z.strictObject(precision)),
  }),
});

/** POST /desk/alarms/{id}/warning and what follows: the draft as it stands. */
export const draftView = z.strictObject({
  alarm: z.string(),
  version: count,
  title: pair,
  text: pair,
  sentences: z.array(pair.extend({ cases: z.array(z.string()) })),
  named: z.strictObject({ name: z.string(), by: z.string(), why: z.string() }).nullable(),
  number: pair.nullable().describe('null until it is published'),
});

/** GET /warnings: what everybody may read; no case numbers. */
export const publishedWarnings = z.strictObject({
  warnings: z.array(
    z.strictObject({
      number: pair,
      title: pair,
      text: pair,
      at: z.string(),
      from: z.string(),
      to: z.string(),
    }),
  ),
});

/** POST and DELETE /warnings/subscribers */
export const subscription = z.strictObject({ subscribed: z.boolean() });

/** GET /desk/inspection-plan */
export const inspectionPlanView = z.strictObject({
  month: z.string(),
  from: z.string(),
  to: z.string(),
  items: z.array(
    z.strictObject({
      source: z.enum(['alarm', 'hot-spot', 'season']),
      target: z.strictObject({
        kind: z.enum(['business', 'product', 'address', 'division', 'trade']),
        key: z.string(),
        name: pair,
      }),
      name: z.string().nullable().describe('The business, in the words of the first complaint'),
      why: pair,
      visits: pair.extend({ aMonth: count }),
      priority: count,
      cases: z.array(z.string()),
    }),
  ),
});
