import type { Pair } from '../components/texts.ts';

export const TRACK = {
  title: { zh: '查询进度', en: 'Track a case' },
  intro: {
    zh: '请填写登记时给您的编号和查询码。',
    en: 'Give the number and the secret you got when you filed.',
  },
  number: { zh: '编号', en: 'Number' },
  numberHint: { zh: '13 位数字，例如 261121-483729-1', en: '13 digits, such as 261121-483729-1' },
  badNumber: {
    zh: '编号不对，请核对：13 位数字',
    en: 'This is not a case number, please check it: 13 digits',
  },
  secret: { zh: '查询码', en: 'Secret' },
  secretHint: { zh: '10 位字母和数字，大小写都可以', en: '10 letters and digits, capitals or not' },
  badSecret: { zh: '请填写查询码：只有字母和数字', en: 'Please give the secret: letters and digits only' },
  submit: { zh: '查询', en: 'Show' },
  again: { zh: '刷新', en: 'Refresh' },
  other: { zh: '查另一件', en: 'Track another case' },
  state: { zh: '现在的状态', en: 'It is now' },
  received: { zh: '登记日期', en: 'Registered on' },
  next: { zh: '下一个法定日期', en: 'Next legal date' },
  noStation: { zh: '接线员正在核对由哪个监管所办理', en: 'A dispatcher is finding the station in charge' },
  ground: { zh: '理由', en: 'Ground' },
  recovered: { zh: '为您挽回', en: 'Recovered for you' },
  withdraw: { zh: '撤回', en: 'Withdraw' },
  withdrawQuestion: {
    zh: '撤回后这件事就不再办理了。确定撤回吗？',
    en: 'Nobody will work on it any more. Really withdraw?',
  },
  withdrawAccepted: {
    zh: '撤回后，承办人会终止调解。确定撤回吗？',
    en: 'The officer will end the mediation. Really withdraw?',
  },
  withdrawSure: { zh: '确定撤回', en: 'Yes, withdraw' },
  withdrawalAsked: {
    zh: '您已表示撤回，承办人会终止调解。',
    en: 'You have withdrawn; the officer will end the mediation.',
  },
  addition: { zh: '补充说明', en: 'Add to what you said' },
  additionHint: {
    zh: '例如商家名称、金额、日期。请不要重复已经说过的内容。',
    en: 'For example the name of the business, a sum, a day. No need to repeat what you said.',
  },
  addWords: { zh: '补充', en: 'Add' },
  added: { zh: '已收到您的补充。', en: 'What you added has arrived.' },
  insist: { zh: '商家没有解决，请监管部门处理', en: 'The business did not solve it: I want the authority' },
  insistQuestion: {
    zh: '不再等商家，由监管部门决定是否受理。确定吗？',
    en: 'No more waiting for the business: the authority decides whether to accept. Are you sure?',
  },
  insistSure: { zh: '确定，请监管部门处理', en: 'Yes, I want the authority' },
  withBusiness: { zh: '正在先行和解', en: 'Being settled first' },
  offered: { zh: '对方提出的和解方案', en: 'What you are offered' },
  offeredSum: { zh: '和解金额', en: 'Sum' },
  offeredTerms: { zh: '和解内容', en: 'What is offered' },
  offeredBy: { zh: '最迟履行日期', en: 'Paid or done by' },
  confirmBy: { zh: '请在这一天之前答复', en: 'Please answer by' },
  confirmAdvice: {
    zh: '同意就确认；不同意，或者到期没有答复，都由监管部门继续处理，不影响您的投诉。',
    en: 'Confirm if you agree. If you refuse, or say nothing by that day, the authority goes on with your complaint.',
  },
  confirm: { zh: '同意，确认这个方案', en: 'I agree: confirm it' },
  confirmQuestion: {
    zh: '确认后这件投诉按这个方案结束；对方不履行的，可以再来找我们。确定吗？',
    en: 'The complaint ends on these terms; if they are not kept, come back to us. Are you sure?',
  },
  confirmSure: { zh: '确定，我同意', en: 'Yes, I agree' },
  refuseOffer: { zh: '不同意，请监管部门处理', en: 'I refuse: I want the authority' },
  refuseQuestion: {
    zh: '不接受这个方案，由监管部门决定是否受理。确定吗？',
    en: 'You refuse this offer and the authority decides whether to accept. Are you sure?',
  },
  done: { zh: '已办好。', en: 'Done.' },
  elsewhere: { zh: '有处理权限的其他机关', en: 'The authority that is competent' },
  turnThere: {
    zh: '这件事不由我们处理，请直接向这个机关提出。',
    en: 'This is not ours to handle: please turn to this authority.',
  },
  mayBeThere: {
    zh: '从您填写的内容看，可能由这个机关处理。我们正在核对，您也可以先打电话问。',
    en: 'By what you wrote this authority may be the one. We are checking; you may also call there.',
  },
  answer: { zh: '答复', en: 'The answer' },
  used: { zh: '已过 {used} 天，共 {whole} 天', en: '{used} of {whole} days are over' },
  rate: { zh: '办得怎么样？', en: 'How was it handled?' },
  rateHint: { zh: '点一下就行，只能评一次。', en: 'One tap is enough. You can rate once.' },
  rated: { zh: '谢谢您的评价。', en: 'Thank you for your rating.' },
  ratedAs: { zh: '您的评价：{points}。谢谢！', en: 'Your rating: {points}. Thank you!' },
  reopen: { zh: '还没解决？可以请求重新办理', en: 'Not solved? You may ask to have it taken up again' },
  reopenHint: {
    zh: '写清为什么，例如：商家答应退款，到现在没退。由负责人决定是否重新办理。',
    en: 'Say why, for example: the business promised a refund and has not paid. The head of the unit decides.',
  },
  reopenSure: { zh: '请求重新办理', en: 'Ask to have it taken up again' },
  reopenAsked: {
    zh: '已收到您的请求，负责人会看您写的理由，决定是否重新办理。',
    en: 'Your request has arrived. The head of the unit reads why, and decides.',
  },
  routesLeft: { zh: '还可以怎么办', en: 'What else you can do' },
} as const satisfies Record<string, Pair>;

/** What each state means for the person. */
export const PLAINLY: Readonly<Partial<Record<string, Pair>>> = {
  received: {
    zh: '收到了，正在找管这家店的监管所。',
    en: 'It has arrived; the station in charge is being found.',
  },
  'at-hub': { zh: '接线员正在核对由哪个所办理。', en: 'A dispatcher is finding the station in charge.' },
  distributed: {
    zh: '已经送到监管所，等它决定受不受理。结果会告诉您。',
    en: 'The station has it and decides whether to accept. You will be told.',
  },
  'awaiting-proof': {
    zh: '还差您的材料，请按通知补上，不然可能不受理。',
    en: 'Something is still needed from you; please hand it in as the notice says.',
  },
  'station-first': {
    zh: '先由维权服务站或者商家跟您商量；谈不拢，监管所接着办。',
    en: 'The rights station or the business talks to you first; if that fails the authority goes on.',
  },
  'first-agreed': { zh: '对方提出了办法，等您答复。', en: 'There is an offer that waits for your answer.' },
  accepted: {
    zh: '已受理，监管所会联系您和商家。',
    en: 'Accepted: the station will call you and the business.',
  },
  mediating: { zh: '正在两边调解。', en: 'It is being mediated.' },
  testing: {
    zh: '东西正在检测，这段时间不算在期限里。',
    en: 'It is being tested; that time is not counted.',
  },
  entrusted: { zh: '消费者协会等组织正在调解。', en: 'An association is mediating.' },
  settled: { zh: '双方谈成了，等商家履行。', en: 'Both sides agree; the business has to keep it.' },
  performed: { zh: '商家已经履行。', en: 'The business has done what was agreed.' },
  'terminated-told': {
    zh: '没有谈成，调解结束。您还可以去法院起诉或者申请仲裁。',
    en: 'No agreement was reached. You may still go to court or to arbitration.',
  },
  closed: { zh: '已经办完，结果在下面。', en: 'It is finished; the result stands below.' },
  published: { zh: '已经办完，结果在下面。', en: 'It is finished; the result stands below.' },
  excluded: { zh: '已经办完，结果在下面。', en: 'It is finished; the result stands below.' },
  'refused-told': { zh: '没有受理，理由在下面。', en: 'It was not accepted; why stands below.' },
  reconciled: {
    zh: '您和商家已经和解。对方不履行，可以请求重新办理。',
    en: 'You have settled with the business. If it does not keep it, ask to have this taken up again.',
  },
  withdrawn: { zh: '您撤回了，不再办理。', en: 'You have withdrawn it.' },
  joined: { zh: '和您的另一件合在一起办。', en: 'It is handled together with another one.' },
  answered: { zh: '已经答复，内容在下面。', en: 'It was answered; see below.' },
};
