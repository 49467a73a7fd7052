import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callAnswer, contactsAnswer, trackingAnswer } from '../../events/answers.ts';
import type { Case } from '../../shared/case/case.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import * as calls from '../unit/transcripts-fixtures.ts';
import { eventually, parsed, type System, startSystem } from './system.ts';

const PHONE = '13800000001';
let system: System;
let s3: S3Client;
beforeAll(async () => {
  system = await startSystem();
  s3 = new S3Client({
    endpoint: system.runtime.endpoints.s3,
    region: 'us-east-1',
    credentials: { accessKeyId: 'telephone', secretAccessKey: 'telephone' },
  });
});
afterAll(async () => {
  s3?.destroy();
  await system?.stop();
});

const put = (name: string, content: unknown) =>
  s3.send(
    new PutObjectCommand({
      Bucket: system.runtime.physicalId('Calls'),
      Key: `calls/${name}`,
      Body: typeof content === 'string' ? content : JSON.stringify(content),
    }),
  );

const turn = (speaker: string, text: string, startMs: number) => ({
  id: `t-${startMs}`,
  speaker,
  text,
  startMs,
  endMs: startMs + 2_000,
});
const call = (callId: string, said: string, more: object = {}) => ({
  format: '12315-transcript',
  version: 1,
  callId,
  callerNumber: PHONE,
  turns: [turn('agent', '您好，12315热线。', 0), turn('caller', said, 3_000)],
  ...more,
});

/** The case whose words hold these, once the triage has seen it. */
const caseWith = (words: string) =>
  eventually(async () => {
    const all: Case[] = await Array.fromAsync(system.cases.allCases());
    return all.find(({ complaint, state }) => complaint.text.includes(words) && state !== 'received');
  });
const contacts = async (token: string) =>
  parsed(
    contactsAnswer,
    await system.api('GET', `/desk/contacts?on=${shanghaiDate(new Date())}`, { token }),
    200,
  ).contacts;
const contactWith = async (token: string, code: string) =>
  eventually(async () => (await contacts(token)).find(({ reason }) => reason.code === code));
const smsAbout = (number: string) =>
  eventually(async () => system.runtime.sent.find(({ body }) => body.includes(number)));

describe('a file in the bucket of calls', () => {
  test('becomes a case that the desk sees turn by turn, with the moment of each field', async () => {
    const said = '我要投诉，我在宁波市海曙区古林镇的晨光电器行买了热水壶，用了两天就漏水，我要求退款。';
    await put('2026/call-1.json', call('call-1', said));
    const found = await caseWith('晨光电器行');
    expect(found).toMatchObject({ kind: 'complaint', channel: 'phone', complaint: { text: said } });
    const station = found.unitPath.at(-1) ?? '';
    const path = `/desk/cases/${found.number}/call`;
    const token = await system.token('officer', station);
    const { call: shown } = parsed(callAnswer, await system.api('GET', path, { token }), 200);
    expect(shown?.turns).toEqual([
      { speaker: 'agent', text: '您好，12315热线。', startMs: 0, endMs: 2_000 },
      { speaker: 'caller', text: said, startMs: 3_000, endMs: 5_000 },
    ]);
    expect(shown?.moments.find(({ field }) => field === 'place')).toMatchObject({ turn: 1, startMs: 3_000 });
    const stranger = await system.token('officer', '33028101');
    expect((await system.api('GET', path, { token: stranger })).status).toBe(404);
  });

  test('in any format is read; the same call in another one is the same case', async () => {
    await put('lens/whole.json', calls.contactLens);
    const found = await caseWith('光明电器行');
    await put('lens/again.json', calls.contactLens);
    await put('lens/real-time.jsonl', calls.realTime.map((record) => JSON.stringify(record)).join('\n'));
    await put('subtitles.vtt', calls.webVtt);
    // The one behind them in the queue has come through.
    await put('last.json', call('call-last', '我要投诉红星超市，买到的牛奶过期了，要求赔偿。'));
    await caseWith('红星超市');
    const cases = await Array.fromAsync(system.cases.allCases());
    const same = await eventually(async () => {
      const all = (await Array.fromAsync(system.cases.allCases())).filter(({ complaint }) =>
        complaint.text.includes('光明电器行'),
      );
      return all.length === 2 ? all : undefined;
    });
    expect(cases.length).toBeGreaterThanOrEqual(3);
    // The subtitles are a call of their own: nothing in them names the other.
    expect(same.map(({ number }) => number)).toContain(found.number);
    expect((await system.cases.case(found.number))?.version).toBe(found.version);
  });

  test('whose names were taken out is asked back by SMS, once, with a way to add behind the #', async () => {
    const said = '我要投诉，我在[NAME]买的手机是翻新机，花了[PII]，我要求退货退款。';
    await put('redacted/call-2.json', call('call-2', said, { redacted: true }));
    const { number } = await caseWith('翻新机');
    const { body, to } = await smsAbout(number);
    expect(to).toBe(`+86${PHONE}`);
    expect(body).toMatch(/请补充：商家名称.*隐去的姓名、号码、金额/);
    const secret = /#track\/([\d-]+)\/([0-9A-Z-]+)$/.exec(body)?.[2] ?? '';
    const headers = { 'tracking-secret': secret };
    const answer = await system.api('POST', `/complaints/${number}/words`, {
      headers,
      body: { text: '店名是东门手机店，花了1999元。' },
    });
    expect(answer.status).toBe(200);
    // The full transcript comes later and brings what was taken out.
    const full = said.replace('[NAME]', '东门手机店').replace('[PII]', '一千九百九十九元');
    await put('call-2.json', call('call-2', full));
    const added = await eventually(async () => {
      const events = (await system.cases.history(number)).filter(({ type }) => type === 'words-added');
      return events.length === 2 ? events : undefined;
    });
    expect(added.map(({ actor, words }) => [actor.role, words?.text])).toEqual([
      ['consumer', '店名是东门手机店，花了1999元。'],
      ['system', full],
    ]);
    const tracked = parsed(
      trackingAnswer,
      await system.api('GET', `/complaints/${number}`, { headers }),
      200,
    );
    expect(tracked.steps.map(({ type }) => type)).toContain('words-added');
    expect(system.runtime.sent.filter((sms) => sms.body.includes(`${number}，`))).toHaveLength(1);
  });

  test('in pieces waits; the whole call makes the case', async () => {
    const said = '我要投诉西门健身房，办了年卡就关门了，我要求退款。';
    const pieces = call('call-3', said, { delivery: 'part' });
    await put('pieces/3-1.json', pieces);
    await eventually(async () =>
      system.calls.find(
        ({ service, action, functionLogicalId }) =>
          service === 'sqs' &&
          action.includes('SendMessage') &&
          functionLogicalId?.startsWith('ReadTranscript'),
      ),
    );
    expect(
      (await Array.fromAsync(system.cases.allCases())).some(({ complaint }) => complaint.text === said),
    ).toBe(false);
    await put('3.json', call('call-3', said));
    expect((await caseWith('西门健身房')).complaint.text).toBe(said);
  });

  test('that is no complaint or no transcript is listed with its reason, for the hub only; each reading is kept', async () => {
    await put('silent.json', call('call-4', '喂，喂？'));
    await put('recording.txt', 'RIFF\u0000\u0000\u0000\u0000WAVE');
    const token = await system.token('dispatcher', '330200');
    expect(await contactWith(token, 'silent')).toMatchObject({ channel: 'phone', from: PHONE });
    expect(await contactWith(token, 'not-text')).toMatchObject({
      text: 'calls/recording.txt',
      reason: { zh: '这不是文本文件（可能是录音、压缩包或文档）' },
    });
    const head = await system.token('head', '33020301');
    const path = `/desk/contacts?on=${shanghaiDate(new Date())}`;
    expect((await system.api('GET', path, { token: head })).status).toBe(403);
  });

  test('leaves nothing of the people in any log', () => {
    const logs = system.logs.join('\n');
    expect(logs).not.toMatch(new RegExp(`${PHONE}|晨光电器行|翻新机|西门健身房|recording`));
  });
});
