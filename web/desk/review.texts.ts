import type { Pair } from '../components/texts.ts';

/** Words of what heads and managers review: rules, classes, the watch-list, a business, the load of a unit. */
export const REVIEW = {
  why: { zh: '理由', en: 'Why' },
  accept: { zh: '采纳', en: 'Accept' },
  decline: { zh: '不采纳', en: 'Decline' },
  needsWhy: { zh: '请写明理由', en: 'Please say why' },
  none: { zh: '没有待审的。', en: 'Nothing waits.' },
  done: { zh: '已记录。', en: 'Recorded.' },
  cases: { zh: '依据的案件', en: 'Cases behind it' },

  // Rules
  rules: { zh: '分派规则', en: 'Routing rules' },
  rulesIntro: {
    zh: '从办结的案件和反复的退回中学到的。采纳前先看试算：过去九十天的案件如果按它分派，会多对几件、错几件。',
    en: 'Learnt from closed cases and repeated returns. The trial says how the cases of the last ninety days would have gone.',
  },
  asksPerson: { zh: '由分派员决定', en: 'a dispatcher decides' },
  seen: {
    zh: '归它的 {here} 件，归别处的 {elsewhere} 件；其中人工分派 {byPeople} 件，退回 {returns} 次',
    en: '{here} ended there, {elsewhere} elsewhere; {byPeople} were sent by people, {returns} came back',
  },
  trial: {
    zh: '试算过去 {days} 天 {cases} 件：{moved} 件改去处',
    en: 'Trial on {cases} cases of {days} days: {moved} go elsewhere',
  },
  trialRight: { zh: '分对 {before} → {after} 件', en: 'right {before} → {after}' },
  trialReturns: { zh: '少退 {saved}、多退 {caused}', en: '{saved} returns saved, {caused} caused' },
  adviceDecline: {
    zh: '系统建议不采纳：错的比对的多。',
    en: 'The system advises against it: more go wrong than right.',
  },
  from: { zh: '从哪天起', en: 'From the day' },
  nothingToAct: { zh: '您可以查看，不能决定。', en: 'You can look, not decide.' },
  undoRules: {
    zh: '撤回上一次采纳（回到第 {before} 版）',
    en: 'Take the last change back (to version {before})',
  },
  register: { zh: '现行登记册第 {version} 版', en: 'Register in force: version {version}' },

  // Classes
  classes: { zh: '分类监管建议', en: 'Classes of businesses' },
  classesIntro: {
    zh: '投诉集中的，建议调低监管类别，多去看看；长期没有投诉的，建议调高。由您决定。',
    en: 'Who draws many complaints is proposed for a lower class and more visits, who draws none for a higher one. You decide.',
  },
  change: { zh: '{from} 类 → {to} 类', en: 'class {from} → {to}' },
  people: { zh: '{days} 天内 {people} 人', en: '{people} people in {days} days' },

  // Watch-list
  watch: { zh: '重点关注名单', en: 'Watch-list' },
  watchIntro: {
    zh: '正在重点关注的商家，到期自动移出。',
    en: 'Businesses that are watched; each leaves the list on its day.',
  },
  until: { zh: '到 {day}', en: 'until {day}' },
  since: { zh: '自 {day}', en: 'since {day}' },
  endWatch: { zh: '移出名单', en: 'Take off the list' },
  putOn: { zh: '列入名单', en: 'Put on the watch-list' },
  untilDay: { zh: '关注到哪天', en: 'Until' },
  watched: { zh: '重点关注中', en: 'Watched' },
  noneWatched: { zh: '名单上没有商家。', en: 'Nobody is on the list.' },

  // A business
  business: { zh: '商家档案', en: 'Record of a business' },
  grade: { zh: '监管类别', en: 'Class' },
  patrol: { zh: '巡查', en: 'Visits' },
  creditCode: { zh: '统一社会信用代码', en: 'Credit code' },
  aliases: { zh: '又名', en: 'Also called' },
  shops: { zh: '网店', en: 'Shops online' },
  itsCases: { zh: '它的案件（您能看的）', en: 'Its cases (that you may see)' },
  older: { zh: '还有更早的。', en: 'There are older ones.' },
  noCases: { zh: '没有您能看的案件。', en: 'There are no cases that you may see.' },

  // Load
  load: { zh: '负荷', en: 'Load' },
  loadIntro: {
    zh: '按离期限还有几个工作日给每件案件一个分量，加起来就是一个人的负荷。移动由您决定，可以撤销。',
    en: 'A case weighs more the fewer working days are left; the sum is a person’s load. Nothing moves by itself, and it can be taken back.',
  },
  officer: { zh: '承办人', en: 'Officer' },
  open: { zh: '在办', en: 'Open' },
  weight: { zh: '负荷', en: 'Load' },
  overdue: { zh: '逾期', en: 'Late' },
  today: { zh: '今天', en: 'Today' },
  tomorrow: { zh: '明天', en: 'Tomorrow' },
  absent: { zh: '不在', en: 'away' },
  unassigned: { zh: '无人承办', en: 'Nobody’s' },
  rebalance: { zh: '可以这样调整', en: 'What could be moved' },
  to: { zh: ' 给 ', en: ' to ' },
  moveAll: { zh: '调整这 {count} 件', en: 'Move these {count}' },
  balanced: { zh: '负荷均匀，不用调整。', en: 'The load is even.' },
  handOver: { zh: '请假人员手上的', en: 'With those who are away' },
} as const satisfies Record<string, Pair>;
