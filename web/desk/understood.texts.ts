import { REQUEST_NAMES } from '../../shared/understanding/request-names.ts';
import type { Scope, Urgency } from '../../shared/understanding/understanding.ts';
import type { Pair } from '../components/texts.ts';

/** Words of what the system read in a complaint. */
export const UNDERSTOOD = {
  title: { zh: '系统读到的内容', en: 'What the system read' },
  note: {
    zh: '仅供参考，以办案人员的判断为准；有误请用“更正分类”。正文中标出的是依据的原话。',
    en: 'A hint; what staff decide counts. If it is wrong, use "Set the classes right". The words it rests on are marked in the text.',
  },
  between: { zh: '、', en: ', ' },
  both: { zh: '投诉并举报', en: 'Complaint and report' },
  kind: { zh: '性质', en: 'Kind' },
  problem: { zh: '问题类别', en: 'Problem' },
  subject: { zh: '商品服务类别', en: 'Goods or service' },
  category: { zh: '本局分类', en: 'The bureau’s own class' },
  respondent: { zh: '文中的商家', en: 'Business named' },
  place: { zh: '文中的地点', en: 'Place named' },
  purchasedOn: { zh: '购买日期', en: 'Day of buying' },
  requests: { zh: '诉求', en: 'Wishes' },
  scope: { zh: '市场监管职责', en: 'Within our duties' },
  authorities: { zh: '可能主管的部门', en: 'Who else may be responsible' },
  missing: { zh: '还缺少', en: 'Still missing' },
  questions: { zh: '可以先问', en: 'Ask first' },
  corrected: { zh: '已人工更正', en: 'set right by staff' },
  reportPart: { zh: '举报部分（不给商家看）', en: 'The report in it (never shown to the business)' },
  likely: { zh: '较可能', en: 'likely' },
  check: { zh: '请核对', en: 'please check' },
  scopes: {
    yes: { zh: '属于', en: 'yes' },
    no: { zh: '可能不属于', en: 'perhaps not' },
    unsure: { zh: '需要判断', en: 'to be weighed' },
  } satisfies Record<Scope, Pair>,
  urgencies: {
    injury: { zh: '有人受伤或者送医', en: 'Somebody is hurt' },
    'food-poisoning': { zh: '疑似食物中毒', en: 'Perhaps food poisoning' },
    'many-people': { zh: '涉及多人', en: 'Many people' },
    children: { zh: '涉及儿童、孕妇', en: 'Children or expectant mothers' },
    'danger-going-on': { zh: '危险仍在继续', en: 'The danger goes on' },
  } satisfies Record<Urgency, Pair>,
  wishes: REQUEST_NAMES,
} as const;
