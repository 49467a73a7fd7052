import type * as z from 'zod';
import { type Submission, submission } from '../../events/submission.ts';
import type { Actor, Case } from '../../shared/case/case.ts';
import type { State } from '../../shared/case/life-cycle.ts';
import {
  accept,
  distribute,
  refer,
  refuse,
  register,
  type Step,
  type StepContext,
  settle,
  terminate,
} from '../../shared/case/steps.ts';
import { hashTrackingSecret } from '../../shared/case/tracking-secret.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import { createCalendar } from '../../shared/law/calendar.ts';
import { HOLIDAY_YEARS } from '../../shared/law/holidays.ts';
import type { Role, Staff } from '../../shared/people/roles.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';

/** Monday, 2026-11-16, 10:00 in Shanghai: a week without holidays. */
export const MONDAY = '2026-11-16T02:00:00.000Z';
export const SECRET = 'K7QM4-X2D9P';
export const calendar = createCalendar(HOLIDAY_YEARS);

export const COUNTY_A = '330203';
const COUNTY_B = '330212';
/** Two stations of the first county, one of the second. */
export const STATION_A1 = ['330200', COUNTY_A, '33020301'];
export const STATION_A2 = ['330200', COUNTY_A, '33020302'];
export const STATION_B1 = ['330200', COUNTY_B, '33021201'];

const division = (code: string, name: string, county: [string, string], station: string, area: string) => ({
  code,
  name,
  county: { code: county[0], name: county[1] },
  station,
  area: { code: area, name: `片区${area}`, officer: `officer-${area}` },
});
const HAISHU: [string, string] = [COUNTY_A, '海曙区'];
const YINZHOU: [string, string] = [COUNTY_B, '鄞州区'];
const unit = (code: string, kind: 'city' | 'county' | 'station', name: string, parent?: string) => ({
  code,
  kind,
  name,
  address: `测试路${code}号`,
  phone: '0574-00000000',
  ...(parent === undefined ? {} : { parent }),
});
const business = (creditCode: string, name: string, aliases: string[], township: string) => ({
  creditCode,
  name,
  aliases,
  address: '',
  division: township,
  grade: 'B' as const,
});

/** A small city: places as on the map, stations and businesses made up. */
export const registry: Registry = {
  bureau: '330200',
  city: '宁波市',
  units: [
    unit('330200', 'city', '宁波市市场监督管理局'),
    unit(COUNTY_A, 'county', '海曙区市场监督管理局', '330200'),
    unit('33020301', 'station', '南门市场监督管理所', COUNTY_A),
    unit('33020302', 'station', '古林市场监督管理所', COUNTY_A),
    unit(COUNTY_B, 'county', '鄞州区市场监督管理局', '330200'),
    unit('33021201', 'station', '姜山市场监督管理所', COUNTY_B),
    unit('33021202', 'station', '中河市场监督管理所', COUNTY_B),
    unit('330281', 'county', '余姚市市场监督管理局', '330200'),
    unit('33028101', 'station', '梨洲市场监督管理所', '330281'),
  ],
  divisions: [
    division('330203001', '南门街道', HAISHU, '33020301', 'A101'),
    division('330203002', '城东街道', HAISHU, '33020301', 'A101'),
    division('330203105', '古林镇', HAISHU, '33020302', 'A201'),
    division('330203106', '高桥镇', HAISHU, '33020302', 'A202'),
    division('330203107', '新城街道', HAISHU, '33020302', 'A202'),
    division('330212001', '东街道', YINZHOU, '33021201', 'B101'),
    division('330212105', '姜山镇', YINZHOU, '33021201', 'B102'),
    division('330212002', '中河街道', YINZHOU, '33021202', 'B201'),
    division('330212003', '新城街道', YINZHOU, '33021202', 'B201'),
    division('330281001', '梨洲街道', ['330281', '余姚市'], '33028101', 'C101'),
  ],
  businesses: [
    business('91330200000000001A', '宁波示例甲餐饮有限公司', ['甲面馆', '甲 小 面'], '330203105'),
    business('91330200000000002B', '宁波示例乙超市有限公司', ['乙超市', '连锁便利'], '330212105'),
    business('91330200000000003C', '宁波示例丙便利店', ['连锁便利'], '330203001'),
  ],
  officers: [{ id: 'officer-a1', name: '测试员', role: 'officer', unit: '33020301' }],
};

/** The register as a store that reads this one register. */
export function registryOf(read: Registry = registry): RegistryStore {
  return { read: async () => read, load: async () => {} };
}

export const consumer: Actor = { role: 'consumer', id: 'complainant' };

export function context(at = MONDAY, actor: Actor = { role: 'officer', id: 'officer-a1' }): StepContext {
  return { actor, now: () => new Date(at), calendar };
}

export function staff(role: Role, at = '330200'): Staff {
  return { id: `${role}-${at}`, role, unit: at };
}

/** What a consumer sends at the least, with changes. */
export function message(changes: Partial<z.input<ReturnType<typeof submission>>> = {}): Submission {
  const schema = submission(() => '2026-11-21');
  return schema.parse({
    text: '在古林镇某面馆买到变质的面条，商家拒绝退款。',
    complainant: { name: '某甲', phone: '13800000000' },
    business: { address: '宁波市海曙区古林镇测试路1号' },
    claimedFen: 12_300,
    ...changes,
  });
}

/** Registers a complaint, in memory. */
export function registered(draw = 0, at = MONDAY, changes: Parameters<typeof message>[0] = {}): Step {
  const { complainant, ...complaint } = message(changes);
  const origin = { channel: 'web', bureau: '330200', draw, secretHash: hashTrackingSecret(SECRET) } as const;
  return register(complaint, origin, context(at, consumer));
}

export const IDENTITY = { name: '某甲', phone: '13800000000' };

/** The steps that lead to a state, all at the same time, at station A1. */
export function stepsTo(state: State, draw = 0, at = MONDAY): Step[] {
  const first = registered(draw, at);
  const to = { unitPath: STATION_A1, area: 'A101' };
  const next = (before: Step, take: (found: Case, context: StepContext) => Step) =>
    take(before.after, context(at));
  if (state === 'received') return [first];
  if (state === 'at-hub') {
    return [first, next(first, (c, x) => refer(c, { reason: 'address-missing', candidates: [] }, x))];
  }
  const second = next(first, (c, x) => distribute(c, to, 'township-in-address', x));
  if (state === 'distributed') return [first, second];
  if (state === 'refused') {
    return [first, second, next(second, (c, x) => refuse(c, { ground: 'art16-1' }, x))];
  }
  const third = next(second, accept);
  if (state === 'accepted') return [first, second, third];
  const last =
    state === 'settled'
      ? next(third, (c, x) => settle(c, { agreedFen: 10_000, provenFen: 2_500 }, x))
      : next(third, (c, x) => terminate(c, { ground: 'art23-2' }, x));
  return [first, second, third, last];
}

export function caseIn(state: State, draw = 0, at = MONDAY): Case {
  return (stepsTo(state, draw, at).at(-1) as Step).after;
}

/** Keeps a case with all its steps. */
export async function keep(cases: CaseStore, steps: readonly Step[]): Promise<Case> {
  const [first, ...others] = steps as [Step, ...Step[]];
  await cases.register(first, IDENTITY, undefined);
  for (const step of others) await cases.commit(step);
  return (steps.at(-1) as Step).after;
}

/** The problem that this throws; fails when it throws nothing, or something else. */
export async function problemOf(take: () => unknown): Promise<Problem> {
  try {
    await take();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('no problem was thrown');
}

/** The body of an answer, for tests that look at single fields. */
// oxlint-disable-next-line no-explicit-any -- whatever the test looks for
export async function bodyOf(answer: Promise<Answer>): Promise<any> {
  return (await answer).body;
}
