import { SUBJECT_NAMES } from '../understanding/names.ts';
import type { Pair } from '../understanding/understanding.ts';
import { type Alarm, QUIET_DAYS } from './alarm.ts';
import { LONGEST_INTERVAL_DAYS } from './detect.ts';
import { WATCHES } from './watches.ts';

/** Names of divisions by their codes; one that is not known stays away. */
export type DivisionNames = (code: string) => Pair | undefined;

/** One decimal, none where it is zero: 1.2, 9, 0.1. */
export const plain = (value: number): string => String(Math.round(value * 10) / 10);

/** What an alarm is about, in words that name no business and no address. */
export function topicOf({ watch, subject, division }: Alarm, names: DivisionNames): Pair {
  const place = division === undefined ? undefined : names(division);
  const goods = subject === undefined ? undefined : SUBJECT_NAMES[subject];
  const row = WATCHES[watch];
  return {
    zh: [row.zh, place?.zh, goods?.zh].filter((part) => part !== undefined).join('，'),
    en: [row.en, place?.en, goods?.en].filter((part) => part !== undefined).join(', '),
  };
}

/** Beyond so many times the usual a multiple says nothing: there was next to none before. */
const MOST_TIMES = 100;
export const isFromNothing = ({ observed, expected }: { observed: number; expected: number }) =>
  expected * MOST_TIMES < observed;

/** Why it is an alarm, in one sentence made of its numbers. */
export function reasonOf({ found }: Alarm): Pair {
  const { days, observed, expected, weeks, everyDays } = found;
  const times = isFromNothing(found)
    ? { zh: '', en: '' }
    : {
        zh: `，为平时的 ${plain(observed / expected)} 倍`,
        en: `, ${plain(observed / expected)} times as many`,
      };
  const rare = rarityOf(everyDays);
  return days === 1
    ? {
        zh: `过去 ${weeks} 周同类日平均 ${plainLow(expected)} 件，今日 ${observed} 件${times.zh}；${rare.zh}`,
        en: `On such a day of the past ${weeks} weeks there were ${plainLow(expected)} on average, today there are ${observed}${times.en}; ${rare.en}`,
      }
    : {
        zh: `过去 ${weeks} 周同样 ${days} 天平均 ${plainLow(expected)} 件，最近 ${days} 天 ${observed} 件${times.zh}；${rare.zh}`,
        en: `In such ${days} days of the past ${weeks} weeks there were ${plainLow(expected)} on average, in the last ${days} days there are ${observed}${times.en}; ${rare.en}`,
      };
}

const LEAST_SHOWN = 0.1;
/** A key that had hardly any: "0 on average" would be no reason. */
const plainLow = (value: number) => (value < LEAST_SHOWN ? `< ${LEAST_SHOWN}` : plain(value));

function rarityOf(everyDays: number): Pair {
  return everyDays >= LONGEST_INTERVAL_DAYS
    ? { zh: '偶然出现的间隔在 10 年以上', en: 'by chance less than once in 10 years' }
    : { zh: `偶然出现约 ${everyDays} 天一次`, en: `by chance about once in ${everyDays} days` };
}

/** How it stands: running, or quiet since. */
export function statusOf({ state, lastDay, count }: Alarm, isRunning: boolean): Pair {
  const course: Pair = isRunning
    ? { zh: `仍在发展，累计 ${count} 件`, en: `going on, ${count} so far` }
    : {
        zh: `${lastDay} 后 ${QUIET_DAYS} 天没有新增，累计 ${count} 件`,
        en: `nothing new for ${QUIET_DAYS} days since ${lastDay}, ${count} in all`,
      };
  return { zh: `${STATES[state].zh}；${course.zh}`, en: `${STATES[state].en}; ${course.en}` };
}

const STATES = {
  open: { zh: '待核实', en: 'To be looked at' },
  true: { zh: '属实', en: 'True' },
  false: { zh: '误报', en: 'False' },
} as const satisfies Record<Alarm['state'], Pair>;
