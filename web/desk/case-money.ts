import { MONEY_ENTRIES } from '../../shared/case/money-entries.ts';
import type { CaseDetail } from '../api/answers.ts';
import { drawing, element, facts } from '../components/dom.ts';
import { longDate, money, shortDate } from '../components/format.ts';
import { type Pair, say } from '../components/texts.ts';
import { CASE } from './case.texts.ts';
import type { Colleagues } from './colleagues.ts';
import { DESK, ROLE_NAMES } from './desk.texts.ts';

const entries: Readonly<Record<string, Pair>> = MONEY_ENTRIES;

/** What was paid, claimed, agreed and proven, side by side, and every entry that the sums are made of. */
export function caseMoney(found: CaseDetail, colleagues: Colleagues): HTMLElement | undefined {
  const complaint = found.complaint as { paidFen?: number; claimedFen?: number } | null;
  const steps: [string, Pair, number | undefined][] = [
    ['paid', CASE.paid, complaint?.paidFen],
    ['claimed', CASE.claimed, complaint?.claimedFen],
    ['agreed', CASE.agreed, found.money.agreed],
    ['proven', CASE.proven, found.money.proven],
  ];
  const largest = Math.max(...steps.map(([, , sum]) => sum ?? 0));
  const others = Object.entries(found.money).filter(([entry]) => !['agreed', 'proven'].includes(entry));
  const booked = found.history.filter(({ money: sums }) => Object.keys(sums).length > 0);
  if (largest === 0 && others.length === 0) return undefined;
  return element(
    'section',
    { class: 'ledger' },
    element('h3', {}, say(CASE.ledger)),
    element(
      'dl',
      { class: 'sums' },
      ...steps.map(([name, words, sum]) =>
        element(
          'div',
          { 'data-sum': name },
          element('dt', {}, say(words)),
          element('dd', {}, sum === undefined ? '–' : money(sum)),
          element('dd', { class: 'bar-place' }, bar(words, sum ?? 0, largest, name)),
        ),
      ),
    ),
    facts(
      [
        ...others.map(([entry, sum]): [string, string] => [
          say(entries[entry] ?? CASE.entry),
          money(sum ?? 0),
        ]),
        ...(found.promisedOn === null
          ? []
          : ([[say(DESK.promisedOn), longDate(found.promisedOn)]] as [string, string][])),
      ],
      'facts',
    ),
    booked.length > 0 && entryTable(booked, colleagues),
  );
}

function bar(words: Pair, sum: number, largest: number, name: string): SVGElement {
  const width = largest === 0 ? 0 : Math.round((sum / largest) * 1000) / 10;
  return drawing(
    'svg',
    {
      class: `bar ${name}`,
      viewBox: '0 0 100 6',
      preserveAspectRatio: 'none',
      role: 'img',
      'aria-label': `${say(words)} ${money(sum)}`,
    },
    drawing('rect', { class: 'all', x: 0, y: 0, width: 100, height: 6 }),
    drawing('rect', { class: 'part', x: 0, y: 0, width, height: 6 }),
  );
}

/** Entries are never overwritten: a correction is a line of its own. */
function entryTable(events: CaseDetail['history'], colleagues: Colleagues): HTMLElement {
  const head = (words: Pair) => element('th', { scope: 'col' }, say(words));
  return element(
    'details',
    {},
    element('summary', {}, say(CASE.entries)),
    element(
      'div',
      { class: 'table', role: 'region', tabindex: 0, 'aria-label': say(CASE.entries) },
      element(
        'table',
        {},
        element(
          'thead',
          {},
          element('tr', {}, head(CASE.day), head(CASE.entry), head(CASE.sum), head(CASE.by)),
        ),
        element(
          'tbody',
          {},
          ...events.flatMap(({ on, money: sums, actor }) =>
            Object.entries(sums).map(([entry, sum]) =>
              element(
                'tr',
                {},
                element('th', { scope: 'row' }, shortDate(on)),
                element('td', {}, say(entries[entry] ?? CASE.entry)),
                element('td', {}, money(sum ?? 0)),
                element('td', {}, actorName(actor, colleagues)),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

/** Staff by name, all others by what they are. */
export function actorName(
  { role, id }: CaseDetail['history'][number]['actor'],
  colleagues: Colleagues,
): Node | string {
  const words = ROLE_NAMES[role];
  const name = words === undefined ? role : say(words);
  if (['system', 'consumer', 'partner'].includes(role)) return name;
  return element('span', {}, `${name} `, colleagues.who(id));
}
