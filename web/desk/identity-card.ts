import type { Agent, Person } from '../../shared/case/case.ts';
import { READ_REASONS } from '../../shared/people/read-reasons.ts';
import type { CaseDetail } from '../api/answers.ts';
import { element, facts } from '../components/dom.ts';
import { longDate } from '../components/format.ts';
import { phoneLink } from '../components/legal-date.ts';
import { chinese } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import { COMMON, type Pair, say } from '../components/texts.ts';
import { type OthersContext, othersOfPhone } from './case-others.ts';
import { DESK } from './desk.texts.ts';

/** Who complained or informed: nothing is asked for before a reason is chosen, and each look is recorded. */
export function identityCard(found: CaseDetail, others: OthersContext): HTMLElement {
  const { kind, number } = found;
  const { ask } = others;
  const isReport = kind === 'report';
  const title: Pair = isReport ? DESK.lookInformer : DESK.lookComplainant;
  const reason = element(
    'select',
    { id: 'look-reason', name: 'look-reason' },
    ...Object.entries<Pair>(READ_REASONS).map(([code, words]) =>
      element('option', { value: code }, say(words)),
    ),
  );
  const place = element('div', { 'aria-live': 'polite' });
  const look = async () => {
    try {
      const asked = { path: { number }, query: { reason: reason.value } };
      const who = isReport
        ? (await ask('GET /desk/reports/{number}/informer', asked)).informer
        : (await ask('GET /desk/cases/{number}/complainant', asked)).complainant;
      place.replaceChildren(
        ...(who === null
          ? [element('p', {}, say(DESK.nobody))]
          : [
              person(who),
              ...(who.joint ?? []).map((one) => person(one, DESK.joint)),
              ...(who.agent === undefined ? [] : [agentCard(who.agent)]),
            ]),
        element('p', { class: 'hint' }, say(DESK.identityNote)),
        // An informer's other matters are nobody's to look up (Art. 37).
        ...(who === null || isReport ? [] : [othersOfPhone(found, who.phone, others)]),
      );
    } catch (error) {
      place.replaceChildren(element('p', { class: 'error' }, say(problemText(error))));
    }
  };
  return element(
    'section',
    { class: 'identity' },
    element(
      'div',
      { class: 'look' },
      element('label', { for: 'look-reason' }, say(DESK.lookReason)),
      reason,
      element('button', { type: 'button', id: 'look', onclick: () => void look() }, say(title)),
    ),
    element('p', { class: 'hint' }, say(DESK.identityBefore)),
    place,
  );
}

function agentCard(agent: Agent): HTMLElement {
  const card = person(agent, DESK.agent);
  card.append(
    facts([
      [say(DESK.agentPowers), say(DESK[`agentPowers.${agent.powers}`])],
      [say(DESK.agentMatter), agent.matter !== undefined && chinese(agent.matter)],
      [say(DESK.agentUntil), agent.until !== undefined && longDate(agent.until)],
    ]),
  );
  return card;
}

function person({ name, phone, address, email }: Person, label?: Pair): HTMLElement {
  return element(
    'div',
    { class: 'complainant' },
    label !== undefined && element('small', {}, say(label)),
    chinese(name, 'who'),
    phoneLink(phone),
    facts([
      [say(COMMON.address), address !== undefined && chinese(address)],
      [say(DESK.email), email],
    ]),
  );
}
