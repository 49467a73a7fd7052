import { KINDS } from '../../shared/case/case.ts';
import type { Gaps } from '../api/answers.ts';
import { drawing, element } from '../components/dom.ts';
import { chinese } from '../components/page.ts';
import { say } from '../components/texts.ts';
import { ADMINISTRATOR } from './administrator.texts.ts';
import { failed, type Signed, table } from './signed.ts';

type County = Gaps['counties'][number];
type Township = County['townships'][number];

const ACROSS = 4;
const WIDE = 76;
const HIGH = 34;
const SPACE = 4;

/** Signs that are read without colour. */
const SIGNS: Readonly<Record<Township['cover'], string>> = {
  covered: '',
  shared: '×2',
  ended: '⊘',
  nobody: '!!',
};

/** Where nobody is in charge on a day: a tile for each township, the gaps as a list, units and rules that lack something. */
export async function gapsView(signed: Signed): Promise<Node[]> {
  const on = element('input', { id: 'gaps-on', type: 'date' });
  const place = element('div', {});
  const show = async () => {
    try {
      const query = on.value === '' ? {} : { on: on.value };
      const gaps = await signed.ask('GET /administrator/register/gaps', { query });
      on.value = gaps.on;
      place.replaceChildren(...shown(gaps));
    } catch (error) {
      place.replaceChildren(failed(error));
    }
  };
  on.addEventListener('change', () => void show());
  await show();
  return [
    element('p', { class: 'hint' }, say(ADMINISTRATOR.gapsHint)),
    element('div', { class: 'tools' }, element('label', { for: 'gaps-on' }, say(ADMINISTRATOR.gapsOn)), on),
    place,
  ];
}

function shown({ counties, units, rules }: Gaps): Node[] {
  const gaps = counties.flatMap((county) =>
    county.townships.filter(({ cover }) => cover !== 'covered').map((township) => ({ county, township })),
  );
  return [
    legend(),
    element('div', { class: 'gap-map' }, ...counties.map(map)),
    element('h3', {}, say(ADMINISTRATOR.gapList)),
    gaps.length === 0
      ? element('p', { class: 'good' }, say(ADMINISTRATOR.noGaps))
      : table(
          ADMINISTRATOR.gapList,
          [
            [ADMINISTRATOR.township, ({ township }) => chinese(`${township.name} ${township.code}`)],
            [ADMINISTRATOR.county, ({ county }) => chinese(county.name)],
            [ADMINISTRATOR.state, ({ township }) => say(ADMINISTRATOR[township.cover])],
            [
              ADMINISTRATOR.unitsInCharge,
              ({ township }) => chinese(township.units.map(({ name }) => name).join('、')),
            ],
          ],
          gaps,
        ),
    element('h3', {}, say(ADMINISTRATOR.unitsLack)),
    units.length === 0
      ? element('p', { class: 'good' }, say(ADMINISTRATOR.nothingLacks))
      : table(
          ADMINISTRATOR.unitsLack,
          [
            [ADMINISTRATOR.unit, ({ name, code }) => chinese(`${name} ${code}`)],
            [ADMINISTRATOR.lacks, ({ lacks }) => lacks.map((lack) => say(lack)).join(' · ')],
          ],
          units,
        ),
    ...(rules.length === 0
      ? []
      : [
          element('h3', {}, say(ADMINISTRATOR.rulesWithout)),
          table(
            ADMINISTRATOR.rulesWithout,
            [
              [ADMINISTRATOR.rule, ({ id, word }) => chinese(`${word} (${id})`)],
              [ADMINISTRATOR.unit, ({ unit }) => unit],
              [
                ADMINISTRATOR.matters,
                ({ kinds }) =>
                  kinds.length === 0
                    ? say(ADMINISTRATOR.allMatters)
                    : kinds.map((kind) => say(KINDS[kind])).join(' · '),
              ],
            ],
            rules,
          ),
        ]),
  ];
}

function legend(): HTMLElement {
  return element(
    'ul',
    { class: 'gap-legend', 'aria-label': say(ADMINISTRATOR.legend) },
    ...(Object.keys(SIGNS) as Township['cover'][]).map((cover) =>
      element(
        'li',
        {},
        drawing(
          'svg',
          { width: 40, height: 28, viewBox: '0 0 40 28', role: 'img', 'aria-label': say(ADMINISTRATOR.sign) },
          tile({ cover, name: '' }, 3, 3, 34, 22),
        ),
        say(ADMINISTRATOR[cover]),
      ),
    ),
  );
}

function map(county: County): HTMLElement {
  const { name, townships, stations, officers } = county;
  const gaps = townships.filter(({ cover }) => cover === 'ended' || cover === 'nobody').length;
  const rows = Math.ceil(townships.length / ACROSS);
  const [width, height] = [ACROSS * (WIDE + SPACE) + SPACE, rows * (HIGH + SPACE) + SPACE];
  const summary = say(ADMINISTRATOR.countySummary, {
    townships: townships.length,
    stations,
    officers,
    gaps,
  });
  return element(
    'figure',
    { 'data-county': county.code },
    element(
      'figcaption',
      {},
      element('strong', {}, chinese(name)),
      ' ',
      element('span', { class: 'small' }, summary),
    ),
    drawing(
      'svg',
      {
        width,
        height,
        viewBox: `0 0 ${width} ${height}`,
        role: 'img',
        'aria-label': summary,
      },
      ...townships.map((township, at) =>
        tile(
          township,
          SPACE + (at % ACROSS) * (WIDE + SPACE),
          SPACE + Math.floor(at / ACROSS) * (HIGH + SPACE),
          WIDE,
          HIGH,
        ),
      ),
    ),
  );
}

function tile(
  { name, cover }: Pick<Township, 'name' | 'cover'>,
  x: number,
  y: number,
  width: number,
  height: number,
): SVGElement {
  const short = name.replace(/(?:街道|镇|乡|民族乡)$/, '').slice(0, 4);
  const sign = SIGNS[cover];
  return drawing(
    'g',
    { class: `tile ${cover}` },
    name !== '' && drawing('title', { lang: 'zh-CN' }, `${name} ${sign}`),
    drawing('rect', { x, y, width, height, rx: 3 }),
    drawing(
      'text',
      { x: x + width / 2, y: y + height / 2 + 5, lang: 'zh-CN' },
      [short, sign].filter(Boolean).join(' '),
    ),
  );
}
