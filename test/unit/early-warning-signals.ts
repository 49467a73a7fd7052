import { makeCaseNumber } from '../../shared/case/case-number.ts';
import { addDays, type LocalDate } from '../../shared/dates.ts';
import type { Signal } from '../../shared/early-warning/signal.ts';
import { sha256 } from '../../shared/sha256.ts';
import { COUNTY_A, STATION_A1 } from './support.ts';

/** A Thursday with eight weeks of ordinary days before it. */
export const TODAY = '2026-09-10';
export const keyed = (name: string) => sha256(name).slice(0, 20);
export const GYM = keyed('a gym');

let drawn = 0;

/** A complaint as the early warning knows it; its number is drawn in order. */
export function signal(receivedOn: LocalDate, changes: Partial<Signal> = {}): Signal {
  drawn += 1;
  return {
    number: makeCaseNumber(receivedOn, drawn % 1_000_000),
    receivedOn,
    channel: 'web',
    unitPath: STATION_A1,
    division: COUNTY_A,
    flags: [],
    claimedFen: 0,
    counted: true,
    ...changes,
  };
}

/** So many complaints a day for so many days up to and with `last`, each as `of` says. */
export function series(
  last: LocalDate,
  days: number,
  aDay: number,
  of: (index: number, date: LocalDate) => Partial<Signal> = () => ({}),
): Signal[] {
  return Array.from({ length: days }, (_, back) => addDays(last, -back)).flatMap((date) =>
    Array.from({ length: aDay }, (_, index) => signal(date, of(index, date))),
  );
}

const CLASSES = ['食品类', '销售服务', '互联网服务', '旅游服务', '电信服务'] as const;
export const classOf = (index: number) => CLASSES[index % CLASSES.length] ?? '食品类';

/** A quiet county: ten a day, two of each class, each about another business. */
export const quietWeeks = (last = TODAY): Signal[] =>
  series(last, 70, 10, (index, date) => ({
    business: keyed(`${date} ${index}`),
    cause: keyed(`${date} ${index}`),
    subject: classOf(index),
    problem: '合同',
  }));
