import type { CaseSummary } from '../api/answers.ts';
import { element } from '../components/dom.ts';
import { shortDate } from '../components/format.ts';
import { chinese } from '../components/page.ts';
import { say } from '../components/texts.ts';
import { badges } from './case-detail.ts';
import type { Colleagues } from './colleagues.ts';
import { countdown } from './countdown.ts';
import { DESK } from './desk.texts.ts';
import { UNDERSTOOD } from './understood.texts.ts';
import { WORK } from './work.texts.ts';

/** What a line of a list knows beside its case. */
export interface LineContext {
  now: Date;
  colleagues: Colleagues;
  /** The unit whose list it is: a line says where its case lies when that is another one. */
  listed?: string | undefined;
  isOpen?: boolean;
  /** Came, or changed, while the list was looked at. */
  news?: 'new' | 'changed' | undefined;
  /** Only who may do something to many cases at once chooses them. */
  choose?: { isChosen: boolean; change: (isChosen: boolean) => void } | undefined;
}

/** One line of a list: how long there is, where it stands, who it is about, what was written, who is on it. */
export function caseLine(found: CaseSummary, context: LineContext): HTMLLIElement {
  const { now, isOpen = false, news, choose } = context;
  const { number, due, paused } = found;
  const left = countdown(due, now, paused);
  return element(
    'li',
    { class: `item ${left.urgency}${found.urgent.length > 0 ? ' urgent' : ''}`, 'data-number': number },
    choose !== undefined && chooser(number, choose),
    element(
      'a',
      {
        href: `#${number}`,
        class: `line ${left.urgency}`,
        'aria-current': isOpen ? 'true' : undefined,
      },
      element(
        'span',
        { class: 'when' },
        element('span', { class: 'shape', 'aria-hidden': 'true' }, left.shape),
        element('b', {}, say(left.words)),
        due !== null && element('span', { class: 'day' }, ` ${shortDate(due)}`),
      ),
      element(
        'span',
        { class: 'tags' },
        news !== undefined && element('span', { class: `tag news ${news}` }, say(WORK[news])),
        element('span', { class: 'tag now' }, say(found.state)),
        found.mentioned && element('span', { class: 'tag awaits' }, say(WORK.mentioned)),
        ...badges(found, left),
      ),
      element('span', { class: 'about' }, ...about(found)),
      element('span', { class: 'place small' }, ...place(found, context)),
    ),
  );
}

function chooser(number: string, { isChosen, change }: NonNullable<LineContext['choose']>): HTMLElement {
  const id = `choose-${number}`;
  const box = element('input', { type: 'checkbox', id, checked: isChosen });
  box.addEventListener('change', () => change(box.checked));
  return element(
    'label',
    { class: 'choose', for: id },
    box,
    element('span', { class: 'unseen' }, say(WORK.chooseCase, { number })),
  );
}

/** What it is about; of a sealed report nothing is known. */
function about({ sealed, urgent, business, excerpt }: CaseSummary): Node[] {
  if (sealed) return [];
  return [
    ...(urgent.length === 0
      ? []
      : [
          element(
            'b',
            { class: 'cannot-wait' },
            `${say(WORK.cannotWait)}: ${urgent.map((one) => say(UNDERSTOOD.urgencies[one])).join(say(DESK.and))}`,
          ),
        ]),
    business.name === undefined
      ? element('span', { class: 'who missing' }, say(DESK.noBusiness))
      : chinese(business.name, 'who'),
    chinese(excerpt, 'excerpt'),
  ];
}

/** Where it lies, who is on it, who has it open to work on. */
function place(found: CaseSummary, { listed, colleagues }: LineContext): (Node | string | false)[] {
  const { number, unit, unitPath, hubReason, officers, workingOn } = found;
  const elsewhere = listed === unitPath.at(-1) ? undefined : unit?.name;
  return [
    element('span', { class: 'number' }, number),
    elsewhere !== undefined && chinese(elsewhere),
    hubReason !== null && element('span', {}, say(hubReason)),
    officers.length > 0 && colleagues.whoAll(officers),
    workingOn !== null &&
      element('span', { class: 'tag working' }, colleagues.who(workingOn.staff), say(WORK.workingOn)),
  ];
}
