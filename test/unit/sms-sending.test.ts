import { describe, expect, test } from 'vitest';
import { type SendReplyDependencies, sendReply } from '../../functions/send-text-replies/send-reply.ts';
import { signAliyun } from '../../shared/notices/aliyun-signature.ts';
import { createAliyunSms } from '../../shared/notices/aliyun-sms.ts';
import { OutcomeUnknown, type OutgoingMessage, type SendOutcome } from '../../shared/notices/messenger.ts';
import { priced } from '../../shared/notices/priced.ts';
import { withDeliveries } from '../../shared/notices/with-deliveries.ts';
import type { DeliveryReport } from '../../shared/sms/delivery-reports.ts';
import { createMemoryDeliveryStore } from '../../shared/store/delivery-store.ts';
import { createMemoryNoticeStore } from '../../shared/store/memory-notice-store.ts';
import { createMemoryTextStore } from '../../shared/store/memory-text-store.ts';
import { MONDAY } from './support.ts';

const now = () => new Date(MONDAY);
const TO = '+8613800000001';

describe('the signature of Aliyun', () => {
  test('is that of the example in its documentation', () => {
    // "V3版本请求体&签名机制": the fixed parameters, and the signature that they give.
    const { headers } = signAliyun(
      {
        host: 'ecs.cn-shanghai.aliyuncs.com',
        action: 'RunInstances',
        version: '2014-05-26',
        query: {
          RegionId: 'cn-shanghai',
          ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd',
        },
        date: '2023-10-26T10:22:32Z',
        nonce: '3156853299f313e23d1673dc12e1703d',
      },
      { id: 'YourAccessKeyId', secret: 'YourAccessKeySecret' },
    );
    expect(headers.authorization).toBe(
      'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    );
  });

  test('covers Chinese words and signs as RFC 3986 writes them, sorted by name', () => {
    const { query } = signAliyun(
      { host: 'h', action: 'a', version: 'v', query: { b: "签名 (a)*!'~", a: '1' }, date: 'd', nonce: 'n' },
      { id: 'k', secret: 's' },
    );
    expect(query).toBe('a=1&b=%E7%AD%BE%E5%90%8D%20%28a%29%2A%21%27~');
  });
});

describe('an SMS by Aliyun', () => {
  const message: OutgoingMessage = {
    channel: 'sms',
    to: TO,
    body: '【某局】已登记，编号261116-000001-9，请保存。',
    template: { id: 'registered', values: { number: '261116-000001-9', long: '长'.repeat(36), none: '' } },
    reference: 'REPLY-1.reply',
  };
  const sending = (answer: () => Promise<Response>) => {
    const asked: URL[] = [];
    const messenger = createAliyunSms({
      key: { id: 'key', secret: 'secret' },
      signName: '某局',
      templates: { registered: 'SMS_1' },
      now,
      nonce: () => 'nonce',
      fetch: async (input) => {
        asked.push(new URL(input as string));
        return answer();
      },
    });
    return { asked, messenger };
  };
  const says =
    (body: object, status = 200) =>
    async () =>
      new Response(JSON.stringify(body), { status });

  test('is a template and values no longer than a template takes; the proof is its BizId', async () => {
    const { messenger, asked } = sending(says({ Code: 'OK', BizId: 'biz-1' }));
    expect(await messenger.send(message)).toEqual({ kind: 'sent', providerId: 'biz-1', segments: 1 });
    const sent = Object.fromEntries(asked[0]?.searchParams ?? []);
    expect(sent).toEqual({
      PhoneNumbers: '13800000001',
      SignName: '某局',
      TemplateCode: 'SMS_1',
      TemplateParam: '{"number":"261116-000001-9"}',
      OutId: 'REPLY-1.reply',
    });
  });

  test('without an approved template is left to a person', async () => {
    const { messenger, asked } = sending(says({ Code: 'OK', BizId: 'biz-1' }));
    const other = { ...message, template: { id: 'other', values: {} } };
    expect(await messenger.send(other)).toEqual({ kind: 'rejected', reason: 'no-template' });
    expect(asked).toEqual([]);
  });

  test.each<[string, object, SendOutcome['kind']]>([
    ['the number takes none', { Code: 'isv.MOBILE_NUMBER_ILLEGAL' }, 'rejected'],
    ['too fast', { Code: 'isv.BUSINESS_LIMIT_CONTROL' }, 'try-again'],
    ['no money left', { Code: 'isv.AMOUNT_NOT_ENOUGH' }, 'try-again'],
  ])('that was not taken, as %s, may or may not be tried again', async (_, body, kind) => {
    expect((await sending(says(body)).messenger.send(message)).kind).toBe(kind);
  });

  test.each([
    ['no answer', async () => Promise.reject(new TypeError('fetch failed'))],
    ['a fault', says({ Code: 'ServiceUnavailable' }, 503)],
    ['no JSON', async () => new Response('<html>')],
    ['no proof', says({ Code: 'OK' })],
  ])('that may be on its way, with %s, is in doubt', async (_, answer) => {
    await expect(sending(answer).messenger.send(message)).rejects.toThrow(OutcomeUnknown);
  });
});

test('each SMS tells its cost: segments times the price, nothing where nothing was sent', async () => {
  const sends = (outcome: SendOutcome) =>
    priced({ send: async () => outcome }, 'aws', 4500).send({
      channel: 'sms',
      to: TO,
      body: '',
      reference: '',
    });
  expect(await sends({ kind: 'sent', providerId: '1', segments: 2 })).toMatchObject({ milliFen: 9000 });
  expect(await sends({ kind: 'rejected', reason: 'x' })).toEqual({ kind: 'rejected', reason: 'x' });
});

describe('a reply', () => {
  const waiting = async () => {
    const texts = createMemoryTextStore();
    const { key } = await texts.keep({
      provider: 'aws',
      id: '1',
      from: TO,
      to: '',
      text: '查询',
      receivedAt: MONDAY,
    });
    await texts.keepReply(key, { to: TO, body: '编号', template: { id: 'status', values: {} } });
    const outcomes: SendOutcome[] = [];
    const sent: OutgoingMessage[] = [];
    const deps: SendReplyDependencies = {
      texts,
      store: createMemoryNoticeStore(),
      open: ['sms'],
      now,
      log: () => {},
      messenger: {
        send: async (message) => {
          sent.push(message);
          return outcomes.shift() ?? { kind: 'sent', providerId: 'p', segments: 1 };
        },
      },
    };
    return { key, texts, deps, sent, outcomes };
  };

  test('asked for four times, twice at once, is sent once, and neither words nor phone stay', async () => {
    const { key, texts, deps, sent } = await waiting();
    await Promise.all([sendReply(key, deps), sendReply(key, deps).catch(() => undefined)]);
    await sendReply(key, deps);
    await sendReply(key, deps);
    expect(sent).toHaveLength(1);
    expect(await texts.reply(key)).toBeUndefined();
  });

  test('that the provider cannot take now comes again; one it never takes does not', async () => {
    const { key, deps, sent, outcomes } = await waiting();
    outcomes.push({ kind: 'try-again', reason: 'too-fast' });
    await expect(sendReply(key, deps)).rejects.toThrow();
    await sendReply(key, deps);
    expect(sent).toHaveLength(2);
    const other = await waiting();
    other.outcomes.push({ kind: 'rejected', reason: 'opted-out' });
    await sendReply(other.key, other.deps);
    await sendReply(other.key, other.deps);
    expect(other.sent).toHaveLength(1);
  });

  test('of a bureau that has no sender is not sent, and does not wait for ever', async () => {
    const { key, texts, deps, sent } = await waiting();
    await sendReply(key, { ...deps, open: [] });
    expect(sent).toEqual([]);
    expect(await texts.reply(key)).toBeUndefined();
  });
});

test('a notice shows what was reported of it, whichever report came first, and again', async () => {
  const store = createMemoryNoticeStore();
  const deliveries = createMemoryDeliveryStore();
  const key = { number: '261116-000001-9', id: '3.accepted.complainant.0' };
  await store.claim({ ...key, channel: 'sms', to: '138****0001', bodySha256: '' }, MONDAY);
  const report = (status: DeliveryReport['status'], at: string): DeliveryReport => ({
    provider: 'aws',
    providerId: 'p',
    status,
    code: status,
    at,
  });
  const delivered = report('delivered', '2026-11-16T02:00:09.000Z');
  await deliveries.keep(delivered);
  await store.end(key, 1, { state: 'sent', providerId: 'p', sentAt: MONDAY });
  await deliveries.keep(report('pending', '2026-11-16T02:00:01.000Z'));
  await deliveries.keep(delivered);
  const [shown] = await withDeliveries(store, deliveries).notices(key.number);
  expect(shown).toMatchObject({ state: 'sent', delivery: { status: 'delivered', at: delivered.at } });
});
