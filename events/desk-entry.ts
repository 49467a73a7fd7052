import * as z from 'zod';
import { addDays } from '../shared/dates.ts';
import { DESK_CHANNELS, LARGEST_PASTE } from '../shared/desk-entry/fields.ts';
import { LIMITS } from '../shared/desk-entry/table.ts';
import { pastDate, submission } from './submission.ts';
import { words } from './words.ts';

/*
 * The desk as a channel: what staff enter of messages that came by letter, in person, by mailbox, or were handed over by
 * 12345 or the national platform. What the message itself is, is the same contract as on the web.
 */

/** A letter may lie for long; a year is a slip of the year. */
const OLDEST_RECEIPT_DAYS = 365;

/**
 * POST /desk/entries, one message.
 * @param today gives the present day in Shanghai
 */
export function deskEntry(today: () => string) {
  const receivedOn = pastDate(today).refine(
    (date) => date >= addDays(today(), -OLDEST_RECEIPT_DAYS),
    '收到日期早于一年，请核对 / Received over a year ago; please check the date',
  );
  return z
    .strictObject({
      channel: z.enum(DESK_CHANNELS).describe('来访、来信、信箱、12345、全国12315平台'),
      receivedOn: receivedOn
        .optional()
        .describe('Day of the receipt stamp; the legal periods are counted from it. Today without'),
      externalNumber: words(60)
        .refine(
          (number) => /^[\p{Script=Han}\w〔〕[\]()（）./-]{3,60}$/u.test(number),
          '外部编号只含字母、数字、汉字和横线，至少三位 / An external number has letters, digits and hyphens, three at least',
        )
        .optional()
        .describe('Number of the work order (工单号); the same one is registered once, whoever enters it'),
      message: submission(today),
    })
    .refine(({ message: { sms } }) => sms !== true, {
      path: ['message', 'sms'],
      message: '登记时不发短信，编号请当面交给来人 / Nothing is texted here; hand the number over',
    })
    .refine(
      ({ receivedOn: received, message: { occurredOn } }) =>
        occurredOn === undefined || received === undefined || occurredOn <= received,
      {
        path: ['message', 'occurredOn'],
        message: '发生日期晚于收到日期，请核对 / It happened after it was received; please check the dates',
      },
    );
}

export type DeskEntry = z.output<ReturnType<typeof deskEntry>>;

/** POST /desk/entries/read */
export const pastedText = z.strictObject({
  text: z
    .string()
    .min(1)
    .max(LARGEST_PASTE)
    .describe('A letter or a work order as it was pasted; nothing of it is kept'),
});

/** POST /desk/imports/preview */
export function importFile(today: () => string) {
  const { channel, receivedOn } = deskEntry(today).shape;
  return z.strictObject({
    // Four characters stand for three bytes.
    file: z
      .base64('文件内容请用 base64 编码 / The file must be sent in base64')
      .max(
        Math.ceil(LIMITS.bytes / 3) * 4,
        '文件超过 2 MB，请拆成几个文件 / The file is over 2 MB; please split it',
      )
      .describe('A CSV or XLSX file, base64'),
    sheet: words(60).optional().describe('Name of the sheet; the first one without'),
    channel: channel.describe('Of rows that name none'),
    receivedOn: receivedOn.describe('Of rows that name none; today without'),
  });
}

/** As many as one request registers well within its time limit. */
const LARGEST_BATCH = 25;

/** POST /desk/imports: rows of the preview, in batches. Safe to repeat: a row is known by what it says. */
export function importRows(today: () => string) {
  return z.strictObject({ entries: z.array(deskEntry(today)).min(1).max(LARGEST_BATCH) });
}
