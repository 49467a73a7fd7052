import type { CaseDetail, ListedUnit } from '../api/answers.ts';
import { drawing, element } from '../components/dom.ts';
import { say } from '../components/texts.ts';
import { CASE } from './case.texts.ts';

/*
 * A sketch of the stations that come into question, county by county: a tile for each, no boundaries, nobody's map.
 */

const COLUMNS = 5;
const TILE = { width: 88, height: 40, gap: 6 };
const TITLE = 22;
/** More counties, or more stations than these, are no sketch any more. */
const MOST_COUNTIES = 3;
const MOST_STATIONS = 40;

type Mark = 'decided' | 'proposal' | 'weighed' | 'here';
const SHAPES: Readonly<Record<Mark, string>> = { decided: '★', proposal: '', weighed: '·', here: '●' };

/** What there is to say of each unit; the strongest counts. */
function marksOf({ routing, unitPath }: CaseDetail): Map<string, { mark: Mark; nth?: number }> {
  const marks = new Map<string, { mark: Mark; nth?: number }>();
  for (const { unit } of routing?.matches ?? []) marks.set(unit.code, { mark: 'weighed' });
  for (const [index, { code }] of (routing?.proposals ?? []).entries()) {
    marks.set(code, { mark: 'proposal', nth: index + 1 });
  }
  if (routing?.decided) marks.set(routing.decided.code, { mark: 'decided' });
  const here = unitPath.length > 1 ? unitPath.at(-1) : undefined;
  if (here !== undefined && !marks.has(here)) marks.set(here, { mark: 'here' });
  return marks;
}

/** Nothing where no station comes into question. */
export function caseMap(found: CaseDetail, units: readonly ListedUnit[]): HTMLElement | undefined {
  const marks = marksOf(found);
  const parentOf = (code: string) => units.find((unit) => unit.code === code)?.parent;
  const counties = [...new Set([...marks.keys()].flatMap((code) => parentOf(code) ?? []))]
    .filter((code) => parentOf(code) !== undefined)
    .slice(0, MOST_COUNTIES);
  if (counties.length === 0) return undefined;
  let top = 0;
  const groups = counties.map((county) => {
    const stations = units.filter(({ parent }) => parent === county);
    const shown = stations.length > MOST_STATIONS ? stations.filter(({ code }) => marks.has(code)) : stations;
    const name = units.find(({ code }) => code === county)?.name ?? county;
    const group = drawing(
      'g',
      { transform: `translate(0 ${top})` },
      drawing('text', { class: 'map-county', x: 0, y: 15, lang: 'zh-CN' }, short(name)),
      ...shown.map((station, index) => tile(station, index, marks.get(station.code))),
    );
    top += TITLE + Math.ceil(shown.length / COLUMNS) * (TILE.height + TILE.gap) + TILE.gap;
    return group;
  });
  const used = [...new Set([...marks.values()].map(({ mark }) => mark))];
  return element(
    'figure',
    { class: 'map' },
    drawing(
      'svg',
      {
        viewBox: `0 0 ${COLUMNS * (TILE.width + TILE.gap)} ${top}`,
        role: 'img',
        'aria-label': say(CASE.map),
      },
      ...groups,
    ),
    element(
      'figcaption',
      { class: 'hint' },
      ...used.map((mark) =>
        element(
          'span',
          { class: 'map-key' },
          element(
            'span',
            { class: `shape ${mark}`, 'aria-hidden': 'true' },
            mark === 'proposal' ? '①' : SHAPES[mark],
          ),
          ` ${say(CASE[`mark.${mark}`])}`,
        ),
      ),
      say(CASE.mapNote),
    ),
  );
}

function tile(
  { code, name }: ListedUnit,
  index: number,
  known: { mark: Mark; nth?: number } | undefined,
): SVGElement {
  const x = (index % COLUMNS) * (TILE.width + TILE.gap);
  const y = TITLE + Math.floor(index / COLUMNS) * (TILE.height + TILE.gap);
  const sign = known === undefined ? '' : (known.nth?.toString() ?? SHAPES[known.mark]);
  return drawing(
    'g',
    { class: `map-tile ${known?.mark ?? ''}`, transform: `translate(${x} ${y})`, 'data-unit': code },
    drawing('title', { lang: 'zh-CN' }, name),
    drawing('rect', { x: 0.5, y: 0.5, width: TILE.width - 1, height: TILE.height - 1, rx: 4 }),
    drawing(
      'text',
      { x: TILE.width / 2, y: TILE.height / 2 + 5, 'text-anchor': 'middle', lang: 'zh-CN' },
      `${sign === '' ? '' : `${sign} `}${short(name)}`,
    ),
  );
}

/** `古林市场监督管理所` → `古林`, `海曙区市场监督管理局` → `海曙区`. */
function short(name: string): string {
  return name.replace(/(示例)?市场监督管理(所|局)(.*)$/, '$3').slice(0, 6);
}
