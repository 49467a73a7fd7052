import { shanghaiDate } from '../../shared/dates.ts';
import type { AnswerOf, Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { chinese } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import { say } from '../components/texts.ts';
import type { DeskView } from './enter-case.ts';
import { REVIEW } from './review.texts.ts';
import { decision, readView } from './review-list.ts';
import { caseLink } from './step-values.ts';

type Proposals = AnswerOf<'GET /desk/rules/proposals'>;
type Proposal = Proposals['proposals'][number];

/** Changes of the routing rules that the system proposes, each with its trial. */
export function rulesView(ask: Ask): DeskView {
  return readView(REVIEW.rules, REVIEW.rulesIntro, async (_, again) => {
    const found = await ask('GET /desk/rules/proposals', { query: { state: 'open' } });
    const { proposals, register } = found;
    return [
      element('p', {}, say(REVIEW.register, { version: register.version })),
      ...(found.mayUndo && register.before !== null ? [undoButton(ask, found, register.before, again)] : []),
      proposals.length === 0
        ? element('p', { class: 'empty' }, say(REVIEW.none))
        : element(
            'ul',
            { class: 'cards' },
            ...proposals.map((one) => proposalCard(one, register.version, ask, again)),
          ),
    ];
  });
}

function undoButton(ask: Ask, { register }: Proposals, before: number, again: () => void): HTMLElement {
  const problem = element('span', { class: 'error', role: 'alert' });
  const send = async () => {
    try {
      await ask('POST /desk/rules/undo', { body: { register: register.version } });
      again();
    } catch (error) {
      problem.textContent = say(problemText(error));
    }
  };
  return element(
    'p',
    {},
    element('button', { type: 'button', onclick: () => void send() }, say(REVIEW.undoRules, { before })),
    problem,
  );
}

function proposalCard(found: Proposal, register: number, ask: Ask, again: () => void): HTMLElement {
  const { id, kind, standing, rules, evidence, trial, advice, version, actions } = found;
  const from = element('input', { id: `from-${id}`, type: 'date', min: shanghaiDate(new Date()) });
  const path = { id };
  return element(
    'li',
    { class: 'card', 'data-proposal': id },
    element(
      'p',
      {},
      element('span', { class: 'tag' }, say(kind)),
      standing !== null && ' ',
      standing !== null && element('span', { class: 'tag' }, say(standing)),
    ),
    element(
      'ul',
      { class: 'rules' },
      ...rules.map(({ precision, word, unit, decidedBy }) =>
        element(
          'li',
          {},
          element('span', {}, say(precision), ' '),
          element('mark', { lang: 'zh-CN' }, word),
          ' → ',
          decidedBy === undefined ? chinese(unit.name) : say(REVIEW.asksPerson),
        ),
      ),
    ),
    element(
      'p',
      {},
      say(REVIEW.seen, {
        here: evidence.here,
        elsewhere: evidence.elsewhere,
        byPeople: evidence.byPeople,
        returns: evidence.returns,
      }),
    ),
    element('p', {}, trialWords(trial)),
    advice === 'decline' && element('p', { class: 'notice' }, say(REVIEW.adviceDecline)),
    evidence.cases.length > 0 &&
      element(
        'details',
        {},
        element('summary', {}, say(REVIEW.cases)),
        element('span', { class: 'numbers' }, ...evidence.cases.map(caseLink)),
      ),
    actions.length === 0
      ? element('p', { class: 'hint' }, say(REVIEW.nothingToAct))
      : decision(
          id,
          [
            {
              id: 'accept',
              label: REVIEW.accept,
              primary: advice === 'accept',
              needsWhy: false,
              send: () =>
                ask('POST /desk/rules/proposals/{id}', {
                  path,
                  body: {
                    decision: 'accept',
                    version,
                    register,
                    from: from.value === '' ? undefined : from.value,
                  },
                }),
            },
            {
              id: 'decline',
              label: REVIEW.decline,
              needsWhy: true,
              send: (reason) =>
                ask('POST /desk/rules/proposals/{id}', {
                  path,
                  body: { decision: 'decline', version, reason },
                }),
            },
          ],
          again,
          [element('label', { for: from.id }, say(REVIEW.from)), from],
        ),
  );
}

function trialWords({
  days,
  cases,
  moved,
  before,
  after,
  returnsSaved,
  returnsCaused,
}: Proposal['trial']): string {
  return [
    say(REVIEW.trial, { days, cases, moved }),
    say(REVIEW.trialRight, { before: before.right, after: after.right }),
    say(REVIEW.trialReturns, { saved: returnsSaved, caused: returnsCaused }),
  ].join(' · ');
}
