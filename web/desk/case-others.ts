import type { CaseDetail, CaseSummary } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element, facts } from '../components/dom.ts';
import { longDate } from '../components/format.ts';
import { chinese } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import { say } from '../components/texts.ts';
import { CASE } from './case.texts.ts';
import { countdown } from './countdown.ts';
import { type Asked, foundWords, lookFor } from './search.ts';
import { caseLink } from './step-values.ts';

/** What the lists of other cases need beside them. */
export interface OthersContext {
  ask: Ask;
  now: Date;
  /** Shows the other case beside this one. */
  compare: (number: string) => void;
}

/** The business as the register knows it, and its other cases, looked for when they are asked for. */
export function othersOfBusiness(found: CaseDetail, context: OthersContext): HTMLElement | undefined {
  const { recognised, business, sealed, kind } = found;
  const code = recognised?.creditCode ?? undefined;
  const text = code ?? business.name;
  if (sealed || text === undefined) return undefined;
  return element(
    'section',
    { class: 'others' },
    element('h3', {}, say(CASE.others)),
    recognised !== null &&
      code !== undefined &&
      facts([
        [
          say(CASE.recognised),
          element(
            'span',
            {},
            chinese(recognised.name ?? code),
            ' ',
            element('small', {}, say(recognised.by)),
            ' ',
            element('a', { href: `#business/${code}` }, say(CASE.record)),
          ),
        ],
      ]),
    // Reports of others are sealed: those are never found by the business.
    kind !== 'report' && casesFound(found, { by: 'business', text }, context),
  );
}

/** The other cases of the phone that was just shown; looking is put on record. */
export function othersOfPhone(found: CaseDetail, phone: string, context: OthersContext): HTMLElement {
  return element(
    'div',
    { class: 'others' },
    casesFound(found, { by: 'phone', text: phone }, context),
    element('p', { class: 'hint' }, say(CASE.othersNote)),
  );
}

function casesFound(found: CaseDetail, asked: Asked, context: OthersContext): HTMLElement {
  const place = element('div', {});
  const words = asked.by === 'phone' ? CASE.othersOfPerson : CASE.others;
  const details = element(
    'details',
    { class: `found-by-${asked.by}` },
    element('summary', {}, say(words)),
    place,
  );
  const load = async () => {
    if (!details.open || place.childElementCount > 0) return;
    try {
      const answer = await lookFor(context.ask, asked);
      const others = answer.cases.filter(({ number }) => number !== found.number);
      place.replaceChildren(
        others.length === 0
          ? element('p', { class: 'hint' }, say(CASE.noOthers))
          : element('ul', { class: 'other-cases' }, ...others.map((one) => otherLine(one, context))),
        ...(answer.complete ? [] : [element('p', { class: 'hint' }, foundWords(answer))]),
      );
    } catch (error) {
      place.replaceChildren(element('p', { class: 'error' }, say(problemText(error))));
    }
  };
  details.addEventListener('toggle', () => void load());
  return details;
}

/** One other case: what it is, how it stands, and a button to see both. */
function otherLine(one: CaseSummary, { now, compare }: OthersContext): HTMLElement {
  const left = countdown(one.due, now, one.paused);
  return element(
    'li',
    { 'data-other': one.number },
    element(
      'p',
      {},
      caseLink(one.number),
      ' ',
      element('span', { class: 'tag now' }, say(one.state)),
      ' ',
      element(
        'small',
        {},
        longDate(one.receivedOn),
        one.state.final ? '' : ` · ${left.shape} ${say(left.words)}`,
      ),
    ),
    !one.sealed && chinese(one.excerpt, 'excerpt'),
    !one.sealed &&
      element('button', { type: 'button', onclick: () => compare(one.number) }, say(CASE.compare)),
  );
}
