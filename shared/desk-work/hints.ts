import type { Case } from '../case/case.ts';
import { isRunning } from '../case/turn-clocks.ts';
import { addDays, type LocalDate } from '../dates.ts';
import { dueOf, NO_DUE } from './list-filter.ts';

/** What an officer is told of his own work in the morning (当日提示). */
interface HintRule {
  zh: string;
  en: string;
  /** True for a case that this is about. */
  about: (found: Case, today: LocalDate, me: string) => boolean;
}

/** A case on which a period rests while somebody else looks into it, or nobody does. */
const STILL_DAYS = 10;
/** So many days before a promise is due its business is reminded. */
const PROMISE_DAYS = 3;

const promiseDue = ({ clocks }: Case) =>
  clocks.find((clock) => clock.id === 'promise' && isRunning(clock))?.due;
const waitsFor = (states: readonly Case['state'][]) => (found: Case) => states.includes(found.state);

/** The most pressing first; a case may be in several. */
export const HINTS = {
  overdue: {
    zh: '已经逾期，请先办理并说明原因',
    en: 'Overdue: see to these first, and say why',
    about: (found, today) => dueOf(found) < today,
  },
  mentioned: {
    zh: '同事提请您看一看（办理或备注后消失）',
    en: 'A colleague asks you to look (until you take a step or write a note)',
    about: ({ mentioned = [] }, _, me) => mentioned.includes(me),
  },
  'due-today': {
    zh: '今天到期',
    en: 'Due today',
    about: (found, today) => dueOf(found) === today,
  },
  'due-tomorrow': {
    zh: '明天到期',
    en: 'Due tomorrow',
    about: (found, today) => dueOf(found) === addDays(today, 1),
  },
  'to-tell': {
    zh: '已作决定，尚未告知当事人：期限到告知为止',
    en: 'Decided, and not told: the period runs until they are told',
    about: waitsFor(['refused', 'terminated']),
  },
  'promise-near': {
    zh: '承诺三天内到期，请提醒经营者履行',
    en: 'A promise is due within three days: remind the business',
    about: (found, today) => {
      const due = promiseDue(found);
      return due !== undefined && due >= today && due <= addDays(today, PROMISE_DAYS);
    },
  },
  'testing-long': {
    zh: '期限中止中，请问一问检测、鉴定是否结束',
    en: 'The period is stopped: ask whether testing is over',
    about: (found) => dueOf(found) === NO_DUE && found.state === 'testing',
  },
  'not-begun': {
    zh: `分到手中${STILL_DAYS}天以上，还没有受理决定`,
    en: `With you for more than ${STILL_DAYS} days without a decision`,
    about: (found, today) => found.state === 'distributed' && found.receivedOn < addDays(today, -STILL_DAYS),
  },
  'to-close': {
    zh: '协议已经履行，可以办结',
    en: 'Performed: can be closed',
    about: waitsFor(['performed']),
  },
} as const satisfies Record<string, HintRule>;

export type HintId = keyof typeof HINTS;

export interface Hint {
  id: HintId;
  zh: string;
  en: string;
  numbers: string[];
}

/** The hints that have a case, in the order of the table. */
export function hintsOf(cases: readonly Case[], today: LocalDate, me: string): Hint[] {
  return (Object.entries(HINTS) as [HintId, HintRule][])
    .map(([id, { zh, en, about }]) => ({
      id,
      zh,
      en,
      numbers: cases.filter((found) => about(found, today, me)).map(({ number }) => number),
    }))
    .filter(({ numbers }) => numbers.length > 0);
}
