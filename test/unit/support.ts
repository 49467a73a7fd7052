import type * as z from 'zod';
import { type Submission, submission } from '../../events/submission.ts';
import type { DeskDependencies } from '../../functions/desk-api/desk.ts';
import type { PeopleLookups } from '../../functions/triage-case/neighbours.ts';
import { gazetteerBytes } from '../../infra/commands/build-gazetteer/gazetteer-bytes.ts';
import { businessRow } from '../../shared/businesses/business.ts';
import { placesOf } from '../../shared/businesses/places.ts';
import { ACTIONS, type Action } from '../../shared/case/actions.ts';
import type { Actor, Case, Identity, Kind } from '../../shared/case/case.ts';
import { makeCaseNumber } from '../../shared/case/case-number.ts';
import type { State } from '../../shared/case/life-cycle.ts';
import { register } from '../../shared/case/register.ts';
import { type Step, type StepContext, takeStep } from '../../shared/case/take-step.ts';
import { hashTrackingSecret } from '../../shared/case/tracking-secret.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { createReadComplaint, type ReadComplaint } from '../../shared/intake/read-complaint.ts';
import { completeCreditCode } from '../../shared/jurisdiction/credit-code.ts';
import { type Registry, unitPathOf } from '../../shared/jurisdiction/registry.ts';
import { type BureauSettings, settingsOf } from '../../shared/law/bureau-settings.ts';
import { createCalendar } from '../../shared/law/calendar.ts';
import { HOLIDAY_YEARS } from '../../shared/law/holidays.ts';
import type { Partner } from '../../shared/partners/partner.ts';
import type { Role, Staff } from '../../shared/people/roles.ts';
import { createMemoryBusinessStore } from '../../shared/store/business-store.ts';
import { createMemoryCalendarStore } from '../../shared/store/calendar-store.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import { createMemoryGuardStore, type GuardStore } from '../../shared/store/guard-store.ts';
import { createMemoryCaseStore, type MemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import { createMemoryNoticeStore } from '../../shared/store/memory-notice-store.ts';
import { createMemoryPartnerStore } from '../../shared/store/partner-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import { createMemoryRuleStore } from '../../shared/store/rule-store.ts';
import { readGazetteer } from '../../shared/understanding/places/gazetteer.ts';
import { createJudges } from '../../shared/understanding/understand.ts';

/** Monday, 2026-11-16, 10:00 in Shanghai: a week without holidays. */
export const MONDAY = '2026-11-16T02:00:00.000Z';
export const SECRET = 'K7QM4-X2D9P';
export const calendar = createCalendar(HOLIDAY_YEARS);
/** Ten in the morning of a day in Shanghai. */
export const tenOn = (day: string) => `${day}T02:00:00.000Z`;

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
const business = (n: number, name: string, aliases: string[], township: string) =>
  businessRow.parse({
    creditCode: completeCreditCode('91330200', String(n).padStart(8, '0')),
    name,
    aliases,
    address: '样例路',
    division: township,
    grade: 'B',
  });
const member = (role: Role, at: string, id = `${role}-${at}`) => ({ id, name: '测试员', role, unit: at });

/** A small city: places as on the map, stations and businesses made up. */
export const registry: Registry = {
  version: 1,
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
  rules: [],
  officers: [
    member('officer', '33020301', 'officer-a1'),
    member('officer', '33020301'),
    member('head', '33020301'),
    member('officer', '33020302'),
    member('officer', COUNTY_A),
    member('officer', '33021201'),
    member('manager', '330200'),
  ],
};

/** Who does business there: one whom nobody else is called like, and two that share a name. */
export const BUSINESSES = [
  business(1, '宁波示例甲餐饮有限公司', ['甲面馆', '甲 小 面'], '330203105'),
  business(2, '宁波示例乙超市有限公司', ['乙超市', '连锁便利'], '330212105'),
  business(3, '宁波示例丙便利店', ['连锁便利'], '330203001'),
] as const;

/** A rights station and a business that settle first. */
export const PARTNERS: readonly Partner[] = [
  {
    code: 'S330203001',
    kind: 'rights-station',
    name: '某商场消费维权服务站',
    aliases: [],
    divisions: ['330203001'],
    addresses: ['样例商场'],
    phone: '13800000021',
    from: '2026-01-01',
    keys: [],
  },
  {
    code: 'B330203001',
    kind: 'business',
    name: '宁波示例甲餐饮有限公司',
    aliases: ['甲面馆'],
    divisions: [],
    addresses: [],
    creditCode: BUSINESSES[0].creditCode,
    email: 'odr@example.org',
    from: '2026-01-01',
    keys: [],
  },
];

/** The register as a store that reads this one register. */
export function registryOf(read: Registry = registry): RegistryStore {
  return { read: async () => read, load: async () => read.version };
}

export const consumer: Actor = { role: 'consumer', id: 'complainant' };
export const system: Actor = { role: 'system', id: 'triage-case' };
const OFFICER: Actor = { role: 'officer', id: 'officer-a1' };

export function context(
  at = MONDAY,
  actor: Actor = OFFICER,
  settings: Partial<BureauSettings> = {},
): StepContext {
  return {
    actor,
    now: () => new Date(at),
    salt: () => 'salt',
    calendar,
    settings: settingsOf(settings),
    registry,
  };
}

export function staff(role: Role, at = '330200'): Staff {
  return { id: `${role}-${at}`, role, unit: at };
}

// Made once: making a schema costs more than parsing with it.
const submitted = submission(() => '2026-11-21');

/** What a consumer sends at the least, with changes. */
export function message(changes: Partial<z.input<ReturnType<typeof submission>>> = {}): Submission {
  return submitted.parse({
    text: '在古林镇某面馆买到变质的面条，商家拒绝退款。',
    complainant: { name: '某甲', phone: '13800000000' },
    business: { address: '宁波市海曙区古林镇测试路1号' },
    claimedFen: 12_300,
    ...changes,
  });
}

export const IDENTITY: Identity = { name: '某甲', phone: '13800000000' };

/** Registers a message, in memory. */
export function registered(draw = 0, at = MONDAY, changes: Parameters<typeof message>[0] = {}): Step {
  const { kind, complainant, joint, report: _, ...complaint } = message(changes);
  const together = joint?.map(({ consents: __, ...person }) => person);
  const identity = complainant && together ? { ...complainant, joint: together } : complainant;
  const secretHash = hashTrackingSecret(SECRET);
  return register(
    complaint,
    { kind, channel: 'web', bureau: '330200', draw, secretHash, identity },
    context(at, consumer),
  );
}

/** The first case of all: others may be joined under it. */
const LEAD = makeCaseNumber('2026-11-16', 999_999);

const RESULT = {
  found: '经查，商家于十月售出的面条超过保质期三天，有购物小票为证。',
  done: '十一月十六日电话联系双方并到店核实，现场组织调解一次。',
  received: '退还货款一百元并当面致歉。',
  routes: '如不履行，可以向人民法院提起诉讼或者申请仲裁。',
};

/** What is sent with each action when all is in order. */
export const SENT: Readonly<Record<Action, Readonly<Record<string, unknown>>>> = {
  distribute: { unit: '33020301', area: 'A101', basis: 'dispatcher' },
  refer: { reason: 'address-missing', candidates: [] },
  recall: {},
  return: { reason: 'not-competent', note: '不属本所' },
  unreachable: { note: '十六日、十七日各打三次电话无人接听，登门已搬走。' },
  'raise-dispute': { reason: '经营地在另一县区，双方均认为不属自己管辖。' },
  designate: { unit: '33021201' },
  reclassify: { kind: 'other' },
  'correct-understanding': { problem: '价格', subject: '食品类' },
  'split-report': { text: '后厨有老鼠，食材过期。' },
  'open-clue': { text: '调解时发现无证经营。' },
  'ask-proof': { wanted: '身份证复印件', until: '2026-11-19' },
  'receive-proof': {},
  'offer-first': { partner: 'S330203001', partnerKind: 'rights-station', consumerAgrees: true },
  'resend-offer': {},
  'offer-settlement': { offeredFen: 10_000, terms: '退一赔一，现金支付', promisedOn: '2027-06-30' },
  'confirm-settlement': { note: '投诉人十六日来电，表示同意该方案。', representedConsent: true },
  'hand-back': { reason: '双方对责任认定分歧较大，协商不成。' },
  'move-on': { clock: 'station-first', movedOn: '2027-06-30' },
  reconcile: { agreedFen: 10_000, provenFen: 10_000 },
  insist: {},
  accept: {},
  refuse: { ground: 'art16-1', reason: '该事项属于教育行政部门职责，不在本局职权之内。' },
  tell: { form: 'form-5', party: 'complainant', by: 'phone', proof: '通话录音第12号' },
  'start-mediation': { complainantConsents: true, businessConsents: true, mode: 'phone' },
  'begin-testing': {
    kind: 'testing',
    institution: '市检测院',
    costAgreed: true,
    evidence: '检测委托书第1号',
  },
  'end-testing': { evidence: '检测报告第1号' },
  'apply-recusal': { party: 'business', mediator: '测试员', reason: '与投诉人是亲属' },
  'decide-recusal': { granted: true, officer: 'officer-a1', reason: '情况属实' },
  entrust: { organisation: '市消费者协会', complainantConsents: true, businessConsents: true },
  'take-back': {},
  settle: { agreedFen: 10_000, provenFen: 2_500, document: 'off-site', promisedOn: '2027-06-30' },
  perform: { provenFen: 7_500, paidBy: 'business', evidence: '转账凭证' },
  terminate: { ground: 'art23-2', reason: '被投诉人明确拒绝参加调解，电话两次。' },
  withdraw: { note: '投诉人十六日来电，表示撤回投诉。' },
  close: RESULT,
  publish: {},
  exclude: { reason: 'no-consent' },
  'call-back': { reached: true, satisfaction: 'satisfied' },
  reopen: { reason: '投诉人称商家反悔' },
  join: { lead: LEAD, sameMatter: true },
  'take-in': { case: LEAD },
  unjoin: {},
  alarm: { signs: ['injury'] },
  'flag-incident': { incident: 'c0ffee', people: 5, cases: 6, tell: 'begun' },
  'let-out': { case: LEAD },
  verify: { found: '现场检查发现过期食品三箱。' },
  'begin-pause': { kind: 'testing', evidence: '抽样单第3号' },
  'end-pause': { evidence: '检验报告第3号' },
  extend: { reason: '案情复杂' },
  'file-case': { fileNumber: '甬市监立〔2026〕1号', reason: '涉嫌经营过期食品' },
  'not-file': { reason: '违法行为轻微并已及时改正，没有造成危害后果。' },
  decide: { decision: 'penalty', fineFen: 500_000, caseValueFen: 30_000, basis: '食品安全法第一百二十四条' },
  reward: { rewardFen: 20_000, basis: 'reward-rules' },
  'hand-over': { authority: 'police', name: '某区公安分局', reason: '涉嫌犯罪，货值超过追诉标准。' },
  'point-elsewhere': { route: '请向教育行政部门提出' },
  'add-facts': {},
  'add-words': { text: '小票在这里，一共花了299元。' },
  rate: { points: '5', remark: '处理得很快' },
  'ask-reopen': { reason: '答应月底退款，到现在没有退。' },
  answer: { answer: '七日无理由退货不适用于定作的商品。' },
  assign: { officer: 'officer-a1' },
  unassign: {},
  take: {},
  'take-over': { leader: 'manager-330200', reason: '社会影响大' },
  'add-unit': { unit: '33020302', reason: '跨辖区' },
  supervise: { order: '请三日内反馈', answerBy: '2026-11-19' },
  'answer-supervision': { feedback: '已经约见双方' },
  remind: { clock: 'accept' },
  escalate: { clock: 'accept', level: 1, to: 'officer' },
  'recount-dates': { clocks: [] },
  'correct-identity': { fields: ['phone'] },
  propose: { action: 'refuse', ground: 'art16-1', reason: '该事项属于教育行政部门职责。' },
  approve: {},
  decline: { reason: '理由不足' },
  note: { text: '已电话联系' },
  'record-money': { entry: 'agreed', fen: 100, evidence: '协议' },
  'correct-money': { entry: 'claimed', fen: -300, reason: '投诉人更正了诉求金额，见通话记录。' },
  'add-complainant': { consents: true },
  'issue-form': {},
  erase: {},
};

/** A step with its own request, where the usual one does not fit. */
type Move = Action | readonly [Action, Readonly<Record<string, unknown>>];

const TOLD_5: Move = ['tell', { form: 'form-5', party: 'complainant', by: 'sms', proof: '回执' }];
const told = (form: string, party: string): Move => ['tell', { form, party, by: 'sms', proof: '回执' }];
const ACCEPTED: Move[] = ['distribute', 'accept'];
const CLOSED: Move[] = [...ACCEPTED, TOLD_5, 'settle', 'perform', 'close'];
const VERIFIED: Move[] = ['distribute', 'verify'];

/** One way from the registration to every state of every kind. */
export const WAYS: Readonly<Record<Kind, Partial<Record<State, readonly Move[]>>>> = {
  complaint: {
    received: [],
    'at-hub': ['refer'],
    distributed: ['distribute'],
    disputed: ['distribute', 'raise-dispute'],
    'awaiting-proof': ['distribute', 'ask-proof'],
    'station-first': ['distribute', 'offer-first'],
    'first-agreed': ['distribute', 'offer-first', 'offer-settlement'],
    accepted: ACCEPTED,
    refused: ['distribute', 'refuse'],
    'refused-told': ['distribute', 'refuse', told('form-6', 'complainant')],
    mediating: [...ACCEPTED, 'start-mediation'],
    testing: [...ACCEPTED, 'start-mediation', 'begin-testing'],
    recusal: [...ACCEPTED, 'start-mediation', 'apply-recusal'],
    entrusted: [...ACCEPTED, 'entrust'],
    settled: [...ACCEPTED, 'settle'],
    performed: [...ACCEPTED, 'settle', 'perform'],
    terminated: [...ACCEPTED, 'terminate'],
    'terminated-told': [
      ...ACCEPTED,
      TOLD_5,
      'terminate',
      told('form-8', 'complainant'),
      told('form-8', 'business'),
    ],
    closed: CLOSED,
    published: [...CLOSED, 'publish'],
    excluded: [...CLOSED, 'exclude'],
    reconciled: ['distribute', 'offer-first', 'reconcile'],
    withdrawn: ['withdraw'],
    joined: ['distribute', 'join'],
    reclassified: ['refer', 'reclassify'],
  },
  report: {
    received: [],
    'at-hub': ['refer'],
    distributed: ['distribute'],
    disputed: ['distribute', 'raise-dispute'],
    verified: VERIFIED,
    filed: [...VERIFIED, 'file-case'],
    'not-filed': [...VERIFIED, 'not-file'],
    decided: [...VERIFIED, 'file-case', 'decide'],
    'report-closed': [...VERIFIED, 'not-file', 'close'],
    'handed-over': [...VERIFIED, 'hand-over'],
    'pointed-elsewhere': ['distribute', 'point-elsewhere'],
    joined: ['distribute', 'join'],
    reclassified: ['refer', 'reclassify'],
  },
  inquiry: inquiryWays('inquiry'),
  other: inquiryWays('complaint'),
};

function inquiryWays(other: string): Partial<Record<State, readonly Move[]>> {
  const kind = other === 'inquiry' ? 'other' : 'complaint';
  return {
    received: [],
    'at-hub': ['refer'],
    distributed: ['distribute'],
    answered: ['distribute', 'answer'],
    'pointed-elsewhere': ['refer', 'point-elsewhere'],
    withdrawn: ['withdraw'],
    reclassified: ['refer', ['reclassify', { kind }]],
  };
}

/** Takes an action with what is usually sent; a case that is handed out counts for its new unit. */
export function take(
  before: Case,
  action: Action,
  sent: Readonly<Record<string, unknown>> = SENT[action],
  using: StepContext = context(),
): Step {
  const moves = ['distribute', 'designate'].includes(action);
  const countsFor = moves ? unitPathOf(String(sent.unit), registry.units) : before.unitPath;
  return takeStep(before, action, sent, using, countsFor);
}

/** The steps that lead to a state, all at the same time, at station A1. */
export function stepsTo(state: State, draw = 0, at = MONDAY, kind: Kind = 'complaint'): Step[] {
  const way = WAYS[kind][state];
  if (way === undefined) throw new RangeError(`a ${kind} is never ${state}`);
  const consents = kind === 'complaint' ? { consents: { publish: true } } : {};
  return follow([registered(draw, at, { kind, ...consents })], way, at);
}

/** Goes on from the last step. */
export function follow(steps: readonly Step[], moves: readonly Move[], at = MONDAY): Step[] {
  return moves.reduce<Step[]>(
    (all, move) => {
      const [action, sent] = typeof move === 'string' ? [move, SENT[move]] : move;
      return [...all, take((all.at(-1) as Step).after, action, sent, context(at))];
    },
    [...steps],
  );
}

export function caseIn(state: State, draw = 0, at = MONDAY, kind: Kind = 'complaint'): Case {
  return (stepsTo(state, draw, at, kind).at(-1) as Step).after;
}

/** Keeps a case with all its steps, and who sent it unless the report is anonymous. */
export async function keep(
  cases: CaseStore,
  steps: readonly Step[],
  identity: Identity | undefined = IDENTITY,
): Promise<Case> {
  const [first, ...others] = steps as [Step, ...Step[]];
  const anonymous = first.after.consents.anonymous === true;
  const registration = { step: first, identity: anonymous ? undefined : identity };
  const outcome = await cases.commit({ registrations: [registration] });
  if (outcome !== 'committed') throw new Error(`not kept: ${outcome}`);
  for (const step of others) await cases.commit({ steps: [step] });
  return (steps.at(-1) as Step).after;
}

/** Everything the verbs need, in memory; `clock.at` is the present moment, `logged` what was logged. */
export interface House extends DeskDependencies {
  cases: MemoryCaseStore;
  guard: GuardStore;
  people: PeopleLookups;
  read: ReadComplaint;
  randomBytes: (count: number) => Uint8Array;
  bureau: string;
  clock: { at: string };
  logged: { code: string; facts: unknown }[];
}

function builtInJudges() {
  const judges = createJudges();
  return async () => ({ judges });
}

// Built when a test first reads a complaint: most never do.
let reader: ReadComplaint | undefined;
const readComplaint: ReadComplaint = (found, home) => {
  reader ??= createReadComplaint(readGazetteer(gazetteerBytes()), builtInJudges());
  return reader(found, home);
};

export function house(settings: Partial<BureauSettings> = {}, cases = createMemoryCaseStore()): House {
  const clock = { at: MONDAY };
  const logged: House['logged'] = [];
  let drawn = 500;
  let byte = 0;
  return {
    cases,
    identities: cases.complainants,
    people: cases.complainants,
    incidents: cases.incidents,
    deskWork: cases.deskWork,
    notices: createMemoryNoticeStore(),
    partners: createMemoryPartnerStore(PARTNERS),
    businesses: createMemoryBusinessStore(BUSINESSES, placesOf(registry)),
    registry: registryOf({ ...registry, settings }),
    rules: createMemoryRuleStore(registry),
    calendar: createMemoryCalendarStore(),
    guard: createMemoryGuardStore(),
    bureau: '330200',
    now: () => new Date(clock.at),
    randomInt: () => (drawn += 1),
    randomBytes: (length) => Uint8Array.from({ length }, () => (byte += 1)),
    salt: () => 'salt',
    read: readComplaint,
    log: (code, facts) => logged.push({ code, facts }),
    clock,
    logged,
  };
}

/** The problem that this throws; fails when it throws nothing, or something else. */
export async function problemOf(attempt: () => unknown): Promise<Problem> {
  try {
    await attempt();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('no problem was thrown');
}

/** The body of an answer as it travels, for tests that look at single fields. */
// oxlint-disable-next-line no-explicit-any -- whatever the test looks for
export async function bodyOf(answer: Promise<Answer>): Promise<any> {
  return plain((await answer).body);
}

/** As it looks after a way through JSON: without the fields that are undefined. */
export function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

export const ALL_ACTIONS = Object.keys(ACTIONS) as Action[];
