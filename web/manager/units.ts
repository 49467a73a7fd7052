import type { ListedUnit, UnitsCompared } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { chinese } from '../components/page.ts';
import { say } from '../components/texts.ts';
import { tileMap } from '../components/tile-map.ts';
import { MANAGER, VERDICTS } from './manager.texts.ts';
import { rateText, shortRate } from './numbers.ts';

type Indicator = UnitsCompared['indicators'][number];
type Compared = Indicator['units'][number];

/** What managers are asked for first. */
const FIRST = 'resolutionRate';

/** The units right below the chosen one by one rate, each against what its mix of problems lets expect. */
export async function unitsCompared(
  query: Record<string, string>,
  units: readonly ListedUnit[],
  ask: Ask,
): Promise<Node[]> {
  const { indicators } = await ask('GET /desk/figures/units', { query });
  if (indicators.every((one) => one.units.length === 0)) {
    return [element('p', { class: 'card' }, say(MANAGER.noUnits))];
  }
  const which = element(
    'select',
    { id: 'rate' },
    ...indicators.map((one) => element('option', { value: one.id, selected: one.id === FIRST }, say(one))),
  );
  const place = element('div', { class: 'map-and-table' });
  const show = () => {
    const found = indicators.find(({ id }) => id === which.value);
    if (found === undefined) return;
    place.replaceChildren(unitMap(found, units), element('div', {}, ...table(found)));
  };
  which.addEventListener('change', show);
  show();
  return [
    element('p', { class: 'hint' }, say(MANAGER.unitsHint)),
    element('div', { class: 'tools' }, element('label', { for: 'rate' }, say(MANAGER.rate)), which),
    place,
  ];
}

/** Where there is nothing to say. */
const NOTHING = '—';
const rate = (value: number | null) => (value === null ? NOTHING : rateText(value));

const COLUMNS: readonly (readonly [keyof typeof MANAGER, (one: Compared) => Node | string])[] = [
  ['unit', ({ name }) => chinese(name)],
  // Beside the name: on a phone the rest lies off the screen.
  ['verdict', ({ verdict }) => element('span', { class: `verdict ${verdict}` }, say(VERDICTS[verdict]))],
  ['rank', ({ rank: place }) => (place === null ? NOTHING : String(place))],
  ['value', ({ value }) => rate(value)],
  [
    'cases',
    ({ numerator, denominator }) => say(MANAGER.divided, { above: numerator ?? 0, below: denominator ?? 0 }),
  ],
  [
    'intervalColumn',
    ({ interval }) => (interval === null ? NOTHING : `${shortRate(interval.from)}—${shortRate(interval.to)}`),
  ],
  ['expected', ({ expected }) => rate(expected)],
];

const SHADES = { better: 'good', worse: 'bad', 'as-expected': 'plain', 'too-few': 'none' } as const;
const SIGNS = { better: '▲ ', worse: '▼ ', 'as-expected': '', 'too-few': '' } as const;

/** Where the better and the worse lie; a tile opens the units below it. */
function unitMap(found: Indicator, units: readonly ListedUnit[]): HTMLElement {
  const placeOf = (code: string) => units.find((unit) => unit.code === code)?.place;
  const tiles = found.units.map(({ code, name, value, verdict }) => {
    const open = new URLSearchParams(location.search);
    open.set('unit', code);
    return {
      name: shortName(name),
      value: value === null ? NOTHING : `${SIGNS[verdict]}${shortRate(value)}`,
      shade: SHADES[verdict],
      said: say(VERDICTS[verdict]),
      href: units.some(({ parent }) => parent === code) ? `?${open}#units` : undefined,
      place: placeOf(code),
    };
  });
  const map = tileMap(tiles, say(found));
  map.append(element('figcaption', { class: 'hint' }, say(MANAGER.mapHint)));
  return map;
}

/** `海曙区市场监督管理局` is `海曙区` in a tile. */
const shortName = (name: string) => name.replace(/(示例)?市场监督管理(所|局).*$/, '').slice(-5) || name;

function table(found: Indicator): Node[] {
  const overall = found.overall === null ? say(MANAGER.none) : rateText(found.overall);
  return [
    element('h3', {}, say(found)),
    element('p', {}, say(MANAGER.overall, { value: overall })),
    element(
      'div',
      { class: 'table', role: 'region', tabindex: 0, 'aria-label': say(found) },
      element(
        'table',
        { class: 'units-table' },
        element(
          'thead',
          {},
          element('tr', {}, ...COLUMNS.map(([name]) => element('th', { scope: 'col' }, say(MANAGER[name])))),
        ),
        element('tbody', {}, ...found.units.map(row)),
      ),
    ),
  ];
}

function row(one: Compared): HTMLElement {
  const [name, ...rest] = COLUMNS.map(([, shown]) => shown(one));
  return element(
    'tr',
    { 'data-unit': one.code },
    element('th', { scope: 'row' }, name),
    ...rest.map((cell) => element('td', {}, cell)),
  );
}
