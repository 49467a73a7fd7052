import { type ClockId, rulePackFor } from '../../shared/law/rule-packs.ts';
import type { HandlingUnit, LegalDate } from '../api/answers.ts';
import { element, facts } from './dom.ts';
import { article, longDate } from './format.ts';
import { chinese } from './page.ts';
import { COMMON, say } from './texts.ts';

const IN_ORDER: readonly ClockId[] = ['distribute', 'accept', 'mediate'];

/** The next date the law sets: by when, what, under which article, counted how. */
export function legalDate({ due, duty, basis, length, unit, start, provisional }: LegalDate): HTMLElement {
  return element(
    'div',
    { class: 'legal-date' },
    element('p', { class: 'due' }, say(COMMON.dueBy, { date: longDate(due) })),
    element('p', {}, say(duty)),
    element(
      'p',
      { class: 'hint' },
      say(COMMON.listed, {
        field: say(COMMON.basis),
        problem: say(COMMON.period, {
          basis: article(basis),
          length: period(length, unit),
          start: longDate(start),
        }),
      }),
    ),
    provisional && element('p', { class: 'note' }, say(COMMON.provisional)),
  );
}

/** A length in the words people use: `7 个工作日`, `60 日`; a day that was promised has no length. */
export function period(length: number, unit: LegalDate['unit']): string {
  if (length === 0) return say(COMMON.agreedDay);
  if (unit === 'ND') return say(COMMON.naturalDays, { length });
  if (unit === 'Y') return say(COMMON.years, { length });
  return say(length === 1 ? COMMON.workingDay : COMMON.workingDays, { length });
}

/** What is owed to the consumer after the present step, with the periods of the day of receipt. */
export function laterPeriods(present: ClockId, receivedOn: string): HTMLElement | undefined {
  const { clocks } = rulePackFor(receivedOn);
  const place = IN_ORDER.indexOf(present);
  const later = place < 0 ? [] : IN_ORDER.slice(place + 1);
  if (later.length === 0) return undefined;
  return element(
    'div',
    { class: 'later' },
    element('h3', {}, say(COMMON.afterwards)),
    element(
      'ul',
      {},
      ...later.flatMap((id) => {
        const rule = clocks[id];
        if (rule === undefined) return [];
        const { duty, length, unit } = rule;
        return [element('li', {}, say(COMMON.within, { duty: say(duty), length: period(length, unit) }))];
      }),
    ),
  );
}

/** The station, and how to reach it. */
export function stationCard({ name, phone, address }: Omit<HandlingUnit, 'code'>): HTMLElement {
  return element(
    'div',
    { class: 'station' },
    element('p', { class: 'name' }, chinese(name)),
    facts([
      [say(COMMON.phone), phoneLink(phone)],
      [say(COMMON.address), chinese(address)],
    ]),
  );
}

export function phoneLink(phone: string): HTMLElement {
  return element('a', { href: `tel:${phone.replace(/[^\d+]/g, '')}` }, phone);
}
