import * as z from 'zod';
import { isLocalDate } from '../shared/dates.ts';

const day = z.string().refine(isLocalDate, '日期应写作 2026-11-21 / Write the date as 2026-11-21');

/** GET /statistics: a unit (default: the bureau) and a month `2026-11`, or two days (default: this month). */
export const statisticsQuery = z
  .strictObject({
    unit: z
      .string()
      .regex(/^\d{6,8}$/, '请给出单位代码 / Give the code of a unit')
      .optional(),
    month: z
      .string()
      .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, '月份应写作 2026-11 / Write the month as 2026-11')
      .optional(),
    from: day.optional(),
    to: day.optional(),
  })
  .refine(({ month, from, to }) => (from === undefined) === (to === undefined) && !(month && from), {
    path: ['from'],
    message: '请给出 month，或者 from 和 to / Give either month, or from and to',
  })
  .refine(({ from = '', to = '' }) => from <= to, {
    path: ['to'],
    message: '结束日期不能早于开始日期 / The last day must not be before the first',
  })
  .refine(
    ({ from, to }) =>
      from === undefined || to === undefined || Date.parse(to) - Date.parse(from) <= 365 * 86_400_000,
    {
      path: ['to'],
      message: '最多查询 366 天 / At most 366 days',
    },
  );
