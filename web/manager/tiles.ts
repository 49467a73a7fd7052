import { shanghaiDate } from '../../shared/dates.ts';
import type { Figure, Figures } from '../api/answers.ts';
import { element, facts } from '../components/dom.ts';
import { article, moment } from '../components/format.ts';
import { chinese } from '../components/page.ts';
import { language, say } from '../components/texts.ts';
import type { Opened } from './cases.ts';
import { COUNTED_BY, COUNTED_BY_SHORT, GROUPS, HEADLINES, MANAGER, SOURCES } from './manager.texts.ts';
import { changeOf, figureText, intervalText, plainText } from './numbers.ts';

/** Agreed, what of it is proven, and what was asked for stand side by side: one alone misleads. */
const FIRST: readonly string[] = ['agreed', 'proven', 'claimed'];

/** What a figure is held against. */
const PASTS = ['before', 'lastYear', 'festival'] as const;
type Past = (typeof PASTS)[number];

/** The figures of the period in their groups, each opening to its cases. */
export function glance(found: Figures, open: (opened: Opened) => void): Node[] {
  const isRunning = shanghaiDate(new Date(found.asOf)) <= found.to;
  // The year before is the period before a year: once is enough.
  const isYear = found.from.endsWith('-01-01') && found.to.endsWith('-12-31');
  const pasts = PASTS.filter((past) => !(isYear && past === 'before'));
  const order = ({ id }: Figure) => (FIRST.includes(id) ? FIRST.indexOf(id) : FIRST.length);
  // On a phone the line of each group says the most important; the rest unfolds.
  const isWide = matchMedia('(min-width: 45rem), print').matches;
  const groups = Object.entries(GROUPS).flatMap(([group, name], index): HTMLElement[] => {
    const its = found.figures.filter((one) => one.group === group).sort((a, b) => order(a) - order(b));
    if (its.length === 0) return [];
    const shown = element(
      'details',
      { class: 'figure-group', open: isWide || index === 0, 'data-group': group },
      element('summary', {}, element('h3', {}, say(name)), headline(its, group)),
      element('ul', { class: 'tiles manager-tiles' }, ...its.map((one) => tile(one, pasts, isRunning, open))),
    );
    return [shown];
  });
  return [
    element(
      'p',
      { class: 'hint' },
      say(MANAGER.asOf, { time: moment(asMoment(found.asOf)), days: found.workingDays }),
    ),
    ...(isRunning ? [element('p', { class: 'note' }, say(MANAGER.running))] : []),
    atOneLook(found, groups),
    ...groups,
  ];
}

/** One figure of each group, all on one screen; each leads to its group. */
function atOneLook(found: Figures, groups: readonly HTMLElement[]): HTMLElement {
  const lead = (group: HTMLElement) => () => {
    group.setAttribute('open', '');
    group.scrollIntoView({ block: 'start' });
    group.querySelector('summary')?.focus();
  };
  const looks = groups.flatMap((group) => {
    const figure = found.figures.find(({ id }) => id === HEADLINES[group.dataset.group ?? '']);
    if (figure === undefined) return [];
    const words = [element('span', {}, say(figure)), element('b', {}, figureText(figure))];
    return element('li', {}, element('button', { type: 'button', onclick: lead(group) }, ...words));
  });
  return element('ul', { class: 'at-one-look', 'aria-label': say(MANAGER.atOneLook) }, ...looks);
}

function headline(its: readonly Figure[], group: string): HTMLElement | undefined {
  const first = its.find(({ id }) => id === HEADLINES[group]);
  return first && element('span', {}, `${say(first)} `, element('b', {}, figureText(first)));
}

/** The API gives a day where figures of a past day were asked for. */
const asMoment = (asOf: string) => (asOf.length === 10 ? `${asOf}T23:59:59+08:00` : asOf);

function tile(
  figure: Figure,
  pasts: readonly Past[],
  isRunning: boolean,
  open: (opened: Opened) => void,
): HTMLElement {
  const { id, unit, view, comparable, counters } = figure;
  const name = say(figure);
  const isRate = unit === 'percent';
  return element(
    'li',
    { class: Object.values(HEADLINES).includes(id) ? 'tile headline' : 'tile', 'data-figure': id },
    element('p', { class: 'tile-name' }, name),
    element(
      'button',
      {
        type: 'button',
        class: figure.value === null ? 'figure-value no-value' : 'figure-value',
        'aria-label': `${figureText(figure)} · ${say(MANAGER.openCases, { name })}`,
        onclick: () => open({ name, counters }),
      },
      figureText(figure),
    ),
    isRate && figure.value !== null && element('p', { class: 'small' }, sidesText(figure)),
    figure.value === null && element('p', { class: 'small' }, missing(figure)),
    !comparable && figure.value !== null && element('p', { class: 'too-few' }, say(MANAGER.tooFew)),
    ...(comparable ? changes(figure, pasts, !isRunning) : []),
    element(
      'details',
      {},
      element('summary', {}, say(MANAGER.how)),
      facts([
        [say(MANAGER.formula), say(figure.formula)],
        [say(MANAGER.source), sourceOf(figure.source)],
        [say(MANAGER.view), say(COUNTED_BY[view])],
        [say(MANAGER.perWorkingDay), perDay(figure)],
      ]),
    ),
  );
}

/** What a rate was divided by, its luck, and by what it counts. */
function sidesText({ numerator, denominator, interval, view }: Figure): string {
  const parts = [
    say(MANAGER.divided, { above: numerator ?? 0, below: denominator ?? 0 }),
    intervalText(interval),
    say(COUNTED_BY_SHORT[view]),
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

function changes(figure: Figure, pasts: readonly Past[], mayJudge: boolean): HTMLElement[] {
  if (figure.value === null) return [];
  return pasts.flatMap((past) => {
    // Far from the festival there is nothing to align.
    if (past === 'festival' && figure.festival === null) return [];
    const { arrow, text, judged } = changeOf(figure, figure[past], mayJudge);
    return element(
      'p',
      { class: judged === undefined ? 'change' : `change ${judged}` },
      say(MANAGER.change, { name: say(MANAGER[past]), arrow, words: text }),
    );
  });
}

function missing({ id, unit }: Figure): string {
  if (id.endsWith('PerHead')) return say(MANAGER.noResidents);
  return say(unit === 'percent' ? MANAGER.noDenominator : MANAGER.nothingMeasured);
}

function perDay({ perWorkingDay, unit }: Figure): string | undefined {
  const value = perWorkingDay?.value ?? null;
  return value === null ? undefined : plainText(value, unit);
}

/** The document that names the figure; one without a translation stays in its own language. */
function sourceOf(source: string): HTMLElement | string {
  if (language() === 'zh') return source;
  const parts = source.split('；').map((part) => SOURCES[part] ?? article(part));
  return parts.some((part) => /\p{Script=Han}/u.test(part)) ? chinese(source) : parts.join('; ');
}
