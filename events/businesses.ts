import * as z from 'zod';
import { WATCH_REASONS, type WatchReason } from '../shared/businesses/watch-list.ts';
import { isLocalDate } from '../shared/dates.ts';
import { creditCode, divisionCode, requiredWords, words } from './words.ts';

/*
 * Businesses (经济户口) at the desk: /desk/businesses, /desk/class-proposals, /desk/watch-list.
 */

/** Credit code in the path. */
export const businessPath = z.strictObject({ creditCode });

/** POST /desk/businesses/find: by what a consumer wrote; in the body, because a name may be a sole trader's. */
export const findBusinessRequest = z
  .strictObject({
    name: requiredWords(100).optional().describe('Name, alias or shop, also misspelt'),
    address: requiredWords(200).optional().describe('Road and number, or mall and floor'),
    division: divisionCode.optional(),
    platform: requiredWords(40).optional(),
    phone: requiredWords(30).optional(),
    creditCode: creditCode.optional(),
  })
  .refine(
    ({ name, address, phone, creditCode: code }) => (name ?? address ?? phone ?? code) !== undefined,
    '请至少写名称、地址、电话或者信用代码之一 / Give a name, an address, a phone or a credit code',
  );

/** GET /desk/class-proposals: a page of those that wait for a person. */
export const proposalListQuery = z.strictObject({ after: z.string().min(1).max(40).optional() });

const day = z.string().refine(isLocalDate, '日期应写作 2026-11-21 / Write the date as 2026-11-21');

/** POST /desk/class-proposals/{creditCode}/decide */
export const decideClassRequest = z.strictObject({
  decision: z.enum(['accepted', 'declined']),
  why: requiredWords(500).describe('理由 / Reason'),
  proposedOn: day.describe('Day of the proposal that the person looked at'),
});

const watchVersion = z
  .number()
  .int()
  .min(0)
  .describe('Version of the entry that the person looked at; 0 for none');

/** POST /desk/watch-list/{creditCode}: puts a business on the list, or keeps it there longer. */
export const watchRequest = z
  .strictObject({
    until: day.describe('Last day; a year at the most'),
    why: z.array(z.enum(Object.keys(WATCH_REASONS) as [WatchReason, ...WatchReason[]])).min(1),
    note: words(500).optional(),
    version: watchVersion,
  })
  .refine(({ why, note = '' }) => !why.includes('other') || note !== '', {
    path: ['note'],
    message: '选了“其他”，请写明原因 / With “other”, say what',
  });

/** POST /desk/watch-list/{creditCode}/end: takes it off before its time. */
export const endWatchRequest = z.strictObject({
  why: requiredWords(500).describe('理由 / Reason'),
  version: watchVersion,
});
