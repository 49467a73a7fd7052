import { shanghaiDate } from '../../shared/dates.ts';
import { formatYuan } from '../../shared/money.ts';
import type { Counter } from '../../shared/statistics/counters.ts';
import type { Indicator, Statistics } from '../api/answers.ts';
import { ApiProblem, call } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { moment, money, monthName, percent, shortDate } from '../components/format.ts';
import { announce, chinese, frame, setTitle } from '../components/page.ts';
import { COMMON, type Pair, say } from '../components/texts.ts';
import { unitSelect } from '../components/units.ts';
import { barChart } from './bar-chart.ts';
import { CASE_COUNTERS, DAY_COUNTERS, FIGURES, MORE_COUNTERS, MORE_SUMS } from './figures.texts.ts';

const MONTHS = 24;

const main = frame(
  [
    { href: '/figures', text: COMMON.figures, current: true },
    { href: '/#track', text: COMMON.track },
  ],
  'wide',
);
setTitle(say(FIGURES.title));
void start();

async function start(): Promise<void> {
  main.replaceChildren(element('h1', {}, say(FIGURES.title)), element('p', {}, say(COMMON.loading)));
  const results = element('div', { class: 'results' });
  try {
    const { bureau, units } = await call('GET /units');
    const asked = new URLSearchParams(location.search);
    const unit = unitSelect('unit', units, bureau, asked.get('unit') ?? bureau);
    const month = monthSelect(asked.get('month'));
    const choose = () => {
      const address = new URL(location.href);
      address.searchParams.set('unit', unit.value);
      address.searchParams.set('month', month.value);
      history.replaceState(null, '', address);
      void show(results, unit.value, month.value);
    };
    unit.addEventListener('change', choose);
    month.addEventListener('change', choose);
    main.replaceChildren(
      element('h1', {}, say(FIGURES.title)),
      element('p', { class: 'intro' }, say(FIGURES.intro)),
      element(
        'div',
        { class: 'tools' },
        element('label', { for: 'unit' }, say(FIGURES.unit)),
        unit,
        element('label', { for: 'month' }, say(FIGURES.month)),
        month,
        element('button', { type: 'button', onclick: () => print() }, say(COMMON.print)),
      ),
      results,
    );
    await show(results, unit.value, month.value);
  } catch (error) {
    main.replaceChildren(
      element('h1', {}, say(FIGURES.title)),
      failure(error, () => void start()),
    );
  }
}

/** This month and those of two years before it. */
function monthSelect(asked: string | null): HTMLSelectElement {
  const [year = 0, month = 0] = shanghaiDate(new Date()).split('-').map(Number);
  const months = Array.from({ length: MONTHS }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 7),
  );
  return element(
    'select',
    { id: 'month', name: 'month' },
    ...months.map((value) => element('option', { value, selected: value === asked }, monthName(value))),
  );
}

async function show(results: HTMLElement, unit: string, month: string): Promise<void> {
  const asked = `${unit} ${month}`;
  results.dataset.asked = asked;
  results.setAttribute('aria-busy', 'true');
  try {
    const found = await call('GET /statistics', { query: { unit, month } });
    // A slow answer to an earlier choice must not replace the present one.
    if (results.dataset.asked !== asked) return;
    const heading = () => [chinese(found.unit.name), ` · ${monthName(month)}`];
    results.replaceChildren(
      element('h2', {}, ...heading()),
      element('p', { class: 'hint' }, say(FIGURES.asOf, { time: moment(found.asOf) })),
      ...tiles(found),
      ...sums(found),
      ...rates(found.indicators),
      ...(found.roundedTo === null ? perDay(found, month, results.clientWidth) : []),
    );
    announce(...heading());
  } catch (error) {
    if (results.dataset.asked !== asked) return;
    results.replaceChildren(failure(error, () => void show(results, unit, month)));
  } finally {
    results.removeAttribute('aria-busy');
  }
}

function failure(error: unknown, retry: () => void): HTMLElement {
  const problem = error instanceof ApiProblem ? (error.errors[0] ?? error.title) : COMMON.unreachable;
  return element(
    'div',
    { class: 'failure', role: 'alert' },
    element('p', {}, say(problem)),
    element('button', { type: 'button', class: 'primary', onclick: retry }, say(COMMON.tryAgain)),
  );
}

type Day = Statistics['days'][number];

const counters = Object.entries<Pair>(CASE_COUNTERS);
const furtherCounters = Object.entries<Pair>(MORE_COUNTERS);
const ofDay = (day: Day | undefined, counter: Counter) => Number(day?.[counter] ?? 0);

function tiles({ cases, roundedTo }: Statistics): Node[] {
  const all = (shown: readonly [string, Pair][]) =>
    element(
      'dl',
      { class: 'tiles' },
      ...shown.map(([counter, name]) => tile(say(name), String(cases[counter] ?? 0), { id: counter })),
    );
  return [
    element('h3', {}, say(FIGURES.cases)),
    element('p', { class: 'hint' }, say(FIGURES.casesHint)),
    ...(roundedTo === null
      ? []
      : [element('p', { class: 'hint' }, say(FIGURES.rounded, { to: String(roundedTo) }))]),
    all(counters),
    element('details', {}, element('summary', {}, say(FIGURES.moreCounters)), all(furtherCounters)),
  ];
}

function tile(
  name: string,
  value: string,
  { id, hint, className = '' }: { id: string; hint?: string; className?: string },
) {
  return element(
    'div',
    { class: `tile ${className}`, 'data-figure': id },
    element('dt', {}, name),
    element('dd', {}, element('b', {}, value), hint !== undefined && element('small', {}, hint)),
  );
}

function sums({ money: sum }: Statistics): Node[] {
  const fen = (entry: Counter) => {
    const value = sum[entry];
    return value === null ? say(FIGURES.fewCases) : money(value ?? 0);
  };
  return [
    element('h3', {}, say(FIGURES.money)),
    element(
      'dl',
      { class: 'tiles money' },
      tile(say(FIGURES.agreed), fen('agreedFen'), {
        id: 'agreed',
        hint: say(FIGURES.agreedHint),
        className: 'headline',
      }),
      tile(say(FIGURES.proven), fen('provenFen'), { id: 'proven', hint: say(FIGURES.provenHint) }),
      tile(say(FIGURES.claimed), fen('claimedFen'), { id: 'claimed', hint: say(FIGURES.claimedHint) }),
      ...(Object.entries(MORE_SUMS) as [keyof typeof MORE_SUMS, Pair][]).map(([entry, name]) =>
        tile(say(name), fen(entry), { id: entry, className: 'small-tile' }),
      ),
    ),
  ];
}

/** The resolution rate first: it is what managers are asked for. */
function rates(indicators: readonly Indicator[]): Node[] {
  const first = (id: string) => (id === 'resolutionRate' ? 0 : 1);
  const ordered = [...indicators].sort((a, b) => first(a.id) - first(b.id));
  return [
    element('h3', {}, say(FIGURES.rates)),
    element(
      'dl',
      { class: 'tiles rates' },
      ...ordered.map((indicator) => {
        const { id, formula, numerator, denominator, rate } = indicator;
        return element(
          'div',
          { class: id === 'resolutionRate' ? 'tile headline' : 'tile', 'data-figure': id },
          element('dt', {}, say(indicator)),
          element(
            'dd',
            {},
            element('b', {}, rate === null ? say(FIGURES.noRate) : percent(rate)),
            element('small', {}, `= ${say(formula)}`),
            element(
              'small',
              {},
              `= ${say(FIGURES.divided, { numerator, denominator })}`,
              rate === null && ` (${say(FIGURES.noRateHint)})`,
            ),
          ),
        );
      }),
    ),
    element('p', { class: 'hint' }, say(FIGURES.ratesHint)),
  ];
}

function perDay(found: Statistics, month: string, width: number): Node[] {
  const { days } = found;
  const heading = element('h3', {}, say(FIGURES.perDay));
  if (days.length === 0) return [heading, element('p', {}, say(FIGURES.nothing))];

  const [year = 0, number = 0] = month.split('-').map(Number);
  const dates = Array.from(
    { length: new Date(Date.UTC(year, number, 0)).getUTCDate() },
    (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`,
  );
  const values = (counter: Counter) =>
    dates.map((date) =>
      ofDay(
        days.find(({ day }) => day === date),
        counter,
      ),
    );
  // Complaints are received by the city; what reaches the units below it was handed to them.
  const first = found.unit.kind === 'city' ? 'received' : 'distributed';
  const name = say(CASE_COUNTERS[first]);
  return [
    heading,
    barChart(
      [
        { name, className: 'first', values: values(first) },
        { name: say(CASE_COUNTERS.settled), className: 'second', values: values('settled') },
      ],
      dates.map((date) => String(Number(date.slice(8)))),
      say(FIGURES.chart, {
        month: monthName(month),
        first: name,
        received: found.cases[first] ?? 0,
        settled: found.cases.settled ?? 0,
      }),
      Math.max(300, width),
    ),
    dayTable(found),
    element('p', { class: 'hint' }, say(FIGURES.onlyDays)),
  ];
}

function dayTable({ cases, money: total, days }: Statistics): HTMLElement {
  const cell = (text: string) => element('td', {}, text);
  const head = (text: string) => element('th', { scope: 'col' }, text);
  return element(
    'div',
    { class: 'table', role: 'region', tabindex: 0, 'aria-label': say(FIGURES.perDay) },
    element(
      'table',
      {},
      element('caption', {}, say(FIGURES.amountsIn)),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          head(say(FIGURES.day)),
          ...DAY_COUNTERS.map((counter) => head(say(CASE_COUNTERS[counter]))),
          head(say(FIGURES.agreed)),
          head(say(FIGURES.proven)),
        ),
      ),
      element(
        'tbody',
        {},
        ...days.map((day) =>
          element(
            'tr',
            {},
            element('th', { scope: 'row' }, shortDate(day.day)),
            ...DAY_COUNTERS.map((counter) => cell(String(ofDay(day, counter)))),
            cell(formatYuan(ofDay(day, 'agreedFen'))),
            cell(formatYuan(ofDay(day, 'provenFen'))),
          ),
        ),
      ),
      element(
        'tfoot',
        {},
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, say(FIGURES.total)),
          ...DAY_COUNTERS.map((counter) => cell(String(cases[counter] ?? 0))),
          cell(formatYuan(total.agreedFen ?? 0)),
          cell(formatYuan(total.provenFen ?? 0)),
        ),
      ),
    ),
  );
}
