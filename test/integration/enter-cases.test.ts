import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  caseDetail,
  entryAnswer,
  importAnswer,
  importPreview,
  readEntryAnswer,
} from '../../events/answers.ts';
import { addDays, shanghaiDate } from '../../shared/dates.ts';
import { PERSONAL } from './scenario.ts';
import { eventually, parsed, type System, startSystem } from './system.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

const WORK_ORDER = `12345政务服务热线工单
工单编号：NB20260000345
来电人：${PERSONAL.name}
联系电话：${PERSONAL.phone}
被投诉单位：样例家电城
地址：宁波市海曙区古林镇样例路88号
诉求内容：${PERSONAL.words}，商家不肯退款。`;

/** Waits until the triage has sent the case to its station. */
const distributed = (number: string) =>
  eventually(async () => {
    const found = await system.cases.case(number);
    return found?.state === 'received' ? undefined : found;
  });

test('what 12345 hands over: pasted, registered with its day of receipt, found at its station; the table next morning knows it', async () => {
  const token = await system.token('dispatcher', '330200');
  const post = (path: string, body: object, headers = {}) =>
    system.api('POST', path, { token, body, headers });

  const read = parsed(readEntryAnswer, await post('/desk/entries/read', { text: WORK_ORDER }), 200);
  const value = Object.fromEntries(read.fields.map(({ field, value: one }) => [field, one]));
  const yesterday = addDays(shanghaiDate(new Date()), -1);
  const entry = {
    channel: value.channel,
    externalNumber: value.externalNumber,
    receivedOn: yesterday,
    message: {
      text: value.text,
      complainant: { name: value.name, phone: value.phone },
      business: { name: value.businessName, address: value.businessAddress },
    },
  };
  const key = { 'idempotency-key': 'entry-00000001' };
  const answers = await Promise.all([post('/desk/entries', entry, key), post('/desk/entries', entry, key)]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 201]));
  const [first, second] = answers.map(({ body }) => entryAnswer.parse(body));
  expect(second?.number).toBe(first?.number);

  const found = await distributed(first?.number ?? '');
  expect(found).toMatchObject({
    channel: 'hotline-12345',
    receivedOn: yesterday,
  });
  const officer = await system.token('officer', found.unitPath.at(-1) ?? '');
  const detail = await system.api('GET', `/desk/cases/${found.number}`, { token: officer });
  expect(parsed(caseDetail, detail, 200)).toMatchObject({
    externalNumber: 'NB20260000345',
    channel: 'hotline-12345',
  });

  const rows = [
    '工单号,来电人,来电号码,涉事企业,诉求内容,争议金额（元）',
    `nb20260000345,${PERSONAL.name},${PERSONAL.phone},样例家电城,再次来电,`,
    `NB20260000346,${PERSONAL.name},${PERSONAL.phone},样例家电城,另一件：空调不制冷,"1,299.00"`,
    `NB20260000347,${PERSONAL.name},1.38E+10,样例家电城,坏了,`,
  ];
  const file = Buffer.from(rows.join('\r\n')).toString('base64');
  const preview = async () =>
    parsed(importPreview, await post('/desk/imports/preview', { file, channel: 'hotline-12345' }), 200).rows;
  const [known, good, bad] = await preview();
  expect(known?.registered).toBe(found.number);
  expect(bad?.problems).toMatchObject([{ column: '来电号码' }]);
  const entries = [good?.entry];
  const sent = await Promise.all([post('/desk/imports', { entries }), post('/desk/imports', { entries })]);
  const results = sent.flatMap((answer) => parsed(importAnswer, answer, 200).results);
  expect(new Set(results.map(({ number }) => number)).size).toBe(1);
  expect((await preview())[1]?.registered).toBe(results[0]?.number);
  expect((await system.cases.case(results[0]?.number ?? ''))?.money).toEqual({ claimed: 129_900 });

  const refused = await system.api('POST', '/desk/entries', {
    token: await system.token('auditor', '330200'),
    body: entry,
  });
  expect(refused.status).toBe(403);
  const noTable = await post('/desk/imports/preview', { file: 'UEsDBA==', channel: 'letter' });
  expect([noTable.status, noTable.body.errors[0].field]).toEqual([400, '/file']);
  const logs = system.logs.join('\n');
  for (const word of [PERSONAL.name, PERSONAL.phone, PERSONAL.words]) expect(logs).not.toContain(word);
});
