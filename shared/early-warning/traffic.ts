import { daysBetween, type LocalDate, weekday } from '../dates.ts';
import type { Calendar } from '../law/calendar.ts';
import { festivalOf } from '../law/lunar.ts';

/*
 * How much comes in on which kind of day. Fewer people complain at weekends and in holidays, more on the first working
 * days of a week: nine on a Sunday say more than nine on a Tuesday.
 */

type DayType = `weekday-${number}` | 'worked-weekend' | 'holiday' | 'spring-festival';

/** A holiday so many days from the first day of the year is part of Spring Festival. */
const SPRING_FESTIVAL_DAYS = 10;

/** What is taken for a kind of day of which nothing is known; an average day is 1. */
const DEFAULTS: Readonly<Record<'working' | 'weekend' | 'holiday' | 'spring-festival', number>> = {
  working: 1.2,
  weekend: 0.5,
  holiday: 0.5,
  'spring-festival': 0.3,
};
/** Weight of what is taken for granted, in days. */
const PRIOR_DAYS = 2;

function typeOf(date: LocalDate, calendar: Calendar): DayType {
  const kind = calendar.kindOf(date);
  if (kind === 'worked-weekend') return kind;
  if (kind !== 'holiday') return `weekday-${weekday(date)}`;
  const springFestival = festivalOf('spring-festival', Number(date.slice(0, 4)));
  return Math.abs(daysBetween(springFestival, date)) <= SPRING_FESTIVAL_DAYS ? 'spring-festival' : 'holiday';
}

const defaultOf = (type: DayType) => {
  if (type === 'holiday' || type === 'spring-festival') return DEFAULTS[type];
  return type === 'weekday-0' || type === 'weekday-6' ? DEFAULTS.weekend : DEFAULTS.working;
};

/**
 * Weights of days: complaints of the whole bureau on such a day ÷ those of an average day, from what came in.
 * @param received complaints of each past day, days without any as 0
 */
export function weighDays(
  received: ReadonlyMap<LocalDate, number>,
  calendar: Calendar,
): (date: LocalDate) => number {
  const all = [...received.values()].reduce((sum, count) => sum + count, 0);
  const average = all / Math.max(1, received.size);
  const seen = new Map<DayType, { days: number; count: number }>();
  for (const [date, count] of received) {
    const type = typeOf(date, calendar);
    const before = seen.get(type) ?? { days: 0, count: 0 };
    seen.set(type, { days: before.days + 1, count: before.count + count });
  }
  return (date) => {
    const type = typeOf(date, calendar);
    const usual = defaultOf(type);
    const { days, count } = seen.get(type) ?? { days: 0, count: 0 };
    if (average === 0) return usual;
    return (count / average + PRIOR_DAYS * usual) / (days + PRIOR_DAYS);
  };
}
