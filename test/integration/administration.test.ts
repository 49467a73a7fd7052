import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMINISTRATOR, administered, putMessage } from './administration-scene.ts';
import { COMPLAINT, fileComplaint, PERSONAL } from './scenario.ts';
import { type System, startSystem } from './system.ts';

let system: System;
let token: string;
beforeAll(async () => {
  system = await startSystem();
  token = await system.token('administrator', '330200', ADMINISTRATOR);
});
afterAll(async () => system?.stop());

const get = (path: string, by = token) => system.api('GET', `/administrator${path}`, { token: by });
const post = (path: string, body: object, by = token) =>
  system.api('POST', `/administrator${path}`, { token: by, body });

describe('how the system stands', () => {
  test('queues with what they gave up, the last proof of the figures, what the month costs', async () => {
    await fileComplaint(system);
    await system.runtime.invoke('RecountStatistics/Function', {});
    const { status, body } = await get('/health');
    expect(status).toBe(200);
    expect(body.queues.find(({ name }: { name: string }) => name === 'triage')).toMatchObject({
      dead: 0,
      redrivable: true,
    });
    expect(body.proofs[0]).toMatchObject({ drift: 0 });
    expect(body.proofs[0].events).toBeGreaterThan(0);
    expect(body.cost.received).toBeGreaterThan(0);
    expect(body.cost.microDollars).toBeGreaterThan(body.cost.fixedMicroDollars);
  });

  test('says that ages, lags and runs are not measured on one machine, instead of showing zeros', async () => {
    const { body } = await get('/health');
    expect(body.measured).toBe(false);
    expect(body.queues[0].oldestSeconds).toBeNull();
    expect(body.streams[0].lagSeconds).toBeNull();
    expect(body.runs[0]).toMatchObject({ last: null, failed: null });
  });

  test('is shown to auditors, and to nobody who works with cases', async () => {
    expect((await get('/health', await system.token('auditor', '330200'))).status).toBe(200);
    for (const role of ['manager', 'dispatcher', 'officer']) {
      expect((await get('/health', await system.token(role, '330200'))).status).toBe(403);
    }
    expect((await get('/health', await system.token('administrator', '330203'))).status).toBe(403);
  });
});

describe('what queues gave up', () => {
  test('is looked at without taking it, and brought back', async () => {
    const { registered } = await fileComplaint(system);
    await system.runtime.invoke('RecountStatistics/Function', {});
    await administered(system, registered.number);
    const { body } = await get('/queues/triage');
    expect(body).toMatchObject({ dead: 0, messages: [] });
  });

  test('shows no word and no phone of what a carrier delivered', async () => {
    const delivered = {
      Message: JSON.stringify({ originationNumber: PERSONAL.phone, messageBody: COMPLAINT.text }),
    };
    await putMessage(system, 'AwsSms/AwsSmsDlq', delivered);
    const { body } = await get('/queues/aws-sms');
    expect(body.messages).toHaveLength(1);
    expect(body.messages[0]).toMatchObject({ case: null, error: null });
    expect(JSON.stringify(body)).not.toContain(PERSONAL.phone);
    expect(JSON.stringify(body)).not.toContain(COMPLAINT.text.slice(0, 6));
    // Looked at twice it is still there.
    expect((await get('/queues/aws-sms')).body.messages).toHaveLength(1);
  });

  test('of a schedule is not brought back; an auditor brings nothing back; an unknown queue is told', async () => {
    expect((await post('/queues/watch/redrive', {})).status).toBe(409);
    expect((await post('/queues/triage/redrive', {}, await system.token('auditor', '330200'))).status).toBe(
      403,
    );
    const unknown = await get('/queues/nothing');
    expect(unknown.status).toBe(400);
    expect(unknown.body.errors[0].field).toContain('queue');
  });
});
