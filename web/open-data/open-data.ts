import { formatYuan } from '../../shared/money.ts';
import type { Catalogue, PublishedFigure, PublishedResult } from '../api/answers.ts';
import { ApiProblem, call } from '../api/call.ts';
import { drawing, element, facts } from '../components/dom.ts';
import { longDate, monthName, percent, shortDate } from '../components/format.ts';
import { announce, chinese, frame, setTitle } from '../components/page.ts';
import { COMMON, type Pair, say } from '../components/texts.ts';
import { COLUMNS, MEASURES, OPEN_DATA } from './open-data.texts.ts';

const PAGE = 20;

const main = frame(
  [
    { href: '/open-data', text: COMMON.openData, current: true },
    { href: '/figures', text: COMMON.figures },
    { href: '/#track', text: COMMON.track },
  ],
  'wide',
);
setTitle(say(OPEN_DATA.title));
void start();

async function start(): Promise<void> {
  const heading = () => element('h1', {}, say(OPEN_DATA.title));
  main.replaceChildren(heading(), element('p', {}, say(COMMON.loading)));
  try {
    const found = await call('GET /open-data');
    main.replaceChildren(
      heading(),
      element('p', { class: 'intro' }, say(OPEN_DATA.intro)),
      ...(found.checkedOn === null
        ? [element('p', {}, say(OPEN_DATA.nothing))]
        : [
            element('p', { class: 'hint' }, say(OPEN_DATA.checkedOn, { date: longDate(found.checkedOn) })),
            businesses(),
            await counties(),
            downloads(found),
          ]),
      ...protection(found),
    );
  } catch (error) {
    main.replaceChildren(
      heading(),
      failure(error, () => void start()),
    );
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

/** Results per business, searched and read page by page. */
function businesses(): HTMLElement {
  const query = element('input', { id: 'q', name: 'q', type: 'search', maxlength: 100, autocomplete: 'off' });
  const year = yearSelect();
  const list = element('ol', { class: 'results-of' });
  const status = element('p', { class: 'hint' });
  const more = element('button', { type: 'button', hidden: true }, say(OPEN_DATA.more));
  let asked = 0;
  let following: string | undefined;
  const read = async (next?: string) => {
    asked += 1;
    const mine = asked;
    const parameters = { limit: String(PAGE), q: query.value.trim(), year: year.value, next: next ?? '' };
    const filled = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ''));
    try {
      const found = await call('GET /open-data/businesses', { query: filled });
      // A slow answer to an earlier search must not replace the present one.
      if (mine !== asked) return;
      const rows = found.businesses.map(resultOf);
      if (next === undefined) list.replaceChildren(...rows);
      else list.append(...rows);
      status.textContent =
        found.total === 0 ? say(OPEN_DATA.none) : say(OPEN_DATA.found, { count: found.total });
      announce(status.textContent);
      more.hidden = found.next === undefined;
      following = found.next;
    } catch (error) {
      if (mine === asked) list.replaceChildren(failure(error, () => void read(next)));
    }
  };
  const submit = (event: Event) => {
    event.preventDefault();
    void read();
  };
  year.addEventListener('change', () => void read());
  more.addEventListener('click', () => void read(following));
  void read();
  return part(
    element('h2', {}, say(OPEN_DATA.businesses)),
    element('p', { class: 'hint' }, say(OPEN_DATA.businessesHint)),
    element(
      'form',
      { class: 'tools', role: 'search', onsubmit: submit },
      element('label', { for: 'q' }, say(OPEN_DATA.search)),
      query,
      element('label', { for: 'year' }, say(OPEN_DATA.year)),
      year,
      element('button', { type: 'submit', class: 'primary' }, say(OPEN_DATA.find)),
    ),
    status,
    list,
    more,
  );
}

/** This year and two before it: nothing older is kept. */
function yearSelect(): HTMLSelectElement {
  const now = new Date().getFullYear();
  return element(
    'select',
    { id: 'year', name: 'year' },
    element('option', { value: '' }, say(OPEN_DATA.allYears)),
    ...[now, now - 1, now - 2].map((one) => element('option', { value: one }, String(one))),
  );
}

function resultOf(result: PublishedResult): HTMLElement {
  const { name, creditCode, year, published, settled, settledShare, intervalFrom, intervalTo } = result;
  const sum = (fen: number | null) =>
    fen === null
      ? say(OPEN_DATA.withheld)
      : say(OPEN_DATA.about, { sum: formatYuan(fen).replace('.00', '') });
  return element(
    'li',
    { class: 'card' },
    element('h3', {}, chinese(name), ' ', element('small', {}, year)),
    element('p', { class: 'hint' }, creditCode),
    facts([
      [say(OPEN_DATA.published), say(OPEN_DATA.cases, { count: published })],
      [say(OPEN_DATA.settled), say(OPEN_DATA.share, { settled, share: percent(settledShare) })],
      [say(OPEN_DATA.agreed), sum(result.agreedFen)],
      [say(OPEN_DATA.proven), sum(result.provenFen)],
      [say(OPEN_DATA.bySize), sizeOf(result)],
    ]),
    shareBar(settledShare, intervalFrom, intervalTo),
    answers(creditCode),
  );
}

function sizeOf({ sizeMeasure, perSize, complaintsPerSize }: PublishedResult): string {
  if (sizeMeasure === null || complaintsPerSize === null) return say(OPEN_DATA.sizeUnknown);
  const rate = complaintsPerSize < 0.01 ? '< 0.01' : complaintsPerSize.toFixed(2);
  return say(OPEN_DATA.perSize, { per: perSize ?? 1, measure: say(MEASURES[sizeMeasure]), rate });
}

/** The share as a bar, and what luck leaves open as a line over it. */
function shareBar(share: number, from: number, to: number): HTMLElement {
  const x = (value: number) => (value * 100).toFixed(1);
  const words = say(OPEN_DATA.interval, { from: percent(from), to: percent(to) });
  return element(
    'p',
    { class: 'share' },
    drawing(
      'svg',
      { viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      drawing('rect', { x: 0, y: 1, width: 100, height: 6, class: 'rail' }),
      drawing('rect', { x: 0, y: 1, width: x(share), height: 6, class: 'part' }),
      drawing('rect', { x: x(from), y: 3.4, width: x(to - from), height: 1.2, class: 'luck' }),
    ),
    element('small', {}, words),
  );
}

/** Read when somebody opens it. */
function answers(creditCode: string): HTMLElement {
  const place = element('div', {});
  const details = element('details', {}, element('summary', {}, say(OPEN_DATA.answer)), place);
  const read = async () => {
    if (!details.open || place.childElementCount > 0) return;
    place.replaceChildren(element('p', {}, say(COMMON.loading)));
    try {
      const { answers: given } = await call('GET /open-data/businesses/{creditCode}', {
        path: { creditCode },
      });
      place.replaceChildren(
        ...(given.length === 0
          ? [element('p', {}, say(OPEN_DATA.noAnswer))]
          : given.flatMap(({ year, text, at }) => [
              element('p', { class: 'words' }, chinese(text)),
              element(
                'p',
                { class: 'hint' },
                say(OPEN_DATA.answered, { year, date: shortDate(at.slice(0, 10)) }),
              ),
            ])),
      );
    } catch (error) {
      place.replaceChildren(failure(error, () => void read()));
    }
  };
  details.addEventListener('toggle', () => void read());
  return details;
}

async function counties(): Promise<HTMLElement> {
  const section = part(element('h2', {}, say(OPEN_DATA.counties)));
  try {
    const { figures } = await call('GET /open-data/figures');
    const months = [...new Set(figures.map(({ month }) => month))];
    if (months.length === 0) {
      section.append(element('p', {}, say(OPEN_DATA.nothing)));
      return section;
    }
    const select = element(
      'select',
      { id: 'month', name: 'month' },
      ...months.map((value) => element('option', { value }, monthName(value))),
    );
    const place = element('div', {});
    const show = () => place.replaceChildren(table(figures.filter(({ month }) => month === select.value)));
    select.addEventListener('change', show);
    show();
    section.append(
      element('p', { class: 'hint' }, say(OPEN_DATA.countiesHint)),
      element('div', { class: 'tools' }, element('label', { for: 'month' }, say(OPEN_DATA.month)), select),
      place,
    );
  } catch (error) {
    section.append(failure(error, () => void start()));
  }
  return section;
}

function table(figures: readonly PublishedFigure[]): HTMLElement {
  const columns = Object.entries<Pair>(COLUMNS) as [keyof typeof COLUMNS, Pair][];
  const head = (text: string) => element('th', { scope: 'col' }, text);
  return element(
    'div',
    { class: 'table', role: 'region', tabindex: 0, 'aria-label': say(OPEN_DATA.counties) },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          head(say(OPEN_DATA.place)),
          ...columns.map(([, name]) => head(say(name))),
          head(say(OPEN_DATA.amounts)),
        ),
      ),
      element(
        'tbody',
        {},
        ...figures.map((figure) =>
          element(
            'tr',
            {},
            element('th', { scope: 'row' }, chinese(figure.name)),
            ...columns.map(([column]) => element('td', {}, String(figure[column]))),
            element('td', {}, figure.agreedFen === null ? '—' : formatYuan(figure.agreedFen)),
          ),
        ),
      ),
    ),
  );
}

function downloads({ datasets }: Catalogue): HTMLElement {
  const link = (id: string, path: string, format: string) => {
    // Figures come whole and take no limit.
    const pages = id === 'figures' ? '' : '&limit=5000';
    const href = `/api${path}?format=${format}${pages}`;
    return element('a', { href, download: `open-data-${id}.${format}` }, format.toUpperCase());
  };
  return part(
    element('h2', {}, say(OPEN_DATA.downloads)),
    element('p', { class: 'hint' }, say(OPEN_DATA.downloadsHint)),
    element(
      'ul',
      { class: 'downloads' },
      ...datasets.map(({ id, path, ...name }) =>
        element('li', {}, say(name), ' ', link(id, path, 'csv'), ' ', link(id, path, 'json')),
      ),
    ),
  );
}

function protection({ protection: rules, licence, keptDays }: Catalogue): Node[] {
  return [
    part(
      element('h2', {}, say(OPEN_DATA.protection)),
      element('ul', {}, ...rules.map((rule) => element('li', {}, say(rule)))),
      keptDays !== null && element('p', {}, say(OPEN_DATA.kept, { days: keptDays })),
    ),
    part(element('h2', {}, say(OPEN_DATA.licence)), element('p', {}, say(licence))),
  ];
}

function part(...children: (Node | false)[]): HTMLElement {
  return element('section', { class: 'part-of-page' }, ...children);
}
