import type { Alarms, AlarmView } from '../api/answers.ts';
import { type Ask, type BodyOf } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { choices, clearErrors, errorSummary, field, showErrors, valueOf } from '../components/form.ts';
import { moment, shortDate } from '../components/format.ts';
import { announce, chinese } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import { COMMON, say } from '../components/texts.ts';
import { MANAGER } from './manager.texts.ts';
import { shortRate, withNames } from './numbers.ts';
import { warningPart } from './warning.ts';

type Precision = Pick<Alarms['precision'], 'right' | 'wrong' | 'open' | 'precision' | 'low' | 'high'>;

/** The alarms of this person's unit and below, with how often alarms were right. */
export async function alarmsView(ask: Ask): Promise<Node[]> {
  const { alarms, precision } = await ask('GET /desk/alarms');
  const names = new Map<string, string>(alarms.map(({ watch }) => [watch.id, say(watch)]));
  const byWatch = Object.entries(precision.byWatch).filter(([id]) => names.has(id));
  return [
    element('p', { class: 'hint' }, say(MANAGER.alarmsHint)),
    element('p', { class: 'precision' }, precisionText(precision)),
    ...(byWatch.length > 1 ? [eachWatch(byWatch, names)] : []),
    ...(alarms.length === 0 ? [element('p', { class: 'card' }, say(MANAGER.noAlarms))] : []),
    ...alarms.map((one) => alarmCard(one, ask)),
  ];
}

function eachWatch(
  byWatch: readonly (readonly [string, Precision])[],
  names: ReadonlyMap<string, string>,
): HTMLElement {
  return element(
    'details',
    {},
    element('summary', {}, say(MANAGER.byWatch)),
    element(
      'ul',
      {},
      ...byWatch.map(([id, one]) =>
        element('li', {}, say(COMMON.listed, { field: names.get(id) ?? id, problem: precisionText(one) })),
      ),
    ),
  );
}

function precisionText({ right, wrong, open, precision, low, high }: Precision): string {
  const share = precision === null ? say(MANAGER.notYet) : shortRate(precision);
  const interval =
    low === null || high === null
      ? ''
      : say(MANAGER.precisionInterval, { from: shortRate(low), to: shortRate(high) });
  return `${say(MANAGER.precision, { share, right, wrong, open })}${interval}`;
}

function alarmCard(one: AlarmView, ask: Ask): HTMLElement {
  const inside = element('div', { class: 'inside' });
  const card = element(
    'article',
    { class: `card alarm ${one.state}`, 'data-alarm': one.id },
    element(
      'h3',
      {},
      ...withNames(one.topic),
      one.name !== null && ' · ',
      one.name !== null && chinese(one.name),
    ),
    element(
      'p',
      {},
      one.watch.urgent && element('span', { class: 'tag late' }, say(MANAGER.urgent)),
      one.watch.urgent && ' ',
      element('span', { class: 'tag' }, say(one.status)),
      ' ',
      element(
        'span',
        { class: 'small' },
        say(MANAGER.days, { from: shortDate(one.firstDay), to: shortDate(one.lastDay) }),
        ` · ${say(MANAGER.caseCount, { count: one.count })}`,
      ),
    ),
    element('p', {}, ...withNames(one.reason)),
    one.also.length > 0 &&
      element(
        'p',
        { class: 'hint' },
        say(MANAGER.also, { names: one.also.map((also) => say(also)).join(' · ') }),
      ),
    inside,
  );
  const moved = (after: AlarmView) => {
    const next = alarmCard(after, ask);
    card.replaceWith(next);
    announce(say(MANAGER.recorded));
    // The button that had the focus is gone.
    next.querySelector<HTMLElement>('summary')?.focus();
  };
  inside.append(...parts(one, ask, moved));
  return card;
}

function parts(one: AlarmView, ask: Ask, moved: (after: AlarmView) => void): HTMLElement[] {
  const may = (action: AlarmView['actions'][number]) => one.actions.includes(action);
  return [
    element(
      'details',
      {},
      element('summary', {}, say(MANAGER.alarmCases)),
      one.cases.length < one.count &&
        element('p', { class: 'hint' }, say(MANAGER.casesListed, { count: one.cases.length })),
      element(
        'p',
        { class: 'numbers' },
        ...one.cases.map((number) => element('a', { href: `/desk#${number}` }, number)),
      ),
    ),
    ...(one.marks.length === 0
      ? []
      : [
          element('h4', {}, say(MANAGER.marks)),
          element(
            'ul',
            {},
            ...one.marks.map((mark) =>
              element(
                'li',
                {},
                element('b', {}, say(mark.as === 'true' ? MANAGER.markTrue : MANAGER.markFalse)),
                ' ',
                element('span', { class: 'small' }, moment(mark.at)),
                ' ',
                chinese(mark.why),
              ),
            ),
          ),
        ]),
    ...(may('mark') ? [folded(say(MANAGER.mark), markForm(one, ask, moved))] : []),
    ...(may('draft') ? [warningPart(one, ask)] : []),
  ];
}

const folded = (name: string, ...inside: HTMLElement[]) =>
  element('details', {}, element('summary', {}, name), ...inside);

function markForm(one: AlarmView, ask: Ask, moved: (after: AlarmView) => void): HTMLFormElement {
  const id = (name: string) => `${name}-${one.id}`;
  const summary = errorSummary();
  const why = element('textarea', { id: id('why'), name: 'why', rows: 3, maxlength: 500, lang: 'zh-CN' });
  const form = element(
    'form',
    { novalidate: true },
    summary,
    choices(id('as'), MANAGER.mark, [
      { value: 'true', text: say(MANAGER.markTrue) },
      { value: 'false', text: say(MANAGER.markFalse) },
    ]),
    field(why, MANAGER.why, { required: true }),
    element('button', { type: 'submit', class: 'primary' }, say(MANAGER.saveMark)),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearErrors(form, summary);
    const found = { as: valueOf(form, id('as')), why: valueOf(form, 'why') };
    const missing = (['as', 'why'] as const).filter((name) => found[name] === '');
    if (missing.length > 0) {
      showErrors(
        form,
        summary,
        missing.map((name) => ({ id: id(name), text: say(COMMON.missing) })),
      );
      return;
    }
    const body = { version: one.version, ...found } as BodyOf<'POST /desk/alarms/{id}/mark'>;
    ask('POST /desk/alarms/{id}/mark', { path: { id: one.id }, body }).then(moved, (error: unknown) =>
      showErrors(form, summary, [{ id: id('why'), text: say(problemText(error)) }]),
    );
  });
  return form;
}
