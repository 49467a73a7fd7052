import * as z from 'zod';
import { isLocalDate, type LocalDate } from '../dates.ts';
import { isCreditCode } from '../jurisdiction/credit-code.ts';
import { SIZE_MEASURES, type SizeMeasure } from './size.ts';

/** Supervision classes (分级分类), the best first; the class sets how often a business is visited (class-proposal.ts). */
export const GRADES = ['A', 'B', 'C', 'D'] as const;
export type Grade = (typeof GRADES)[number];

/** A transaction of the store takes a hundred items, the lookup keys among them. */
const MOST_NAMES = 10;

const name = z.string().trim().min(2).max(100);
const day = z.string().refine(isLocalDate);

/** A business that the bureau knows (经济户口): one row of an import, and what the store keeps. */
export const businessRow = z
  .strictObject({
    creditCode: z
      .string()
      .transform((written) => written.normalize('NFKC').replace(/\s/g, '').toUpperCase())
      .refine(isCreditCode),
    /** As registered. */
    name,
    /** What is on its sign, what people call it, former names. */
    aliases: z.array(name).max(MOST_NAMES).default([]),
    /** Where it sells on line: `{ platform: '美团', shop: '老王面馆(天一店)' }`. */
    shops: z
      .array(z.strictObject({ platform: z.string().trim().min(1).max(40), shop: name }))
      .max(MOST_NAMES)
      .default([]),
    /** Where it does business. */
    address: z.string().trim().min(2).max(200),
    /** Code of the township in which that is; three more digits name the village. */
    division: z.string().regex(/^\d{9}(?:\d{3})?$/),
    grade: z.enum(GRADES),
    /** First and last day on which it was in business. */
    from: day.optional(),
    to: day.optional(),
    phone: z
      .string()
      .regex(/^\+?[\d\s()-]{5,25}$/)
      .optional(),
    /** How large it is, by one measure: published results are divided by it. */
    size: z
      .strictObject({
        measure: z.enum(Object.keys(SIZE_MEASURES) as [SizeMeasure, ...SizeMeasure[]]),
        number: z.int().positive().max(10_000_000_000),
      })
      .optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, { path: ['to'] });

export type Business = z.output<typeof businessRow>;

/** What a field is called, and what to do when it cannot be taken. */
const FIELDS: Readonly<Record<string, { zh: string; en: string; remedy: { zh: string; en: string } }>> = {
  creditCode: {
    zh: '统一社会信用代码',
    en: 'Unified social credit code',
    remedy: {
      zh: '请照营业执照填写18位代码；校验码不符，多半是抄错了一位',
      en: 'copy all 18 characters from the licence; check digits that do not fit mean that one was copied wrongly',
    },
  },
  name: {
    zh: '名称',
    en: 'Name',
    remedy: { zh: '请填写登记名称，2至100个字', en: 'give the registered name, 2 to 100 characters' },
  },
  aliases: {
    zh: '别名',
    en: 'Aliases',
    remedy: {
      zh: `每个2至100个字，最多${MOST_NAMES}个`,
      en: `2 to 100 characters each, ${MOST_NAMES} at most`,
    },
  },
  shops: {
    zh: '网店',
    en: 'Shops on platforms',
    remedy: {
      zh: `每个都要写明平台和店铺名称，最多${MOST_NAMES}个`,
      en: `give platform and shop of each, ${MOST_NAMES} at most`,
    },
  },
  address: {
    zh: '经营地址',
    en: 'Address',
    remedy: { zh: '请填写实际经营地址，2至200个字', en: 'give where it does business, 2 to 200 characters' },
  },
  division: {
    zh: '行政区划代码',
    en: 'Division',
    remedy: {
      zh: '请填写乡镇、街道的9位代码或村、社区的12位代码',
      en: 'give the code of the township (9 digits) or of the village (12 digits)',
    },
  },
  grade: {
    zh: '监管类别',
    en: 'Class',
    remedy: { zh: '请填写A、B、C、D之一', en: 'give one of A, B, C, D' },
  },
  from: {
    zh: '开业日期',
    en: 'In business from',
    remedy: { zh: '请写成2026-01-31这样存在的日期', en: 'write an existing day like 2026-01-31' },
  },
  to: {
    zh: '停业日期',
    en: 'In business until',
    remedy: {
      zh: '请写成2026-01-31这样存在的日期，不得早于开业日期',
      en: 'write an existing day like 2026-01-31, not before the first day',
    },
  },
  phone: {
    zh: '电话',
    en: 'Phone',
    remedy: { zh: '请只写号码，例如0574-87000000', en: 'write the number alone, such as 0574-87000000' },
  },
  size: {
    zh: '规模',
    en: 'Size',
    remedy: {
      zh: '请写明按什么计算（customers、outlets、employees）和一个正整数',
      en: 'give a measure (customers, outlets, employees) and a whole number above zero',
    },
  },
};

/** What is wrong with a row, in the words of whoever imports it. */
export interface BusinessProblem {
  field: string;
  zh: string;
  en: string;
}

/** Reads a row of an import. Gives the business, or each field that cannot be taken once, with its remedy. */
export function readBusiness(row: unknown): { business: Business } | { problems: BusinessProblem[] } {
  const read = businessRow.safeParse(row);
  if (read.success) return { business: read.data };
  const fields = read.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' && issue.path.length === 0
      ? issue.keys
      : [String(issue.path[0] ?? '')],
  );
  return { problems: [...new Set(fields)].map(problemOf) };
}

function problemOf(field: string): BusinessProblem {
  const known = FIELDS[field];
  if (known !== undefined) {
    const { zh, en, remedy } = known;
    return { field, zh: `${zh}：${remedy.zh}`, en: `${en}: ${remedy.en}` };
  }
  return field === ''
    ? { field, zh: '整行：应为一个经营者的各个字段', en: 'The row: must be the fields of one business' }
    : {
        field,
        zh: `${field}：没有这个字段，请删除或改正名称`,
        en: `${field}: there is no such field; remove it or correct its name`,
      };
}

/** True on the days on which it was in business, as far as is known. */
export function isInBusiness({ from, to }: Pick<Business, 'from' | 'to'>, on: LocalDate): boolean {
  return (from === undefined || from <= on) && (to === undefined || on <= to);
}
