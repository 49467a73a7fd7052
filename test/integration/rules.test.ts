import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { proposalAnswer, proposalList, undoAnswer } from '../../events/rules.ts';
import { COMPLAINT, fileComplaint, step } from './scenario.ts';
import { parsed, type System, startSystem } from './system.ts';

/*
 * Cases of one street come back from the station of the township again and again, and another station takes them on.
 * The command proposes the change with its trial; the manager accepts it, and takes it back.
 */

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

const table = (id: string) => system.runtime.physicalId(id);

function command(name: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const tables = ['--cases-table', table('Cases'), '--registry-table', table('Registry')];
  const file = resolve(import.meta.dirname, `../../infra/commands/${name}.ts`);
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL_DYNAMODB: system.runtime.endpoints.dynamodb,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  return new Promise((done) => {
    execFile(process.execPath, [file, ...args, ...tables], { env }, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

/** Sent by the register, returned by the station, handed to another one, which accepts it. */
async function returnedCase(house: number, to: string): Promise<string> {
  const business = { name: '没有登记的小店', address: `宁波市海曙区古林镇分界大道${house}号` };
  const { registered, tracked } = await fileComplaint(system, { ...COMPLAINT, business });
  const { number } = registered;
  const from = tracked.station?.code ?? '';
  const token = await system.token('head', from, `head-${from}-1`);
  await step(system, token, number, 'return', {
    reason: 'not-competent',
    note: '该路段由邻所管辖，现场核对过。',
  });
  const dispatcher = await system.token('dispatcher', '330200');
  await step(system, dispatcher, number, 'distribute', { unit: to });
  await step(system, await system.token('head', to, `head-${to}-1`), number, 'accept');
  return from;
}

test('repeated returns propose a change with its trial; it is accepted at the desk, and taken back', async () => {
  const to = '33020301';
  const froms = await Promise.all([1, 3, 5].map((house) => returnedCase(house, to)));
  const [from] = froms;
  expect(new Set(froms).size).toBe(1);
  expect(from).not.toBe(to);

  const shown = await command('returns', '--json');
  expect(shown.stderr).not.toContain('Error');
  expect(JSON.parse(shown.stdout)).toMatchObject({
    returns: 3,
    proposals: [
      {
        rules: [{ word: '分界大道', unit: to }],
        trial: { moved: 3, returnsSaved: 3, returnsCaused: 0, ways: [{ from, to, cases: 3 }] },
      },
    ],
  });
  const stored = await command('propose-rules');
  expect(stored.code).toBe(0);
  expect(stored.stdout).toContain('可免退回 / returns saved 3，新增退回 / returns caused 0');

  const token = await system.token('manager', '330200', 'manager-330200-1');
  const list = async () =>
    parsed(proposalList, await system.api('GET', '/desk/rules/proposals', { token }), 200);
  const { proposals, register } = await list();
  const [proposal] = proposals.filter(({ kind }) => kind.code === 'returns');
  expect(proposal).toMatchObject({
    advice: 'accept',
    evidence: { returns: 3, reasons: [{ code: 'not-competent', zh: '不属本职', returns: 3 }] },
    trial: {
      returnsSaved: 3,
      returnsCaused: 0,
      ways: [{ from: { code: from }, to: { code: to }, cases: 3 }],
    },
  });
  const accepting = (who: string) =>
    system.api('POST', `/desk/rules/proposals/${proposal?.id}`, {
      token: who,
      body: { decision: 'accept', version: proposal?.version, register: register.version },
    });
  const dispatcher = await system.token('dispatcher', '330200');
  expect((await accepting(dispatcher)).status).toBe(403);
  parsed(proposalAnswer, await accepting(token), 200);
  expect((await accepting(token)).status).toBe(409);
  const rules = async () => (await system.register.read()).rules;
  const now = await list();
  expect(now.register).toMatchObject({ version: register.version + 1, before: register.version });

  const undo = await system.api('POST', '/desk/rules/undo', {
    token,
    body: { register: register.version + 1 },
  });
  expect(parsed(undoAnswer, undo, 200).takenBack).toEqual([proposal?.id]);
  expect(await rules()).toEqual([]);
});
