import * as z from 'zod';
import { KINDS, type Kind } from '../shared/case/case.ts';
import { CLOCKS } from '../shared/law/rule-packs.ts';
import { type Asked, QUESTION_TEXTS } from '../shared/understanding/question-texts.ts';
import { MESSAGE_KINDS, REQUESTS } from '../shared/understanding/understanding.ts';
import { textSpan } from '../shared/understanding/understood.ts';
import { submission } from './submission.ts';

/*
 * POST /complaints/preview: what the system would make of a message that is still being written. Nothing of it is kept.
 */

const both = { zh: z.string(), en: z.string() };
const pair = z.strictObject(both);
const day = z.string().meta({ format: 'date' });

/**
 * The words so far, and what the person filled in or set right beside them.
 * @param today gives the present day in Shanghai
 */
export function complaintPreview(today: () => string) {
  const { text, request, business, paidFen, claimedFen, occurredOn } = submission(today).shape;
  return z.strictObject({
    kind: z
      .enum(Object.keys(KINDS) as [Kind, ...Kind[]])
      .optional()
      .describe('What the person chose; without it the words decide'),
    text,
    request,
    business,
    paidFen,
    claimedFen,
    occurredOn,
  });
}

export type ComplaintPreview = z.output<ReturnType<typeof complaintPreview>>;

/** What was read, how sure it is (of those at 0.9 nine in ten are right), and the words of the text that say so. */
const read = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({
    value,
    confidence: z.number().min(0).max(1),
    spans: z.array(textSpan).describe('Characters of the text, from and to'),
  });

const place = z.strictObject({ name: z.string(), phone: z.string(), address: z.string() });

/** POST /complaints/preview */
export const previewAnswer = z.strictObject({
  kind: read(z.enum(MESSAGE_KINDS)),
  concerns: z
    .boolean()
    .describe('False: nothing in it that a bureau could answer; it can be sent all the same'),
  fields: z
    .strictObject({
      name: read(z.string()).describe('Name of the business'),
      address: read(z.string()).describe('Where it is'),
      paidFen: read(z.number().int()),
      claimedFen: read(z.number().int()),
      occurredOn: read(day).describe('Day of buying or of the incident'),
    })
    .partial(),
  requests: z.array(read(z.enum(REQUESTS)).extend(both)).describe('What the person asks for'),
  problem: read(z.string()).nullable(),
  report: z.string().nullable().describe('Of a message that is both: the words that report a violation'),
  questions: z
    .array(
      z.strictObject({
        about: z.enum(Object.keys(QUESTION_TEXTS) as [Asked, ...Asked[]]),
        ...both,
        choices: z.array(z.string()).optional(),
        readsBack: z.boolean().describe('A plain yes answers it'),
      }),
    )
    .describe('What is still open, the most helpful first; none has to be answered'),
  handledBy: place
    .extend({ code: z.string(), because: pair.describe('Which fact decided'), basis: z.string() })
    .nullable()
    .describe('The station that would get it'),
  atHub: pair.nullable().describe('Why a dispatcher would look first, where no station is sure'),
  elsewhere: z
    .strictObject({ authority: place.nullable(), ground: z.strictObject({ ...both, basis: z.string() }) })
    .nullable()
    .describe('The market supervision authority of another place that is competent instead'),
  others: z
    .array(z.strictObject({ ...both, phone: z.string() }))
    .describe('Authorities other than market supervision that may be responsible'),
  dates: z
    .array(
      z.strictObject({
        clock: z.enum(CLOCKS),
        start: day,
        due: day,
        provisional: z.boolean(),
        duty: pair,
        basis: z.string(),
        length: z.number().int(),
        unit: z.enum(['WD', 'ND', 'Y']),
        internal: z.boolean(),
      }),
    )
    .describe('The dates that would run if it were sent today, at the latest'),
  urgent: z
    .strictObject({ what: pair, call: z.array(z.strictObject({ ...both, phone: z.string() })) })
    .nullable()
    .describe('What cannot wait for a bureau, and whom to call'),
});
