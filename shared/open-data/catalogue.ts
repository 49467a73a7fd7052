import type { Overview } from './shown.ts';

/*
 * What the catalogue of open data says of each table. The order of the fields is the order of the columns; a field is
 * never renamed or moved, new ones come at the end.
 */

interface Words {
  zh: string;
  en: string;
}

const field = (zh: string, en: string): Words => ({ zh, en });

export const COMPLAINT_FIELDS = {
  id: field('行号', 'Id of the row'),
  release: field('公示批次', 'Release'),
  changedOn: field('批次更新日', 'Release changed on'),
  creditCode: field('统一社会信用代码', 'Credit code'),
  business: field('经营者', 'Business'),
  countyCode: field('区县代码', 'Code of the county'),
  county: field('区县', 'County'),
  received: field('收到时间（月、季或年）', 'Received (month, quarter or year)'),
  subject: field('商品服务类别', 'Goods or services'),
  problem: field('问题类别', 'Problem'),
  outcome: field('处理结果', 'Outcome'),
  daysToClose: field('办结天数', 'Days to close'),
  agreedFen: field('协议金额（组内平均，分）', 'Agreed (average of the group, fen)'),
  groupRows: field('同组行数', 'Rows of the group'),
} as const;

export const FIGURE_FIELDS = {
  code: field('单位代码', 'Code'),
  name: field('地区', 'Place'),
  month: field('月份', 'Month'),
  roundedTo: field('取整倍数', 'Rounded to'),
  received: field('收到投诉', 'Complaints received'),
  accepted: field('受理', 'Accepted'),
  refused: field('不予受理', 'Refused'),
  reconciled: field('先行和解成功', 'Settled with the business first'),
  settled: field('调解成功', 'Settled'),
  terminated: field('终止调解', 'Mediations ended'),
  closed: field('办结', 'Closed'),
  published: field('公示', 'Published'),
  excluded: field('不予公示', 'Not published'),
  agreedFen: field('挽回经济损失（协议，分）', 'Agreed (fen)'),
  provenFen: field('挽回经济损失（已履行，分）', 'Proven paid (fen)'),
} as const;

export const BUSINESS_FIELDS = {
  creditCode: field('统一社会信用代码', 'Credit code'),
  name: field('经营者', 'Business'),
  year: field('年份', 'Year'),
  published: field('公示投诉', 'Complaints published'),
  settled: field('调解成功', 'Settled'),
  settledShare: field('调解成功率', 'Settled share'),
  intervalFrom: field('95%区间下限', '95 % from'),
  intervalTo: field('95%区间上限', '95 % to'),
  agreedFen: field('协议金额（分）', 'Agreed (fen)'),
  provenFen: field('已履行金额（分）', 'Proven paid (fen)'),
  sizeMeasure: field('规模指标', 'Measure of size'),
  size: field('规模', 'Size'),
  perSize: field('每多少', 'For so many'),
  complaintsPerSize: field('单位规模投诉量', 'Complaints by size'),
} as const;

const DATASETS = [
  {
    id: 'complaints',
    zh: '公示的投诉处理结果',
    en: 'Published results of complaints',
    fields: COMPLAINT_FIELDS,
  },
  { id: 'businesses', zh: '各经营者的投诉处理结果', en: 'Results per business', fields: BUSINESS_FIELDS },
  { id: 'figures', zh: '各区县月度统计', en: 'Figures per county and month', fields: FIGURE_FIELDS },
] as const;

/** What may be done with it. */
const LICENCE: Words = {
  zh: '任何人可以免费使用、复制、传播和再利用，须注明来源和更新日期，不得用于识别个人身份。',
  en: 'Anybody may use, copy, pass on and reuse the data free of charge, naming the source and the day of the data; nobody may use them to identify a person.',
};

/** What is protected, how, and why. */
const PROTECTION: readonly Words[] = [
  {
    zh: '只有投诉人同意公示、已经公示的投诉才列入；不含投诉内容、姓名、电话、案件编号和具体日期。',
    en: 'Only complaints that were published with the complainant’s consent; no words, names, phones, case numbers or days.',
  },
  {
    zh: '每行至少有三件内容完全相同；不能凑足三件的，经营者、类别、时间等依次略去。',
    en: 'Every row is the same as at least two others in every field; where three do not agree, business, class or time are left out.',
  },
  {
    zh: '每月公示一次，不再公示的整组撤下，因此比较两天的数据也得不到一件投诉。',
    en: 'Released once a month and taken away by whole groups: comparing the files of two days gives no single complaint.',
  },
  {
    zh: '市局以下的件数取 5 的倍数，金额取千元；参与案件太少的金额不公布。',
    en: 'Below the bureau counts are multiples of 5 and sums of 1,000 yuan; sums of too few cases are withheld.',
  },
];

/** The catalogue as everybody reads it. */
export function catalogue(overview: Overview | undefined, bureau: { code: string; name: string }) {
  const rows: Readonly<Record<string, number | undefined>> = {
    complaints: overview?.releases.reduce((sum, { rows: its }) => sum + its, 0),
    businesses: overview?.businesses,
  };
  return {
    bureau: overview?.bureau ?? bureau,
    checkedOn: overview?.checkedOn ?? null,
    licence: LICENCE,
    protection: [...PROTECTION],
    keptDays: overview?.days ?? null,
    datasets: DATASETS.map(({ id, zh, en, fields }) => ({
      id,
      path: `/open-data/${id}`,
      zh,
      en,
      formats: ['json', 'csv'],
      changedOn:
        overview?.releases
          .map(({ changedOn }) => changedOn)
          .toSorted()
          .at(-1) ?? null,
      rows: rows[id] ?? null,
      fields: Object.entries(fields).map(([name, words]) => ({ name, ...words })),
    })),
  };
}
