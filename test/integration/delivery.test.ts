import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleRegistry } from '../../infra/local/sample-registry.ts';
import type { CaseEvent } from '../../shared/case/case.ts';
import { redriveMessages, sqsRedriveQueues } from '../../shared/queue/redrive-messages.ts';
import { eventItem } from '../../shared/store/case-items.ts';
import { recount } from '../../shared/store/recount.ts';
import { ASSEMBLY } from '../synthesize.ts';
import { COMPLAINT, fileComplaint, track, wholeJob, wholeReport } from './scenario.ts';
import { eventually, type System, startSystem } from './system.ts';

const root = resolve(import.meta.dirname, '../..');

async function history({ cases }: System): Promise<CaseEvent[]> {
  const events: CaseEvent[] = [];
  for await (const event of cases.allEvents()) events.push(event);
  return events;
}

/** The counters, once every event is counted. */
async function settledCounts(system: System) {
  await eventually(async () =>
    (await recount(system.cases, system.statistics, { waitMs: 0 })).untallied.length === 0 ? true : undefined,
  );
  const lines = await system.statistics.allCounts();
  return lines.sort((a, b) => (`${a.unit} ${a.day}` < `${b.unit} ${b.day}` ? -1 : 1));
}

describe('each event delivered twice and out of order', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
    await wholeJob(system);
    await wholeReport(system);
    await fileComplaint(system);
    await fileComplaint(system, { ...COMPLAINT, business: {} });
  });
  afterAll(() => system.stop());

  test('changes no case and no figure, and tells nobody again', async () => {
    const counts = await settledCounts(system);
    const events = await history(system);
    const versions = async () =>
      Promise.all(events.map(async ({ number }) => (await system.cases.case(number))?.version));
    const before = await versions();

    const twiceAndBackwards = [...events, ...events].reverse();
    const records = twiceAndBackwards.map((event, index) => ({
      dynamodb: {
        SequenceNumber: String(index),
        NewImage: marshall(eventItem(event), { removeUndefinedValues: true }),
      },
    }));
    const relayed = records.filter(
      (_, index) =>
        twiceAndBackwards[index]?.type === 'registered' || twiceAndBackwards[index]?.notices !== undefined,
    );
    const messages = twiceAndBackwards.map(({ number }, index) => ({
      messageId: String(index),
      body: JSON.stringify({ number }),
    }));
    const notices = (isReport: boolean) =>
      twiceAndBackwards
        .filter((event) => event.notices !== undefined && (event.kind === 'report') === isReport)
        .map(({ number, version }, index) => ({
          messageId: String(index),
          body: JSON.stringify({ number, version }),
        }));
    expect(notices(false)).not.toEqual([]);
    expect(notices(true)).not.toEqual([]);
    const sent = system.runtime.sent.length;

    const results = await Promise.all([
      system.runtime.invoke('TallyStatistics/Function', { Records: records }),
      system.runtime.invoke('TallyStatistics/Function', { Records: records.toReversed() }),
      system.runtime.invoke('RelayEvents/Function', { Records: relayed }),
      system.runtime.invoke('TriageCase/Function', { Records: messages }),
      system.runtime.invoke('TriageCase/Function', { Records: messages.toReversed() }),
      system.runtime.invoke('SendNotices/Function', { Records: notices(false) }),
      system.runtime.invoke('SendNotices/Function', { Records: notices(false).toReversed() }),
      system.runtime.invoke('SendInformerNotices/Function', { Records: notices(true) }),
      system.runtime.invoke('SendInformerNotices/Function', { Records: notices(true).toReversed() }),
    ]);
    for (const { payload, functionError } of results) {
      expect(functionError).toBeUndefined();
      expect(payload).toEqual({ batchItemFailures: [] });
    }
    // The relayed messages are worked off, too.
    await eventually(async () => {
      const { queues } = await system.runtime.status();
      return Object.values(queues).every((depth) => depth === 0) ? true : undefined;
    });

    expect(system.runtime.sent).toHaveLength(sent);
    expect(await versions()).toEqual(before);
    expect(await history(system)).toHaveLength(events.length);
    expect(await settledCounts(system)).toEqual(counts);
    expect((await recount(system.cases, system.statistics)).drift).toEqual([]);
  });
});

describe('a poison message', () => {
  let system: System;
  let assemblyDir: string;
  beforeAll(async () => {
    // The deployed template, but a failed message comes back after one second instead of three minutes.
    assemblyDir = mkdtempSync(join(tmpdir(), 'hotline-assembly-'));
    cpSync(ASSEMBLY, assemblyDir, { recursive: true });
    for (const file of readdirSync(assemblyDir).filter((name) => name.endsWith('.template.json'))) {
      const template = readFileSync(join(assemblyDir, file), 'utf8');
      writeFileSync(
        join(assemblyDir, file),
        template.replaceAll('"VisibilityTimeout": 180', '"VisibilityTimeout": 1'),
      );
    }
    system = await startSystem({ assemblyDir, withRegister: false });
  });
  afterAll(async () => {
    await system.stop();
    rmSync(assemblyDir, { recursive: true, force: true });
  });

  test('ends in the DLQ with an alarm while others go on, and comes back after the fix', async () => {
    const { runtime } = system;
    const client = new SQSClient({
      endpoint: runtime.endpoints.sqs,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    const url = (id: string) => runtime.physicalId(id);
    const alarm = async (state: string) =>
      eventually(async () => {
        const { alarms } = await runtime.status();
        const dlq = Object.entries(alarms).find(([name]) => /TriageDlqNotEmpty/.test(name));
        return dlq?.[1] === state ? true : undefined;
      });

    // A register that nobody has loaded: the case is taken in all the same, its triage fails.
    const answer = await system.api('POST', '/complaints', { body: COMPLAINT });
    expect(answer).toMatchObject({ status: 201, body: { handledBy: null } });
    await client.send(
      new SendMessageCommand({ QueueUrl: url('Triage/Queue'), MessageBody: 'no case number' }),
    );
    await alarm('ALARM');
    await eventually(async () => {
      const { queues } = await runtime.status();
      const depth = (name: RegExp) => Object.entries(queues).find(([id]) => name.test(id))?.[1];
      return depth(/TriageDlq/) === 2 ? true : undefined;
    });

    // The fix, as an administrator makes it. Others go on at once; what was set aside waits for the redrive.
    const file = join(assemblyDir, 'register.json');
    writeFileSync(file, JSON.stringify(sampleRegistry()));
    const load = spawnSync(
      process.execPath,
      [resolve(root, 'infra/commands/load-registry.ts'), file, '--registry-table', url('Registry')],
      {
        encoding: 'utf8',
        env: {
          ...process.env,
          AWS_ENDPOINT_URL_DYNAMODB: runtime.endpoints.dynamodb,
          AWS_REGION: 'us-east-1',
          AWS_ACCESS_KEY_ID: 'test',
          AWS_SECRET_ACCESS_KEY: 'test',
        },
      },
    );
    expect(load.status, load.stderr).toBe(0);
    const { registered } = await fileComplaint(system);
    expect((await system.cases.case(answer.body.number))?.state).toBe('received');

    const moved = await redriveMessages(
      sqsRedriveQueues(client, url('Triage/TriageDlq'), url('Triage/Queue')),
      Number.POSITIVE_INFINITY,
    );
    expect(moved).toBe(2);
    const tracked = await eventually(async () => {
      const now = await track(system, answer.body.number, answer.body.secret);
      return now.state.code === 'distributed' ? now : undefined;
    });
    expect(tracked.station).not.toBeNull();
    expect(registered.number).not.toBe(answer.body.number);
    // What cannot be read ends in the DLQ again.
    await alarm('ALARM');
    client.destroy();
  });
});
