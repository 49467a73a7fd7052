/*
 * Choices that the fields of actions.ts offer and that no article numbers.
 */

/** Forms that may be told by internet, phone, SMS, e-mail or letter (notes of forms 5–8 and 10), and forms 4 and 9. */
export const TOLD_FORMS = {
  'form-4': { zh: '限期提供身份证明材料通知书', en: 'Request for proof' },
  'form-5': { zh: '投诉受理决定书', en: 'Acceptance' },
  'form-6': { zh: '投诉不予受理决定书', en: 'Refusal' },
  'form-7': { zh: '投诉调解通知书', en: 'Invitation to mediation' },
  'form-8': { zh: '投诉终止调解决定书', en: 'End of mediation' },
  'form-10': { zh: '举报处理结果告知书', en: 'Result of a report' },
} as const;

export const PARTIES = {
  complainant: { zh: '投诉人', en: 'Complainant' },
  business: { zh: '被投诉人', en: 'Business' },
  informer: { zh: '举报人', en: 'Informer' },
} as const;

export const TOLD_BY = {
  sms: { zh: '短信', en: 'SMS' },
  email: { zh: '电子邮件', en: 'E-mail' },
  phone: { zh: '电话', en: 'Phone' },
  letter: { zh: '信函', en: 'Letter' },
  internet: { zh: '互联网', en: 'Internet' },
  'in-person': { zh: '当面', en: 'In person' },
} as const;

/** Art. 20: on the spot or not. */
export const CONSENTED_MODES = {
  'on-site': { zh: '现场调解', en: 'On the spot' },
  phone: { zh: '电话调解', en: 'By phone' },
  online: { zh: '互联网、音视频调解', en: 'Online' },
} as const;

/** Art. 24: a mediation document, or why there is none. */
export const MEDIATION_DOCUMENTS = {
  'form-9': { zh: '制作调解书', en: 'Mediation document' },
  'performed-at-once': { zh: '即时履行，不制作', en: 'None: performed at once' },
  'both-waive': { zh: '双方同意不制作', en: 'None: both agree to go without' },
  'off-site': { zh: '非现场调解，作调解记录', en: 'Record only: mediated off site' },
} as const;

export const PAYERS = {
  business: { zh: '被投诉经营者', en: 'The business' },
  trader: { zh: '销售者、平台内经营者先行赔付', en: 'Trader, paying first' },
  venue: { zh: '场所、柜台出租者先行赔付', en: 'Venue, paying first' },
  platform: { zh: '平台先行赔付', en: 'Platform, paying first' },
} as const;

export const SATISFACTION = {
  satisfied: { zh: '满意', en: 'Satisfied' },
  'mostly-satisfied': { zh: '基本满意', en: 'Mostly satisfied' },
  dissatisfied: { zh: '不满意', en: 'Not satisfied' },
} as const;

/** The five steps of the 好差评 of government services (State Council Office, Guobanfa 2019 No. 51). */
export const POINTS = {
  5: { zh: '非常满意', en: 'Very satisfied' },
  4: { zh: '满意', en: 'Satisfied' },
  3: { zh: '基本满意', en: 'Mostly satisfied' },
  2: { zh: '不满意', en: 'Not satisfied' },
  1: { zh: '非常不满意', en: 'Not satisfied at all' },
} as const;

export const DECISIONS = {
  penalty: { zh: '行政处罚', en: 'Penalty' },
  'no-penalty': { zh: '不予行政处罚', en: 'No penalty' },
  revoked: { zh: '撤销立案', en: 'Filing revoked' },
} as const;

export const OTHER_AUTHORITIES = {
  police: { zh: '公安机关', en: 'Police' },
  'market-regulator': { zh: '其他市场监督管理部门', en: 'Another market supervision authority' },
  'other-agency': { zh: '其他行政机关', en: 'Another agency' },
} as const;

/** What a case may be turned into; a report is split off instead, so that its informer is sealed. */
export const NEW_KINDS = {
  complaint: { zh: '投诉', en: 'Complaint' },
  report: { zh: '举报', en: 'Report' },
  inquiry: { zh: '咨询', en: 'Inquiry' },
  other: { zh: '其他', en: 'Other' },
} as const;
