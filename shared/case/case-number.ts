import { isLocalDate, type LocalDate } from '../dates.ts';

/**
 * A case number is read out on the phone: six digits of the day (YYMMDD), six drawn at random, and a check
 * digit, in three groups: `261121-483729-2`. Six random digits hold a million cases a day; at 100,000 a day
 * every tenth first draw is taken and the intake draws again. Numbers say nothing about how many came in.
 */
export type CaseNumber = string;

/**
 * Damm's quasigroup (H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004): one check digit that finds
 * every single wrong digit and every swap of neighbours, the two slips people make when they read or type.
 */
const DAMM = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

function checkDigit(digits: string): number {
  return Array.from(digits).reduce((interim, digit) => DAMM[interim]?.[Number(digit)] ?? interim, 0);
}

/**
 * Makes the number of a case received on `day`.
 * @param draw an integer from 0 to 999,999, drawn at random by the caller
 */
export function makeCaseNumber(day: LocalDate, draw: number): CaseNumber {
  const date = day.slice(2).replaceAll('-', '');
  const serial = String(draw).padStart(6, '0');
  return `${date}-${serial}-${checkDigit(date + serial)}`;
}

/**
 * Reads a number as people give it: with or without hyphens, with spaces, in full-width digits.
 * Returns undefined when it is not thirteen digits or the check digit does not fit.
 */
export function parseCaseNumber(written: string): CaseNumber | undefined {
  const digits = digitsOf(written);
  return isNumber(digits) ? grouped(digits) : undefined;
}

const digitsOf = (written: string) => written.normalize('NFKC').replace(/[\s‐-―−-]/g, '');
const isNumber = (digits: string) => /^\d{13}$/.test(digits) && checkDigit(digits) === 0;
const grouped = (digits: string) => `${digits.slice(0, 6)}-${digits.slice(6, 12)}-${digits.slice(12)}`;

/**
 * The numbers that somebody may have meant who made one slip: a wrong digit, two neighbours changed over, one left out, one
 * too many. The check digit leaves about one for each place: some two dozen at the most, of which hardly any two exist.
 * @param today no case was received later
 * @returns nothing when what was written is a number, or has more than one digit too many or too few
 */
export function numbersNear(written: string, today: LocalDate): CaseNumber[] {
  const digits = digitsOf(written);
  if (!/^\d{12,14}$/.test(digits) || isNumber(digits)) return [];
  const received = (number: string) => `20${number.slice(0, 2)}-${number.slice(2, 4)}-${number.slice(4, 6)}`;
  const meant = slipsIn(digits).filter(
    (one) => isNumber(one) && isLocalDate(received(one)) && received(one) <= today,
  );
  return [...new Set(meant)].map(grouped);
}

/** What these digits may have been before one slip. */
function slipsIn(digits: string): string[] {
  const places = Array.from({ length: digits.length + 1 }, (_, place) => place);
  const withDigits = (from: number, to: number) =>
    Array.from('0123456789', (digit) => digits.slice(0, from) + digit + digits.slice(to));
  if (digits.length === 12) return places.flatMap((place) => withDigits(place, place));
  if (digits.length === 14) return places.map((place) => digits.slice(0, place) + digits.slice(place + 1));
  const swapped = places.map(
    (place) =>
      digits.slice(0, place) + (digits[place + 1] ?? '') + (digits[place] ?? '') + digits.slice(place + 2),
  );
  return [...places.flatMap((place) => withDigits(place, place + 1)), ...swapped];
}

/** How the numbers of the cases of a day begin. */
export const dayOf = (day: LocalDate): string => day.slice(2).replaceAll('-', '');
