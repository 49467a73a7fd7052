import { type Gazetteer, type Level, NAME_KINDS, type NameKind } from './gazetteer.ts';
import { type Mention, mentionsIn } from './mentions.ts';
import { nearlyNamed } from './nearly-named.ts';
import { BETWEEN } from './words.ts';

/** A division that the text may mean, with the names from above down to it. */
export interface Reading {
  division: number;
  mention: Mention;
  kind: NameKind | 'changed' | 'nearly';
  start: number;
  end: number;
  score: number;
  above: Reading | null;
  /** Right behind the division it lies in. */
  adjoins: boolean;
  /** How often it is written. */
  times: number;
}

/** What a name is worth by its kind, for province, city, county, township. */
const WORTH: Readonly<Record<Reading['kind'], readonly [number, number, number, number]>> = {
  full: [2.6, 3, 3.6, 3.6],
  changed: [2.4, 2.4, 2.9, 2.9],
  stem: [3, 2.2, 1.8, 1],
  former: [2.6, 2.6, 3.1, 3.1],
  'former-part': [2, 2, 2.6, 2.6],
  'former-stem': [1.2, 1.2, 1.2, 1],
  short: [2.2, 2.2, 1.8, 1],
  zone: [0, 0, 1.6, 1.6],
  letter: [1, 1, 1, 1],
  nearly: [0, 1.5, 1.8, 1.8],
};
/** Kinds that lack the sign of a level. */
export const BARE: ReadonlySet<Reading['kind']> = new Set(['stem', 'former-stem', 'short', 'letter', 'zone']);
const FORMER: ReadonlySet<Reading['kind']> = new Set(['former', 'former-part', 'former-stem']);
const CITY = 1;
const COUNTY = 2;
const TOWN = 3;
export const LONG_STEM = 3;
/** What stands around a name changes its worth by these; found on addresses with known codes. */
const CUED = 0.3;
const BEGINS = 0.5;
const ADJOINS = 0.5;
const UNCUED = 0.9;
const SHORT_UNCUED = 1.2;
const SHORT_TOWN = 0.6;
const TOWN_UNCUED = 0.6;
const THING = 0.5;
const IN_LONGER = 1.5;
const TAKEN = 0.5;
const MISPLACED = 0.4;
const REPEATED = 0.1;
const SAME_PROVINCE = 6.5;
const GAP = 0.01;
const WIDEST_GAP = 1;
const CUED_TOWN = 0.5;
const ORDINARY_WHOLE = 1;
/** An ordinary word says nothing by itself, but may bear out what follows. */
export const SUPPORT = 0.4;
const SURE_NAME = 1;
const MOST_REPEATS = 4;
const KEPT_READINGS = 4;
const LOOKED_BACK = 64;
const LONGEST_NAME = 24;
const OWN_COUNTRY = '中国';
/** Cities and counties are also kept by their province: this much above its number. */
const IN_PROVINCE = 0x10000;

/** Every way to read the mentions: each as the head of a chain and as the next part of every chain it fits. */
export function readingsOf(text: string, mentions: readonly Mention[], gazetteer: Gazetteer): Reading[] {
  const of = new Map<number, Reading[]>();
  const all: Reading[] = [];
  for (const mention of mentions) {
    const last = gazetteer.last(mention.key);
    for (let posting = gazetteer.first(mention.key); posting < last; posting += 1) {
      const division = gazetteer.named[posting] ?? 0;
      const kind = NAME_KINDS[gazetteer.kinds[posting] ?? 0] ?? 'full';
      const reading = readingOf(text, mention, division, kind, of, all, gazetteer);
      if (reading === null) continue;
      all.push(reading);
      keep(reading.division, reading, of);
      const level = gazetteer.level(division);
      if ((level === CITY || level === COUNTY) && !BARE.has(kind)) {
        keep(misplacing(division, gazetteer), reading, of);
      }
    }
  }
  return all;
}

/** Where cities and counties of the same province are kept. */
function misplacing(division: number, gazetteer: Gazetteer): number {
  let province = division;
  while (gazetteer.parent(province) >= 0) province = gazetteer.parent(province);
  return IN_PROVINCE + province;
}

/** 莱芜市莱城区: two former names of one division bear each other out. */
function byAnotherName(mention: Mention, kind: Reading['kind'], reading: Reading): boolean {
  return FORMER.has(kind) && FORMER.has(reading.kind) && mention.key !== reading.mention.key;
}

function keep(at: number, reading: Reading, of: Map<number, Reading[]>): void {
  const kept = of.get(at);
  if (kept === undefined) {
    of.set(at, [reading]);
    return;
  }
  kept.push(reading);
  if (kept.length > KEPT_READINGS) kept.splice(kept[0]!.score < kept[1]!.score ? 0 : 1, 1);
}

function readingOf(
  text: string,
  mention: Mention,
  division: number,
  named: NameKind,
  of: ReadonlyMap<number, readonly Reading[]>,
  all: readonly Reading[],
  gazetteer: Gazetteer,
): Reading | null {
  const level = gazetteer.level(division);
  const kind = kindHere(mention, named, level);
  if (kind === null) return null;
  const worth = (WORTH[kind][level] ?? 0) - (kind === 'changed' && mention.taken ? TAKEN : 0);
  const end = kind === 'changed' ? mention.signed : mention.end;
  const base = { division, mention, kind, start: mention.start, end };
  const bare = BARE.has(kind);
  let best: Reading | null = null;
  const head = bare ? bareHead(mention, kind, level, worth) : fullHead(mention, kind, level, worth, end);
  const again = level === 0 && kind === 'full' ? restart(text, mention, division, all, gazetteer) : 0;
  if (head > 0) best = { ...base, score: head + again, above: null, adjoins: false, times: 1 };

  for (let above = division; above >= 0; above = gazetteer.parent(above)) {
    for (const reading of of.get(above) ?? []) {
      if (reading.end > mention.start) continue;
      const gap = mention.start - reading.end;
      const adjoins =
        gap === 0 || (gap < LONGEST_NAME && BETWEEN.test(text.slice(reading.end, mention.start)));
      const step = adjoins
        ? ADJOINS + adjoining(mention, bare, worth)
        : apart(mention, kind, bare, level, worth, gap);
      if (step <= 0 || (bare && reading.kind === 'former-part' && mention.ahead !== null)) continue;
      const repeats = above === division;
      const more = !repeats || byAnotherName(mention, kind, reading) ? step : REPEATED;
      const score = reading.score + (repeats && reading.times >= MOST_REPEATS ? 0 : more);
      if (best !== null && score <= best.score) continue;
      best = repeats
        ? { ...base, score, above: reading.above, adjoins: reading.adjoins, times: reading.times + 1 }
        : { ...base, score, above: reading, adjoins, times: 1 };
    }
  }
  // 阿克苏市新和县, 四平市公主岭市: the seat or the former city stands before a county that lies elsewhere.
  if (level === COUNTY && (kind === 'full' || kind === 'changed')) {
    for (const other of of.get(misplacing(division, gazetteer)) ?? []) {
      if (other.end !== mention.start || other.division === division) continue;
      const score = other.score + MISPLACED;
      if (best === null || score > best.score)
        best = { ...base, score, above: other, adjoins: true, times: 1 };
    }
  }
  return best;
}

/**
 * A province right behind another address begins a new one, and the new one counts; of the same province only when it
 * says more.
 */
function restart(
  text: string,
  { start }: Mention,
  province: number,
  all: readonly Reading[],
  gazetteer: Gazetteer,
): number {
  const from = text.startsWith(OWN_COUNTRY, start - OWN_COUNTRY.length) ? start - OWN_COUNTRY.length : start;
  let most = 0;
  for (let index = all.length - 1; index >= 0 && index > all.length - LOOKED_BACK; index -= 1) {
    const reading = all[index];
    if (reading === undefined || reading.end !== from) continue;
    const same = reading.division >= province && reading.division < gazetteer.endOf(province);
    most = Math.max(most, reading.score - (same ? SAME_PROVINCE : 0));
  }
  return most;
}

/** The kind of a name at this place, or null when what stands around it forbids it. */
function kindHere(mention: Mention, named: NameKind, level: Level): Reading['kind'] | null {
  const { sign, ahead, torn, taken, road } = mention;
  if (named === 'full' || named === 'former' || named === 'former-part') return torn ? null : named;
  if (sign !== null) {
    const fits = sign === level;
    if (named === 'letter') return null;
    if (fits && named === 'stem') return taken && level < TOWN ? null : 'changed';
    // 杭州市: the whole name is a mention of its own. 余杭街道: not the county.
    return null;
  }
  return ahead === 'road' || ahead === 'ware' || road ? null : named;
}

function fullHead(
  { cued, ordinary, zone, whole, start }: Mention,
  kind: Reading['kind'],
  level: Level,
  worth: number,
  end: number,
): number {
  // 东湖镇 is no ordinary word, even if 东湖 is one.
  const signed = kind === 'changed' && level === TOWN;
  const common = (ordinary && !signed) || (zone && level === TOWN);
  if (common && !whole) return cued ? ORDINARY_WHOLE : 0;
  const short = end - start < LONG_STEM;
  return (
    worth +
    (cued ? CUED : short ? -SHORT_UNCUED : level === TOWN ? -TOWN_UNCUED : 0) -
    (short && level === TOWN ? SHORT_TOWN : 0)
  );
}

/**
 * A bare name that begins a chain. Townships and counties have names like 妈妈 and 新干, so that without a sign they
 * are only doubtful: a township everywhere but at the head of an address, a county without a cue.
 */
function bareHead(
  { start, cued, ordinary, ahead, inLonger, whole, headOfAddress }: Mention,
  kind: Reading['kind'],
  level: Level,
  worth: number,
): number {
  if (whole) return worth + CUED;
  if (kind === 'letter') return headOfAddress ? SUPPORT : 0;
  if (inLonger || kind === 'zone') return 0;
  if (ordinary) return cued ? SUPPORT : 0;
  const thing = ahead === 'thing' ? THING : 0;
  if (headOfAddress && (level < TOWN || ahead === null)) return worth + BEGINS - thing;
  if (level === TOWN) return cued ? SUPPORT : 0;
  if (cued) return worth + (start === 0 ? BEGINS : CUED) - thing;
  return level === COUNTY || ahead === 'thing' ? SUPPORT : worth - UNCUED;
}

function adjoining({ ahead, inLonger }: Mention, bare: boolean, worth: number): number {
  return worth - (bare && ahead === 'thing' ? THING : 0) - (bare && inLonger ? IN_LONGER : 0);
}

function apart(
  { start, end, cued, ordinary, ahead, inLonger }: Mention,
  kind: Reading['kind'],
  bare: boolean,
  level: Level,
  worth: number,
  gap: number,
): number {
  // 高新区 and the like only mean the one of the city right before them.
  if (ordinary) return 0;
  const far = Math.min(gap * GAP, WIDEST_GAP);
  if (!bare) {
    const short = end - start < LONG_STEM;
    return worth - far - (cued ? 0 : short ? SHORT_UNCUED : level === TOWN ? TOWN_UNCUED : 0);
  }
  if (inLonger || kind === 'letter' || ahead !== null) return 0;
  if (level === TOWN) return cued && gap < LONGEST_NAME ? CUED_TOWN : 0;
  return worth - (cued ? CUED : UNCUED) - far;
}

/** Where the best reading ends above the township, what follows may be a name with one wrong sign. */
export function withNearlyNamed(
  text: string,
  readings: readonly Reading[],
  gazetteer: Gazetteer,
): readonly Reading[] {
  const best = bestOf(readings);
  if (best === null || gazetteer.level(best.division) === TOWN) return readings;
  const near = nearlyNamed(text, best.end, best.division, gazetteer);
  if (near === null) return readings;
  const score = best.score + (WORTH.nearly[gazetteer.level(near.division)] ?? 0);
  return [
    ...readings,
    { ...near, score, kind: 'nearly', mention: best.mention, above: best, adjoins: true, times: 1 },
  ];
}

export function bestOf(readings: readonly Reading[]): Reading | null {
  let best: Reading | null = null;
  for (const reading of readings) if (best === null || reading.score > best.score) best = reading;
  return best;
}

/** Where names of divisions stand in a text, in order: those that are surely names, not ordinary words or roads. */
export function namesOfDivisions(
  text: string,
  gazetteer: Gazetteer,
): { start: number; end: number; level: Level }[] {
  return readingsOf(text, mentionsIn(text, gazetteer), gazetteer)
    .filter(
      ({ score, above, kind, division }) =>
        above !== null || (score > SURE_NAME && !(BARE.has(kind) && gazetteer.level(division) === TOWN)),
    )
    .map(({ start, end, division }) => ({ start, end, level: gazetteer.level(division) }));
}
