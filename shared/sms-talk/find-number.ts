import { type CaseNumber, parseCaseNumber } from '../case/case-number.ts';

/** Case numbers in a text. */
interface Found {
  numbers: CaseNumber[];
  /** Something that was meant as one and is none: the check digit does not fit, a digit too many or too few. */
  isWrong: boolean;
  /** The text without what was read as a number. */
  rest: string;
}

/** What is typed for a digit: letters that look like one. */
const ALIKE: Readonly<Record<string, string>> = Object.fromEntries(
  ['0OoОоQD〇', '1Il|i', '2Zz', '5Ss', '8B'].flatMap(([digit = '', ...letters]) =>
    letters.map((letter) => [letter, digit]),
  ),
);
const SPOKEN = '零一二三四五六七八九';
const DIGITS = 13;
/** Invisible characters that come along when a number is copied. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;
const SEPARATOR = /[\s‐-―−\-_.·、,/:]/;
const RUN = /[0-9OoОоQD〇Il|iZzSsB](?:[\s‐-―−\-_.·、,/:]{0,3}[0-9OoОоQD〇Il|iZzSsB])*/g;
const SPOKEN_RUN = /(?:[〇零一二三四五六七八九]\s?){13}/g;
/** Six digits of a day from 2024 on: bar codes and phone numbers seldom begin so. */
const DAY = /^(?:2[4-9]|3\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/;
/** With fewer true digits it is a word of letters. */
const LEAST_TRUE_DIGITS = 8;
/** Nobody writes so much in one run; more is not searched. */
const MOST_PIECES = 40;

/** Finds case numbers as people write them: blanks, full width, look-alikes, spoken digits, in the middle of a text. */
export function findCaseNumbers(text: string): Found {
  const plain = text.normalize('NFKC').replace(INVISIBLE, '');
  const written = plain.replace(SPOKEN_RUN, (run) =>
    Array.from(run, (sign) => (sign === '〇' ? '0' : SPOKEN.includes(sign) ? SPOKEN.indexOf(sign) : '')).join(
      '',
    ),
  );
  const numbers: CaseNumber[] = [];
  let isWrong = false;
  const rest = written.replace(RUN, (run) => {
    const found = inRun(run);
    if (found === undefined) return run;
    if (found.number === undefined) isWrong = true;
    else numbers.push(found.number);
    return ` ${found.rest} `;
  });
  return { numbers: [...new Set(numbers)], isWrong: isWrong && numbers.length === 0, rest: rest.trim() };
}

/** The first pieces of a run that together are a number; else the first that were meant as one. */
function inRun(run: string): { number?: CaseNumber; rest: string } | undefined {
  const pieces = run.split(SEPARATOR).filter((piece) => piece !== '');
  if (pieces.length > MOST_PIECES) return undefined;
  let meant: { rest: string } | undefined;
  for (let from = 0; from < pieces.length; from += 1) {
    for (let to = from + 1; to <= pieces.length; to += 1) {
      const typed = pieces.slice(from, to).join('');
      if (typed.length > DIGITS + 1) break;
      if (typed.length < DIGITS - 1 || typed.replace(/\D/g, '').length < LEAST_TRUE_DIGITS) continue;
      const digits = Array.from(typed, (sign) => ALIKE[sign] ?? sign).join('');
      if (!DAY.test(digits)) continue;
      const rest = [...pieces.slice(0, from), ...pieces.slice(to)].join(' ');
      const number = parseCaseNumber(digits);
      if (number !== undefined) return { number, rest };
      meant ??= { rest };
    }
  }
  return meant;
}
