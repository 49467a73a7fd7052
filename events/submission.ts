import * as z from 'zod';
import { KINDS, type Kind } from '../shared/case/case.ts';
import { isLocalDate } from '../shared/dates.ts';
import { LARGEST_FEN } from '../shared/money.ts';
import { divisionCode, requiredWords, words } from './words.ts';

/*
 * POST /complaints, the contract with the outside world: strict, every refusal names the field and the remedy.
 */

const fen = z
  .number()
  .int('金额以分为单位，请填整数 / Sums are whole fen (1/100 yuan)')
  .min(0)
  .max(LARGEST_FEN);

/** A day up to today. Which day it is, is asked when a message is parsed, never when the code is loaded. */
export function pastDate(today: () => string) {
  return z
    .string()
    .refine(isLocalDate, { abort: true, error: '日期应写作 2026-11-21 / Write the date as 2026-11-21' })
    .refine((date) => date <= today(), '日期不能晚于今天 / The date must not be in the future')
    .refine((date) => date >= '1990-01-01', '日期太早，请核对 / The date is too early, please check');
}

export const person = z.strictObject({
  name: requiredWords(60),
  phone: words(30).refine(
    (phone) => /^\+?[\s()-]*(?:\d[\s()-]*){6,20}$/.test(phone.normalize('NFKC')),
    '请填写可以联系到您的电话号码 / Please give a phone number that reaches you',
  ),
  address: words(200).optional(),
  email: z.email('请填写有效的电子邮箱 / Please give a valid e-mail address').max(120).optional(),
});

/** Form 1 has room for few; more come with a list by the representatives (Art. 12). */
const LARGEST_GROUP = 20;

/**
 * The schema of a complaint, a report, an inquiry.
 * @param today gives the present day in Shanghai
 */
export function submission(today: () => string) {
  return z
    .strictObject({
      kind: z
        .enum(Object.keys(KINDS) as [Kind, ...Kind[]])
        .default('complaint')
        .describe('投诉 complaint, 举报 report, 咨询 inquiry, other (Order 121 Art. 3, 44)'),
      text: requiredWords(10_000).describe('What happened, in the person’s own words (投诉内容)'),
      request: words(1_000).optional().describe('What the consumer asks for (投诉请求)'),
      complainant: person
        .optional()
        .describe('Who complains (Order 121 Art. 10); only a report may come without a name (form 2)'),
      joint: z

        .array(
          person.extend({
            consents: z.literal(true).describe('Agrees to complain together (Art. 12)'),
            representative: z
              .boolean()
              .optional()
              .describe('Speaks for the others beside who files; one at the most'),
          }),
        )
        .max(LARGEST_GROUP)
        .optional()
        .describe('Further complainants in the same dispute with the same business (Art. 12)'),
      agent: z
        .strictObject({
          name: requiredWords(60),
          phone: person.shape.phone,
          matter: words(200).optional().describe('What the agent is to do, as the power of attorney says'),
          powers: z
            .enum(['general', 'special'])
            .describe('special 特别授权: may give in, agree, withdraw for the complainant'),
          until: z
            .string()
            .refine(isLocalDate, '日期应写作 2026-11-21 / Write the date as 2026-11-21')
            .optional()
            .describe('Last day of the power of attorney'),
        })
        .optional()
        .describe(
          'Complains for the complainant; the signed power of attorney is shown before acceptance (Art. 11)',
        ),
      business: z
        .strictObject({
          name: words(120).optional(),
          address: words(200).optional(),
          divisionCode: divisionCode.optional(),
          platform: words(60).optional().describe('Platform on which it was bought (网购平台)'),
          phone: words(30).optional(),
          contact: words(60).optional(),
        })
        .default({})
        .describe('Who the complaint is about (被投诉人)'),
      paidFen: fen.optional().describe('Sum paid, in fen'),
      claimedFen: fen.optional().describe('Sum claimed, in fen'),
      occurredOn: pastDate(today).optional().describe('Day of the incident, YYYY-MM-DD'),
      sms: z
        .boolean()
        .optional()
        .describe('Send the number and where the case is followed to the mobile; needs an idempotency key'),
      consents: z
        .strictObject({ publish: z.boolean().optional(), entrust: z.boolean().optional() })
        .optional()
        .describe('Agrees to publication (Art. 38), to mediation by an association (Art. 19): form 1'),
      report: z
        .strictObject({
          text: requiredWords(10_000).describe('Signs of a violation (涉嫌违法线索)'),
          anonymous: z.boolean().optional().describe('The report shall not bear my name'),
        })
        .optional()
        .describe('The message also reports a violation: it becomes a second, sealed case (Art. 9, 37)'),
    })
    .refine(({ kind, complainant }) => complainant !== undefined || kind === 'report', {
      path: ['complainant'],
      message:
        '请填写姓名和电话；只有举报可以匿名 / Please give name and phone; only a report may be anonymous',
    })
    .refine(({ kind, report }) => report === undefined || kind === 'complaint', {
      path: ['report'],
      message: '只有投诉可以附带举报 / Only a complaint can come with a report',
    })
    .refine(({ kind, sms }) => sms !== true || kind !== 'report', {
      path: ['sms'],
      message:
        '为了保密，举报的编号和查询码不发短信，请抄下来 / To keep it secret nothing of a report goes by SMS; please write it down',
    })
    .refine(({ joint = [] }) => joint.filter(({ representative }) => representative === true).length <= 1, {
      path: ['joint'],
      message: '代表人最多两名 / There can be two representatives at the most',
    })
    .refine(({ kind, agent }) => agent === undefined || kind === 'complaint', {
      path: ['agent'],
      message: '只有投诉可以委托代理 / Only a complaint can be made by an agent',
    })
    .refine(({ agent }) => agent?.until === undefined || agent.until >= today(), {
      path: ['agent', 'until'],
      message: '授权委托已经到期，请重新委托 / The power of attorney has ended; a new one is needed',
    })
    .refine(({ kind, joint }) => joint === undefined || kind === 'complaint', {
      path: ['joint'],
      message: '只有投诉可以共同提出 / Only a complaint can be made together',
    });
}

export type Submission = z.output<ReturnType<typeof submission>>;
