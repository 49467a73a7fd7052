/** A reason that the law, or the hub's rules, allow for a step; nothing else may be given. */
export interface Ground {
  zh: string;
  en: string;
  basis: string;
}

/** The seven grounds to refuse a complaint (不予受理), Order 121 Art. 16. */
export const REFUSAL_GROUNDS = {
  'art16-1': {
    zh: '投诉事项不属于市场监督管理部门职责，或者本行政机关不具有处理权限的',
    en: "Not a matter for market supervision, or outside this authority's power",
    basis: '总局令第121号第十六条第（一）项',
  },
  'art16-2': {
    zh: '法院、仲裁机构、市场监督管理部门或者其他行政机关、消费者协会已经受理或者处理过同一消费者权益争议的',
    en: 'A court, arbitrator, agency or consumer association has already taken up the same dispute',
    basis: '总局令第121号第十六条第（二）项',
  },
  'art16-3': {
    zh: '不是为生活消费需要购买、使用商品或者接受服务，或者不能证明与被投诉人之间存在消费者权益争议的',
    en: 'Not for daily consumption, or no dispute with this business is shown',
    basis: '总局令第121号第十六条第（三）项',
  },
  'art16-4': {
    zh: '除法律另有规定外，投诉人知道或者应当知道自己的权益受到被投诉人侵害之日起超过三年的',
    en: 'More than three years since the consumer knew or should have known',
    basis: '总局令第121号第十六条第（四）项',
  },
  'art16-5': {
    zh: '未提供本办法第十条第一款、第十一条规定的材料，或者提供虚假材料的',
    en: 'Material required by Art. 10(1) or 11 is missing or false',
    basis: '总局令第121号第十六条第（五）项',
  },
  'art16-6': {
    zh: '冒用他人名义或者拒不配合市场监督管理部门核验真实身份信息的',
    en: "Another person's name was used, or the identity check was refused",
    basis: '总局令第121号第十六条第（六）项',
  },
  'art16-7': {
    zh: '法律、法规、规章规定不予受理的其他情形',
    en: 'Another case in which a law or rule forbids acceptance',
    basis: '总局令第121号第十六条第（七）项',
  },
} as const satisfies Record<string, Ground>;

/** The eight grounds to end a mediation (终止调解), Order 121 Art. 23. */
export const TERMINATION_GROUNDS = {
  'art23-1': {
    zh: '投诉人撤回投诉或者双方自行和解的',
    en: 'The complaint was withdrawn or the parties settled by themselves',
    basis: '总局令第121号第二十三条第一款第（一）项',
  },
  'art23-2': {
    zh: '投诉人、被投诉人无正当理由不参加调解，或者明确拒绝调解的',
    en: 'A party stays away without good cause or refuses mediation',
    basis: '总局令第121号第二十三条第一款第（二）项',
  },
  'art23-3': {
    zh: '经组织调解，投诉人或者被投诉人明确表示无法达成调解协议的',
    en: 'A party states that no agreement can be reached',
    basis: '总局令第121号第二十三条第一款第（三）项',
  },
  'art23-4': {
    zh: '投诉人与被投诉人对鉴定、检测费用承担无法协商一致的',
    en: 'The parties cannot agree who pays for testing',
    basis: '总局令第121号第二十三条第一款第（四）项',
  },
  'art23-5': {
    zh: '自投诉受理之日起六十日内投诉人和被投诉人未能达成调解协议的',
    en: 'No agreement within sixty days of acceptance',
    basis: '总局令第121号第二十三条第一款第（五）项',
  },
  'art23-6': {
    zh: '市场监督管理部门受理投诉后，发现存在本办法第十六条、第四十二条规定情形的',
    en: 'A ground of Art. 16 or 42 was found after acceptance',
    basis: '总局令第121号第二十三条第一款第（六）项',
  },
  'art23-7': {
    zh: '投诉人、被投诉人死亡或者主体资格灭失的',
    en: 'A party died or ceased to exist',
    basis: '总局令第121号第二十三条第一款第（七）项',
  },
  'art23-8': {
    zh: '法律、法规、规章规定的应当终止调解的其他情形',
    en: 'Another case in which a law or rule ends the mediation',
    basis: '总局令第121号第二十三条第一款第（八）项',
  },
} as const satisfies Record<string, Ground>;

const HUB_RULE = '统一接收机构退回规则（总局令第121号第四十一条：不得自行移送）';

/** Why a unit hands a case back to the hub (退回); it must never transfer it itself (Order 121 Art. 41). */
export const RETURN_REASONS = {
  'missing-elements': { zh: '缺失要素', en: 'Parts are missing', basis: HUB_RULE },
  unclear: { zh: '表述不清', en: 'Not clear what is meant', basis: HUB_RULE },
  'wrong-kind': { zh: '类型有误', en: 'Wrong kind of case', basis: HUB_RULE },
  'address-unknown': { zh: '地址不详', en: 'Address not known', basis: HUB_RULE },
  'known-answer': { zh: '已有知识', en: 'Answer is already published', basis: HUB_RULE },
  duplicate: { zh: '重复受理', en: 'Already being handled', basis: HUB_RULE },
  withdrawn: { zh: '市民撤诉', en: 'Withdrawn by the citizen', basis: HUB_RULE },
  'not-competent': { zh: '不属本职', en: 'Not our duty', basis: HUB_RULE },
  other: { zh: '其他', en: 'Other', basis: HUB_RULE },
} as const satisfies Record<string, Ground>;

/** Why triage leaves a case to the dispatcher instead of sending it to a station. */
export const HUB_REASONS = {
  'address-missing': { zh: '没有写明经营者地址', en: "The business's address is missing" },
  'address-not-found': {
    zh: '地址不在本局辖区或无法识别',
    en: 'The address is outside our area or was not recognised',
  },
  'address-ambiguous': { zh: '地址对应多个监管所', en: 'The address fits several stations' },
  elsewhere: { zh: '应由其他地区的机关处理', en: 'An authority elsewhere is competent' },
  'not-sure': { zh: '把握不足，需人工确认', en: 'Not sure enough to go without a person' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type RefusalGround = keyof typeof REFUSAL_GROUNDS;
export type TerminationGround = keyof typeof TERMINATION_GROUNDS;
export type HubReason = keyof typeof HUB_REASONS;
export type ReturnReason = keyof typeof RETURN_REASONS;

/** Why the information on a complaint is not published (不予公示); Order 121 Art. 38 and 39. */
export const EXCLUSION_REASONS = {
  'no-consent': {
    zh: '投诉人不同意公示',
    en: 'The complainant does not agree',
    basis: '总局令第121号第三十八条；投诉登记表"是否同意公示投诉信息"',
  },
  secret: {
    zh: '涉及国家秘密、商业秘密或者个人隐私',
    en: 'State or business secrets, or privacy',
    basis: '总局令第121号第三十九条',
  },
  'not-consumer': {
    zh: '不属于消费争议或者恶意投诉',
    en: 'No consumer dispute, or bad faith',
    basis: '总局令第121号第十六条第（三）项、第四十二条',
  },
  other: { zh: '其他不宜公示的情形', en: 'Other', basis: '总局令第121号第三十九条' },
} as const satisfies Record<string, Ground>;

/** On what a reward rests (举报奖励). */
export const REWARD_BASES = {
  'reward-rules': {
    zh: '市场监管领域重大违法行为举报奖励暂行办法',
    en: 'Interim Measures on Rewards for Reporting Major Violations',
    basis: '总局令第121号第三十六条',
  },
  'local-rules': { zh: '地方奖励规定', en: 'Local rules', basis: '总局令第121号第三十六条' },
} as const satisfies Record<string, Ground>;
