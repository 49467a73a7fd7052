import { ACTIONS } from '../shared/case/actions.ts';
import type { Pair } from './texts.ts';

/** What the consumer reads where the officer's word for a step says too little. */
const SAID_PLAINLY: Readonly<Record<string, Pair>> = {
  registered: { zh: '已登记', en: 'Registered' },
  distributed: { zh: '已分送承办单位', en: 'Handed to the unit in charge' },
  referred: { zh: '转人工核对由谁管辖', en: 'Left to a dispatcher to find the unit' },
  returned: { zh: '承办单位退回，重新分派', en: 'Handed back by the unit, to be sent again' },
  'dispute-raised': { zh: '正在确定由谁管辖', en: 'It is being decided who is competent' },
  designated: { zh: '已指定处理机关', en: 'The authority was designated' },
  reclassified: { zh: '按其他类型处理', en: 'Taken up as another kind of case' },
  'proof-asked': { zh: '请您补正材料', en: 'You were asked for proof' },
  'proof-received': { zh: '已收到您补正的材料', en: 'Your proof was received' },
  'offered-first': { zh: '转商家或者维权服务站先行和解', en: 'Handed to the business to settle first' },
  reconciled: { zh: '双方已自行和解', en: 'Settled with the business' },
  insisted: { zh: '您要求由监管部门处理', en: 'You asked for the authority' },
  accepted: { zh: '已受理', en: 'Accepted' },
  refused: { zh: '决定不予受理', en: 'Not accepted' },
  told: { zh: '已登记告知', en: 'A party was told' },
  'mediation-started': { zh: '组织调解', en: 'The mediation began' },
  'testing-begun': { zh: '送检，期限暂停', en: 'Sent for testing; the period stops' },
  'testing-ended': { zh: '检测结束，期限恢复', en: 'Testing is over; the period goes on' },
  'taken-back': { zh: '收回委托，由本局继续调解', en: 'Taken back from the association' },
  settled: { zh: '调解成功，达成协议', en: 'Settled, both sides agreed' },
  performed: { zh: '商家已履行', en: 'The business paid' },
  terminated: { zh: '终止调解', en: 'Mediation ended' },
  withdrawn: { zh: '您撤回了投诉', en: 'You withdrew' },
  closed: { zh: '已办结', en: 'Closed' },
  published: { zh: '已公示', en: 'Published' },
  excluded: { zh: '不予公示', en: 'Not published' },
  reopened: { zh: '重新办理', en: 'Taken up again' },
  joined: { zh: '与同类案件一并办理', en: 'Handled together with another case' },
  unjoined: { zh: '恢复单独办理', en: 'Handled on its own again' },
  verified: { zh: '已核查', en: 'Verified' },
  'pause-begun': { zh: '期限暂停', en: 'The period stops' },
  'pause-ended': { zh: '期限恢复', en: 'The period goes on' },
  extended: { zh: '办理期限已延长', en: 'The period was extended' },
  filed: { zh: '已立案', en: 'A case was filed' },
  'not-filed': { zh: '决定不予立案', en: 'No case was filed' },
  decided: { zh: '已作出处理决定', en: 'The case was decided' },
  'handed-over': { zh: '已移送其他机关', en: 'Handed to another authority' },
  'pointed-elsewhere': { zh: '已告知应当向哪里提出', en: 'You were told where to turn' },
  answered: { zh: '已答复', en: 'Answered' },
  'money-recorded': { zh: '登记了金额', en: 'A sum was recorded' },
  'money-corrected': { zh: '更正了金额', en: 'A sum was corrected' },
  'complainant-added': { zh: '增加了共同投诉人', en: 'A joint complainant was added' },
  erased: { zh: '个人信息已依法清除', en: 'Personal data were erased' },
};

const OF_ACTIONS: Readonly<Record<string, Pair>> = Object.fromEntries(
  Object.values(ACTIONS).map(({ event, zh, en }) => [event, { zh, en }]),
);

/** An event as the consumer reads it. */
export function eventForConsumer(type: string): Pair {
  return SAID_PLAINLY[type] ?? eventForStaff(type);
}

/** An event in the words of the action that wrote it. */
export function eventForStaff(type: string): Pair {
  return OF_ACTIONS[type] ?? SAID_PLAINLY[type] ?? { zh: type, en: type };
}
