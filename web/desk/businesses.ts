import { WATCH_REASONS, type WatchReason } from '../../shared/businesses/watch-list.ts';
import { addDays, shanghaiDate } from '../../shared/dates.ts';
import type { AnswerOf, Ask } from '../api/call.ts';
import { element, facts } from '../components/dom.ts';
import { longDate } from '../components/format.ts';
import { phoneLink } from '../components/legal-date.ts';
import { chinese } from '../components/page.ts';
import { COMMON, type Pair, say } from '../components/texts.ts';
import { caseLine } from './case-line.ts';
import type { Colleagues } from './colleagues.ts';
import type { DeskView } from './enter-case.ts';
import { REVIEW } from './review.texts.ts';
import { decision, readView } from './review-list.ts';
import { caseLink } from './step-values.ts';

type Proposal = AnswerOf<'GET /desk/class-proposals'>['proposals'][number];
type Watched = AnswerOf<'GET /desk/watch-list'>['entries'][number];
type Business = AnswerOf<'GET /desk/businesses/{creditCode}'>;

/** Two months are the usual while to keep an eye on somebody. */
const USUAL_DAYS = 60;

/** The same business may stand in a list and in its record: fields have names of their own. */
type Where = 'list' | 'record';

/** Changes of the class of a business that the system proposes. */
export function classesView(ask: Ask): DeskView {
  return readView(REVIEW.classes, REVIEW.classesIntro, async (_, again) => {
    const proposals: Proposal[] = [];
    let after: string | null = null;
    do {
      const page: AnswerOf<'GET /desk/class-proposals'> = await ask('GET /desk/class-proposals', {
        query: { after: after ?? undefined },
      });
      proposals.push(...page.proposals);
      after = page.next;
    } while (after !== null);
    return proposals.length === 0
      ? [element('p', { class: 'empty' }, say(REVIEW.none))]
      : [element('ul', { class: 'cards' }, ...proposals.map((one) => classCard(one, 'list', ask, again)))];
  });
}

function classCard(found: Proposal, where: Where, ask: Ask, again: () => void): HTMLElement {
  const { creditCode, name, from, to, patrol, reasons, proposedOn } = found;
  const decide = (choice: 'accepted' | 'declined') => (why: string) =>
    ask('POST /desk/class-proposals/{creditCode}/decide', {
      path: { creditCode },
      body: { decision: choice, why, proposedOn },
    });
  return element(
    'li',
    { class: 'card', 'data-class': creditCode },
    element(
      'p',
      {},
      businessLink(creditCode, name),
      ' ',
      element('b', {}, say(REVIEW.change, { from, to })),
      ` · ${say(patrol)} · ${longDate(proposedOn)}`,
    ),
    element(
      'ul',
      { class: 'rules' },
      ...reasons.map((reason) =>
        element(
          'li',
          {},
          say(reason),
          ' ',
          element('small', {}, say(REVIEW.people, { days: reason.days, people: reason.people })),
          reason.cases.length > 0 && element('span', { class: 'numbers' }, ...reason.cases.map(caseLink)),
        ),
      ),
    ),
    decision(
      `class-${where}-${creditCode}`,
      [
        { id: 'accepted', label: REVIEW.accept, primary: true, needsWhy: true, send: decide('accepted') },
        { id: 'declined', label: REVIEW.decline, needsWhy: true, send: decide('declined') },
      ],
      again,
    ),
  );
}

const businessLink = (creditCode: string, name: string) =>
  element('a', { href: `#business/${creditCode}`, class: 'who', lang: 'zh-CN' }, name);

/** The businesses that are watched. */
export function watchView(ask: Ask, colleagues: Colleagues): DeskView {
  return readView(REVIEW.watch, REVIEW.watchIntro, async (_, again) => {
    const { entries } = await ask('GET /desk/watch-list');
    return entries.length === 0
      ? [element('p', { class: 'empty' }, say(REVIEW.noneWatched))]
      : [element('ul', { class: 'cards' }, ...entries.map((one) => watchCard(one, ask, colleagues, again)))];
  });
}

function watchCard(entry: Watched, ask: Ask, colleagues: Colleagues, again: () => void): HTMLElement {
  return element(
    'li',
    { class: 'card', 'data-watched': entry.creditCode },
    element('p', {}, businessLink(entry.creditCode, entry.name)),
    ...watchFacts(entry, colleagues),
    endOfWatch(entry, 'list', ask, again),
  );
}

function watchFacts({ since, until, why, note, by }: Watched, colleagues: Colleagues): HTMLElement[] {
  return [
    element(
      'p',
      {},
      why.map((one) => say(one)).join(' · '),
      ` · ${say(REVIEW.since, { day: longDate(since) })} · ${say(REVIEW.until, { day: longDate(until) })} · `,
      colleagues.who(by),
    ),
    ...(note === null ? [] : [element('p', {}, chinese(note))]),
  ];
}

function endOfWatch(
  { creditCode, version }: Watched,
  where: Where,
  ask: Ask,
  again: () => void,
): HTMLElement {
  return decision(
    `end-${where}-${creditCode}`,
    [
      {
        id: 'end',
        label: REVIEW.endWatch,
        needsWhy: true,
        send: (why) =>
          ask('POST /desk/watch-list/{creditCode}/end', { path: { creditCode }, body: { why, version } }),
      },
    ],
    again,
  );
}

/** A business with its class, whether it is watched, and all its cases that this person may see. */
export function businessView(ask: Ask, colleagues: Colleagues): DeskView {
  return readView(REVIEW.business, undefined, async (creditCode, again) => {
    if (creditCode === undefined) return [];
    const found = await ask('GET /desk/businesses/{creditCode}', { path: { creditCode } });
    const { name, aliases, shops, address, phone, grade, patrol, watch, isWatched, proposal, cases } = found;
    return [
      element('h2', { lang: 'zh-CN' }, name),
      facts([
        [say(REVIEW.creditCode), found.creditCode],
        [say(REVIEW.grade), element('b', { class: `grade ${grade}` }, grade)],
        [say(REVIEW.patrol), say(patrol)],
        [say(COMMON.address), chinese(address)],
        [say(COMMON.phone), phone === null ? undefined : phoneLink(phone)],
        [say(REVIEW.aliases), aliases.length === 0 ? undefined : chinese(aliases.join('、'))],
        [
          say(REVIEW.shops),
          shops.length === 0
            ? undefined
            : chinese(shops.map(({ platform, shop }) => `${shop}（${platform}）`).join('、')),
        ],
      ]),
      ...(isWatched && watch !== null
        ? [
            element(
              'section',
              { class: 'card' },
              element('h3', {}, say(REVIEW.watched)),
              ...watchFacts(watch, colleagues),
              ...(found.actions.includes('watch') ? [endOfWatch(watch, 'record', ask, again)] : []),
            ),
          ]
        : []),
      ...(!isWatched && found.actions.includes('watch') ? [puttingOn(found, ask, again)] : []),
      ...(proposal === null
        ? []
        : [element('ul', { class: 'cards' }, classCard(proposal, 'record', ask, again))]),
      element('h3', {}, say(REVIEW.itsCases)),
      cases.length === 0
        ? element('p', { class: 'hint' }, say(REVIEW.noCases))
        : element(
            'ul',
            { class: 'lines' },
            ...cases.map((one) => caseLine(one, { now: new Date(), colleagues })),
          ),
      ...(found.complete ? [] : [element('p', { class: 'hint' }, say(REVIEW.older))]),
    ];
  });
}

function puttingOn({ creditCode, watch }: Business, ask: Ask, again: () => void): HTMLElement {
  const today = shanghaiDate(new Date());
  const until = element('input', {
    id: 'watch-until',
    type: 'date',
    min: today,
    value: addDays(today, USUAL_DAYS),
  });
  const reason = element(
    'select',
    { id: 'watch-why' },
    ...Object.entries<Pair>(WATCH_REASONS).map(([code, words]) =>
      element('option', { value: code }, say(words)),
    ),
  );
  return element(
    'details',
    { class: 'put-on' },
    element('summary', {}, say(REVIEW.putOn)),
    decision(
      `watch-${creditCode}`,
      [
        {
          id: 'watch',
          label: REVIEW.putOn,
          primary: true,
          needsWhy: false,
          send: (note) =>
            ask('POST /desk/watch-list/{creditCode}', {
              path: { creditCode },
              body: {
                until: until.value,
                why: [reason.value as WatchReason],
                note: note === '' ? undefined : note,
                version: watch?.version ?? 0,
              },
            }),
        },
      ],
      again,
      [
        element('label', { for: until.id }, say(REVIEW.untilDay)),
        until,
        element('label', { for: reason.id, class: 'unseen' }, say(REVIEW.why)),
        reason,
      ],
    ),
  );
}
