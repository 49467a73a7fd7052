import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Report, sentencesOf, textOf } from '../../shared/reports/report.ts';
import { XIANGYANG, yearOf } from '../unit/report-year.ts';
import { eventually, type System, startSystem } from './system.ts';

/** A report from the order to the file, on the template that would be deployed. */

let system: System;
beforeAll(async () => {
  system = await startSystem();
  await system.statistics.putRollUps(yearOf(2025, XIANGYANG));
});
afterAll(() => system?.stop());

const REPORTS = '/desk/figures/reports';

const ready = (id: string, token: string) =>
  eventually(async () => {
    const { body } = await system.api('GET', `${REPORTS}/${id}`, { token });
    return body.state === 'ready' ? body : undefined;
  });

test('ordered, composed from the queue, fetched in every format, published', async () => {
  const manager = await system.token('manager', '330200');
  const order = await system.api('POST', REPORTS, {
    token: manager,
    body: { kind: 'yearly', period: '2025', formats: ['docx', 'pdf', 'xlsx', 'json'] },
  });
  expect(order.status).toBe(202);
  const { id } = order.body;
  await ready(id, manager);

  const document = await system.api('GET', `${REPORTS}/${id}/json`, { token: manager });
  expect(document.status).toBe(200);
  expect(sentencesOf(document.body as Report).map(textOf)).toContain(
    '共受理投诉18241件，处理17995件，处理率98.65%，挽回经济损失827.7万元。',
  );
  for (const [format, begins] of [
    ['pdf', '%PDF-'],
    ['docx', 'PK'],
    ['xlsx', 'PK'],
  ] as const) {
    const answer = await fetch(`${system.runtime.endpoints.api}${REPORTS}/${id}/${format}`, {
      headers: { authorization: `Bearer ${manager}` },
    });
    expect(answer.status, format).toBe(200);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(0, begins.length).toString(), format).toBe(begins);
  }

  const published = await system.api('POST', `${REPORTS}/${id}/publish`, { token: manager });
  expect(published).toMatchObject({ status: 200, body: { id, state: 'ready' } });
  const { body } = await system.api('GET', REPORTS, { token: manager });
  expect(body.reports).toHaveLength(1);
});

test('a dispatcher opens no file with figures of reports, an administrator none at all', async () => {
  const manager = await system.token('manager', '330200');
  const [{ id }] = (await system.api('GET', REPORTS, { token: manager })).body.reports;
  const dispatcher = await system.token('dispatcher', '330200');
  const administrator = await system.token('administrator', '330200');
  expect((await system.api('GET', `${REPORTS}/${id}/json`, { token: dispatcher })).status).toBe(403);
  expect((await system.api('GET', REPORTS, { token: administrator })).status).toBe(403);
  expect((await system.api('POST', `${REPORTS}/${id}/publish`, { token: dispatcher })).status).toBe(403);
});

test('the command writes the same sentence, with progress, and says what is wrong', async () => {
  const out = mkdtempSync(join(tmpdir(), 'hotline-report-'));
  const tables = (['Statistics', 'Registry'] as const).flatMap((name) => [
    `--${name.toLowerCase()}-table`,
    system.runtime.physicalId(name),
  ]);
  const run = (...args: string[]) =>
    new Promise<{ code: number | null; printed: string; told: string }>((resolve) => {
      const child = spawn(process.execPath, ['infra/commands/report.ts', ...args, ...tables], {
        env: {
          ...process.env,
          AWS_ENDPOINT_URL_DYNAMODB: system.runtime.endpoints.dynamodb,
          AWS_REGION: 'us-east-1',
          AWS_ACCESS_KEY_ID: 'local',
          AWS_SECRET_ACCESS_KEY: 'local',
        },
      });
      const [printed, told] = [[] as string[], [] as string[]];
      child.stdout.on('data', (chunk) => printed.push(String(chunk)));
      child.stderr.on('data', (chunk) => told.push(String(chunk)));
      child.on('close', (code) => resolve({ code, printed: printed.join(''), told: told.join('') }));
    });
  try {
    const good = await run('--year', '2025', '--format', 'pdf,json', '--out', out);
    expect(good).toMatchObject({ code: 0 });
    expect(good.told).toContain('100 %');
    expect(readdirSync(out).sort()).toEqual(['yearly-330200-2025.json', 'yearly-330200-2025.pdf']);
    expect((await run('--month', '2025-13', '--out', out)).code).toBe(2);
    expect((await run('--out', out)).code).toBe(2);
    expect((await run('--year', '2025', '--format', 'doc', '--out', out)).code).toBe(2);
    expect((await run('--year', '2025', '--unit', '999999', '--out', out)).code).toBe(1);
  } finally {
    rmSync(out, { recursive: true });
  }
});
