import type { Pair } from '../components/texts.ts';

/** Words of the list and of what is done to many cases. */
export const WORK = {
  // The list
  columns: { zh: '期限|状态|案件|在哪里、谁在办', en: 'Due|State|Case|Where, and who' },
  chooseCase: { zh: '选择 {number}', en: 'Choose {number}' },
  chooseAll: { zh: '全选已列出的', en: 'Choose all listed' },
  new: { zh: '新到', en: 'new' },
  changed: { zh: '有变动', en: 'changed' },
  workingOn: { zh: ' 正在办', en: ' is on it' },
  mentioned: { zh: '请您看', en: 'Asks you to look' },
  cannotWait: { zh: '紧急', en: 'Cannot wait' },

  // Filters
  quick: { zh: '快速筛选', en: 'Quick filters' },
  'quick.all': { zh: '全部', en: 'All' },
  'quick.overdue': { zh: '已超期', en: 'Late' },
  'quick.today': { zh: '今天前到期', en: 'Due by today' },
  'quick.tomorrow': { zh: '明天到期', en: 'Due tomorrow' },
  'quick.mine': { zh: '我的', en: 'Mine' },
  'quick.nobody': { zh: '无人承办', en: 'Nobody’s' },
  more: { zh: '更多条件', en: 'More' },
  kind: { zh: '类型', en: 'Kind' },
  channel: { zh: '来源', en: 'Channel' },
  state: { zh: '状态', en: 'State' },
  officer: { zh: '承办人', en: 'Officer' },
  any: { zh: '不限', en: 'Any' },
  saved: { zh: '常用筛选', en: 'Saved filters' },
  saveAs: { zh: '存为常用筛选，取名', en: 'Save as, by the name' },
  save: { zh: '保存', en: 'Save' },
  savedDone: { zh: '已保存“{name}”', en: 'Saved “{name}”' },
  deleteSaved: { zh: '删除筛选：', en: 'Delete the filter: ' },
  deletedSaved: { zh: '已删除“{name}”', en: 'Deleted “{name}”' },
  filtered: { zh: '看了 {looked} 件', en: '{looked} looked at' },

  // Search
  search: { zh: '查找', en: 'Find' },
  searchFor: { zh: '编号、电话、商家或者文字', en: 'Number, phone, business or words' },
  by: { zh: '按', en: 'By' },
  'by.auto': { zh: '自动', en: 'guess' },
  'by.number': { zh: '编号', en: 'number' },
  'by.phone': { zh: '电话', en: 'phone' },
  'by.business': { zh: '商家', en: 'business' },
  'by.words': { zh: '文字', en: 'words' },
  found: { zh: '按{by}找到 {count} 件', en: '{count} found by {by}' },
  foundMore: { zh: '可能还有：只看了 {looked} 件', en: 'There may be more: {looked} were looked at' },
  nothingFound: { zh: '没有找到。', en: 'Nothing was found.' },
  backToList: { zh: '回到清单', en: 'Back to the list' },

  // Many at once
  chosen: { zh: '已选 {count} 件', en: '{count} chosen' },
  clear: { zh: '取消选择', en: 'Choose none' },
  distributeTo: { zh: '分送到', en: 'Hand out to' },
  assignTo: { zh: '指派给', en: 'Give to' },
  distribute: { zh: '分送 {count} 件', en: 'Hand out {count}' },
  assign: { zh: '指派 {count} 件', en: 'Give {count}' },
  nothingCommon: {
    zh: '所选案件没有可以一起办的步骤：只有待分派的能一起分送，本单位的能一起指派。',
    en: 'Nothing can be done to all of these: those at the hub can be handed out, those of the unit given to somebody.',
  },
  notAll: { zh: '{count} 件没有办成：', en: '{count} could not be done:' },
  'done.distribute': { zh: '已分送 {count} 件', en: '{count} handed out' },
  'done.assign': { zh: '已指派 {count} 件', en: '{count} given' },
  'undone.bulk': { zh: '已撤销 {count} 件', en: '{count} taken back' },
  undo: { zh: '撤销', en: 'Undo' },
  undoUntil: { zh: '{time} 前可以撤销', en: 'can be taken back until {time}' },
  dismiss: { zh: '知道了', en: 'Close' },
  undone: { zh: '已撤销：{what}', en: 'Taken back: {what}' },

  // Hints of the day
  hints: { zh: '今天要看的', en: 'To look at today' },

  // Two people
  leased: { zh: ' 正在办理这件案件，到 {time}。', en: ' is working on this case, until {time}.' },
  leasedNote: {
    zh: '您可以看，也可以先写；等对方办完再提交。',
    en: 'You can read, and write; send it when they are done.',
  },
  takeOver: { zh: '接手', en: 'Take over' },
  takeOverWhy: { zh: '接手的原因（写入办理记录）', en: 'Why (kept in the history)' },
  lastStep: { zh: '{time} {what}', en: '{time} {what}' },
} as const satisfies Record<string, Pair>;

/** Words of the map of keys. */
export const KEYS = {
  title: { zh: '键盘', en: 'Keys' },
  show: { zh: '键盘 ?', en: 'Keys ?' },
  close: { zh: '关闭', en: 'Close' },
  note: {
    zh: '在输入框里打字时，这些键不起作用。',
    en: 'They do nothing while you type in a field.',
  },
  on: { zh: '使用单键快捷键', en: 'Use single keys' },
  onNote: {
    zh: '关掉以后仍可以用 Tab、方向键、Enter 和 Esc。',
    en: 'Without them Tab, arrows, Enter and Esc still work.',
  },
  notNow: { zh: '现在不能用这个键：{what}', en: 'Not possible now: {what}' },
  groupList: { zh: '清单', en: 'The list' },
  groupCase: { zh: '案件', en: 'The case' },
  groupAll: { zh: '随时', en: 'Always' },
  next: { zh: '下一件', en: 'Next case' },
  previous: { zh: '上一件', en: 'Case before' },
  open: { zh: '打开', en: 'Open' },
  choose: { zh: '选择、取消选择', en: 'Choose it, or not' },
  search: { zh: '查找', en: 'Find' },
  filter: { zh: '筛选', en: 'Filters' },
  confirm: { zh: '确认建议的单位', en: 'Confirm the station proposed' },
  proposal: { zh: '选第几个建议', en: 'Choose a proposal' },
  act: { zh: '下一步（最常用的一步）', en: 'The usual next step' },
  return: { zh: '退回', en: 'Hand back' },
  take: { zh: '认领、指派', en: 'Take or assign' },
  remark: { zh: '备注', en: 'Note' },
  more: { zh: '更多操作', en: 'More steps' },
  undo: { zh: '撤销', en: 'Undo' },
  back: { zh: '返回', en: 'Back' },
  map: { zh: '显示键盘', en: 'Show the keys' },
} as const satisfies Record<string, Pair>;
