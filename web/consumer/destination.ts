import type { LegalDate, Preview } from '../api/answers.ts';
import { element } from '../components/dom.ts';
import { article, longDate } from '../components/format.ts';
import { period, phoneLink, stationCard } from '../components/legal-date.ts';
import { chinese } from '../components/page.ts';
import { say } from '../components/texts.ts';
import { FILE } from './file.texts.ts';

/** What would become of the message: who gets it and why, or who is competent instead, and by when there is an answer. */
export function destination(preview: Preview | undefined): HTMLElement[] {
  if (preview === undefined) {
    return [card(say(FILE.destination), element('p', {}, say(FILE.unknownYet)))];
  }
  return [whoHandles(preview), others(preview), dates(preview)].filter((one) => one !== undefined);
}

/** Whom to call first; undefined where nothing is urgent. */
export function urgentAdvice({ urgent }: Preview): HTMLElement | undefined {
  if (urgent === null) return undefined;
  return element(
    'section',
    { class: 'urgent', role: 'alert' },
    element('h2', {}, say(FILE.urgentTitle)),
    element('p', {}, say(FILE.urgentText, { what: say(urgent.what) })),
    element(
      'p',
      { class: 'calls' },
      ...urgent.call.map((one) =>
        element('a', { class: 'button', href: `tel:${one.phone}` }, `${one.phone} ${say(one)}`),
      ),
    ),
  );
}

function whoHandles({ handledBy, atHub, elsewhere }: Preview): HTMLElement {
  if (elsewhere !== null) {
    const { authority, ground } = elsewhere;
    const basis = article(ground.basis);
    return card(
      say(FILE.elsewhereTitle),
      element('p', {}, say(authority === null ? FILE.elsewhereUnknown : FILE.elsewhere, { basis })),
      authority !== null && stationCard(authority),
    );
  }
  if (handledBy !== null) {
    const { because, basis, code, ...station } = handledBy;
    return card(
      say(FILE.destination),
      stationCard(station),
      element('p', { class: 'hint' }, say(FILE.becauseOf, { fact: say(because), basis: article(basis) })),
    );
  }
  const why = atHub === null ? '' : say(atHub);
  return card(say(FILE.destination), element('p', {}, say(FILE.atHubFirst, { why })));
}

function others({ others: known }: Preview): HTMLElement | undefined {
  if (known.length === 0) return undefined;
  return card(
    say(FILE.othersTitle),
    element('ul', {}, ...known.map((one) => element('li', {}, `${say(one)} `, phoneLink(one.phone)))),
  );
}

function dates({ dates: known }: Preview): HTMLElement | undefined {
  if (known.length === 0) return undefined;
  return card(
    say(FILE.datesTitle),
    element('ol', { class: 'dates' }, ...known.map(dateLine)),
    element('p', { class: 'hint' }, say(FILE.datesNote)),
  );
}

function dateLine({ due, duty, basis, length, unit }: Omit<LegalDate, 'clock' | 'start'>): HTMLElement {
  return element(
    'li',
    {},
    element('b', {}, say(FILE.dateBy, { date: longDate(due) })),
    element(
      'span',
      {},
      say(FILE.dateDuty, { duty: say(duty), length: period(length, unit), basis: article(basis) }),
    ),
  );
}

function card(title: string, ...children: (Node | false)[]): HTMLElement {
  return element('section', { class: 'card' }, element('h2', {}, title), ...children);
}

/** Words of the person, in whatever language they are. */
export const quoted = (text: string): HTMLElement => chinese(text, 'words');
