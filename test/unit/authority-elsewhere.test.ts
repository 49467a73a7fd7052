import { expect, test } from 'vitest';
import { trackingAnswer } from '../../events/answers.ts';
import { act } from '../../functions/desk-api/act.ts';
import { track } from '../../functions/track-case/track.ts';
import { triage } from '../../functions/triage-case/triage.ts';
import type { Action } from '../../shared/case/actions.ts';
import type { Case, CaseEvent, Kind } from '../../shared/case/case.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import { DEFAULT_SETTINGS } from '../../shared/law/bureau-settings.ts';
import { noticeOfStep } from '../../shared/notices/notice-of-step.ts';
import { bodyOf, house, keep, MONDAY, registered, registry, registryOf, SECRET, staff } from './support.ts';

const AUTHORITY = { name: '西湖区市场监督管理局', address: '杭州市西湖区样例路2号', phone: '0571-12315' };
const withAuthority: Registry = {
  ...registry,
  platforms: [{ name: '示例到家', aliases: [], operator: '杭州示例到家科技有限公司', division: '330106' }],
  authorities: [{ division: '330106', ...AUTHORITY }],
};
const dispatcher = staff('dispatcher');
const officer = staff('officer', '33020302');

/** A message about a shop on a platform whose operator is in Hangzhou, at the hub. */
async function filed(kind: Kind, read: Registry = withAuthority) {
  const deps = { ...house(), registry: registryOf(read), businesses: house().businesses };
  const business = { name: '示例到家' };
  const { number } = await keep(deps.cases, [registered(1, MONDAY, { kind, business })]);
  await triage(number, deps);
  const now = async () => (await deps.cases.case(number)) as Case;
  const take = async (action: Action, sent: object, who = dispatcher) =>
    act(number, action, { ...sent }, who, deps);
  const latest = async () => (await deps.cases.latestEvents(number, 1))[0] as CaseEvent;
  const tracked = async () => trackingAnswer.parse(await bodyOf(track(number, SECRET, deps)));
  const notice = async (id: string) => {
    const found = await now();
    const source = {
      event: await latest(),
      found,
      registry: read,
      settings: DEFAULT_SETTINGS,
      of: found,
      partnerAddress: undefined,
    };
    return JSON.stringify(noticeOfStep(id, source));
  };
  return { now, take, latest, tracked, notice };
}

test('while the hub looks at it the consumer sees who may be competent, with address and phone', async () => {
  const { now, tracked } = await filed('complaint');
  expect(await now()).toMatchObject({ state: 'at-hub', hubReason: 'elsewhere' });
  expect((await tracked()).authority).toEqual({ ...AUTHORITY, confirmed: false });
});

test('a refusal because it is not ours tells whom to turn to, in the notice and where he looks', async () => {
  const { take, latest, tracked, notice } = await filed('complaint');
  await take('distribute', { unit: '33020302' });
  // A dispatcher who sends it to a unit of ours says otherwise.
  expect((await tracked()).authority).toBeNull();
  await take(
    'refuse',
    { ground: 'art16-1', reason: '经营者住所地在杭州市西湖区，不在本局管辖范围之内。' },
    officer,
  );
  expect((await latest()).facts.elsewhere).toBe('330106');
  const text = await notice('refused');
  for (const part of Object.values(AUTHORITY)) expect(text).toContain(part);
  expect((await tracked()).authority).toEqual({ ...AUTHORITY, confirmed: true });
});

test('a refusal on any other ground tells nothing of it', async () => {
  const { take, latest, notice } = await filed('complaint');
  await take('distribute', { unit: '33020302' });
  await take('refuse', { ground: 'art16-2', reason: '海曙区人民法院已经受理同一纠纷，正在审理。' }, officer);
  expect((await latest()).facts).not.toHaveProperty('elsewhere');
  expect(await notice('refused')).not.toContain(AUTHORITY.name);
});

test('an informer whom the dispatcher points elsewhere is told the authority beside the dispatcher’s words', async () => {
  const { take, tracked, notice } = await filed('report');
  await take('point-elsewhere', { route: '平台经营者住所地的市场监管部门' });
  const text = await notice('report-not-competent');
  for (const part of ['平台经营者住所地的市场监管部门', ...Object.values(AUTHORITY)])
    expect(text).toContain(part);
  expect((await tracked()).authority).toEqual({ ...AUTHORITY, confirmed: true });
});

test('an authority that the register does not know is not made up', async () => {
  const { take, latest, tracked, notice } = await filed('report', { ...withAuthority, authorities: [] });
  expect((await tracked()).authority).toBeNull();
  await take('point-elsewhere', { route: '杭州的市场监管部门' });
  expect((await latest()).facts).not.toHaveProperty('elsewhere');
  expect(await notice('report-not-competent')).toContain('请直接向杭州的市场监管部门提出。');
});
