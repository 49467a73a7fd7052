import type { Batch, IncidentDetail, IncidentSummary } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { moment, money } from '../components/format.ts';
import { announce, chinese } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import type { Session } from '../components/sign-in.ts';
import { say } from '../components/texts.ts';
import { INCIDENTS } from './incidents.texts.ts';
import { caseLink } from './step-values.ts';

/** Mass incidents above the list, each as one line that opens. */
export interface IncidentsPanel {
  panel: HTMLElement;
  refresh: () => Promise<void>;
}

const SEE: readonly Session['role'][] = ['dispatcher', 'manager', 'head', 'auditor'];

export function incidentsPanel({ role }: Session, ask: Ask, changed: () => void): IncidentsPanel {
  const list = element('div', {});
  const panel = element(
    'section',
    { class: 'incidents', hidden: true, 'aria-label': say(INCIDENTS.title) },
    element('h2', {}, say(INCIDENTS.title)),
    list,
  );
  const lines = new Map<string, { version: number; line: HTMLDetailsElement }>();

  async function refresh(): Promise<void> {
    if (!SEE.includes(role)) return;
    const answer = await ask('GET /desk/incidents').catch(() => undefined);
    // What was shown stays until the next look succeeds.
    if (answer === undefined) return;
    const { incidents } = answer;
    const gone = [...lines.keys()].filter((id) => !incidents.some((one) => one.id === id));
    for (const id of gone) lines.delete(id);
    for (const one of incidents) {
      const known = lines.get(one.id);
      if (known?.version === one.version) continue;
      // Who reads it or fills in its form is not interrupted.
      if (known?.line.open === true) continue;
      if (known === undefined) announce(`${say(INCIDENTS.title)}: ${one.name ?? ''}`);
      lines.set(one.id, { version: one.version, line: incidentLine(one, ask, again) });
    }
    list.replaceChildren(...incidents.flatMap(({ id }) => lines.get(id)?.line ?? []));
    panel.hidden = incidents.length === 0;
  }

  const again = () => {
    lines.clear();
    changed();
    void refresh();
  };
  return { panel, refresh };
}

function incidentLine(one: IncidentSummary, ask: Ask, again: () => void): HTMLDetailsElement {
  const inside = element('div', { class: 'inside' });
  const line = element(
    'details',
    { class: 'incident', 'data-incident': one.id },
    element(
      'summary',
      {},
      one.name === null ? element('b', {}, say(INCIDENTS.unnamed)) : chinese(one.name, 'who'),
      ' ',
      element('b', { class: 'count' }, say(INCIDENTS.people, { people: one.people })),
      ' · ',
      say(INCIDENTS.cases, { cases: one.cases }),
      one.claimedFen > 0 && ` · ${say(INCIDENTS.claimed, { sum: money(one.claimedFen) })}`,
      element(
        'span',
        { class: 'small' },
        `${say(INCIDENTS.since, { time: moment(one.since) })} · ${say(INCIDENTS.trend, one.trend)}`,
      ),
    ),
    inside,
  );
  line.addEventListener('toggle', () => {
    if (line.open && inside.childElementCount === 0) void load(one.id, inside, ask, again);
  });
  return line;
}

async function load(id: string, inside: HTMLElement, ask: Ask, again: () => void): Promise<void> {
  try {
    const found = await ask('GET /desk/incidents/{id}', { path: { id } });
    inside.replaceChildren(members(found, ask), ...actions(found, ask, again));
  } catch (error) {
    inside.replaceChildren(element('p', { class: 'failure', role: 'alert' }, say(problemText(error))));
  }
}

/** Its complaints, the latest first; earlier ones page by page. */
function members(found: IncidentDetail, ask: Ask): HTMLElement {
  const list = element('ul', { class: 'members' });
  const more = element('button', { type: 'button' }, say(INCIDENTS.more));
  let next: string | null = null;
  const add = (page: IncidentDetail) => {
    list.append(...page.members.map(memberLine));
    ({ next } = page);
    more.hidden = next === null;
  };
  more.addEventListener('click', () => {
    const asked = { path: { id: found.id }, query: { after: next ?? '' } };
    ask('GET /desk/incidents/{id}', asked).then(add, () => undefined);
  });
  add(found);
  return element('section', {}, element('h3', {}, say(INCIDENTS.members)), list, more);
}

function memberLine({
  number,
  receivedAt,
  counted,
  state,
  unit,
  excerpt,
  lead,
}: IncidentDetail['members'][number]) {
  return element(
    'li',
    {},
    state === null ? number : caseLink(number),
    ' ',
    element('small', {}, moment(receivedAt)),
    ' ',
    state === null ? say(INCIDENTS.elsewhere) : element('span', { class: 'tag' }, say(state)),
    unit !== null && ' ',
    unit !== null && chinese(unit),
    !counted && element('small', {}, ` ${say(INCIDENTS.samePerson)}`),
    lead !== null && ' → ',
    lead !== null && caseLink(lead),
    excerpt !== null && chinese(excerpt, 'excerpt'),
  );
}

function actions(found: IncidentDetail, ask: Ask, again: () => void): HTMLElement[] {
  const said = element('p', { role: 'status' });
  const fail = (error: unknown) => {
    said.textContent = say(problemText(error));
  };
  const may = (action: IncidentDetail['actions'][number]) => found.actions.includes(action);
  const path = { id: found.id };

  /** Batch after batch until nothing is left. */
  async function all(action: 'join-all' | 'unjoin-all', body: object): Promise<void> {
    said.textContent = say(INCIDENTS.working);
    let done = 0;
    let answer: Batch;
    do {
      answer = await ask(`POST /desk/incidents/{id}/${action}`, { path, body: body as never });
      done += answer.done;
    } while (answer.left > 0 && answer.done > 0);
    const words = action === 'join-all' ? INCIDENTS.joinedCount : INCIDENTS.undoneCount;
    const skipped = answer.skipped.map(({ number, zh, en }) =>
      say(INCIDENTS.skipped, { number, why: say({ zh, en }) }),
    );
    announce(say(words, { done }));
    said.textContent = [say(words, { done }), ...skipped].join(' ');
    again();
  }

  const lead = element('select', { id: `lead-${found.id}` });
  const earliest = [...found.members].reverse().filter(({ state }) => state !== null && !state.final);
  const leads = [...new Set([found.first, ...earliest.map(({ number }) => number)])];
  lead.append(...leads.map((number) => element('option', { value: number }, number)));
  const agreed = element('input', { type: 'checkbox', id: `agreed-${found.id}` });
  const join = element('button', { type: 'button', disabled: true }, say(INCIDENTS.joinAll));
  agreed.addEventListener('change', () => {
    join.disabled = !agreed.checked;
  });
  join.addEventListener('click', () => {
    join.disabled = true;
    all('join-all', { lead: lead.value, sameMatter: true }).catch(fail);
  });
  const undo = () => void all('unjoin-all', { lead: lead.value }).catch(fail);
  const dismiss = () =>
    void ask('POST /desk/incidents/{id}/dismiss', { path, body: { version: found.version } }).then(
      again,
      fail,
    );
  const isJoined = found.members.some(({ lead: under }) => under !== null);
  return [
    element(
      'div',
      { class: 'incident-actions', hidden: !may('join-all') },
      element('label', { for: lead.id }, say(INCIDENTS.lead), ' ', lead),
      element(
        'label',
        { class: 'choice', for: agreed.id },
        agreed,
        element('span', {}, say(INCIDENTS.agreed)),
      ),
      join,
      isJoined && element('button', { type: 'button', onclick: undo }, say(INCIDENTS.unjoinAll)),
    ),
    element(
      'div',
      { class: 'incident-actions', hidden: !may('dismiss') },
      element('button', { type: 'button', onclick: dismiss }, say(INCIDENTS.dismiss)),
      element('small', {}, say(INCIDENTS.dismissNote)),
    ),
    said,
  ];
}
