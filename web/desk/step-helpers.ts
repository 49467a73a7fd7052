import type { Action } from '../../shared/case/actions.ts';
import type { State } from '../../shared/case/life-cycle.ts';
import type { CaseDetail } from '../api/answers.ts';
import type { Pair } from '../components/texts.ts';

/*
 * What the desk adds to the generic forms: which step usually comes next, what is known already, what a step means
 * and what the law wants of it. All of it data; the service decides.
 */

const isRunning = (found: CaseDetail, clock: string) =>
  found.clocks.some((one) => one.clock === clock && one.running);
const isPaused = (found: CaseDetail) => found.clocks.some(({ paused }) => paused);
const wasTold = (found: CaseDetail, key: string) => found.told[key] !== undefined;

/** The steps that usually come next in a state, the first one first; all others are under "More". */
export const USUAL_NEXT: Readonly<Record<State, readonly Action[]>> = {
  received: ['distribute', 'answer', 'point-elsewhere'],
  'at-hub': ['answer', 'distribute', 'offer-first', 'reclassify', 'point-elsewhere'],
  distributed: ['accept', 'verify', 'answer', 'refuse', 'point-elsewhere', 'return'],
  disputed: ['designate'],
  'awaiting-proof': ['receive-proof', 'accept', 'refuse'],
  'station-first': ['reconcile', 'insist', 'resend-offer', 'hand-back'],
  'first-agreed': ['confirm-settlement', 'insist'],
  accepted: ['tell', 'start-mediation', 'settle', 'terminate'],
  refused: ['tell'],
  mediating: ['settle', 'terminate', 'begin-testing'],
  testing: ['end-testing', 'terminate'],
  recusal: ['decide-recusal'],
  entrusted: ['settle', 'take-back', 'terminate'],
  settled: ['perform', 'close'],
  performed: ['close'],
  terminated: ['tell'],
  'terminated-told': ['close'],
  closed: ['publish', 'exclude', 'perform', 'call-back'],
  published: ['call-back', 'perform'],
  excluded: ['call-back', 'perform'],
  'refused-told': ['call-back', 'reopen'],
  reconciled: ['perform', 'call-back'],
  withdrawn: ['reopen'],
  joined: ['unjoin'],
  reclassified: [],
  verified: ['file-case', 'not-file', 'hand-over', 'extend'],
  filed: ['decide', 'extend', 'hand-over'],
  'not-filed': ['tell', 'close'],
  decided: ['tell', 'reward', 'close'],
  'report-closed': ['reward', 'reopen'],
  'handed-over': ['reopen'],
  'pointed-elsewhere': ['reopen'],
  answered: ['reopen'],
};

/** First of all, whatever the state: what somebody is waiting for. */
export const WAITED_FOR: readonly Action[] = ['approve', 'decline', 'answer-supervision'];

/** Steps that only make sense while this is so; they would be refused otherwise. */
export const SENSIBLE: Readonly<Partial<Record<Action, (found: CaseDetail) => boolean>>> = {
  approve: ({ proposal }) => proposal !== null,
  decline: ({ proposal }) => proposal !== null,
  'answer-supervision': (found) => isRunning(found, 'supervision'),
  'begin-pause': (found) => !isPaused(found),
  'end-pause': isPaused,
  take: ({ officers }) => officers.length === 0,
  tell: ({ forms }) => forms.length > 0,
  publish: ({ consents }) => consents.publish === true,
  perform: ({ money }) => (money.proven ?? 0) < (money.agreed ?? 0),
  reward: ({ consents }) => consents.anonymous !== true,
  reopen: ({ erased }) => !erased,
};

const decidingForm: Readonly<Partial<Record<string, string>>> = {
  'awaiting-proof': 'form-4',
  refused: 'form-6',
  terminated: 'form-8',
  'not-filed': 'form-10',
  decided: 'form-10',
};

/** Usual steps that are usual only while this is so. */
export const USUAL_WHILE: Readonly<Partial<Record<Action, (found: CaseDetail) => boolean>>> = {
  tell: (found) => {
    const form = decidingForm[found.state.code];
    if (form === undefined) return isRunning(found, 'accept');
    return found.forms.some((one) => one.form === form);
  },
};

/** What is known before anything is typed, by action and field. */
export const PREFILLED: Readonly<Partial<Record<Action, (found: CaseDetail) => Record<string, string>>>> = {
  tell: (found) => {
    const form = decidingForm[found.state.code] ?? found.forms.at(-1)?.form ?? '';
    const first = found.kind === 'report' ? 'informer' : 'complainant';
    return { form, party: wasTold(found, `${form}.${first}`) ? 'business' : first };
  },
  'split-report': ({ understood }) => ({ text: understood?.parts?.report ?? '' }),
};

/** Leaves out what cannot be chosen in this case. */
export const STILL_POSSIBLE: Readonly<
  Partial<Record<Action, (found: CaseDetail, field: string, code: string) => boolean>>
> = {
  tell: ({ kind, forms }, field, code) => {
    if (field === 'form') return forms.some(({ form }) => form === code);
    if (field === 'party') return kind === 'report' ? code === 'informer' : code !== 'informer';
    return true;
  },
  reclassify: ({ kind }, _, code) => code !== kind,
  'begin-testing': (_, field, code) => field !== 'kind' || code === 'testing' || code === 'appraisal',
};

/** Fields that only some cases need; in all others they are not shown. */
export const ONLY_WHEN: Readonly<Record<string, (found: CaseDetail) => boolean>> = {
  'accept.authoritySeen': ({ consents }) => consents.agent === true,
};

/** What to write into a field, by action and field. */
export const FIELD_HINTS: Readonly<Record<string, Pair>> = {
  'correct-understanding.division': {
    zh: '区县 6 位，街道、镇 9 位。只填要更正的，其余不变。',
    en: '6 digits for a county, 9 for a township. Fill in only what is wrong; the rest stays.',
  },
  'correct-understanding.creditCode': {
    zh: '营业执照上的 18 位代码；同一经营者的案件按它归在一起。',
    en: 'The 18 characters on the licence; cases of one business are found together by it.',
  },
  'close.found': {
    zh: '查清了什么事实：买了什么、出了什么问题、看到了哪些凭证。',
    en: 'The facts: what was bought, what went wrong, which proof you saw.',
  },
  'close.done': {
    zh: '什么时候联系了谁、怎么调解的、双方怎么说。',
    en: 'Whom you called and when, how it was mediated, what both sides said.',
  },
  'close.received': {
    zh: '退了、换了、赔了多少；没有得到的，也写明为什么。',
    en: 'What was paid back, exchanged or given; if nothing, say why.',
  },
  'close.routes': {
    zh: '还可以怎么办：例如向人民法院起诉、按仲裁协议申请仲裁。',
    en: 'What is still open: for example to sue, or to go to arbitration.',
  },
  'refuse.reason': {
    zh: '写明本案为什么符合这一情形；决定书上会写明其他解决途径。',
    en: 'Why this case meets the ground; the decision names the other routes.',
  },
  'terminate.reason': {
    zh: '写明谁在什么时候怎么表示的，或者期限何时届满。',
    en: 'Who said what and when, or when the period ended.',
  },
  'settle.agreedFen': {
    zh: '商家同意退、赔、付的总额；没有金额填 0。',
    en: 'All that the business agreed to pay back or give; 0 if there is no sum.',
  },
  'settle.provenFen': {
    zh: '有凭证证明已经付清的部分；没有就留空。',
    en: 'The part proven to be paid; leave it empty if there is none.',
  },
  'settle.promisedOn': {
    zh: '没有当场付清的，写约定哪天付；到期会提醒回访。',
    en: 'If not all is paid: the day it is promised for. You will be reminded to call back.',
  },
  'accept.authoritySeen': {
    zh: '投诉由代理人提出，受理前必须核对（第十一条）。',
    en: 'An agent complains: needed before it is accepted (Art. 11).',
  },
  'settle.representedConsent': {
    zh: '共同投诉时必选（第十二条）。',
    en: 'Needed for a joint complaint (Art. 12).',
  },
  'ask-proof.until': {
    zh: '不填就按内部时限；不能晚于受理期限。',
    en: 'Left empty, the usual limit; never after the day by which acceptance is decided.',
  },
  'start-mediation.meetsAt': { zh: '现场调解必填（第二十条）。', en: 'Needed on the spot (Art. 20).' },
  'start-mediation.place': { zh: '现场调解必填。', en: 'Needed on the spot.' },
  'start-mediation.mediators': { zh: '现场调解必填。', en: 'Needed on the spot.' },
  'extend.until': {
    zh: '只有再次延期才填：集体讨论决定的期限。',
    en: 'Only for a further extension, by collective decision.',
  },
  'decide.fineFen': {
    zh: '行政处罚必填，没有罚款填 0。',
    en: 'Needed for a penalty; 0 if there is no fine.',
  },
  'tell.proof': {
    zh: '例如通话时间、快递单号、短信回执编号。',
    en: 'Such as the time of the call, the number of the letter or of the SMS receipt.',
  },
  'split-report.text': {
    zh: '只写举报的内容，不写投诉人是谁。分出后另立一件，只有承办人能看。',
    en: 'Only the signs of a violation, not who told them. It becomes a sealed case of its own.',
  },
  'offer-first.place': {
    zh: '例如商场的消费维权服务站，或者商家自己。',
    en: 'Such as the rights station of the mall, or the business itself.',
  },
};

/** What the law wants of a step that is often refused, said before it is tried. */
export const WHAT_THE_LAW_WANTS: Readonly<Partial<Record<Action, Pair>>> = {
  accept: {
    zh: '受理后开始计算六十日调解期限，系统会通知投诉人。',
    en: 'The sixty days of mediation begin; the complainant is notified.',
  },
  refuse: {
    zh: '必须选一项法定情形，并写明本案的具体理由（第十六条）。',
    en: 'One ground of Art. 16 and the reason in this case are needed.',
  },
  return: {
    zh: '不能自行移送其他单位（第四十一条），只能退回统一接收机构。',
    en: 'A case cannot be passed on to another unit (Art. 41), only handed back to the hub.',
  },
  distribute: {
    zh: '只能分送给有处理权限的单位，本单位已收到的只能往下分送（第四十一条）。',
    en: 'Only to the unit that is competent; what a unit has goes down, never sideways (Art. 41).',
  },
  'offer-first': {
    zh: '须经投诉人同意；期限为十个工作日，期满或者投诉人要求时，由本局处理。',
    en: 'Needs the consumer’s consent; ten working days, and the authority takes over whenever the consumer insists.',
  },
  'start-mediation': {
    zh: '须双方都同意（第十八条）；现场调解要提前告知时间、地点、调解人员（第二十条）。',
    en: 'Both sides must agree (Art. 18); on the spot, both are told when, where and by whom (Art. 20).',
  },
  'begin-testing': {
    zh: '双方要先商定费用由谁承担；检测期间不计入六十日（第二十二条）。',
    en: 'Both sides first agree who pays; the time of testing is not counted (Art. 22).',
  },
  entrust: { zh: '须双方都同意（第十九条）。', en: 'Both sides must agree (Art. 19).' },
  settle: {
    zh: '已履行金额不能大于协议金额；没有当场付清的，请写约定履行日期。',
    en: 'What was paid cannot exceed what was agreed; if not all is paid, give the day promised.',
  },
  terminate: {
    zh: '必须选一项法定情形（第二十三条）；“六十日未达成协议”要到期满之后才能用。',
    en: 'One ground of Art. 23 is needed; "no agreement in sixty days" only when they are over.',
  },
  close: {
    zh: '四个部分都要写清楚，消费者会看到。只写“已处理”“按规定办理”不能办结；受理决定要已经告知投诉人。',
    en: 'All four parts must say something: the consumer reads them. Set phrases are refused, and the acceptance must have been told.',
  },
  exclude: {
    zh: '请写明不公示的原因。',
    en: 'Say why it is not published.',
  },
  publish: {
    zh: '投诉人同意公示的才能公示（第三十八条）。',
    en: 'Only with the complainant’s consent (Art. 38).',
  },
  join: {
    zh: '主办案件应当是先收到的同类案件；并入的各方都会继续得到通知，可以再拆出来。',
    en: 'The lead is the case that came first, of the same kind. Everybody stays informed, and it can be undone.',
  },
  extend: {
    zh: '核查只能延期一次，十五个工作日；立案后先延三十日，再延须集体讨论。',
    en: 'Verification once, by 15 working days; a filed case by 30 days, further by collective decision.',
  },
  'not-file': { zh: '请写明本案不予立案的具体理由。', en: 'Give the reason in this case.' },
  approve: { zh: '不能审核自己提出的事项。', en: 'Nobody approves what he proposed.' },
  take: { zh: '没有承办人的案件可以自己认领。', en: 'A case that nobody is on can be taken.' },
  assign: {
    zh: '只能指派本单位的承办人、所长。',
    en: 'Only officers and heads of the unit.',
  },
};

/** Steps that end something or cannot be taken back: asked once more, in plain words. */
export const ASKED_ONCE_MORE: Readonly<Partial<Record<Action, Pair>>> = {
  refuse: {
    zh: '不予受理后，投诉人会收到决定书，本案不再调解。确定吗？',
    en: 'The complainant gets the decision and there will be no mediation. Are you sure?',
  },
  terminate: {
    zh: '终止调解后，双方会收到决定书，本案不再调解。确定吗？',
    en: 'Both sides get the decision and the mediation ends. Are you sure?',
  },
  close: {
    zh: '办结后，消费者会看到您写的四个部分。确定办结吗？',
    en: 'The consumer will read the four parts. Close the case?',
  },
  publish: {
    zh: '公示后任何人都能看到这件投诉的信息。确定公示吗？',
    en: 'Everybody will be able to see the information on this complaint. Publish it?',
  },
  exclude: {
    zh: '本案将不公示，案件到此结束。确定吗？',
    en: 'It will not be published and the case ends here. Are you sure?',
  },
  withdraw: {
    zh: '替投诉人登记撤回后，案件到此结束。确定是投诉人本人的意思吗？',
    en: 'The case ends here. Is it really what the complainant wants?',
  },
  'confirm-settlement': {
    zh: '替投诉人登记确认后，案件按和解方案结束。确定是投诉人本人的意思吗？',
    en: 'The case ends as settled on this offer. Is it really what the complainant wants?',
  },
  reconcile: {
    zh: '登记和解成功后，案件到此结束。确定吗？',
    en: 'The case ends here as settled with the business. Are you sure?',
  },
  reclassify: {
    zh: '本案到此结束，并作为另一类型重新登记。确定吗？',
    en: 'This case ends and begins again as another kind. Are you sure?',
  },
  'not-file': {
    zh: '决定不予立案后不再调查。确定吗？',
    en: 'There will be no investigation. Are you sure?',
  },
  decide: {
    zh: '作出决定后不能更改。确定吗？',
    en: 'The decision cannot be changed afterwards. Are you sure?',
  },
  'hand-over': {
    zh: '移送后本局不再处理。确定吗？',
    en: 'The case leaves this authority. Are you sure?',
  },
  'point-elsewhere': {
    zh: '告知其他途径后，本局不再处理。确定吗？',
    en: 'This authority will do nothing more. Are you sure?',
  },
  answer: {
    zh: '答复会发给咨询人，案件到此结束。确定吗？',
    en: 'The answer is sent and the case ends. Are you sure?',
  },
  join: {
    zh: '并案后，本案跟随主办案件办理。确定吗？',
    en: 'From now on the case follows its lead. Are you sure?',
  },
};
