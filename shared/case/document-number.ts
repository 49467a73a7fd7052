import { type Unit, unitPathOf } from '../jurisdiction/registry.ts';

/**
 * The number of an official form (文号), `海曙古林市监〔2026〕第12号`: one series for each unit and year, without
 * gaps or doubles.
 */

const SHORT = /(?:市|区|县)?市场监督管理(?:局|所)$/;

/** Name of the series that a unit's forms of a year are numbered in. */
export function seriesOf(unit: string, year: string): string {
  return `${unit}#${year}`;
}

/** Writes the n-th number of a unit's series. */
export function documentNumber(unit: string, year: string, n: number, units: readonly Unit[]): string {
  const path = unitPathOf(unit, units).slice(unit.length > 6 ? -2 : -1);
  const names = path.map((code) => (units.find((one) => one.code === code)?.name ?? '').replace(SHORT, ''));
  return `${names.join('')}市监〔${year}〕第${n}号`;
}
