import { findStation } from '../../../shared/jurisdiction/find-station.ts';
import { learnRules } from '../../../shared/jurisdiction/learn-rules.ts';
import { indexOf } from '../../../shared/jurisdiction/registry-index.ts';
import { findDivision } from '../../../shared/understanding/places/find-division.ts';
import type { Gazetteer } from '../../../shared/understanding/places/gazetteer.ts';
import { CommandFailure } from '../command-line.ts';
import { gazetteer as openGazetteer } from '../knowledge.ts';
import { round, share } from './measures.ts';
import { countyWithCity, registerOf, townshipsOf } from './station-register.ts';
import type { Line, Mistake, Report, Table, Task, TaskInput } from './task.ts';

/** What people call a place, or who is there, with the station in whose hands its cases were. */
interface Alias {
  text: string;
  station: string;
  /** Share of its cases that ended with the station. */
  confidence: number;
  cases: number;
}

interface Answer extends Alias {
  /** Undefined: left to the dispatcher. */
  got: string | undefined;
  sure: number;
}

const SEEDS = 20;
/** An alias that a person wrote down has no count; it stands for a handful of cases. */
const CASES_BY_HAND = 3;
const COUNTY_DIGITS = 6;
const ON = '2026-11-16';

/**
 * Which station: learns from half of the aliases, routes the other half, and so for twenty draws. Weighted by how many cases
 * each alias stands for. Names of townships are known, whose they are is not.
 */
export const stations: Task = {
  zh: '分派到所:用一半别名学习,分派另一半,按件数加权',
  en: 'which station: learns from half of the aliases and routes the other half; weighted by cases',
  run: ({ lines, county: wanted, startProgress }: TaskInput): Report => {
    const gazetteer = openGazetteer();
    const aliases = lines.map(aliasOf);
    const code = wanted ?? countyNamedIn(aliases, gazetteer);
    const place = countyWithCity(code, gazetteer);
    if (place === undefined) {
      throw new CommandFailure(
        `看不出是哪个区县，请用 --county / No county is named, give --county: ${code}`,
      );
    }
    const progress = startProgress('stations', SEEDS);
    const answers = Array.from({ length: SEEDS }, (_, seed) => {
      progress.advance();
      return routeOtherHalf(aliases, place, seed, gazetteer);
    }).flat();
    progress.stop();
    const unsure = aliases.filter(({ confidence }) => confidence < 1);
    return report(answers, route(aliases, aliases, unsure, place, gazetteer), place.county.code);
  },
};

function aliasOf({ alias, office_code: station, confidence, support }: Line): Alias {
  if (typeof alias !== 'string' || typeof station !== 'string') {
    throw new CommandFailure(
      `没有 alias 或者 office_code / has no alias or no office_code: ${String(alias)}`,
    );
  }
  const cases = Number(support);
  return {
    text: alias,
    station,
    confidence: Number(confidence),
    cases: Number.isFinite(cases) ? cases : CASES_BY_HAND,
  };
}

/** The county that most of the aliases name. */
function countyNamedIn(aliases: readonly Alias[], gazetteer: Gazetteer): string {
  const named = new Map<string, number>();
  for (const { text, cases } of aliases) {
    const code = findDivision(text, gazetteer).code?.slice(0, COUNTY_DIGITS);
    if (code?.length === COUNTY_DIGITS) named.set(code, (named.get(code) ?? 0) + cases);
  }
  const [most] = [...named].toSorted(([, a], [, b]) => b - a);
  return most?.[0] ?? '';
}

function routeOtherHalf(
  aliases: readonly Alias[],
  place: NonNullable<ReturnType<typeof countyWithCity>>,
  seed: number,
  gazetteer: Gazetteer,
): Answer[] {
  const drawn = draws(seed);
  const halves = Map.groupBy(aliases, () => drawn() < 0.5);
  return route(aliases, halves.get(true) ?? [], halves.get(false) ?? [], place, gazetteer);
}

/** Learns from the ones and routes the others. */
function route(
  aliases: readonly Alias[],
  taught: readonly Alias[],
  asked: readonly Alias[],
  place: NonNullable<ReturnType<typeof countyWithCity>>,
  gazetteer: Gazetteer,
): Answer[] {
  const units = [...new Set(aliases.map(({ station }) => station))];
  const open = townshipsOf(place.county.code, gazetteer).map((one) => ({
    ...one,
    station: place.county.code,
  }));
  const empty = registerOf(place, units, open);
  const ended = taught.flatMap(({ text, station, cases, confidence }) => [
    { text, unit: station, cases },
    // Where the rest ended the file does not say.
    ...(confidence < 1 ? [{ text, unit: '', cases: (cases * (1 - confidence)) / confidence }] : []),
  ]);
  const learnt = learnRules(ended, indexOf(empty).divisionNames).filter(({ unit }) => unit !== '');
  const register = { ...empty, rules: learnt };
  return asked.map((alias) => {
    const found = findStation({ business: { address: alias.text } }, register, ON);
    return { ...alias, got: found.found ? found.unit : undefined, sure: found.found ? found.confidence : 0 };
  });
}

/** Numbers from 0 to 1, the same for a seed on every machine (mulberry32). */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const weight = (answers: readonly Answer[]) => answers.reduce((sum, { cases }) => sum + cases, 0);

/** @param known the ambiguous ones, asked of who has learned all there is: here none is new to him */
function report(answers: readonly Answer[], known: readonly Answer[], county: string): Report {
  const right = answers.filter(({ got, station }) => got === station);
  const open = answers.filter(({ got }) => got === undefined);
  const wrong = answers.filter(({ got, station }) => got !== undefined && got !== station);
  const ambiguous = answers.filter(({ confidence }) => confidence < 1);
  const all = weight(answers);
  return {
    figures: {
      county,
      draws: SEEDS,
      right: round(share(weight(right), all)),
      wrong: round(share(weight(wrong), all)),
      to_dispatcher: round(share(weight(open), all)),
      precision: round(share(weight(right), weight(right) + weight(wrong))),
      ambiguous: ambiguous.length,
      ambiguous_guessed: ambiguous.filter(({ got }) => got !== undefined).length,
      ambiguous_wrong: ambiguous.filter(({ got, station }) => got !== undefined && got !== station).length,
      ambiguous_known: known.length,
      ambiguous_known_guessed: known.filter(({ got }) => got !== undefined).length,
    },
    tables: [confusion(answers)],
    mistakes: mistakesOf(wrong),
  };
}

const DISPATCHER = '分派员 / dispatcher';

/** Rows are what was right, columns what was answered, in cases over all draws. */
function confusion(answers: readonly Answer[]): Table {
  const names = [...new Set(answers.map(({ station }) => station))].toSorted();
  const columns = [...names, undefined];
  return {
    title: 'stations, in cases over all draws (rows: right, columns: answered)',
    head: ['', ...names, DISPATCHER],
    rows: names.map((station) => {
      const own = answers.filter((one) => one.station === station);
      return [station, ...columns.map((got) => weight(own.filter((one) => one.got === got)))];
    }),
  };
}

/** Each once, the surest first. */
function mistakesOf(wrong: readonly Answer[]): Mistake[] {
  const once = new Map(
    wrong.map(({ text, station, got, sure }) => [
      `${text} ${got}`,
      { id: text, field: 'station', expected: station, got, confidence: round(sure), text },
    ]),
  );
  return [...once.values()].toSorted((a, b) => b.confidence - a.confidence);
}
