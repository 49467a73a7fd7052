import { addDays, type LocalDate } from '../dates.ts';

/** Festivals that move with the moon, by month and day of the lunar calendar. */
export const FESTIVALS = {
  'spring-festival': { month: 1, day: 1, zh: '春节', en: 'Spring Festival' },
  'lantern-festival': { month: 1, day: 15, zh: '元宵', en: 'Lantern Festival' },
  'dragon-boat': { month: 5, day: 5, zh: '端午', en: 'Dragon Boat Festival' },
  'mid-autumn': { month: 8, day: 15, zh: '中秋', en: 'Mid-Autumn Festival' },
  'double-ninth': { month: 9, day: 9, zh: '重阳', en: 'Double Ninth Festival' },
} as const satisfies Record<string, { month: number; day: number; zh: string; en: string }>;
export type Festival = keyof typeof FESTIVALS;

const chinese = new Intl.DateTimeFormat('en-u-ca-chinese', {
  timeZone: 'UTC',
  month: 'numeric',
  day: 'numeric',
});
const known = new Map<string, LocalDate>();

/** The day of a festival in a year, by the calendar of Unicode's ICU; the State Council names the holidays later. */
export function festivalOf(festival: Festival, year: number): LocalDate {
  const key = `${festival} ${year}`;
  const found = known.get(key) ?? lookFor(festival, year);
  known.set(key, found);
  return found;
}

function lookFor(festival: Festival, year: number): LocalDate {
  const { month, day } = FESTIVALS[festival];
  for (let date = `${year}-01-15`; date <= `${year}-12-15`; date = addDays(date, 1)) {
    const parts = chinese.formatToParts(new Date(`${date}T00:00:00Z`));
    const value = (type: string) => parts.find((part) => part.type === type)?.value;
    // A leap month is written `5bis` and has no festivals.
    if (value('month') === String(month) && value('day') === String(day)) return date;
  }
  throw new RangeError(`${festival} ${year}`);
}
