import { describe, expect, test } from 'vitest';
import { REFUSAL_GROUNDS, TERMINATION_GROUNDS } from '../../shared/case/grounds.ts';
import { outcomeOfError } from '../../shared/notices/aws-outcome.ts';
import { OutcomeUnknown } from '../../shared/notices/messenger.ts';
import { channelFor, masked, mobileOf } from '../../shared/notices/reach.ts';
import { smsSegments } from '../../shared/notices/segments.ts';
import { noticeId, sendOnce } from '../../shared/notices/send-once.ts';
import {
  composeNotice,
  type Letterhead,
  NOTICES,
  type NoticeId,
  type NoticeParameters,
} from '../../shared/notices/texts.ts';
import { createMemoryNoticeStore } from '../../shared/store/memory-notice-store.ts';

describe('where a notice goes', () => {
  test.each([
    '13800000000',
    '１３８００００００００',
    '138 0000 0000',
    '138-0000-0000',
    '138–0000–0000',
    '138\u30000000\u30000000',
    '+86 138 0000 0000',
    '＋８６１３８００００００００',
    '86-13800000000',
    '0086 13800000000',
    '(86) 138.0000.0000',
    '\u202d13800000000\u202c',
  ])('%j is read as a mobile', (typed) => {
    expect(mobileOf(typed)).toBe('+8613800000000');
  });

  test.each([
    ['a land line', '0574-87654321'],
    ['another country', '+1 213 555 0134'],
    ['Hong Kong', '+852 6123 4567'],
    ['a digit too few', '1380000000'],
    ['a digit too many', '138000000000'],
    ['no mobile prefix', '12800000000'],
    ['two numbers', '13800000000 13900000000'],
    ['words', '13800000000转2'],
    ['nothing', ''],
  ])('%s gets no SMS', (_, typed) => {
    expect(mobileOf(typed)).toBeUndefined();
  });

  test.each([
    [
      { phone: '138 0000 0000', email: 'a@example.com' },
      { channel: 'sms', to: '+8613800000000' },
    ],
    [
      { phone: '0574-87654321', email: ' a@example.com ' },
      { channel: 'email', to: 'a@example.com' },
    ],
    [{ phone: '0574-87654321', email: 'not an address' }, { channel: 'by-hand' }],
    [{ phone: '0574-87654321' }, { channel: 'by-hand' }],
    [{}, { channel: 'by-hand' }],
  ])('%j', (person, reach) => {
    expect(channelFor(person)).toEqual(reach);
  });

  test('a bureau without an SMS channel writes e-mails, and one without any leaves it to its people', () => {
    const person = { phone: '13800000000', email: 'a@example.com' };
    expect(channelFor(person, ['email'])).toEqual({ channel: 'email', to: 'a@example.com' });
    expect(channelFor(person, [])).toEqual({ channel: 'by-hand' });
  });

  test('is shown masked', () => {
    expect(masked('+8613800001234')).toBe('138****1234');
    expect(masked('zhangsan@example.com')).toBe('z****@example.com');
  });
});

describe('an SMS is billed as', () => {
  test.each([
    ['', 'gsm7', 0],
    ['a'.repeat(160), 'gsm7', 1],
    ['a'.repeat(161), 'gsm7', 2],
    ['a'.repeat(306), 'gsm7', 2],
    ['a'.repeat(307), 'gsm7', 3],
    // An escaped letter takes two places and is not parted: the 153rd place of the first message stays empty.
    ['€'.repeat(80), 'gsm7', 1],
    [`${'€'.repeat(152)}a`, 'gsm7', 2],
    [`${'€'.repeat(152)}aa`, 'gsm7', 3],
    ['€'.repeat(153), 'gsm7', 3],
    ['中'.repeat(70), 'ucs2', 1],
    ['中'.repeat(71), 'ucs2', 2],
    ['中'.repeat(134), 'ucs2', 2],
    ['中'.repeat(135), 'ucs2', 3],
    [`中${'a'.repeat(70)}`, 'ucs2', 2],
    ['𠮷'.repeat(35), 'ucs2', 1],
    ['𠮷'.repeat(67), 'ucs2', 3],
  ] as const)('%j: %s, %i', (text, encoding, segments) => {
    expect(smsSegments(text)).toMatchObject({ encoding, segments });
  });
});

const LETTERHEAD: Letterhead = { number: '261116-000001-9', bureau: '宁波市场监管', phone: '0574-12315' };
const RESULT = { zh: '行政处罚', en: 'Penalty' };
const DUTY = { zh: '决定是否受理并告知投诉人', en: 'Accept or refuse' };
/** What each notice may be given; the words are those of ordinary cases, not the longest. */
const GIVEN: { [Id in NoticeId]: NoticeParameters[Id] } = {
  accepted: { receivedOn: '2026-11-16', contact: '古林所' },
  refused: { receivedOn: '2026-11-16', ground: 'art16-4' },
  'mediation-invitation': {
    at: '2026-11-20T16:30:00.000Z',
    place: '古林所',
    mediators: '王五',
    recusalDays: 3,
  },
  terminated: { ground: 'art23-5' },
  'proof-wanted': { until: '2026-11-20', address: '宁波市测试路1号' },
  settled: {},
  'report-result': { result: RESULT, basis: '《中华人民共和国广告法》第五十五条' },
  'report-not-competent': { competent: '杭州市市场监督管理局' },
  'report-filed': { filed: true },
  'partner-case': {
    answerBy: '2026-11-30',
    address: 'https://12315.example.org/partner#2611160000019.S330203001.3.thk8g0.AAAAAAAAAAAAAAAAAAAAAA',
  },
  'partner-confirmed': { promisedOn: '2026-12-10' },
  'web-registered': { address: 'https://12315.example.cn/#track/261116-000001-9/K7QM4-X2D9P' },
  'call-registered': {
    asks: [
      { zh: '商家名称', en: 'name of the business' },
      { zh: '花了多少钱', en: 'how much you paid' },
    ],
    address: 'https://12315.example.org/#track/261116-000001-9/K7QM4-X2D9P',
  },
  'partner-over': {},
  'settlement-offered': { confirmBy: '2026-11-30' },
  'first-ended': {},
  withdrawn: {},
  reopened: {},
  'reopen-asked': {},
  answered: {},
  joined: {},
  renumbered: {},
  reminder: { due: '2026-11-20', duty: DUTY },
  overdue: { due: '2026-11-20', duty: DUTY },
  emergency: { what: { zh: '食物中毒、人身伤害', en: 'food poisoning, somebody was hurt' } },
  incident: { people: 128, cases: 240 },
  supervision: { answerBy: '2026-11-20' },
};
const IDS = Object.keys(NOTICES) as NoticeId[];
const write = <Id extends NoticeId>(id: Id, language: 'zh' | 'en' = 'zh', given = GIVEN[id]) =>
  composeNotice(id, { ...LETTERHEAD, ...given }, language);

describe('what a notice says', () => {
  test.each(IDS)('%s: signed at once, with the number, in both languages and on both channels', (id) => {
    for (const language of ['zh', 'en'] as const) {
      const { sms, email } = write(id, language);
      expect(sms.body).toMatch(/^【宁波市场监管】/);
      expect(email.subject).toMatch(/^【宁波市场监管】.*261116-000001-9$/);
      for (const text of [sms.body, email.body]) {
        expect(text).toContain('261116-000001-9');
        expect(text).not.toMatch(/undefined|\[object|NaN/);
      }
    }
  });

  // A change that makes one dearer has to be wanted.
  test.each([
    ['accepted', 1],
    ['refused', 4],
    ['mediation-invitation', 2],
    ['terminated', 3],
    ['proof-wanted', 2],
    ['settled', 1],
    ['report-result', 1],
    ['report-not-competent', 1],
    ['report-filed', 1],
    ['web-registered', 3],
    ['call-registered', 3],
    ['partner-case', 3],
    ['partner-confirmed', 1],
    ['partner-over', 1],
    ['settlement-offered', 2],
    ['first-ended', 1],
    ['withdrawn', 1],
    ['reopened', 1],
    ['reopen-asked', 1],
    ['answered', 1],
    ['reminder', 1],
    ['overdue', 1],
    ['supervision', 1],
  ] as const)('%s in Chinese: at most %i SMS', (id, segments) => {
    expect(smsSegments(write(id).sms.body).segments).toBeLessThanOrEqual(segments);
  });

  test.each(IDS.filter((id) => id.startsWith('report-')))(
    '%s does not say that anybody reported anybody',
    (id) => {
      for (const language of ['zh', 'en'] as const) {
        const { sms, email } = write(id, language);
        for (const text of [sms.body, email.subject, email.body]) {
          expect(text).not.toMatch(/举报|投诉|违法|report|inform|violat|complain/i);
        }
      }
      // It begins as an answer to an inquiry does.
      const opening = '【宁波市场监管】您反映的事项261116-000001-9';
      expect(write(id).sms.body.startsWith(opening)).toBe(true);
      expect(write('answered').sms.body.startsWith(opening)).toBe(true);
      expect(write(id).email.subject).toBe(write('answered').email.subject);
    },
  );

  test('a refusal gives its ground in full and the four other routes', () => {
    for (const [ground, { zh, basis }] of Object.entries(REFUSAL_GROUNDS)) {
      const given = { receivedOn: '2026-11-16', ground: ground as keyof typeof REFUSAL_GROUNDS };
      const { body } = write('refused', 'zh', given).sms;
      for (const part of [zh, basis, '与经营者协商和解', '调解组织调解', '提请仲裁', '向人民法院提起诉讼']) {
        expect(body).toContain(part);
      }
    }
  });

  test('an end of mediation gives its ground and the routes of Art. 25', () => {
    for (const [ground, { zh, basis }] of Object.entries(TERMINATION_GROUNDS)) {
      const { body } = write('terminated', 'zh', { ground: ground as keyof typeof TERMINATION_GROUNDS }).sms;
      for (const part of [zh, basis, '第三十九条', '民事诉讼', '仲裁']) expect(body).toContain(part);
    }
  });

  test('an invitation gives time and day in Shanghai, also after midnight there', () => {
    const { body } = write('mediation-invitation').sms;
    expect(body).toContain('2026年11月21日00:30在古林所');
    for (const part of ['王五', '3日内', '终止调解']) expect(body).toContain(part);
  });

  test('whom to turn to is told only of what market supervision handles', () => {
    expect(write('report-not-competent').sms.body).toContain('请直接向杭州市市场监督管理局提出');
    expect(write('report-not-competent', 'zh', {}).sms.body).not.toContain('请直接向');
  });
});

describe('an error of a sending service', () => {
  const error = (facts: object) => Object.assign(new Error('+8613800000000'), facts);
  const answered = (name: string, httpStatusCode: number, Reason?: string) =>
    error({ name, $metadata: { httpStatusCode }, ...(Reason === undefined ? {} : { Reason }) });
  const refusals = new Set(['MessageRejected', 'ConflictException.OPTED_OUT']);

  test.each([
    ['nobody listens', error({ code: 'ECONNREFUSED', syscall: 'connect' })],
    ['the name is not found', error({ code: 'EAI_AGAIN', syscall: 'getaddrinfo' })],
    [
      'none of its addresses listens',
      error({ errors: [error({ syscall: 'connect' }), error({ syscall: 'connect' })] }),
    ],
    ['no credentials', error({ name: 'CredentialsProviderError' })],
    ['too fast', answered('ThrottlingException', 400)],
    ['over a quota', answered('ServiceQuotaExceededException', 402, 'MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT')],
    ['no right', answered('AccessDeniedException', 403)],
    ['a refusal for another reason', answered('ConflictException', 409, 'NO_ORIGINATION_IDENTITIES_FOUND')],
  ])('%s: surely not sent', (_, thrown) => {
    expect(outcomeOfError(thrown, refusals).kind).toBe('try-again');
  });

  test.each([
    ['of the message', answered('MessageRejected', 400), 'MessageRejected'],
    ['of the number', answered('ConflictException', 409, 'OPTED_OUT'), 'ConflictException.OPTED_OUT'],
  ])('a refusal %s: for good, with a code and not with the words of the error', (_, thrown, reason) => {
    expect(outcomeOfError(thrown, refusals)).toEqual({ kind: 'rejected', reason });
  });

  test.each([
    ['no answer in time', error({ name: 'TimeoutError', code: 'ETIMEDOUT' })],
    ['cut off', error({ code: 'ECONNRESET', syscall: 'read' })],
    [
      'one address was reached',
      error({ errors: [error({ syscall: 'connect' }), error({ syscall: 'read' })] }),
    ],
    ['the service failed', answered('InternalServerException', 500)],
    ['it is overloaded', answered('ServiceUnavailable', 503)],
    ['its answer cannot be read', answered('SyntaxError', 200)],
    ['something that is no error', 'odd'],
  ])('%s: nobody knows', (_, thrown) => {
    expect(() => outcomeOfError(thrown, refusals)).toThrow(OutcomeUnknown);
  });
});

describe('sending', () => {
  const notice = {
    number: '261116-000001-9',
    id: noticeId({ version: 3, notice: 'accepted', party: 'complainant', index: 0 }),
  };
  const message = { channel: 'sms', to: '+8613800001234', body: '【某局】已受理。' } as const;
  const setUp = () => {
    const logged: unknown[] = [];
    const store = createMemoryNoticeStore();
    const messenger = { send: async () => ({ kind: 'sent', providerId: 'p-1', segments: 1 }) as const };
    const now = () => new Date('2026-11-16T02:00:00.000Z');
    return { store, messenger, now, log: (...line: unknown[]) => logged.push(line), logged };
  };

  test('keeps as proof who took it and when, what was sent by its hash, and the number masked', async () => {
    const deps = setUp();
    expect(await sendOnce(notice, message, deps)).toBe('sent');
    expect(await deps.store.notices(notice.number)).toEqual([
      {
        number: '261116-000001-9',
        id: '3.accepted.complainant.0',
        channel: 'sms',
        to: '138****1234',
        bodySha256: '12c0f727d22883d57f4dcaca7a3fff5d852e28aa024405c5930f88c5c3f4d4db',
        attempt: 1,
        claimedAt: '2026-11-16T02:00:00.000Z',
        state: 'sent',
        providerId: 'p-1',
        sentAt: '2026-11-16T02:00:00.000Z',
        segments: 1,
      },
    ]);
  });

  test('brought again, is not sent again', async () => {
    const deps = setUp();
    await sendOnce(notice, message, deps);
    const messenger = { send: () => Promise.reject(new Error('must not be asked')) };
    expect(await sendOnce(notice, message, { ...deps, messenger })).toBe('already-sent');
  });

  test('logs neither the number nor the words', async () => {
    const deps = setUp();
    await sendOnce(notice, message, deps);
    await sendOnce(notice, message, deps);
    expect(deps.logged).not.toHaveLength(0);
    expect(JSON.stringify(deps.logged)).not.toMatch(/1234|受理/);
  });

  test('leaves the provider’s id in the log when the proof cannot be kept', async () => {
    const deps = setUp();
    const store = { ...deps.store, end: () => Promise.reject(new Error('table away')) };
    await expect(sendOnce(notice, message, { ...deps, store })).rejects.toThrow('table away');
    expect(JSON.stringify(deps.logged)).toContain('p-1');
  });
});
