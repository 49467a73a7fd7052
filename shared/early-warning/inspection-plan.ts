import { addDays, type LocalDate, lastDayOf } from '../dates.ts';
import type { Pair } from '../understanding/understanding.ts';
import type { Alarm } from './alarm.ts';
import { type DivisionNames, reasonOf, topicOf } from './reason.ts';
import { type Season, seasonsOf } from './seasons.ts';
import type { Signal } from './signal.ts';
import { WATCHES } from './watches.ts';

/*
 * The inspection plan of a month (检查计划): where complaints point, and what the season brings. A proposal: officers
 * strike out and add.
 */

const VISITS = {
  /** An alarm that an officer found true: as often as class D. */
  confirmed: { aMonth: 2, zh: '每月两次', en: 'twice a month' },
  /** An urgent alarm that nobody has judged yet. */
  urgent: { aMonth: 2, zh: '每月两次', en: 'twice a month' },
  /** Any other alarm, and hot spots. */
  ordinary: { aMonth: 1, zh: '每月一次', en: 'once a month' },
  season: { aMonth: 1, zh: '当季一次', en: 'once this season' },
} as const satisfies Record<string, Pair & { aMonth: number }>;

interface PlanItem {
  /** What leads to it. */
  source: 'alarm' | 'hot-spot' | 'season';
  /** Who is visited: a business, a product or a spot by its hash, a division and class; of a season in words. */
  target: { kind: 'business' | 'product' | 'address' | 'division' | 'trade'; key: string; name: Pair };
  why: Pair;
  visits: (typeof VISITS)[keyof typeof VISITS];
  /** Higher is earlier. */
  priority: number;
  /** Complaints behind it, for whoever asks why. */
  cases: readonly string[];
}

export interface InspectionPlan {
  month: string;
  /** Period from which hot spots are taken. */
  from: LocalDate;
  to: LocalDate;
  items: readonly PlanItem[];
}

/** A business with so many complaints in the month before is a hot spot without an alarm. */
const HOT = 3;
/** Hot spots in a plan: more is more than a bureau visits. */
const MOST_HOT_SPOTS = 30;
const LOOKED_BACK_DAYS = 30;
/** Alarms of so many days before the month still count. */
const ALARM_DAYS = 45;

/**
 * Makes the plan of a month.
 * @param signals of the month before, and of the same month a year ago where they are known
 */
export function inspectionPlan(
  month: string,
  alarms: readonly Alarm[],
  signals: readonly Signal[],
  names: DivisionNames,
): InspectionPlan {
  const to = addDays(`${month}-01`, -1);
  const from = addDays(to, 1 - LOOKED_BACK_DAYS);
  const live = alarms.filter(
    ({ state, lastDay }) =>
      state !== 'false' && lastDay >= addDays(to, -ALARM_DAYS) && lastDay <= lastDayOf(month),
  );
  const named = new Set(live.flatMap(({ key, also }) => [key, ...also.map((one) => one.key)]));
  const recent = signals.filter(
    ({ receivedOn, counted }) => counted && receivedOn >= from && receivedOn <= to,
  );
  const items = [
    ...live.map((alarm) => ofAlarm(alarm, names)),
    ...hotSpotsOf(recent, named, { from, to }),
    ...seasonsOf(month).map((season) => ofSeason(season, signals, { from, to, month }, names)),
  ];
  return { month, from, to, items: items.sort((one, other) => other.priority - one.priority) };
}

/** Points of an item: what was judged true first, then urgent alarms, others, hot spots and seasons by complaints. */
const POINTS = { confirmed: 400, urgent: 300, alarm: 200, hotSpot: 100, season: 0 } as const;
const MOST_POINTS = 99;
const points = (base: number, count: number) => base + Math.min(count, MOST_POINTS);

const TARGETS: Readonly<Record<Alarm['watch'], PlanItem['target']['kind']>> = {
  'prepaid-business': 'business',
  'food-business': 'business',
  'food-product': 'product',
  'prepaid-division': 'division',
  'food-division': 'division',
  'same-day': 'business',
  product: 'product',
  business: 'business',
  place: 'address',
  address: 'address',
  'subject-division': 'division',
};

function ofAlarm(alarm: Alarm, names: DivisionNames): PlanItem {
  const { watch, key, state, count, cases } = alarm;
  const kind = state === 'true' ? 'confirmed' : WATCHES[watch].urgent ? 'urgent' : 'alarm';
  return {
    source: 'alarm',
    target: { kind: TARGETS[watch], key, name: topicOf(alarm, names) },
    why: reasonOf(alarm),
    visits: VISITS[kind === 'alarm' ? 'ordinary' : kind],
    priority: points(POINTS[kind], count),
    cases,
  };
}

/** Businesses and spots with many complaints that no alarm names: they have many all the time. */
function hotSpotsOf(
  recent: readonly Signal[],
  named: ReadonlySet<string>,
  { from, to }: { from: LocalDate; to: LocalDate },
): PlanItem[] {
  const of = (kind: 'business' | 'address') =>
    [...Map.groupBy(recent, (signal) => signal[kind])].flatMap(([key, own]) =>
      key === undefined || named.has(key) || own.length < HOT ? [] : [{ kind, key, own }],
    );
  return [...of('business'), ...of('address')]
    .sort((one, other) => other.own.length - one.own.length || (one.key < other.key ? -1 : 1))
    .slice(0, MOST_HOT_SPOTS)
    .map(({ kind, key, own }) => ({
      source: 'hot-spot',
      target: {
        kind,
        key,
        name: kind === 'business' ? { zh: '经营者', en: 'Business' } : { zh: '地点', en: 'Address' },
      },
      why: {
        zh: `${from}至${to}投诉 ${own.length} 件，在 ${recent.length} 件中排在前列`,
        en: `${own.length} of ${recent.length} complaints from ${from} to ${to}`,
      },
      visits: VISITS.ordinary,
      priority: points(POINTS.hotSpot, own.length),
      cases: own.map(({ number }) => number),
    }));
}

/** A season: how many complaints of its classes there were in the month before, and in the same month a year ago. */
function ofSeason(
  season: Season,
  signals: readonly Signal[],
  { from, to, month }: { from: LocalDate; to: LocalDate; month: string },
  names: DivisionNames,
): PlanItem {
  const lastYear = `${Number(month.slice(0, 4)) - 1}${month.slice(4)}`;
  const isOf = ({ subject }: Signal) => subject !== undefined && season.subjects.includes(subject);
  const recent = signals.filter((one) => isOf(one) && one.receivedOn >= from && one.receivedOn <= to);
  const ago = signals.filter((one) => isOf(one) && one.receivedOn.startsWith(lastYear));
  const [hottest] = [...Map.groupBy([...recent, ...ago], ({ division }) => division)]
    .filter(([division]) => division !== undefined)
    .sort(([, one], [, other]) => other.length - one.length);
  const place = hottest?.[0] === undefined ? undefined : names(hottest[0]);
  const { festival } = season;
  const begins: Pair =
    festival === undefined
      ? {
          zh: `${season.from}至${season.to}为${season.zh}时段`,
          en: `${season.en}: ${season.from} to ${season.to}`,
        }
      : { zh: `${festival.on}${festival.zh}`, en: `${festival.en} is on ${festival.on}` };
  const where: Pair =
    place === undefined || hottest === undefined
      ? { zh: '', en: '' }
      : {
          zh: `，其中${place.zh}最多（${hottest[1].length} 件）`,
          en: `, most of them in ${place.en} (${hottest[1].length})`,
        };
  return {
    source: 'season',
    target: { kind: 'trade', key: season.zh, name: season.who },
    why: {
      zh: `${begins.zh}；相关类别上月 ${recent.length} 件，去年同月 ${ago.length} 件${where.zh}；检查${season.what.zh}`,
      en: `${begins.en}; complaints of its classes: ${recent.length} in the month before, ${ago.length} in the same month last year${where.en}; look at ${season.what.en}`,
    },
    visits: VISITS.season,
    priority: points(POINTS.season, recent.length + ago.length),
    cases: [...recent, ...ago].map(({ number }) => number),
  };
}
