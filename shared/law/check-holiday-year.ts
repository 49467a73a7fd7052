import { addDays, isLocalDate, type LocalDate, weekday } from '../dates.ts';
import type { HolidayYear } from './holidays.ts';
import type { Words } from './rule-packs.ts';

/** Something in a holiday notice that cannot be right. */
export interface HolidayFinding extends Words {
  /** The days that it concerns. */
  which: LocalDate[];
}

type Dates = Pick<HolidayYear, 'off' | 'worked'>;
type Check = Words & { find: (year: number, notice: Dates) => LocalDate[] };

/** New Year is sometimes arranged over the turn of the year; no notice reaches further. */
const DAYS_INTO_NEIGHBOURS = 7;

const NO_DAY: Check = {
  zh: '不是存在的日期（YYYY-MM-DD）',
  en: 'not an existing day written YYYY-MM-DD',
  find: (_, { off, worked }) => [...off.flat(), ...worked].filter((date) => !isLocalDate(date)),
};

/** What is checked once every date is one. */
const CHECKS: readonly Check[] = [
  {
    zh: `不在该年内（前后最多各${DAYS_INTO_NEIGHBOURS}日）`,
    en: `outside the year and the ${DAYS_INTO_NEIGHBOURS} days before and after it`,
    find: (year, { off, worked }) => {
      const first = addDays(`${year}-01-01`, -DAYS_INTO_NEIGHBOURS);
      const last = addDays(`${year}-12-31`, DAYS_INTO_NEIGHBOURS);
      return [...off.flat(), ...worked].filter((date) => date < first || date > last);
    },
  },
  {
    zh: '放假的最后一日早于第一日',
    en: 'a holiday that ends before it begins',
    find: (_, { off }) => off.filter(([first, last]) => last < first).map(([first]) => first),
  },
  {
    zh: '放假日期重叠',
    en: 'holidays that overlap',
    find: (_, { off }) =>
      off
        .filter(([first], i) => off.some(([a, b], j) => i !== j && a <= first && first <= b))
        .map(([a]) => a),
  },
  {
    zh: '调休上班日不是周六、周日',
    en: 'a worked weekend that is no Saturday or Sunday',
    find: (_, { worked }) => worked.filter((date) => weekday(date) !== 0 && weekday(date) !== 6),
  },
  {
    zh: '同一日既放假又上班',
    en: 'both off and worked',
    find: (_, { off, worked }) =>
      worked.filter((date) => off.some(([first, last]) => first <= date && date <= last)),
  },
  {
    zh: '调休上班日重复',
    en: 'a worked weekend that occurs twice',
    find: (_, { worked }) => worked.filter((date, index) => worked.indexOf(date) !== index),
  },
];

/** Runs every check over a year's notice; returns those that found something. */
export function checkHolidayYear(year: number, notice: Dates): HolidayFinding[] {
  const run = ({ find, ...words }: Check) => ({ ...words, which: find(year, notice) });
  const found = ({ which }: HolidayFinding) => which.length > 0;
  const noDay = run(NO_DAY);
  return found(noDay) ? [noDay] : CHECKS.map(run).filter(found);
}
