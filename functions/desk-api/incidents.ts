import type * as z from 'zod';
import type {
  dismissRequest,
  incidentListQuery,
  incidentQuery,
  joinAllRequest,
  unjoinAllRequest,
} from '../../events/incidents.ts';
import type { Action } from '../../shared/case/actions.ts';
import type { Case } from '../../shared/case/case.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import { handlingUnit, stateView } from '../../shared/case/case-view.ts';
import { rowsFor } from '../../shared/case/life-cycle.ts';
import { type FieldProblem, Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import { dismiss, type Incident, isOver, type Member, trendOf } from '../../shared/matter/incident.ts';
import { businessNameOf } from '../../shared/matter/matter-of.ts';
import { mayAct, mayOnIncidents, viewOf } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import { wordsOf } from '../../shared/understanding/understood.ts';
import { act } from './act.ts';
import type { DeskDependencies } from './desk.ts';

/** Incidents of a hundred days; a bureau has a handful a month. */
const MOST = 100;
/** Members read for the trend and for joint handling. */
const MOST_MEMBERS = 200;
/** Steps of one request: it has ten seconds. */
const BATCH = 20;

const STATES = {
  open: { code: 'open', zh: '进行中', en: 'Going on' },
  dismissed: { code: 'dismissed', zh: '已排除', en: 'Dismissed' },
  over: { code: 'over', zh: '已平息', en: 'Over' },
} as const;

/** Mass incidents with a case of this person's unit or below, the latest first. */
export async function listIncidents(
  { all }: z.output<typeof incidentListQuery>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  if (!mayOnIncidents('see', staff)) throw new Problem('forbidden');
  const { bureau } = await deps.registry.read();
  const own = (await deps.incidents.recognised(bureau, MOST)).filter(({ units }) =>
    units.includes(staff.unit),
  );
  const views = await viewsOf(own, deps);
  const shown = views.filter(({ state }) => all === 'yes' || state.code === 'open');
  return {
    status: 200,
    body: { incidents: shown.sort((one, other) => (one.lastAt < other.lastAt ? 1 : -1)) },
  };
}

/** One mass incident with its complaints. Cases of other units are counted, not shown. */
export async function showIncident(
  id: string,
  { limit, after }: z.output<typeof incidentQuery>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  const found = await readIncident(id, staff, deps);
  const { units } = await deps.registry.read();
  const page = await deps.incidents.members(id, limit, after);
  const members = page.items.filter(({ at }) => at >= found.since);
  const cases = new Map(
    (await deps.cases.cases(members.map(({ number }) => number))).map((one) => [one.number, one]),
  );
  const [view] = await viewsOf([found], deps);
  return {
    status: 200,
    body: {
      ...view,
      actions: (['dismiss', 'join-all', 'unjoin-all'] as const).filter((action) =>
        mayOnIncidents(action, staff),
      ),
      members: members.map((member) => memberView(member, cases.get(member.number), staff, units)),
      next: members.length < page.items.length ? null : (page.next ?? null),
    },
  };
}

function memberView(
  { number, at, counted, claimedFen }: Member,
  found: Case | undefined,
  staff: Staff,
  units: Parameters<typeof handlingUnit>[1],
) {
  const isShown = found !== undefined && viewOf(found, staff) === 'full';
  return {
    number,
    receivedAt: at,
    counted,
    claimedFen,
    state: isShown ? stateView(found) : null,
    unit: found === undefined ? null : (handlingUnit(found, units)?.name ?? null),
    excerpt: isShown ? Array.from(found.complaint.text).slice(0, 60).join('') : null,
    lead: isShown ? (found.lead ?? null) : null,
  };
}

/** Somebody looked, and it is none: not shown again before it has doubled. */
export async function dismissIncident(
  id: string,
  { version }: z.output<typeof dismissRequest>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  if (!mayOnIncidents('dismiss', staff)) throw new Problem('forbidden');
  const found = await readIncident(id, staff, deps);
  const { bureau } = await deps.registry.read();
  const isDismissed = found.state === 'dismissed';
  // A second click finds it done.
  const after = isDismissed ? found : dismiss(found, staff.id, deps.now().toISOString());
  if (!isDismissed) {
    if (version !== found.version || (await deps.incidents.save({ bureau, after })) === 'conflict') {
      throw new Problem('conflict', [
        {
          field: '/version',
          zh: '又有新的投诉加入，请重新查看',
          en: 'More complaints have come; please look again',
        },
      ]);
    }
    deps.log('incident-dismissed', { staff: staff.id, incident: id });
  }
  const [view] = await viewsOf([after], deps);
  return { status: 200, body: view };
}

/** Joins a batch of its complaints under one lead, each as a step of this person on its case (Art. 12). */
export async function joinAll(
  id: string,
  { lead, sameMatter }: z.output<typeof joinAllRequest>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  if (!mayOnIncidents('join-all', staff)) throw new Problem('forbidden');
  const isOpenFor = (one: Case) => one.number !== lead && one.lead !== lead;
  return batch(id, 'join', lead, isOpenFor, { lead, sameMatter }, staff, deps);
}

/** Takes a batch of them out again. */
export async function unjoinAll(
  id: string,
  { lead, ...sent }: z.output<typeof unjoinAllRequest>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  if (!mayOnIncidents('unjoin-all', staff)) throw new Problem('forbidden');
  return batch(id, 'unjoin', lead, (one) => one.lead === lead, sent, staff, deps);
}

/** Each case is a unit of work of its own: what was done stays done, the rest follows with the next request. */
async function batch(
  id: string,
  action: Action,
  lead: CaseNumber,
  isOpenFor: (one: Case) => boolean,
  sent: Readonly<Record<string, unknown>>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  const found = await readIncident(id, staff, deps);
  const members = (await deps.incidents.members(id, MOST_MEMBERS)).items.filter(
    ({ at }) => at >= found.since,
  );
  const cases = await deps.cases.cases(members.map(({ number }) => number));
  if (!cases.some(({ number }) => number === lead)) {
    throw new Problem('bad-request', [
      {
        field: '/lead',
        zh: '主办案件应为其中的一件',
        en: 'The lead must be one of its complaints',
      },
    ]);
  }
  const wanted = cases.filter(isOpenFor).sort((one, other) => (one.receivedAt < other.receivedAt ? -1 : 1));
  const possible = wanted.filter(
    (one) => rowsFor(one.kind, one.state, action).length > 0 && mayAct(one, staff, action),
  );
  const now = possible.slice(0, BATCH);
  const skipped = wanted
    .filter((one) => !possible.includes(one) && viewOf(one, staff) !== 'none')
    .map(({ number }) => ({ number, ...NOT_POSSIBLE }));
  let done = 0;
  for (const { number } of now) {
    const refused = await attempt(() => act(number, action, sent, staff, deps));
    if (refused === undefined) done += 1;
    else skipped.push({ number, zh: refused.zh, en: refused.en });
  }
  return { status: 200, body: { lead, done, left: possible.length - now.length, skipped } };
}

const NOT_POSSIBLE = { zh: '当前状态不能办理', en: 'Not possible in its present state' };

/** Why one case was refused; one refusal must not hold up the others. */
async function attempt(take: () => Promise<Answer>): Promise<Pick<FieldProblem, 'zh' | 'en'> | undefined> {
  try {
    await take();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error.errors[0] ?? NOT_POSSIBLE;
    throw error;
  }
}

async function readIncident(id: string, staff: Staff, deps: DeskDependencies): Promise<Incident> {
  if (!mayOnIncidents('see', staff)) throw new Problem('forbidden');
  const found = await deps.incidents.incident(id);
  if (found === undefined || found.state === 'gathering' || !found.units.includes(staff.unit)) {
    throw new Problem('not-found');
  }
  return found;
}

async function viewsOf(incidents: readonly Incident[], deps: DeskDependencies) {
  const now = deps.now().toISOString();
  const settings = settingsOf((await deps.registry.read()).settings);
  const firsts = new Map(
    (await deps.cases.cases(incidents.map(({ first }) => first))).map((one) => [one.number, one]),
  );
  return Promise.all(
    incidents.map(async (one) => {
      const { id, version, kind, first, cases, people, claimedFen, since, lastAt, begunAt } = one;
      const members = await deps.incidents.members(id, MOST_MEMBERS);
      const state = isOver(one, now, settings.incidents) ? 'over' : one.state;
      return {
        id,
        version,
        kind,
        state: STATES[state === 'gathering' ? 'over' : state],
        name: nameOf(kind, firsts.get(first)),
        first,
        cases,
        people,
        claimedFen,
        since,
        lastAt,
        begunAt: begunAt ?? null,
        trend: trendOf(members.items, now),
      };
    }),
  );
}

/** The business as the first complaint names it; of a place where it is. */
function nameOf(kind: Incident['kind'], first: Case | undefined): string | null {
  if (first === undefined) return null;
  if (kind === 'business') return businessNameOf(first) ?? null;
  const { complaint, understood } = first;
  const place =
    understood?.place === undefined ? undefined : wordsOf(complaint.text, [understood.place.span]);
  return complaint.business.address ?? place ?? null;
}
