import { CHANNELS, KINDS } from '../../shared/case/case.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import type { Answer } from '../../shared/http/stack.ts';
import type { Staff } from '../../shared/people/roles.ts';
import { readPeriod } from '../../shared/store/read-period.ts';
import { PROBLEM_NAMES, SUBJECT_NAMES } from '../../shared/understanding/names.ts';
import { type AdministratorDependencies, refuseOthers } from './administrator.ts';

type Names = Readonly<Record<string, { zh: string; en: string }>>;

const OURS = { zh: '程序固定（令第三条）', en: 'Fixed by the program (Art. 3)' };
const ASSOCIATION = {
  zh: '中国消费者协会年度统计的分类，程序固定',
  en: 'Classes of the China Consumers Association’s yearly statistics, fixed by the program',
};

/** What complaints are sorted by, with how many were received of each this year. */
export async function showTaxonomies(staff: Staff, deps: AdministratorDependencies): Promise<Answer> {
  refuseOthers('see', staff, deps);
  const today = shanghaiDate(deps.now());
  const year = today.slice(0, 4);
  const asked = { unit: deps.bureau, bureau: deps.bureau, today, statistics: deps.statistics };
  const period = { from: `${year}-01-01`, to: `${year}-12-31` };
  const { rollUp } = await readPeriod(asked, period, { cuts: true });
  const cuts: Readonly<Record<string, Readonly<Record<string, { received?: number }>> | undefined>> =
    rollUp.by;
  const valuesOf = (names: Names, cut: string) =>
    Object.entries(names).map(([code, { zh, en }]) => ({
      code,
      zh,
      en,
      received: cuts[cut]?.[code]?.received ?? 0,
    }));
  return {
    status: 200,
    body: {
      year,
      taxonomies: [
        {
          code: 'kinds',
          zh: '类型',
          en: 'Kinds',
          source: OURS,
          // Of reports the administrator sees nothing, not even how many (Art. 37).
          values: Object.entries(KINDS).map(([code, { zh, en }]) => ({ code, zh, en, received: null })),
        },
        {
          code: 'problems',
          zh: '问题',
          en: 'Problems',
          source: ASSOCIATION,
          values: valuesOf(PROBLEM_NAMES, 'problem'),
        },
        {
          code: 'subjects',
          zh: '商品服务',
          en: 'Goods and services',
          source: ASSOCIATION,
          values: valuesOf(SUBJECT_NAMES, 'subject'),
        },
        { code: 'channels', zh: '渠道', en: 'Channels', source: OURS, values: valuesOf(CHANNELS, 'channel') },
      ],
    },
  };
}

/** What is noted, in words. */
const WHAT: Names = {
  'register-loaded': { zh: '载入登记资料', en: 'Register taken into force' },
  'register-withdrawn': { zh: '撤回待生效的登记资料', en: 'Waiting register withdrawn' },
  'register-back': { zh: '退回上一版登记资料', en: 'Back to the register before' },
  'register-downloaded': { zh: '下载登记资料', en: 'Register downloaded' },
  'setting-changed': { zh: '更改设置', en: 'Setting changed' },
  'calendar-loaded': { zh: '载入节假日安排', en: 'Calendar year loaded' },
  'officer-kept': { zh: '登记人员', en: 'Officer kept' },
  'officer-removed': { zh: '删除人员', en: 'Officer removed' },
  'queue-redriven': { zh: '送回死信', en: 'Queue redriven' },
};
const PAGE = 50;

/** What administrators did, the latest first. */
export async function showNotes(
  { before }: { before?: string | undefined },
  staff: Staff,
  deps: AdministratorDependencies,
): Promise<Answer> {
  refuseOthers('see', staff, deps);
  const found = await deps.noted.latest(PAGE, before);
  return {
    status: 200,
    body: {
      notes: found.map(({ at, by, what, facts }) => ({
        at,
        by,
        what: { code: what, ...(WHAT[what] ?? { zh: what, en: what }) },
        facts,
      })),
      before: found.length < PAGE ? null : (found.at(-1)?.at ?? null),
    },
  };
}
