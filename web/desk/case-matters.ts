import { FINDINGS, type Finding } from '../../shared/matter/same-matter.ts';
import type { CaseDetail, Signs } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { problemText } from '../components/problem-text.ts';
import { type Pair, say } from '../components/texts.ts';
import { CASE } from './case.texts.ts';
import { INCIDENTS } from './incidents.texts.ts';
import { caseLink } from './step-values.ts';

interface MattersContext {
  ask: Ask;
  signs: Promise<Signs>;
  /** The case was joined or taken out: it is to be shown anew. */
  moved: () => void;
}

/** Joined by the system: why, and how to undo it with one click. */
export function joinedBySystem(found: CaseDetail, { ask, moved }: MattersContext): HTMLElement | undefined {
  const joined = found.history.findLast(({ type }) => type === 'joined');
  if (found.lead === null || joined?.actor.role !== 'system') return undefined;
  const undo = found.actions.includes('unjoin')
    ? stepButton(
        INCIDENTS.undo,
        () => ask('POST /desk/cases/{number}/unjoin', { path: { number: found.number }, body: {} }),
        moved,
      )
    : undefined;
  return element(
    'section',
    { class: 'matter joined' },
    element('h3', {}, say(INCIDENTS.joinedBySystem)),
    element('p', {}, say(INCIDENTS.follows), ' ', caseLink(found.lead)),
    reasons(matchedIn(joined.facts)),
    undo,
  );
}

/** Other complaints of the same phone that may be about the same matter; nothing is drawn where there are none. */
export function mattersBeside(
  { kind }: CaseDetail,
  { ask, signs, moved }: MattersContext,
  compare: (number: string) => void,
): HTMLElement | undefined {
  if (kind !== 'complaint') return undefined;
  const list = element('ul', { class: 'signs' });
  const made = element(
    'section',
    { class: 'matter', hidden: true },
    element('h3', {}, say(INCIDENTS.beside)),
    element('p', { class: 'hint' }, say(INCIDENTS.besideNote)),
    list,
  );
  const load = async () => {
    const { matters } = await signs;
    made.hidden = matters.length === 0;
    list.replaceChildren(
      ...matters.map(({ number, same, why, join }) =>
        element(
          'li',
          { 'data-matter': number },
          element('b', {}, say(INCIDENTS[same])),
          ' ',
          caseLink(number),
          reasons(why),
          element('button', { type: 'button', onclick: () => compare(number) }, say(CASE.compare)),
          join !== null &&
            stepButton(
              join.lead === number ? INCIDENTS.joinHere : INCIDENTS.joinThere,
              () =>
                ask('POST /desk/cases/{number}/join', {
                  path: { number: join.case },
                  body: { lead: join.lead, sameMatter: true },
                }),
              moved,
            ),
        ),
      ),
    );
  };
  // Without hints a case can still be worked on.
  load().catch(() => undefined);
  return made;
}

/** The findings that an event of the system names. */
function matchedIn(facts: Readonly<Record<string, unknown>>): Pair[] {
  const codes = Array.isArray(facts.matched) ? (facts.matched as string[]) : [];
  return codes.flatMap((code) => (code in FINDINGS ? [FINDINGS[code as Finding]] : []));
}

const reasons = (why: readonly Pair[]) =>
  element('span', { class: 'reasons' }, ...why.map((one) => element('span', { class: 'tag' }, say(one))));

/** One click, one step; what stands against it is said beside the button. */
function stepButton(label: Pair, step: () => Promise<unknown>, done: () => void): HTMLElement {
  const problem = element('span', { class: 'error', role: 'alert' });
  const button = element('button', { type: 'button' }, say(label));
  const send = async () => {
    button.disabled = true;
    problem.textContent = '';
    try {
      await step();
      done();
    } catch (error) {
      button.disabled = false;
      problem.textContent = say(problemText(error));
    }
  };
  button.addEventListener('click', () => void send());
  return element('div', { class: 'buttons' }, button, problem);
}
