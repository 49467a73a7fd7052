import type { Division, Pair } from '../understanding.ts';
import { confidenceOf } from './confidence.ts';
import { type Gazetteer, type Level, NAME_KINDS } from './gazetteer.ts';
import { type Mention, mentionsIn } from './mentions.ts';
import { nearlyNamedBefore } from './nearly-named.ts';
import { BARE, bestOf, LONG_STEM, type Reading, readingsOf, SUPPORT, withNearlyNamed } from './readings.ts';

/** What else is known about a message. */
export interface Surroundings {
  /** Code of the bureau's own area: of several divisions that a name may mean, those in it come first. */
  home?: string | undefined;
  /** Code of another division that the message is about. */
  near?: string | undefined;
}

export interface FoundDivision extends Division {
  /** Places in the given text of the words used, in order. */
  spans: { start: number; end: number }[];
  confidence: number;
  why: Pair;
  /** A township that is written with its whole name of today. */
  exactTown: boolean;
}

const NOWHERE: FoundDivision = {
  code: null,
  level: null,
  candidates: [],
  spans: [],
  confidence: 0,
  why: { zh: '没有写到地名', en: 'no place is named' },
  exactTown: false,
};

const COUNTY = 2;
const TOWN = 3;
/** As good as equal. */
const TIE = 0.3;
const TIE_OF_BARE = 0.55;
/** So much less than the best is still possible. */
const POSSIBLE = 1.6;
/** Every other short name in the own area is a word after all. */
const DOUBTFUL_OWN = 0.7;
const LOCATING = /[在于到去来住]/;
const DOUBTFUL: Pair = { zh: '可能是地名，也可能是平常的词', en: 'a place, or an ordinary word' };

/**
 * The division that a text names: an address, or a message with places somewhere in it. A name that several places
 * bear gives code null and all of them as candidates, unless one lies in the bureau's own area. Former names, short
 * names and one wrong sign are understood. Any text gives an answer.
 */
export function findDivision(
  text: string,
  gazetteer: Gazetteer,
  surroundings: Surroundings = {},
): FoundDivision {
  const mentions = mentionsIn(text, gazetteer);
  const all = withNearlyNamed(text, readingsOf(text, mentions, gazetteer), gazetteer);
  const readings = all.filter(({ above, score }) => above !== null || score > SUPPORT);
  if (readings.length > 0) return decide(text, readings, mentions, gazetteer, surroundings);
  return ofDoubtful(text, all, mentions, gazetteer, surroundings);
}

/** Where only words stand that may be names: in the own area they are; else the larger places are candidates. */
function ofDoubtful(
  text: string,
  readings: readonly Reading[],
  mentions: readonly Mention[],
  gazetteer: Gazetteer,
  surroundings: Surroundings,
): FoundDivision {
  const own = inArea(readings, surroundings.home, gazetteer).filter(({ mention }) => !mention.ordinary);
  if (own.length > 0) {
    const found = decide(text, own, mentions, gazetteer, surroundings);
    return { ...found, confidence: Math.round(found.confidence * DOUBTFUL_OWN * 100) / 100 };
  }
  const located = readings.filter(
    ({ division, start, mention }) =>
      mention.headOfAddress || (gazetteer.level(division) < TOWN && LOCATING.test(text[start - 1] ?? '')),
  );
  if (located.length === 0) return NOWHERE;
  const { candidates, spans } = decide(text, located, mentions, gazetteer, surroundings);
  return { ...NOWHERE, candidates, spans, why: DOUBTFUL };
}

function decide(
  text: string,
  readings: readonly Reading[],
  mentions: readonly Mention[],
  gazetteer: Gazetteer,
  { home, near }: Surroundings,
): FoundDivision {
  const ranked = rank(readings, gazetteer, [home, near]);
  const best = ranked[0]!;
  const tie = BARE.has(best.kind) && best.above === null ? TIE_OF_BARE : TIE;
  const equal = borneOut(
    text,
    ranked.filter(({ score }) => score >= best.score - tie),
    gazetteer,
  );
  // A name by itself means the place in the own area, even if it is written like one elsewhere.
  const possible = best.above === null ? ranked : equal;
  const areas = [inArea(possible, home, gazetteer), inArea(possible, near, gazetteer)];
  const own = areas.find(({ length }) => length > 0) ?? [];
  const byArea =
    own.length === 1 && isSpecific(own[0]!) && (equal.length > 1 || (own[0] !== best && bearsToday(own[0]!)));
  const chosen = byArea ? own[0]! : equal.length === 1 ? equal[0]! : null;
  const common = chosen === null ? commonOf(equal, own, gazetteer) : null;
  const candidates = [
    ...(common === null ? [] : [common.division]),
    ...(chosen === null ? [] : [chosen.division]),
    ...ranked.map(({ division }) => division),
  ];
  const reading = chosen ?? common ?? best;
  const code = chosen === null && common === null ? null : codeOf(reading.division, gazetteer);
  return {
    code,
    level: code === null ? null : (['province', 'city', 'county', 'town'] as const)[levelOfCode(code)],
    candidates: [...new Set(candidates.map((division) => codeOf(division, gazetteer)))],
    spans: spansOf(reading),
    confidence: confidenceOf({
      reading,
      equal: common === null ? equal.length : 1,
      ranked,
      chosenByArea: byArea,
      contradicted: contradicted(reading, mentions, gazetteer),
      gazetteer,
    }),
    why: whyOf(reading, code, equal.length, byArea, gazetteer),
    exactTown: code !== null && reading.kind === 'full' && gazetteer.level(reading.division) === TOWN,
  };
}

/** Of several that are as good, the one before which a division above it stands with one wrong sign: 义鸟市北苑街道. */
function borneOut(text: string, equal: readonly Reading[], gazetteer: Gazetteer): readonly Reading[] {
  if (equal.length === 1) return equal;
  const nearly = equal.filter(
    ({ division, start, above }) => above === null && nearlyNamedBefore(text, start, division, gazetteer),
  );
  return nearly.length === 1 ? nearly : equal;
}

/** The best reading of each division, best first; not those that only stop short of a better one. */
function rank(
  readings: readonly Reading[],
  gazetteer: Gazetteer,
  areas: readonly (string | undefined)[],
): Reading[] {
  const top = bestOf(readings)?.score ?? 0;
  const of = new Map<number, Reading>();
  for (const reading of readings) {
    if (reading.score < top - POSSIBLE) continue;
    const known = of.get(reading.division);
    if (known === undefined || known.score < reading.score) of.set(reading.division, reading);
  }
  const passed = new Set<number>();
  for (const { division } of of.values()) {
    for (let above = gazetteer.parent(division); above >= 0; above = gazetteer.parent(above))
      passed.add(above);
  }
  return [...of.values()]
    .filter(({ division, score }) => !passed.has(division) || score >= top)
    .sort(
      (a, b) =>
        nearness(b.division, areas, gazetteer) -
          nearness(a.division, areas, gazetteer) +
          (b.score - a.score) || a.division - b.division,
    );
}

/** A quarter of a point for the own province, more for the own city and county: it only decides between equals. */
function nearness(division: number, areas: readonly (string | undefined)[], gazetteer: Gazetteer): number {
  const code = gazetteer.code(division);
  let most = 0;
  for (const area of areas) {
    if (area === undefined) continue;
    for (const digits of [2, 4, 6]) {
      if (area.length >= digits && code.slice(0, digits) === area.slice(0, digits))
        most = Math.max(most, digits / 1000);
    }
  }
  return most;
}

function inArea(readings: readonly Reading[], area: string | undefined, gazetteer: Gazetteer): Reading[] {
  return area === undefined
    ? []
    : readings.filter(({ division }) => gazetteer.code(division).startsWith(area));
}

function isSpecific({ kind, start, end, mention }: Reading): boolean {
  return !mention.ordinary && (!BARE.has(kind) || end - start >= LONG_STEM || mention.cued);
}

/** 鄞州 is not 海曙区, which only has a part of it, even for the bureau there. */
function bearsToday({ kind }: Reading): boolean {
  return kind === 'full' || kind === 'changed' || kind === 'stem';
}

/** What all that the name may mean have in common: a division that is written, or their county. */
function commonOf(equal: readonly Reading[], own: readonly Reading[], gazetteer: Gazetteer): Reading | null {
  const readings = own.length > 0 ? own : equal;
  const first = readings[0]!;
  for (let above = first.division; above >= 0; above = gazetteer.parent(above)) {
    const end = gazetteer.endOf(above);
    if (!readings.every(({ division }) => division >= above && division < end)) continue;
    const written =
      chainOf(first).find(({ division }) => division === above) ??
      readings.find(({ division }) => division === above);
    if (written !== undefined) return written;
    return gazetteer.level(above) === COUNTY ? { ...first, division: above } : null;
  }
  return null;
}

function chainOf(reading: Reading): Reading[] {
  const chain: Reading[] = [];
  for (let part: Reading | null = reading; part !== null; part = part.above) chain.unshift(part);
  return chain;
}

function spansOf(reading: Reading): { start: number; end: number }[] {
  return chainOf(reading).map(({ start, end }) => ({ start, end }));
}

/** A whole name of a province, city or county that does not go with the reading. */
function contradicted(reading: Reading, mentions: readonly Mention[], gazetteer: Gazetteer): boolean {
  const chain = chainOf(reading);
  const end = gazetteer.endOf(reading.division);
  return mentions.some((mention) => {
    const first = gazetteer.first(mention.key);
    if (
      mention.torn ||
      mention.ordinary ||
      mention.end - mention.start < LONG_STEM ||
      NAME_KINDS[gazetteer.kinds[first] ?? 0] !== 'full'
    )
      return false;
    if (chain.some((part) => part.start < mention.end && mention.start < part.end)) return false;
    for (let posting = first; posting < gazetteer.last(mention.key); posting += 1) {
      const division = gazetteer.named[posting] ?? 0;
      if (gazetteer.level(division) === TOWN) return false;
      if (division >= reading.division && division < end) return false;
      if (reading.division >= division && reading.division < gazetteer.endOf(division)) return false;
    }
    return true;
  });
}

const MUNICIPALITIES: ReadonlySet<string> = new Set(['11', '12', '31', '50']);

/** Beijing and its like are cities and provinces at once: they are given as cities. */
function codeOf(division: number, gazetteer: Gazetteer): string {
  const code = gazetteer.code(division);
  return MUNICIPALITIES.has(code) ? `${code}01` : code;
}

function levelOfCode(code: string): Level {
  return code.length === 9 ? TOWN : ((code.length / 2 - 1) as Level);
}

const KIND_WORDS: Partial<Record<Reading['kind'], Pair>> = {
  changed: { zh: '现名', en: 'today' },
  former: { zh: '旧名，现为', en: 'former name of' },
  'former-part': { zh: '旧名，部分现为', en: 'former name, part of it now' },
  'former-stem': { zh: '现属', en: 'today in' },
  nearly: { zh: '错一字，应为', en: 'one sign wrong, means' },
};

function whyOf(
  reading: Reading,
  code: string | null,
  equal: number,
  byArea: boolean,
  gazetteer: Gazetteer,
): Pair {
  const path: string[] = [];
  for (let above = reading.division; above >= 0; above = gazetteer.parent(above))
    path.unshift(gazetteer.name(above));
  const name = path.filter((part) => !/^(?:市辖区|县)$|直辖县级/.test(part)).join('');
  if (code === null) {
    return { zh: `同名地方有 ${equal} 处`, en: `${equal} places bear the name` };
  }
  const kind = KIND_WORDS[reading.kind] ?? { zh: '写明', en: 'named:' };
  const area = byArea
    ? { zh: '；同名地方多处，取本辖区', en: '; of several, the one in the own area' }
    : { zh: '', en: '' };
  return { zh: `${kind.zh}${name}${area.zh}`, en: `${kind.en} ${name}${area.en}` };
}
