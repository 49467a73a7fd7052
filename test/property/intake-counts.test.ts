import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { submission } from '../../events/submission.ts';
import { transcriptDelivered } from '../../events/transcript-delivered.ts';
import { answer } from '../../functions/answer-text/answer.ts';
import { open311 } from '../../functions/open311/open311.ts';
import { SILENCE_SECONDS, takeDelivered } from '../../functions/read-transcript/read-transcript.ts';
import { submit } from '../../functions/submit-complaint/submit.ts';
import { parseBody } from '../../shared/http/parse.ts';
import { Problem } from '../../shared/http/problem.ts';
import { keepTexts } from '../../shared/intake/keep-texts.ts';
import type { Provider } from '../../shared/sms/sms.ts';
import { createMemoryPublicCaseStore } from '../../shared/store/public-case-store.ts';
import { office as phoneOffice } from '../unit/phone-office.ts';
import { office as smsOffice } from '../unit/sms-office.ts';
import { house } from '../unit/support.ts';
import * as calls from '../unit/transcripts-fixtures.ts';
import { harmed } from './harms.ts';

/*
 * Whatever a channel brings: in = registered + refused with a reason + contact. Nothing is dropped, nothing throws.
 */

interface Count {
  registered: number;
  refused: number;
  contacts: number;
}

const FROM = { address: '192.0.2.1' };
const schema = submission(() => '2026-11-16');
const count = async (items: AsyncIterable<unknown>) => (await Array.fromAsync(items)).length;

const COMPLAINT = {
  text: '在样例超市买的牛奶已经过期，喝了以后拉肚子，店家不肯退钱。',
  complainant: { name: '某甲', phone: '13800000001', email: 'someone@example.org' },
  business: { name: '样例超市', address: '宁波市海曙区古林镇测试路1号' },
  paidFen: 3800,
  claimedFen: 100000,
  occurredOn: '2026-11-10',
  consents: { publish: true },
  report: { text: '店里没有营业执照。', anonymous: true },
};

async function byWeb(bytes: Uint8Array): Promise<Count> {
  const deps = house();
  const event = { body: Buffer.from(bytes).toString('base64'), isBase64Encoded: true, headers: {} };
  try {
    await submit(parseBody(event as unknown as APIGatewayProxyEventV2, schema), undefined, FROM, deps);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect(error.errors.every(({ zh, en, field }) => zh !== '' && en !== '' && field !== '')).toBe(true);
    return { registered: 0, refused: error.errors.length > 0 ? 1 : 0, contacts: 0 };
  }
  // A complaint with a report is two cases.
  const cases = await Array.fromAsync(deps.cases.allCases());
  return {
    registered: cases.filter(({ linkedTo }) => linkedTo === undefined).length,
    refused: 0,
    contacts: 0,
  };
}

async function byOpen311(bytes: Uint8Array): Promise<Count> {
  const deps = { ...house(), publicCases: createMemoryPublicCaseStore(), schema, failed: () => undefined };
  const { status, body } = await open311(
    {
      method: 'POST',
      path: 'requests.json',
      query: {},
      headers: { 'content-type': 'application/json' },
      body: bytes,
      url: 'https://api.example/open311/v2',
      ...FROM,
    },
    deps,
  );
  const refused = status >= 400 && status < 500 && new TextDecoder().decode(body as Uint8Array).length > 10;
  return { registered: await count(deps.cases.allNumbers()), refused: refused ? 1 : 0, contacts: 0 };
}

async function bySms(provider: Provider, bytes: Uint8Array): Promise<Count> {
  const { deps, queued, all, ofToday, outcomes } = smsOffice();
  await keepTexts(provider, { body: bytes, as: 'texts' }, deps);
  for (const item of queued) await answer(item, deps);
  const open = outcomes().filter((outcome) => outcome === 'waiting' || outcome.startsWith('part-'));
  // The rest of a long text is awaited; a silence ends that.
  return { registered: (await all()).length, refused: open.length, contacts: (await ofToday()).length };
}

async function byPhone(bytes: Uint8Array): Promise<Count> {
  const { deps, files, clock, cases, contacts, silences, later } = phoneOffice();
  files.set('calls/a.json', { state: 'read', bytes, at: clock.at });
  await takeDelivered(transcriptDelivered.parse({ key: 'calls/a.json' }), deps);
  later(SILENCE_SECONDS);
  for (const id of silences) await takeDelivered({ call: id }, deps);
  return { registered: (await cases()).length, refused: 0, contacts: (await contacts()).length };
}

const TEXT = '我在样例超市买的牛奶坏了，要求退款三十八元';
const CHANNELS: readonly [
  name: string,
  samples: readonly unknown[],
  take: (bytes: Uint8Array) => Promise<Count>,
  runs: number,
][] = [
  ['the web', [COMPLAINT, { ...COMPLAINT, kind: 'report', report: undefined }], byWeb, 400],
  [
    'Open311',
    [
      {
        service_code: 'food',
        address_string: COMPLAINT.business.address,
        first_name: '小乙',
        last_name: '某',
        phone: '13800000001',
        description: COMPLAINT.text,
        attribute: { problem: 'quality', paid: 99.5 },
      },
    ],
    byOpen311,
    300,
  ],
  [
    'SMS of Aliyun',
    [[{ phone_number: '13800000001', content: TEXT, sequence_id: '1', dest_code: '12315' }]],
    (bytes) => bySms('aliyun', bytes),
    150,
  ],
  [
    'SMS of AWS',
    [
      {
        originationNumber: '+8613800000001',
        destinationNumber: '+8610690000001',
        messageKeyword: 'K',
        messageBody: TEXT,
        inboundMessageId: 'in-1',
      },
    ],
    (bytes) => bySms('aws', bytes),
    150,
  ],
  [
    'the telephone',
    [calls.contactLens, calls.realTime, calls.callAnalytics, calls.utterances, calls.own, calls.iflytek],
    byPhone,
    250,
  ],
];

test.each(CHANNELS)(
  '%s: in = registered + refused with a reason + contact',
  async (_, samples, take, runs) => {
    const sum: Count = { registered: 0, refused: 0, contacts: 0 };
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(harmed(samples), async (bytes) => {
        const { registered, refused, contacts } = await take(bytes);
        sent += 1;
        sum.registered += registered;
        sum.refused += refused;
        sum.contacts += contacts;
        expect(registered + refused + contacts).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: runs },
    );
    // The harms are such that some messages still get through and some do not.
    expect(sum.registered).toBeGreaterThan(0);
    expect(sum.refused + sum.contacts).toBeGreaterThan(0);
    expect(sum.registered + sum.refused + sum.contacts).toBeGreaterThanOrEqual(sent);
  },
);
