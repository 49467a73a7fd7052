import { findDivision } from '../../../shared/understanding/places/find-division.ts';
import { type Gazetteer, readGazetteer } from '../../../shared/understanding/places/gazetteer.ts';
import { gazetteerBytes } from '../build-gazetteer/gazetteer-bytes.ts';
import { calibrationError, calibrationTable, round, share } from './measures.ts';
import type { Line, Mistake, Report, Table, Task, TaskInput } from './task.ts';

const LEVELS = ['city', 'county', 'town'] as const;
const MILLISECONDS = 1000;
const PASSES = 10;

/** An address with its division, and what was found. */
interface Case {
  id: string;
  text: string;
  level: string;
  expected: string;
  got: string | null;
  right: boolean;
  /** The division is among the candidates. */
  offered: boolean;
  confidence: number;
  /** The deepest name alone: null when it names one place. */
  alone: { offered: boolean } | null;
  /** Whether its county is right, which says whose bureau is competent; null where no county is named. */
  authority: boolean | null;
  province: string;
}

const COUNTY_DIGITS = 6;

/**
 * Addresses to division codes: exact at the labelled level (what is found below it is cut off), and for names that
 * several places bear, asked alone, whether the right one is among the candidates; and of the addresses that name a
 * county whether its bureau is found.
 */
export const division: Task = {
  zh: '地名到区划代码:按标注层级精确比较,重名须列入候选',
  en: 'places to division codes: exact at the labelled level; ambiguous names must be among the candidates',
  run: ({ lines, startProgress }: TaskInput): Report => {
    const bytes = gazetteerBytes();
    const loading = performance.now();
    const gazetteer = readGazetteer(bytes);
    const loadMs = performance.now() - loading;
    const progress = startProgress('division', lines.length);
    const cases = lines.flatMap((line) => {
      progress.advance();
      return judge(line, gazetteer);
    });
    progress.stop();
    return report(cases, { bytes: bytes.length, loadMs, perSecond: perSecond(cases, gazetteer) });
  },
};

function judge({ text, level, code, row, given, path }: Line, gazetteer: Gazetteer): Case[] {
  if (typeof text !== 'string' || typeof code !== 'string') return [];
  const found = findDivision(text, gazetteer);
  const fits = (one: string | null) => one?.slice(0, code.length) === code;
  const names = (given ?? {}) as Record<string, string>;
  const name = Object.values(names).at(-1);
  const namesCounty = names.district !== undefined && code.length >= COUNTY_DIGITS;
  const alone = name === undefined ? null : findDivision(name, gazetteer);
  return [
    {
      id: String(row),
      text,
      level: String(level),
      expected: code,
      got: found.code,
      right: fits(found.code),
      offered: fits(found.code) || found.candidates.some(fits),
      confidence: found.confidence,
      alone: alone === null || alone.code !== null ? null : { offered: alone.candidates.some(fits) },
      authority: namesCounty ? countyOf(found.code) === countyOf(code) : null,
      province: Array.isArray(path) ? String(path[0]) : code.slice(0, 2),
    },
  ];
}

const countyOf = (code: string | null) => code?.slice(0, COUNTY_DIGITS);

function perSecond(cases: readonly Case[], gazetteer: Gazetteer): number {
  const start = performance.now();
  for (let pass = 0; pass < PASSES; pass += 1) for (const { text } of cases) findDivision(text, gazetteer);
  return Math.round((PASSES * cases.length * MILLISECONDS) / (performance.now() - start));
}

function report(cases: readonly Case[], speed: { bytes: number; loadMs: number; perSecond: number }): Report {
  const given = cases.filter(({ got }) => got !== null);
  const ambiguous = cases.flatMap(({ alone }) => (alone === null ? [] : [alone]));
  const competent = cases.filter(({ authority }) => authority !== null);
  const accuracy = (level: string) => {
    const of = cases.filter((one) => one.level === level);
    return round(share(of.filter(({ right }) => right).length, of.length));
  };
  return {
    figures: {
      accuracy: round(share(cases.filter(({ right }) => right).length, cases.length)),
      accuracy_city: accuracy('city'),
      accuracy_county: accuracy('county'),
      accuracy_town: accuracy('town'),
      without_code: round(share(cases.length - given.length, cases.length)),
      authorities: competent.length,
      authority_accuracy: round(
        share(competent.filter(({ authority }) => authority).length, competent.length),
      ),
      candidates_recall: round(share(cases.filter(({ offered }) => offered).length, cases.length)),
      ambiguous_names: ambiguous.length,
      ambiguous_recall: round(share(ambiguous.filter(({ offered }) => offered).length, ambiguous.length)),
      calibration_error: round(calibrationError(given)),
      lookups_per_second: speed.perSecond,
      gazetteer_bytes: speed.bytes,
      load_ms: round(speed.loadMs),
    },
    tables: [levels(cases), provinces(competent), calibrationTable('confidence', given)],
    mistakes: cases
      .filter(({ right }) => !right)
      .map(asMistake)
      .sort((a, b) => (b.confidence ?? 0) - (a.confidence ?? 0)),
  };
}

function levels(cases: readonly Case[]): Table {
  return {
    title: 'levels',
    head: ['level', 'n', 'exact', 'no code', 'among candidates'],
    rows: LEVELS.map((level) => {
      const of = cases.filter((one) => one.level === level);
      return [
        level,
        of.length,
        round(share(of.filter(({ right }) => right).length, of.length)),
        of.filter(({ got }) => got === null).length,
        round(share(of.filter(({ offered }) => offered).length, of.length)),
      ];
    }),
  };
}

/** Addresses that name a county: how many of them go to the bureau of the right county. */
function provinces(cases: readonly Case[]): Table {
  return {
    title: 'authority by province',
    head: ['province', 'n', 'right county', 'share'],
    rows: [...Map.groupBy(cases, ({ province }) => province)]
      .toSorted(([, a], [, b]) => b.length - a.length)
      .map(([province, own]) => {
        const right = own.filter(({ authority }) => authority).length;
        return [province, own.length, right, round(share(right, own.length))];
      }),
  };
}

function asMistake({ id, text, expected, got, confidence }: Case): Mistake {
  return { id, field: 'division', expected, got, confidence, text };
}
