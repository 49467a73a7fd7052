import type { LocalDate } from '../dates.ts';
import type { Registry } from '../jurisdiction/registry.ts';
import { type PAUSE_REASONS, rulePackFor } from '../law/rule-packs.ts';
import { LARGEST_FEN } from '../money.ts';
import { isBoilerPlate } from './boiler-plate.ts';
import type { Case } from './case.ts';
import { FIRST_CLOCKS, isPaused, isRunning } from './turn-clocks.ts';

/** What a guard sees: the case, what was sent with the step, and who takes it when. */
export interface GuardInput {
  found: Case;
  /** Facts and words together, as they were sent. */
  sent: Readonly<Record<string, unknown>>;
  on: LocalDate;
  actor: { id: string; role: string };
  registry?: Pick<Registry, 'units' | 'officers'> | undefined;
}

/** Something that is missing or wrong: which field, and what to do, in Chinese and English. */
export interface GuardProblem {
  field: string;
  zh: string;
  en: string;
}

type Guard = (input: GuardInput) => readonly (GuardProblem | false | undefined)[];

const problem = (field: string, zh: string, en: string): GuardProblem => ({ field: `/${field}`, zh, en });
const sum = (found: Case, entry: keyof Case['money']) => found.money[entry] ?? 0;
const runs = (found: Case, id: string) =>
  found.clocks.find((clock) => clock.id === id && clock.stopped === undefined && clock.void === undefined);

/**
 * Sums that one step adds, by entry. An agreement states totals: after a reopening only what is new is booked, so
 * that the same money never counts twice.
 */
export function moneyOf(
  found: Pick<Case, 'money'>,
  sent: Readonly<Record<string, unknown>>,
): Partial<Record<keyof Case['money'], number>> {
  const fen = (name: string) => (typeof sent[name] === 'number' ? sent[name] : undefined);
  const paidFirst = sent.paidBy !== undefined && sent.paidBy !== 'business';
  const agreed = fen('agreedFen');
  const proven = fen('provenFen');
  const booked = (entry: keyof Case['money']) => found.money[entry] ?? 0;
  const entries = {
    agreed: agreed === undefined ? undefined : agreed - booked('agreed'),
    proven: agreed === undefined || proven === undefined ? proven : proven - booked('proven'),
    // Paid in place of the business: the consumer has the money, the payer may have it back from the business.
    'paid-first': paidFirst ? (proven ?? (sent.entry === 'proven' ? fen('fen') : undefined)) : undefined,
    fine: fen('fineFen'),
    'case-value': fen('caseValueFen'),
    reward: fen('rewardFen'),
    ...(typeof sent.entry === 'string' && typeof sent.fen === 'number' ? { [sent.entry]: sent.fen } : {}),
  };
  return Object.fromEntries(
    Object.entries(entries).filter(([, value]) => value !== undefined && value !== 0),
  );
}

/** What must be true for a step; each says what is missing. Rows of the life cycle name them. */
export const GUARDS = {
  'unit-of-this-bureau': ({ sent, registry }) => [
    registry !== undefined &&
      !registry.units.some(({ code }) => code === sent.unit) &&
      problem('unit', '没有这个单位，请核对代码', 'There is no such unit; please check the code'),
  ],
  'unit-below': ({ found, sent, registry }) => {
    const here = found.unitPath.at(-1);
    const target = registry?.units.find(({ code }) => code === sent.unit);
    const isBelow =
      target !== undefined &&
      pathOf(target.code, registry?.units ?? [])
        .slice(0, -1)
        .includes(here ?? '');
    return [
      registry !== undefined &&
        !isBelow &&
        problem(
          'unit',
          '不得自行移送：只能分送给本单位的下级；不属本职的请退回',
          'No lateral transfer (Art. 41): only to a unit below; hand back what is not yours',
        ),
    ];
  },
  'note-for-other-reason': ({ sent }) => [
    sent.reason === 'other' &&
      isBoilerPlate(sent.note, 4) &&
      problem('note', '选择“其他”时请写明原因', 'Please say why when the reason is "other"'),
  ],
  'another-kind': ({ found, sent }) => [
    sent.kind === found.kind && problem('kind', '已经是这一类型', 'It is of this kind already'),
  ],
  'until-inside-accept': ({ found, sent, on }) => {
    const accept = runs(found, 'accept');
    const until = sent.until as string | undefined;
    return [
      until !== undefined &&
        until <= on &&
        problem('until', '补正期限应当晚于今天', 'The last day must be after today'),
      until !== undefined &&
        accept !== undefined &&
        until > accept.due &&
        problem(
          'until',
          `补正期限不能晚于受理期限 ${accept.due}`,
          `The last day must not be after ${accept.due}, by which acceptance is decided`,
        ),
    ];
  },
  'consumer-agrees': ({ sent }) => [
    sent.consumerAgrees !== true && problem('consumerAgrees', '须经投诉人同意', 'The consumer must agree'),
  ],
  'offer-says-when': ({ sent }) => [
    Number(sent.offeredFen) > 0 &&
      !filled(sent.promisedOn) &&
      problem(
        'promisedOn',
        '有和解金额的，请写明付款日期',
        'A sum is offered: please say by when it is paid',
      ),
  ],
  'time-is-over': ({ found, on }) => [
    [...FIRST_CLOCKS].some((id) => (runs(found, id)?.due ?? '') >= on) &&
      problem('version', '先行和解期限未满', 'The time to settle first is not over'),
  ],
  'consumer-said-so': ({ sent, actor }) => [
    actor.role !== 'consumer' &&
      isBoilerPlate(sent.note, 8) &&
      problem(
        'note',
        '请写明投诉人何时、以何种方式确认',
        'Please say when and how the complainant confirmed',
      ),
  ],
  'reason-given': ({ sent }) => [
    isBoilerPlate(sent.reason, 8) &&
      problem(
        'reason',
        '请写明具体理由（不能只写“按规定”之类的套话）',
        'Please give the reason in this case, not a set phrase',
      ),
  ],
  'form-was-issued': ({ found, sent }) => [
    !found.forms.some(({ form }) => form === sent.form) &&
      problem('form', '本案没有制发过这份文书', 'This form was not issued in this case'),
  ],
  'consents-of-both': ({ sent }) => [
    sent.complainantConsents !== true &&
      problem(
        'complainantConsents',
        '须经投诉人同意（第十八条、第十九条）',
        'The complainant must agree (Art. 18, 19)',
      ),
    sent.businessConsents !== true &&
      problem(
        'businessConsents',
        '须经被投诉人同意（第十八条、第十九条）',
        'The business must agree (Art. 18, 19)',
      ),
  ],
  'time-and-place': ({ sent, on }) => [
    !filled(sent.meetsAt) && problem('meetsAt', '现场调解须提前告知时间', 'On the spot: say when (Art. 20)'),
    filled(sent.meetsAt) &&
      String(sent.meetsAt).slice(0, 10) < on &&
      problem('meetsAt', '调解时间不能早于今天', 'The meeting must not be in the past'),
    !filled(sent.place) && problem('place', '现场调解须提前告知地点', 'On the spot: say where (Art. 20)'),
    !filled(sent.mediators) &&
      problem('mediators', '现场调解须提前告知调解人员', 'On the spot: say who mediates (Art. 20)'),
  ],
  'cost-agreed': ({ sent }) => [
    sent.costAgreed !== true &&
      problem(
        'costAgreed',
        '费用由双方协商一致承担；协商不成的，终止调解（第二十三条第四项）',
        'Both must agree who pays; otherwise end the mediation (Art. 23(4))',
      ),
  ],
  'pause-fits': ({ found, sent }) => [
    found.clocks.some(({ pauses = [] }) => pauses.some(({ to }) => to === undefined)) &&
      problem('kind', '期限已经中止', 'The period is stopped already'),
    found.kind === 'complaint' &&
      !['testing', 'appraisal'].includes(String(sent.kind)) &&
      problem(
        'kind',
        '调解期限只因鉴定、检测中止（第二十二条）',
        'Mediation stops for testing and appraisal only (Art. 22)',
      ),
    found.kind === 'report' &&
      !stoppableBy(found, String(sent.kind)) &&
      problem(
        'kind',
        '这一期限不因该事由中止（处罚程序规定第十八条、第六十四条）',
        'This period does not stop for that reason (Procedure Art. 18, 64)',
      ),
  ],
  'is-paused': ({ found }) => [
    !found.clocks.some(({ pauses = [] }) => pauses.some(({ to }) => to === undefined)) &&
      problem('evidence', '期限没有中止', 'The period is not stopped'),
  ],
  'may-extend': ({ found, sent, on }) => {
    const extended = found.clocks.flatMap(({ id, void: gone, stopped, extensions = [] }) =>
      gone === undefined && stopped === undefined && id !== 'distribute' ? extensions : [],
    );
    const deciding = found.state === 'filed';
    const until = sent.until as string | undefined;
    const over = found.clocks.find(
      (clock) => isRunning(clock) && EXTENDABLE.has(clock.id) && !isPaused(clock) && clock.due < on,
    );
    return [
      over !== undefined &&
        problem('reason', `期限已于 ${over.due} 届满，不能再延期`, `The period ended on ${over.due}`),
      !deciding && extended.length > 0 && problem('reason', '只能延期一次', 'It can be extended only once'),
      !deciding &&
        until !== undefined &&
        problem(
          'until',
          '核查期限延长十五个工作日，不另定期限',
          'It is extended by 15 working days; no day can be set',
        ),
      deciding &&
        extended.length === 0 &&
        until !== undefined &&
        problem(
          'until',
          '第一次延期为三十日，不另定期限',
          'The first extension is 30 days; no day can be set',
        ),
      deciding &&
        extended.length > 0 &&
        (until === undefined || until <= on) &&
        problem(
          'until',
          '再次延期须经集体讨论并确定期限',
          'A further extension needs a collective decision and its last day',
        ),
    ];
  },
  'new-officer-if-granted': ({ found, sent, registry }) => [
    sent.granted === true &&
      (!filled(sent.officer) ||
        found.officers.includes(String(sent.officer)) ||
        !isOfUnit(found, sent.officer, registry)) &&
      problem('officer', '同意回避的，请指定本单位的另一名承办人', 'Please name another officer of the unit'),
  ],
  'sums-fit': ({ found, sent }) => {
    const added = moneyOf(found, sent);
    const after = (entry: keyof Case['money']) => sum(found, entry) + (added[entry] ?? 0);
    const entry = typeof sent.entry === 'string' ? 'fen' : 'provenFen';
    return [
      ...(Object.keys(added) as (keyof Case['money'])[]).map(
        (name) =>
          (after(name) < 0 || after(name) > LARGEST_FEN) &&
          problem(
            'fen',
            '更正后金额不能小于零或者超过上限',
            'The corrected sum must not be negative or above the limit',
          ),
      ),
      after('proven') > after('agreed') &&
        problem(entry, '已履行金额不能大于协议金额', 'The sum paid cannot exceed the sum agreed'),
      after('paid-first') > after('proven') &&
        problem(entry, '先行赔付金额不能大于已履行金额', 'What was paid first cannot exceed what was paid'),
      typeof sent.entry === 'string' &&
        sent.fen === 0 &&
        problem('fen', '金额不能为零', 'The sum must not be zero'),
    ];
  },
  'promise-not-past': ({ sent, on }) => [
    filled(sent.promisedOn) &&
      String(sent.promisedOn) < on &&
      problem('promisedOn', '约定履行日期不能早于今天', 'The day promised must not be in the past'),
  ],
  'promise-or-paid': ({ found, sent }) => {
    const agreed = Number(sent.agreedFen ?? 0);
    const proven = typeof sent.provenFen === 'number' ? sent.provenFen : sum(found, 'proven');
    return [
      sent.document === 'performed-at-once' &&
        proven < agreed &&
        problem(
          'provenFen',
          '即时履行的，请登记全部已履行金额',
          'Performed at once: please record the whole sum as paid',
        ),
      sent.document !== 'performed-at-once' &&
        proven < agreed &&
        !filled(sent.promisedOn) &&
        problem(
          'promisedOn',
          '尚未全部履行的，请写明约定履行日期',
          'Not all is paid: please give the day promised',
        ),
    ];
  },
  'no-joined-cases': ({ found }) => [
    found.joined.length > 0 &&
      problem(
        'version',
        '有其他投诉并入本案，请先拆出，再单独办理',
        'Other cases are joined to this one; please take them out first',
      ),
  ],
  'same-matter-confirmed': ({ sent }) => [
    sent.sameMatter !== true &&
      problem(
        'sameMatter',
        '须为同一经营者、同一争议，并经投诉人同意；举报须为同一举报人',
        'It must be the same business and dispute, with the consent of the complainant; for reports the same informer',
      ),
  ],
  'withdrawal-said': ({ sent, actor }) => [
    actor.role !== 'consumer' &&
      isBoilerPlate(sent.note, 8) &&
      problem(
        'note',
        '请写明投诉人何时、以何种方式表示撤回',
        'Please say when and how the complainant withdrew',
      ),
  ],
  'proof-period-over': ({ found, sent, on }) => {
    const identity = runs(found, 'identity');
    return [
      found.state === 'awaiting-proof' &&
        ['art16-5', 'art16-6'].includes(String(sent.ground)) &&
        identity !== undefined &&
        on <= identity.due &&
        problem(
          'ground',
          `补正期限到 ${identity.due} 才届满；投诉人已经答复的，请先登记收到补正`,
          `The proof may come until ${identity.due}; if the complainant has answered, record that first`,
        ),
    ];
  },
  'mediation-was-held': ({ found, sent }) => [
    sent.ground === 'art23-3' &&
      found.consents.mediation !== true &&
      found.consents.entrust !== true &&
      problem(
        'ground',
        '第三项须经组织调解：请先登记组织调解',
        'Ground (3) needs a mediation that was held: please record it first',
      ),
  ],
  'not-on-it': ({ found, actor }) => [
    found.officers.includes(actor.id) &&
      problem('version', '不能决定本人的回避', 'Nobody decides on his own recusal'),
  ],
  'not-offered-before': ({ found }) => [
    found.clocks.some(({ id }) => id === 'station-first') &&
      problem('partner', '已经先行和解过一次', 'The business was tried once already'),
  ],
  'shop-on-platform': ({ found }) => [
    found.complaint.business.platform === undefined &&
      problem(
        'note',
        '被投诉人不是平台内经营者；不属本所管辖的请退回',
        'Not a shop on a platform; hand the case back if you are not competent',
      ),
  ],
  'leader-known': ({ sent, registry }) => [
    registry !== undefined &&
      !registry.officers.some(({ id }) => id === sent.leader) &&
      problem('leader', '名册中没有此人', 'Not in the register'),
  ],
  'informer-was-told': ({ found }) => [
    runs(found, 'tell-informer') !== undefined &&
      problem(
        'found',
        '尚未告知实名举报人，请先登记告知',
        'The informer was not told yet; record that first',
      ),
  ],
  'represented-consent': ({ found, sent }) => [
    (found.consents.joint === true || found.joined.length > 0) &&
      sent.representedConsent !== true &&
      problem(
        'representedConsent',
        '代表人放弃请求或者达成协议，应当经被代表的投诉人同意（第十二条），请联系承办单位办理',
        'A representative needs the consent of those represented (Art. 12); please call the unit in charge',
      ),
  ],
  'power-of-attorney': ({ found, sent }) => [
    found.consents.agent === true &&
      sent.authoritySeen !== true &&
      problem(
        'authoritySeen',
        '代理人投诉的，受理前须核对授权委托书原件和代理人身份证明（第十一条）',
        'An agent complains: see the signed power of attorney and his identity card first (Art. 11)',
      ),
  ],
  'sixty-days-over': ({ found, sent, on }) => {
    const mediate = runs(found, 'mediate');
    return [
      sent.ground === 'art23-5' &&
        mediate !== undefined &&
        // While testing goes on no day is counted: the sixty cannot be over.
        (on < mediate.due || isPaused(mediate)) &&
        problem(
          'ground',
          `调解期限到 ${mediate.due} 才届满`,
          `The period of mediation runs until ${mediate.due}`,
        ),
    ];
  },
  'result-complete': ({ sent }) =>
    (['found', 'done', 'received', 'routes'] as const).map(
      (part) =>
        isBoilerPlate(sent[part], RESULT_PARTS[part].least) &&
        problem(part, RESULT_PARTS[part].zh, RESULT_PARTS[part].en),
    ),
  'acceptance-was-told': ({ found }) => [
    runs(found, 'accept') !== undefined &&
      problem(
        'found',
        '受理决定尚未告知投诉人，请先登记告知',
        'The complainant was not told of the acceptance; record that first',
      ),
  ],
  'consent-to-publish': ({ found }) => [
    found.consents.publish !== true &&
      problem(
        'note',
        '投诉人未同意公示，请选择不予公示',
        'The complainant does not agree to publication; please exclude it',
      ),
  ],
  'satisfaction-if-reached': ({ sent }) => [
    sent.reached === true &&
      !filled(sent.satisfaction) &&
      problem('satisfaction', '请记录满意度', 'Please record the satisfaction'),
  ],
  'not-erased': ({ found }) => [
    found.erased === true &&
      problem(
        'reason',
        '个人信息已依法清除，不能重新办理',
        'Personal data were erased; it cannot be reopened',
      ),
  ],
  'joint-consent': ({ sent }) => [
    sent.consents !== true &&
      problem('consents', '共同投诉须经本人同意（第十二条）', 'Each complainant must agree (Art. 12)'),
  ],
  'penalty-has-fine': ({ sent }) => [
    sent.decision === 'penalty' &&
      sent.fineFen === undefined &&
      problem('fineFen', '请填罚没款，没有的填 0', 'Please give the fine, 0 if there is none'),
  ],
  'has-informer': ({ found }) => [
    found.consents.anonymous === true &&
      problem('rewardFen', '匿名举报，没有可奖励的人', 'The report is anonymous'),
  ],
  'officer-of-the-unit': ({ found, sent, registry }) => [
    !isOfUnit(found, sent.officer, registry) &&
      problem('officer', '不是承办单位的人员', 'Not on the staff of the unit'),
  ],
  // Whoever is asked to look must be able to: what is sealed stays with those who are on it (Art. 37).
  'mention-of-the-unit': ({ found, sent, registry }) => [
    sent.mention !== undefined &&
      !(
        isOfUnit(found, sent.mention, registry) &&
        (found.kind !== 'report' || found.officers.some((officer) => officer === sent.mention))
      ) &&
      problem(
        'mention',
        '只能提请本单位能看本案的人员注意',
        'Only staff of the unit who may see the case can be asked to look at it',
      ),
  ],
  'nobody-on-it': ({ found, actor }) => [
    found.officers.length > 0 &&
      !found.officers.includes(actor.id) &&
      problem('officer', '已有承办人，请由所长指派', 'Somebody is on it; the head assigns'),
  ],
  'something-set-right': ({ sent }) => [
    ['problem', 'subject', 'division', 'creditCode'].every((name) => sent[name] === undefined) &&
      sent.noBusiness !== true &&
      problem('problem', '请至少更正一项', 'Please set at least one right'),
    sent.creditCode !== undefined &&
      sent.noBusiness === true &&
      problem(
        'noBusiness',
        '填写了信用代码，就不能同时选“不是名册中的经营者”',
        'Either a credit code, or none of the businesses known',
      ),
  ],
  'answer-by-not-past': ({ sent, on }) => [
    String(sent.answerBy) < on &&
      problem('answerBy', '反馈期限不能早于今天', 'The day must not be in the past'),
  ],
  'was-supervised': ({ found }) => [
    runs(found, 'supervision') === undefined &&
      problem('feedback', '没有待反馈的督办', 'No order waits for an answer'),
  ],
  'another-person': ({ found, actor }) => [
    found.proposal === undefined && problem('version', '没有待审核的事项', 'Nothing waits for approval'),
    found.proposal?.by === actor.id &&
      problem('version', '不能审核自己提出的事项', 'Nobody approves what he proposed'),
  ],
  'purpose-ended': ({ found, on }) => [
    found.erased !== true &&
      (found.eraseOn === undefined || found.eraseOn > on) &&
      problem('version', '保存期限未满', 'The data are still needed'),
    // A note that was written after the erasure has a term of its own.
    found.erased === true &&
      (found.eraseOn === undefined || found.eraseOn > on) &&
      problem('version', '已清除', 'Already erased'),
  ],
} as const satisfies Record<string, Guard>;

export type GuardId = keyof typeof GUARDS;

/** Which of several rows of one action is taken. */
export const CONDITIONS = {
  'has-unit': ({ found }) => found.unitPath.length > 1,
  'all-told': ({ found, sent }) => {
    const form = String(sent.form);
    const parties = FORM_PARTIES[form] ?? [];
    // A party that died or ceased to exist cannot be told (Art. 23(7)).
    const either = found.ground === 'art23-7';
    return (
      DECIDING_FORM[found.state] === form &&
      (either ? [String(sent.party)] : parties).every(
        (party) => party === sent.party || found.told[`${form}.${party}`] !== undefined,
      )
    );
  },
  'acceptance-told': ({ sent }) => sent.form === 'form-5' && sent.party === 'complainant',
  'promise-answered': ({ sent }) => sent.reached === true && sent.performed !== undefined,
  'tells-officer': ({ sent }) => sent.to === 'officer',
  'tells-head': ({ sent }) => sent.to === 'head',
  'tells-manager': ({ sent }) => sent.to === 'manager',
  'asks-partner': ({ found, sent }) => sent.clock === 'station-first' && found.offer !== undefined,
  'asks-consumer': ({ sent }) => sent.clock === 'confirm-first',
  'on-site': ({ sent }) => sent.mode === 'on-site',
  'writes-form-9': ({ sent }) => sent.document === 'form-9',
  'paid-in-full': ({ found, sent }) =>
    sum(found, 'proven') + (moneyOf(found, sent).proven ?? 0) >= sum(found, 'agreed'),
  'old-order': ({ found }) => found.receivedOn < '2026-04-15' && found.consents.anonymous !== true,
} as const satisfies Record<string, (input: GuardInput) => boolean>;

export type ConditionId = keyof typeof CONDITIONS;

/** Who must be told by which form. */
const FORM_PARTIES: Readonly<Record<string, readonly string[]>> = {
  'form-6': ['complainant'],
  'form-8': ['complainant', 'business'],
};
const DECIDING_FORM: Readonly<Record<string, string>> = { refused: 'form-6', terminated: 'form-8' };

/** The four parts of a result, and how many letters beyond set phrases each must say at the least. */
const RESULT_PARTS = {
  found: { least: 10, zh: '请写明查明了什么事实', en: 'Please say what was found' },
  done: {
    least: 10,
    zh: '请写明做了什么：联系了谁、何时、如何调解',
    en: 'Please say what was done: whom, when, how',
  },
  received: {
    least: 4,
    zh: '请写明消费者得到了什么，没有得到的也请写明',
    en: 'Please say what the consumer got, or that he got nothing and why',
  },
  routes: { least: 8, zh: '请写明还有哪些救济途径', en: 'Please say which routes are left' },
} as const;

/** True when a clock that runs may stop for this reason, by the rules of the day the case was received. */
function stoppableBy({ receivedOn, clocks }: Case, reason: string): boolean {
  const rules = rulePackFor(receivedOn).clocks;
  return clocks.some(
    (clock) =>
      isRunning(clock) && rules[clock.id]?.pauses.includes(reason as keyof typeof PAUSE_REASONS) === true,
  );
}

/** Clocks that can be extended. */
const EXTENDABLE: ReadonlySet<string> = new Set(['verify-report', 'verify-clue', 'decide-case']);

function isOfUnit(found: Case, officer: unknown, registry: GuardInput['registry']): boolean {
  if (registry === undefined) return true;
  const units = [...found.unitPath, ...found.coUnits];
  // Whoever audits or hands out is not put on a case: being on it opens what is sealed.
  return registry.officers.some(
    ({ id, unit, role }) => id === officer && units.includes(unit) && ['officer', 'head'].includes(role),
  );
}

const filled = (value: unknown) => typeof value === 'string' && value.trim() !== '';

function pathOf(code: string, units: readonly { code: string; parent?: string | undefined }[]): string[] {
  const unit = units.find((candidate) => candidate.code === code);
  return unit?.parent === undefined ? [code] : [...pathOf(unit.parent, units), code];
}

/** Everything that stands against a step; empty when it may be taken. */
export function problemsOf(guards: readonly GuardId[], input: GuardInput): GuardProblem[] {
  return guards
    .flatMap((id) => (GUARDS[id] as Guard)(input))
    .filter((found): found is GuardProblem => typeof found === 'object');
}
