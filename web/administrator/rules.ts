import type { Proposals } from '../api/answers.ts';
import { element } from '../components/dom.ts';
import { announce, chinese } from '../components/page.ts';
import { askOnce } from '../components/sure.ts';
import { say } from '../components/texts.ts';
import { ADMINISTRATOR } from './administrator.texts.ts';
import { failed, type Signed } from './signed.ts';
import { standing } from './standing.ts';

type Proposal = Proposals['proposals'][number];

/** Proposed changes of the routing rules, each with what speaks for it and its trial on past cases. */
export async function rulesView(signed: Signed): Promise<Node[]> {
  const { register, proposals } = await signed.ask('GET /desk/rules/proposals', { query: { state: 'open' } });
  return [
    element('p', { class: 'hint' }, say(ADMINISTRATOR.rulesHint)),
    element('p', { class: 'hint' }, say(ADMINISTRATOR.rulesCommand)),
    standing(register, signed),
    proposals.length === 0
      ? element('p', {}, say(ADMINISTRATOR.noProposals))
      : element(
          'ul',
          { class: 'report-list' },
          ...proposals.map((one) => card(one, register.version, signed)),
        ),
  ];
}

function card(one: Proposal, version: number, signed: Signed): HTMLElement {
  const { id, kind, standing: stands, rules, ends, evidence, trial, actions } = one;
  const may = (action: (typeof actions)[number]) => actions.includes(action);
  const decide = async (body: { decision: 'accept' } | { decision: 'decline'; reason: string }) => {
    const sent =
      body.decision === 'accept'
        ? { ...body, version: one.version, register: version }
        : { ...body, version: one.version };
    await signed.ask('POST /desk/rules/proposals/{id}', { path: { id }, body: sent });
    announce(say(ADMINISTRATOR.done));
    signed.again();
  };
  return element(
    'li',
    { class: 'card', 'data-proposal': id },
    element('h4', {}, say(kind), stands !== null && ` · ${say(stands)}`),
    element(
      'ul',
      {},
      ...rules.map((rule) =>
        element(
          'li',
          {},
          `${say(rule.precision)}: `,
          chinese(rule.word),
          ' → ',
          chinese(`${rule.unit.name} (${rule.unit.code})`),
        ),
      ),
      ends.length > 0 && element('li', {}, say(ADMINISTRATOR.ends, { count: ends.length })),
    ),
    element(
      'p',
      {},
      element('strong', {}, say(ADMINISTRATOR.evidence)),
      ' ',
      say(ADMINISTRATOR.evidenceText, {
        returns: evidence.returns,
        hours: Math.round(evidence.hoursLost),
        here: evidence.here,
        elsewhere: evidence.elsewhere,
      }),
    ),
    element(
      'p',
      {},
      element('strong', {}, say(ADMINISTRATOR.trial)),
      ' ',
      say(ADMINISTRATOR.trialText, {
        days: trial.days,
        cases: trial.cases,
        saved: trial.returnsSaved,
        caused: trial.returnsCaused,
      }),
    ),
    may('accept') &&
      askOnce(
        {
          button: ADMINISTRATOR.accept,
          question: ADMINISTRATOR.acceptQuestion,
          yes: ADMINISTRATOR.accept,
        },
        () => decide({ decision: 'accept' }),
      ),
    may('decline') && decline(id, (reason) => decide({ decision: 'decline', reason })),
  );
}

function decline(id: string, send: (reason: string) => Promise<void>): HTMLElement {
  const reason = element('input', { id: `reason-${id}`, type: 'text', maxlength: 300 });
  const said = element('div', {});
  const form = element(
    'form',
    { class: 'tools', novalidate: true },
    element('label', { for: `reason-${id}` }, say(ADMINISTRATOR.reason)),
    reason,
    element('button', { type: 'submit' }, say(ADMINISTRATOR.decline)),
    said,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (reason.value.trim() === '') {
      said.replaceChildren(element('p', { class: 'failure', role: 'alert' }, say(ADMINISTRATOR.needReason)));
      return;
    }
    send(reason.value).catch((error: unknown) => said.replaceChildren(failed(error)));
  });
  return form;
}
