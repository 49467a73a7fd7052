import type { LocalDate } from '../dates.ts';

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
  const digits = written.normalize('NFKC').replace(/[\s‐-―−-]/g, '');
  if (!/^\d{13}$/.test(digits) || checkDigit(digits) !== 0) return undefined;
  return `${digits.slice(0, 6)}-${digits.slice(6, 12)}-${digits.slice(12)}`;
}
