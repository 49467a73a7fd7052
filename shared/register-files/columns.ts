import { SIZE_MEASURES } from '../businesses/size.ts';
import { KINDS } from '../case/case.ts';
import { UNIT_KINDS } from '../jurisdiction/registry.ts';
import { INSTRUCTIONS, STANDINGS } from '../jurisdiction/review-rules.ts';
import { PRECISIONS, type RoutingRule } from '../jurisdiction/routing-rule.ts';
import { ROLES } from '../people/roles.ts';

type Names = Readonly<Record<string, { zh: string; en: string }>>;

/** One column of a sheet: what of an entry stands in it, and how. */
export interface Column {
  /** Where in the entry its value stands: `county.code`. */
  at: string;
  zh: string;
  en: string;
  /**
   * `text` as written; `choice` and `choices` of the options, in their Chinese names; `texts` several texts in one cell;
   * `whole` a number from 0 on; `day` as 2026-01-31; `shops` as 美团：某某面馆, several in one cell.
   */
  type: 'text' | 'texts' | 'choice' | 'choices' | 'whole' | 'day' | 'shops';
  /** `filled`: a row without it is an error. `optional`: an empty cell is no value. Otherwise an empty cell is an empty text. */
  empty?: 'filled' | 'optional';
  options?: Names;
}

/** One sheet of the workbook, one file of the folder. */
export interface Sheet {
  zh: string;
  en: string;
  columns: readonly Column[];
}

const text = (at: string, zh: string, en: string) => ({ at, zh, en, type: 'text' }) as const;
const texts = (at: string, zh: string, en: string) => ({ at, zh, en, type: 'texts' }) as const;
const whole = (at: string, zh: string, en: string) => ({ at, zh, en, type: 'whole' }) as const;
const day = (at: string, zh: string, en: string) => ({ at, zh, en, type: 'day' }) as const;
const choice = (at: string, zh: string, en: string, options: Names) =>
  ({ at, zh, en, type: 'choice', options }) as const;
const choices = (at: string, zh: string, en: string, options: Names) =>
  ({ at, zh, en, type: 'choices', options }) as const;
const shops = (at: string, zh: string, en: string) => ({ at, zh, en, type: 'shops' }) as const;
const filled = (column: Column): Column => ({ ...column, empty: 'filled' });
const optional = (column: Column): Column => ({ ...column, empty: 'optional' });

const GRADES = Object.fromEntries(['A', 'B', 'C', 'D'].map((grade) => [grade, { zh: grade, en: grade }]));
const SIDES = { odd: { zh: '单号', en: 'Odd' }, even: { zh: '双号', en: 'Even' } };
const DECIDED_BY = { dispatcher: { zh: '人工分派', en: 'Dispatcher' } };
const SOURCE_NAMES: Record<RoutingRule['source'], Names[string]> = {
  register: { zh: '登记', en: 'Register' },
  'by-hand': { zh: '人工', en: 'By hand' },
  learned: { zh: '学习', en: 'Learned' },
};

/** The lists of the register, as people edit them. A field of an entry that has no column here would be lost on the way. */
export const SHEETS = {
  units: {
    zh: '单位',
    en: 'units',
    columns: [
      filled(text('code', '代码', 'code')),
      filled(choice('kind', '级别', 'kind', UNIT_KINDS)),
      filled(text('name', '名称', 'name')),
      text('address', '地址', 'address'),
      text('phone', '电话', 'phone'),
      optional(text('parent', '上级单位代码', 'parent')),
      optional(text('contact', '联系人', 'contact')),
      optional(text('dutyHours', '值班时间', 'duty hours')),
      optional(day('from', '启用日', 'first day')),
      optional(day('to', '停用日', 'last day')),
    ],
  },
  divisions: {
    zh: '辖区',
    en: 'townships',
    columns: [
      filled(text('code', '乡镇街道代码', 'code')),
      filled(text('name', '乡镇街道', 'name')),
      filled(text('county.code', '区县代码', 'county code')),
      filled(text('county.name', '区县', 'county')),
      filled(text('station', '监管所代码', 'station')),
      filled(text('area.code', '片区代码', 'area code')),
      text('area.name', '片区', 'area'),
      text('area.officer', '片区责任人编号', 'officer of the area'),
    ],
  },
  officers: {
    zh: '人员',
    en: 'officers',
    columns: [
      filled(text('id', '编号', 'id')),
      filled(text('name', '姓名', 'name')),
      filled(choice('role', '角色', 'role', ROLES)),
      filled(text('unit', '单位代码', 'unit')),
      optional(text('phone', '手机', 'phone')),
      optional(text('email', '邮箱', 'email')),
    ],
  },
  businesses: {
    zh: '经营者',
    en: 'businesses',
    columns: [
      filled(text('creditCode', '统一社会信用代码', 'credit code')),
      filled(text('name', '名称', 'name')),
      texts('aliases', '别名', 'aliases'),
      optional(shops('shops', '网店', 'shops')),
      text('address', '经营地址', 'address'),
      text('division', '所在乡镇街道代码', 'township'),
      filled(choice('grade', '监管等级', 'grade', GRADES)),
      optional(day('from', '开业日期', 'in business from')),
      optional(day('to', '停业日期', 'in business until')),
      optional(text('phone', '电话', 'phone')),
      optional(choice('size.measure', '规模按', 'size by', SIZE_MEASURES)),
      optional(whole('size.number', '规模', 'size')),
    ],
  },
  rules: {
    zh: '分派规则',
    en: 'rules',
    columns: [
      filled(text('id', '编号', 'id')),
      filled(choice('precision', '依据', 'precision', PRECISIONS)),
      filled(text('word', '词或者代码', 'word')),
      optional(text('within', '所在区划代码', 'within')),
      optional(whole('numbers.from', '门牌起', 'house from')),
      optional(whole('numbers.to', '门牌止', 'house to')),
      optional(choice('numbers.side', '单双号', 'side', SIDES)),
      optional(choices('kinds', '类型', 'kinds', KINDS)),
      optional(texts('subjects', '商品服务类别', 'subjects')),
      filled(text('unit', '承办单位代码', 'unit')),
      optional(choice('decidedBy', '由谁确定', 'decided by', DECIDED_BY)),
      optional(text('area', '片区代码', 'area')),
      optional(day('from', '生效日', 'first day')),
      optional(day('to', '失效日', 'last day')),
      filled(choice('source', '来源', 'source', SOURCE_NAMES)),
      optional(whole('seen.here', '在此办结件数', 'seen here')),
      optional(whole('seen.elsewhere', '在他处办结件数', 'seen elsewhere')),
    ],
  },
  platforms: {
    zh: '平台',
    en: 'platforms',
    columns: [
      filled(text('name', '平台', 'name')),
      texts('aliases', '别名', 'aliases'),
      text('operator', '平台经营者', 'operator'),
      optional(text('creditCode', '统一社会信用代码', 'credit code')),
      filled(text('division', '住所地区划代码', 'division')),
    ],
  },
  authorities: {
    zh: '外地机关',
    en: 'authorities',
    columns: [
      filled(text('division', '区划代码', 'division')),
      filled(text('name', '名称', 'name')),
      text('address', '地址', 'address'),
      text('phone', '电话', 'phone'),
    ],
  },
} as const satisfies Record<string, Sheet>;

/** A rule that waits for a person's decision: the columns of a rule, and why. Only the first of these is read. */
export const REVIEW_SHEET: Sheet = {
  zh: '待审规则',
  en: 'rules to review',
  columns: [
    filled(choice('do', '处理', 'do', INSTRUCTIONS)),
    choice('standing', '情况', 'standing', STANDINGS),
    ...SHEETS.rules.columns,
    whole('here', '近来在此办结', 'ended here'),
    whole('elsewhere', '近来在他处办结', 'ended elsewhere'),
    optional(whole('trial.decides', '试算：由它确定', 'decides')),
    optional(whole('trial.right', '试算：正确', 'right')),
    optional(whole('trial.wrong', '试算：错误', 'wrong')),
    optional(whole('trial.moved', '试算：改派', 'moved')),
    optional(whole('trial.toDispatcher', '试算：转人工', 'to the dispatcher')),
    optional(whole('trial.gained', '试算：由错变对', 'gained')),
    optional(whole('trial.lost', '试算：由对变错', 'lost')),
    optional(whole('trial.returnsSaved', '试算：可免退回', 'returns saved')),
    optional(whole('trial.returnsCaused', '试算：新增退回', 'returns caused')),
  ],
};

/** What holds for the whole register: one item a row, settings as JSON. */
export const BUREAU_SHEET: Sheet = {
  zh: '本局',
  en: 'bureau',
  columns: [filled(text('item', '项目', 'item')), text('value', '值', 'value')],
};

/** As it stands above a column: 代码 (code). */
export const headerOf = ({ zh, en }: Pick<Column, 'zh' | 'en'>) => `${zh} (${en})`;
/** The name of a sheet in the workbook. */
export const sheetNameOf = ({ zh, en }: Pick<Sheet, 'zh' | 'en'>) => `${zh} ${en}`;
