import { shanghaiDate } from '../../shared/dates.ts';
import { element } from '../components/dom.ts';
import { monthName } from '../components/format.ts';
import { say } from '../components/texts.ts';
import { MANAGER } from './manager.texts.ts';

/** A month, a quarter or a year, as the API takes it. */
export interface Chosen {
  kind: Length;
  value: string;
}

export type Length = 'month' | 'quarter' | 'year';
export const LENGTHS: readonly Length[] = ['month', 'quarter', 'year'];

const MONTHS = 24;
const YEARS = 5;

const today = (): [year: number, month: number] => {
  const [year = 0, month = 0] = shanghaiDate(new Date()).split('-').map(Number);
  return [year, month];
};

/** The latest months first, `2026-11`. */
export function lastMonths(count = MONTHS): string[] {
  const [year, month] = today();
  return Array.from({ length: count }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 7),
  );
}

export const lastYears = (): string[] =>
  Array.from({ length: YEARS }, (_, back) => String(today()[0] - back));

const CHOICES: Readonly<Record<Length, () => string[]>> = {
  month: lastMonths,
  quarter: () => [...new Set(lastMonths().map(quarterOf))],
  year: lastYears,
};

const quarterOf = (month: string) => `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;

export function periodName(value: string): string {
  if (value.includes('Q')) {
    const [year = '', quarter = ''] = value.split('-Q');
    return say(MANAGER.quarterName, { year, quarter });
  }
  return value.length === 4 ? say(MANAGER.yearName, { year: value }) : monthName(value);
}

/** Two selects: how long, and which one. */
export function periodSelects(asked: Partial<Chosen>) {
  const kind = element(
    'select',
    { id: 'length', name: 'length' },
    ...LENGTHS.map((value) =>
      element('option', { value, selected: value === asked.kind }, say(MANAGER[value])),
    ),
  );
  const which = element('select', { id: 'period', name: 'period' });
  const fill = (chosen?: string) =>
    which.replaceChildren(
      ...CHOICES[kind.value as Length]().map((value) =>
        element('option', { value, selected: value === chosen }, periodName(value)),
      ),
    );
  fill(asked.value);
  kind.addEventListener('change', () => fill());
  return { kind, which, chosen: (): Chosen => ({ kind: kind.value as Length, value: which.value }) };
}
