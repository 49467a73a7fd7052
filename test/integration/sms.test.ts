import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openJournal } from '../../infra/commands/replay/journal.ts';
import { readMessages } from '../../infra/commands/replay/messages.ts';
import { sendMessages } from '../../infra/commands/replay/send-messages.ts';
import { phoneWay, smsWay, wayOf, webWay } from '../../infra/commands/replay/ways.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import { createDynamoDbCallStore } from '../../shared/store/call-store.ts';
import { createDynamoDbContactStore } from '../../shared/store/contact-store.ts';
import { createDynamoDbTextStore } from '../../shared/store/dynamodb-text-store.ts';
import { COMPLAINT, fileComplaint, step, told } from './scenario.ts';
import { aliyunPush, aliyunReport, huaweiPush, type Push, type Sms, twilioPush } from './sms-senders.ts';
import { eventually, type System, startSystem } from './system.ts';

/*
 * The conversation by SMS on the running system: what providers push, what citizens read. Texts of one phone bear times half
 * a minute apart, so that replies need not keep their distance.
 */

let system: System;
let client: DynamoDBDocumentClient;
beforeAll(async () => {
  system = await startSystem();
  client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: system.runtime.endpoints.dynamodb,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    }),
  );
});
afterAll(() => system.stop());

const STORY = '我在宁波市海曙区古林镇样例超市买的牛奶昨天喝了拉肚子，要求退款三十八元';
/** It does not say when. */
const WITHOUT_A_DAY = '我在宁波市海曙区古林镇样例超市买的牛奶喝了拉肚子，要求退款三十八元';
const OTHER_STORY = '宁波市鄞州区姜山镇样例健身房关门了，我充值的两千元会员费不退，要求退款';

let count = 0;
const sms = (from: string, text: string): Sms => {
  count += 1;
  return { from, text, id: `made-up-${count}` };
};
async function push({ path, headers, body }: Push) {
  const answer = await fetch(`${system.runtime.endpoints.api}${path}`, { method: 'POST', headers, body });
  return { status: answer.status, body: await answer.text() };
}
const host = () => new URL(system.runtime.endpoints.api ?? '').host;
const sentTo = (phone: string) =>
  system.runtime.sent.filter(({ to }) => to === `+86${phone}`).map(({ body }) => body);
const replied = (phone: string, many = 1) =>
  eventually(async () => (sentTo(phone).length >= many ? sentTo(phone) : undefined));
const numberIn = (reply = '') => /\d{6}-\d{6}-\d/.exec(reply)?.[0] ?? '';
const contactsFrom = async (phone: string) =>
  (
    await createDynamoDbContactStore(client, system.runtime.physicalId('Identities')).ofDay(
      shanghaiDate(new Date().toISOString()),
      1_000,
    )
  ).items.filter(({ from }) => from === phone);
const texts = () => createDynamoDbTextStore(client, system.runtime.physicalId('Identities'));
/** Every text that was kept has been looked at. */
const allTaken = () =>
  eventually(async () => {
    const left = await Promise.all(
      (['text', 'parts'] as const).map((kind) => texts().due(kind, '1970', '9999', 10)),
    );
    return left.flat().length === 0 ? true : undefined;
  });
const refusals = (provider: string) =>
  system.logs
    .filter((line) => line.includes('sms-refused'))
    .map((line) => JSON.parse(line))
    .filter((line) => line.provider === provider)
    .map(({ reason }) => reason);

/** Somebody with a phone; each text half a minute after the one before. */
function citizen(phone: string) {
  let at = Date.now() - 30 * 60_000;
  return {
    async says(text: string, replies: number) {
      at += 30_000;
      expect((await push(aliyunPush([sms(phone, text)], new Date(at)))).status).toBe(200);
      return (await replied(phone, replies))[replies - 1] ?? '';
    },
  };
}

describe('a push', () => {
  const pushes = {
    aliyun: (of: Sms, secret?: string) => aliyunPush([of], new Date(), secret),
    huawei: (of: Sms, secret?: string) => huaweiPush(of, new Date(), secret),
    twilio: (of: Sms, secret?: string) => twilioPush(host(), of, secret),
  };
  test.each([
    ['aliyun', '13800000011', { status: 200, body: '{"code":0,"msg":"接收成功"}' }, 403, 'wrong-token'],
    ['huawei', '13800000012', { status: 200, body: '' }, 401, 'wrong-signature'],
    ['twilio', '13800000013', { status: 204, body: '' }, 403, 'wrong-signature'],
  ] as const)(
    'of %s is answered as it expects, three times as once; with a wrong proof it is refused and counted',
    async (provider, phone, accepted, refusedStatus, reason) => {
      const text = sms(phone, STORY);
      const right = pushes[provider](text);
      const forged = pushes[provider](
        sms(phone, OTHER_STORY),
        provider === 'huawei' ? 'local-key:wrong' : 'wrong',
      );
      expect(await push(forged)).toMatchObject({ status: refusedStatus });
      expect(await Promise.all([push(right), push(right), push(right)])).toEqual([
        accepted,
        accepted,
        accepted,
      ]);
      const [reply] = await replied(phone);
      expect(reply).toMatch(/^【宁波市市场监督管理局】已登记，编号\d{6}-\d{6}-\d，请保存。/);
      expect(await push(right)).toEqual(accepted);
      await allTaken();
      expect(sentTo(phone)).toHaveLength(1);
      expect(await system.cases.case(numberIn(reply))).toMatchObject({
        channel: 'sms',
        kind: 'complaint',
        complaint: { text: STORY },
      });
      expect(refusals(provider)).toContain(reason);
    },
  );

  test('that is too old is refused: the signed one as a whole, texts of Aliyun by their own time, kept with the reason', async () => {
    const phone = '13800000014';
    const old = new Date(Date.now() - 100 * 3_600_000);
    expect((await push(huaweiPush(sms(phone, STORY), old))).status).toBe(401);
    expect((await push(aliyunPush([sms(phone, STORY)], old))).status).toBe(403);
    expect(refusals('huawei')).toContain('too-old');
    expect(refusals('aliyun')).toContain('too-old');
    expect(await contactsFrom(phone)).toMatchObject([{ reason: 'too-old', text: STORY }]);
    expect(sentTo(phone)).toEqual([]);
  });

  test('of a provider that is not opened is not found; one that cannot be read is kept with the reason', async () => {
    const { headers, body } = aliyunPush([sms('13800000015', STORY)], new Date());
    expect((await push({ path: '/channels/sms/somebody', headers, body })).status).toBe(404);
    const { path } = aliyunPush([], new Date());
    expect((await push({ path, headers, body: body.slice(0, 40) })).status).toBe(200);
    expect((await push({ path, headers, body: '[{"phone_number":"13800000015"}]' })).status).toBe(200);
    expect(refusals('aliyun')).toEqual(expect.arrayContaining(['not-readable', 'missing-text']));
  });
});

test('a text by AWS comes by the topic; the same one delivered again changes nothing; rubbish is kept with the reason', async () => {
  const phone = '13800000021';
  const publish = (message: string) =>
    fetch(system.runtime.endpoints.sqs, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/sns/aws4_request',
      },
      body: new URLSearchParams({
        Action: 'Publish',
        Version: '2010-03-31',
        TopicArn: String(system.runtime.outputs['hotline-local-stateless.SmsTopicArn']),
        Message: message,
      }),
    });
  const message = JSON.stringify({
    originationNumber: `+86${phone}`,
    destinationNumber: '+8610690000012315',
    messageKeyword: 'KEYWORD',
    messageBody: STORY,
    inboundMessageId: 'made-up-aws-1',
    previousPublishedMessageId: 'made-up-aws-0',
  });
  expect((await publish(message)).status).toBe(200);
  const [reply] = await replied(phone);
  const record = (body: string, id: string) => ({
    messageId: id,
    body,
    attributes: { SentTimestamp: String(Date.now()) },
  });
  const again = await system.runtime.invoke('ReceiveAwsSms/Function', {
    Records: [record(message, 'other-delivery'), record(message.slice(0, 60), 'cut')],
  });
  expect(again.payload).toEqual({ batchItemFailures: [] });
  await allTaken();
  expect(sentTo(phone)).toEqual([reply]);
  expect(refusals('aws')).toEqual(['not-readable']);
});

describe('a talk', () => {
  test('begins, is asked back and answered in context, added to, asked about with slips, withdrawn after a question', async () => {
    const he = citizen('13800000031');
    expect(await he.says('我要投诉', 1)).toContain('请直接回复：哪家店');
    const registered = await he.says(WITHOUT_A_DAY, 2);
    const number = numberIn(registered);
    expect(registered).toMatch(/已登记，编号.+？/);
    await he.says('11月3日', 3);
    await he.says('补冲：还买了两箱，都退', 4);
    const status = await he.says('察询', 5);
    expect(status).toMatch(new RegExp(`编号${number}：.+，由.+办理，最迟\\d+月\\d+日答复`));
    expect(await he.says('撤素', 6)).toContain('确定撤回');
    // The reply, and the notice of the step, in whatever order they go out.
    await he.says('是', 8);
    expect(sentTo('13800000031').slice(6).toSorted()).toEqual([
      expect.stringContaining('已收到您撤回'),
      expect.stringContaining('已按您的要求撤回'),
    ]);

    const history = await eventually(async () => {
      const events = await system.cases.history(number);
      return events.some(({ type }) => type === 'withdrawn') ? events : undefined;
    });
    const own = history.filter(({ actor }) => actor.role === 'consumer');
    expect(own.map(({ type }) => type)).toEqual(['registered', 'words-added', 'words-added', 'withdrawn']);
    expect(own[1]?.words).toMatchObject({ text: '11月3日' });
    expect(own[2]?.words).toMatchObject({ text: '还买了两箱，都退' });
    expect(await system.cases.case(number)).toMatchObject({ state: 'withdrawn' });
  });

  test('of two cases at once keeps them apart, and takes points for the one that is meant', async () => {
    const she = citizen('13800000032');
    const first = numberIn(await she.says(STORY, 1));
    const second = numberIn(await she.says(`另外还要投诉一家：${OTHER_STORY}`, 2));
    expect(second).not.toBe(first);
    expect(await she.says('查询', 3)).toMatch(/您有2件，请回复序号：1\..+；2\./);
    expect(await she.says('2', 4)).toContain(`编号${second}：`);
    expect(await she.says(`评价5 ${first}`, 5)).toContain('谢谢您的评价');
    const rated = await eventually(async () =>
      (await system.cases.history(first)).find(({ type }) => type === 'rated'),
    );
    expect(rated.facts).toMatchObject({ points: '5' });
  });

  test('knows a case of the same phone from the web by its number, and no case of others', async () => {
    const phone = '13800000033';
    const complainant = { name: '郑小测', phone };
    const { registered } = await fileComplaint(system, { ...COMPLAINT, complainant });
    const asked = (text: string, many: number) => citizen(phone).says(text, many);
    expect(await asked(registered.number.replaceAll('-', ''), 1)).toContain(`编号${registered.number}：`);
    const stranger = citizen('13800000034');
    expect(await stranger.says(registered.number, 1)).toContain('不能用本手机号办理');
  });

  test('everyday texts become contacts; the sender is told once what this number is for', async () => {
    const he = citizen('13800000035');
    expect(await he.says('妈，晚上回家吃饭吗', 1)).toContain('这里是12315');
    await push(aliyunPush([sms('13800000035', '带瓶酱油')], new Date()));
    const kept = await eventually(async () => {
      const contacts = await contactsFrom('13800000035');
      return contacts.length === 2 ? contacts : undefined;
    });
    expect(kept.map(({ reason }) => reason)).toEqual(['everyday', 'everyday']);
    expect(sentTo('13800000035')).toHaveLength(1);
  });

  test('parts of one text, each pushed twice in any order at once, are one case with all the words', async () => {
    const phone = '13800000036';
    const parts = [`(1/3)${STORY.slice(0, 12)}`, `(2/3)${STORY.slice(12, 24)}`, `(3/3)${STORY.slice(24)}`];
    const at = new Date();
    const all = parts.map((part) => aliyunPush([sms(phone, part)], at));
    await Promise.all([2, 0, 1, 1, 2, 0].map((index) => push(all[index] as Push)));
    const [reply] = await replied(phone);
    expect((await system.cases.case(numberIn(reply)))?.complaint.text).toBe(STORY);
    await allTaken();
    expect(sentTo(phone)).toHaveLength(1);
  });

  test('six texts of one phone at once, each three times: every one is taken once and none answered twice', async () => {
    const phone = '13800000037';
    const at = Date.now() - 60_000;
    const all = [
      STORY,
      '补充：有小票',
      '补充：有照片',
      '补充：有录音',
      '补充：店里承认了',
      '补充：想尽快',
    ].map((text, index) => aliyunPush([sms(phone, text)], new Date(at + index * 1000)));
    await push(all[0] as Push);
    const [reply] = await replied(phone);
    await Promise.all([...all, ...all, ...all].map(push));
    await allTaken();
    const added = await eventually(async () => {
      const events = await system.cases.history(numberIn(reply));
      const words = events.filter(({ type }) => type === 'words-added').map(({ words: said }) => said?.text);
      return words.length >= 5 ? words : undefined;
    });
    expect(new Set(added)).toEqual(new Set(['有小票', '有照片', '有录音', '店里承认了', '想尽快']));
    expect(added).toHaveLength(5);
    expect(sentTo(phone).filter((body) => body.includes('已登记'))).toHaveLength(1);
  });

  test('of somebody who reports a violation makes a sealed report; the informer is not among the complainants', async () => {
    const phone = '13800000038';
    const reply = await citizen(phone).says(
      '举报宁波市海曙区古林镇样例烟酒店销售假烟假酒，没有营业执照，请查处',
      1,
    );
    const number = numberIn(reply);
    expect(await system.cases.case(number)).toMatchObject({ kind: 'report', channel: 'sms' });
    expect(reply).not.toContain('举报');
    const auditor = await system.token('auditor', '330200');
    const { status } = await system.api('GET', `/desk/cases/${number}/complainant?reason=handling`, {
      token: auditor,
    });
    expect([403, 404]).toContain(status);
  });
});

test('what the provider says of a notice stands beside it at the desk, in whatever order it comes', async () => {
  const complainant = { name: '冯小测', phone: '13800000041' };
  const { registered, tracked } = await fileComplaint(system, { ...COMPLAINT, complainant });
  const token = await system.token('officer', tracked.station?.code ?? '');
  await step(system, token, registered.number, 'accept');
  await told(system, registered.number, 'form-5', 'complainant');
  const shown = async () =>
    (await system.api('GET', `/desk/cases/${registered.number}/notices`, { token })).body.notices[0];
  const { providerId } = await shown();
  const event = (eventType: string, at: number, isFinal: boolean) => ({
    messageId: `${eventType}-${at}`,
    body: JSON.stringify({
      eventType,
      eventVersion: '1.0',
      eventTimestamp: at,
      isFinal,
      messageId: providerId,
      messageStatus: eventType.replace('TEXT_', ''),
    }),
    attributes: { SentTimestamp: String(at) },
  });
  const now = Date.now();
  const delivered = event('TEXT_DELIVERED', now, true);
  await system.runtime.invoke('ReceiveAwsSms/Function', {
    Records: [delivered, event('TEXT_SENT', now - 1000, false), delivered],
  });
  expect(await shown()).toMatchObject({ state: 'sent', delivery: { status: 'delivered' } });
  // By Aliyun's webhook likewise, which may be about a message that nobody here has sent.
  expect((await push(aliyunReport('made-up-biz-id', new Date()))).body).toContain('"code":0');
});

test('no log line holds a phone, a token or a word of a text', () => {
  const words = [
    '1380000',
    'local-aliyun-token',
    '牛奶',
    '酱油',
    '样例超市',
    '样例烟酒店',
    '郑小测',
    '冯小测',
    '小票',
  ];
  expect(system.logs.filter((line) => words.some((word) => line.includes(word)))).toEqual([]);
});

test('a mixture by web, SMS and phone, replayed twice, gives the same cases', async () => {
  const lines = [
    '我在宁波市海曙区古林镇样例超市买的酸奶胀气，要求退款二十元',
    '宁波市鄞州区姜山镇样例手机店卖给我的充电器用两天就坏，要求换新',
    '我要投诉宁波市海曙区高桥镇样例洗衣店，羽绒服洗坏了不赔，要求赔偿三百元',
    '宁波市海曙区古林镇样例饭店多收了一百元，要求退还',
    '我要投诉宁波市鄞州区云龙镇样例家具厂，订的柜子三个月不送货，要求退定金两千元',
    '我要投诉宁波市海曙区集士港镇样例健身房，办的年卡不给退，要求退一千五百元',
  ].map((text, id) => JSON.stringify({ id: `mixture-${id}`, text }));
  const { messages } = readMessages(lines.join('\n'));
  const api = system.runtime.endpoints.api ?? '';
  const look = {
    cases: system.cases,
    texts: texts(),
    calls: createDynamoDbCallStore(client, system.runtime.physicalId('Identities')),
  };
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const s3 = new S3Client({ endpoint: system.runtime.endpoints.s3, region: 'us-east-1', credentials });
  const calls = { client: s3, name: system.runtime.physicalId('Calls') };
  const ways = { web: webWay({ api }), sms: smsWay({ api }, look), phone: phoneWay({ api }, calls, look) };
  const folder = mkdtempSync(join(tmpdir(), 'mixture-'));
  const replay = async (journal: string) => {
    const { answers } = await sendMessages(messages, {
      wayOf: wayOf(ways, 'mix'),
      journal: openJournal(join(folder, journal)),
      inFlight: 3,
    });
    return answers
      .map((answer) => `${answer.id} ${'number' in answer ? answer.number : answer.outcome}`)
      .sort();
  };
  const cases = async () => (await Array.fromAsync(system.cases.allNumbers())).length;
  try {
    const first = await replay('first');
    const many = await cases();
    expect(first).toHaveLength(6);
    expect(first.filter((one) => /\d{6}-\d{6}-\d$/.test(one))).toHaveLength(6);
    expect(await replay('second')).toEqual(first);
    expect(await cases()).toBe(many);
  } finally {
    rmSync(folder, { recursive: true });
    s3.destroy();
  }
});
