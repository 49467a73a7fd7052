import { afterAll, beforeAll, expect, test } from 'vitest';
import { everythingHappens } from './everything.ts';
import { COMPLAINT, fileComplaint, PERSONAL } from './scenario.ts';
import { type System, startSystem } from './system.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

test('no log line of a whole scenario holds a name, a phone, an address or words of a complaint', async () => {
  await everythingHappens(system);
  const { registered } = await fileComplaint(system);
  // Failures are where words leak: bad bodies, wrong secrets, messages and records that cannot be read.
  const json = { 'content-type': 'application/json' };
  await system.api('POST', '/complaints', { raw: `{"text":"${PERSONAL.words}",`, headers: json });
  await system.api('POST', '/complaints', { body: { ...COMPLAINT, [PERSONAL.name]: PERSONAL.phone } });
  await system.api('GET', `/complaints/${registered.number}`, {
    headers: { 'tracking-secret': PERSONAL.phone },
  });
  await system.runtime.invoke('TriageCase/Function', {
    Records: [{ messageId: '1', body: `{"number":"${PERSONAL.name}${PERSONAL.words}"` }],
  });
  for (const sender of ['SendNotices', 'SendInformerNotices']) {
    await system.runtime.invoke(`${sender}/Function`, {
      Records: [{ messageId: '1', body: `{"number":"${PERSONAL.name}","version":"${PERSONAL.words}"}` }],
    });
  }
  await system.runtime.invoke('TallyStatistics/Function', {
    Records: [{ dynamodb: { SequenceNumber: '1', NewImage: { text: { S: PERSONAL.words } } } }],
  });

  expect(system.logs.length).toBeGreaterThan(10);
  for (const code of ['identity-read', 'notice-taken', 'notice-by-hand', 'form-drafted', 'erased']) {
    expect(system.logs.join('\n')).toContain(code);
  }
  // The words did leave the house, by the ways they are meant for.
  expect(system.runtime.sent.map(({ to }) => to)).toContain(`+86${PERSONAL.phone}`);
  const leaks = system.logs.filter((line) =>
    [...Object.values(PERSONAL), registered.secret].some((word) => line.includes(word)),
  );
  expect(leaks).toEqual([]);
});
