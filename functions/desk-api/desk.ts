import type * as z from 'zod';
import {
  DESK_ACTIONS,
  type historyQuery,
  type identityQuery,
  type partnerSearch,
} from '../../events/desk-requests.ts';
import type { Action } from '../../shared/case/actions.ts';
import type { Case, CaseEvent } from '../../shared/case/case.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import {
  clockView,
  groundView,
  handlingUnit,
  nextLegalDate,
  stateView,
} from '../../shared/case/case-view.ts';
import { explainClocks } from '../../shared/case/explain-clocks.ts';
import { HUB_REASONS, RETURN_REASONS } from '../../shared/case/grounds.ts';
import { offeredActions } from '../../shared/case/life-cycle.ts';
import { businessKey, nameKey, phoneKey } from '../../shared/case/lookup-keys.ts';
import { signsOf } from '../../shared/case/signs.ts';
import { nextDue } from '../../shared/case/take-step.ts';
import { isPaused } from '../../shared/case/turn-clocks.ts';
import { type Clock, shanghaiDate } from '../../shared/dates.ts';
import { isHeld, type Lease } from '../../shared/desk-work/lease.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { explanationView } from '../../shared/jurisdiction/explanation-view.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import type { Log } from '../../shared/logging.ts';
import { givenName } from '../../shared/matter/names.ts';
import { PARTNER_KINDS, proposePartners, WHY_FITTING } from '../../shared/partners/partner.ts';
import { mayAct, mayReadIdentity, viewOf } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import type { BusinessStore } from '../../shared/store/business-store.ts';
import type { CalendarStore } from '../../shared/store/calendar-store.ts';
import type { CaseStore, IdentityStore } from '../../shared/store/case-store.ts';
import type { DeskWorkStore } from '../../shared/store/desk-work-store.ts';
import type { IncidentStore } from '../../shared/store/incident-store.ts';
import type { NoticeStore } from '../../shared/store/notice-store.ts';
import type { PartnerStore } from '../../shared/store/partner-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import type { RuleStore } from '../../shared/store/rule-store.ts';
import { understoodView } from '../../shared/understanding/understood-view.ts';
import { recognisedView } from './businesses-of-case.ts';
import { mattersBeside } from './matters-beside.ts';

export interface DeskDependencies {
  cases: CaseStore;
  /** Who complained; informers have a function of their own. */
  identities: IdentityStore;
  notices: Pick<NoticeStore, 'notices'>;
  incidents: IncidentStore;
  /** Who works on which case, orders on many cases, filters and absences. */
  deskWork: DeskWorkStore;
  registry: RegistryStore;
  /** Rights stations and businesses that settle first. */
  partners: Pick<PartnerStore, 'partner' | 'all'>;
  /** Businesses (经济户口), what is proposed about their classes, the watch-list. */
  businesses: BusinessStore;
  /** Proposed changes of the routing rules, and what was decided about them. */
  rules: RuleStore;
  calendar: CalendarStore;
  now: Clock;
  /** Integer from 0 up to, not including, the bound. */
  randomInt: (bound: number) => number;
  salt: () => string;
  log: Log;
}

const REASONS: Readonly<Record<string, { zh: string; en: string; basis?: string }>> = {
  ...HUB_REASONS,
  ...RETURN_REASONS,
  'handed-back': { zh: '先行和解方退回', en: 'Handed back unsettled' },
  'moved-on': { zh: '先行和解期满未成', en: 'Not settled in time' },
  recalled: { zh: '撤回分送', en: 'Called back' },
  unreachable: {
    zh: '联系不上平台内经营者，应由平台经营者住所地处理',
    en: 'The shop was not reached: the operator’s residence decides',
  },
};

/** Events shown with a case; older ones are asked for page by page. */
const SHOWN_EVENTS = 50;
/** How far back other cases of a person or a business are looked at for signs. */
const NEIGHBOURS = 50;
/** More than a person reads; whoever is not among them is looked for by name. */
const SHOWN_PARTNERS = 30;

/** One case with its latest history, and what this person may do with it now. */
export async function showCase(number: CaseNumber, staff: Staff, deps: DeskDependencies): Promise<Answer> {
  const found = await readFor(staff, number, deps);
  const registry = await deps.registry.read();
  const settings = settingsOf(registry.settings);
  if (viewOf(found, staff) === 'sealed') {
    return { status: 200, body: { ...summary(found, staff, registry), ...SEALED } };
  }
  const workingOn = workingOnBy(await deps.deskWork.lease(number), deps);
  const events = await deps.cases.latestEvents(number, SHOWN_EVENTS);
  const oldest = events.at(-1)?.version ?? 1;
  return {
    status: 200,
    body: {
      ...summary(found, staff, registry, workingOn),
      complaint: found.complaint,
      understood: understoodView(found),
      recognised: await recognisedView(found, deps),
      routing: explanationView(events, registry),
      externalNumber: found.externalNumber ?? null,
      linkedTo: found.linkedTo ?? null,
      lead: found.lead ?? null,
      joined: found.joined,
      ground: groundView(found),
      money: found.money,
      promisedOn: found.promisedOn ?? null,
      offer: await offerView(found, deps),
      told: found.told,
      consents: found.consents,
      forms: found.forms,
      result: found.result ?? null,
      proposal: found.proposal ?? null,
      erased: found.erased ?? false,
      mayReadIdentity: mayReadIdentity(found, staff),
      clocks: found.clocks
        .filter(({ void: gone }) => gone === undefined)
        .map((clock) => clockView(clock, found.receivedOn, { settings })),
      history: events.map(eventView).reverse(),
      earlier: oldest > 1 ? oldest : null,
    },
  };
}

/** A sealed report: it exists, it lies with this unit, it is due. Nothing of what it says. */
const SEALED = {
  complaint: null,
  understood: null,
  recognised: null,
  routing: null,
  externalNumber: null,
  linkedTo: null,
  lead: null,
  joined: [],
  ground: null,
  money: {},
  promisedOn: null,
  offer: null,
  told: {},
  consents: {},
  forms: [],
  result: null,
  proposal: null,
  erased: false,
  mayReadIdentity: false,
  clocks: [],
  history: [],
  earlier: null,
};

/** Older events of a case, the newest of them first. */
export async function showHistory(
  number: CaseNumber,
  { before, limit }: z.output<typeof historyQuery>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  await readFully(staff, number, deps);
  const events = await deps.cases.latestEvents(number, limit, before);
  const oldest = events.at(-1)?.version ?? 1;
  return { status: 200, body: { history: events.map(eventView), earlier: oldest > 1 ? oldest : null } };
}

/** Who complained. The reading is put on record, with its reason, before anything is shown. */
export async function showComplainant(
  number: CaseNumber,
  { reason }: z.output<typeof identityQuery>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  const found = await readFor(staff, number, deps);
  // Informers are read by a function of their own; this one has no right to their table.
  if (found.kind === 'report') throw new Problem('not-found');
  if (!mayReadIdentity(found, staff)) throw new Problem('forbidden');
  const at = deps.now().toISOString();
  await deps.identities.recordRead({ number, at, staff: staff.id, role: staff.role, reason });
  deps.log('identity-read', { staff: staff.id, number, reason });
  return { status: 200, body: { complainant: (await deps.identities.identity(number)) ?? null } };
}

/** Who looked at who complained, for the auditor. */
export async function showReads(number: CaseNumber, staff: Staff, deps: DeskDependencies): Promise<Answer> {
  const found = await readFor(staff, number, deps);
  if (!['auditor', 'manager'].includes(staff.role) || found.kind === 'report') throw new Problem('forbidden');
  return { status: 200, body: { reads: await deps.identities.reads(number) } };
}

/** Why each date is what it is: every day, counted or not, and why. */
export async function showDates(number: CaseNumber, staff: Staff, deps: DeskDependencies): Promise<Answer> {
  const found = await readFully(staff, number, deps);
  const { settings } = await deps.registry.read();
  const counting = { calendar: await deps.calendar.read(), settings: settingsOf(settings) };
  return { status: 200, body: { clocks: explainClocks(found, counting, shanghaiDate(deps.now())) } };
}

/** Signs of Art. 17 and of duplicates, with the cases behind them, for a person to weigh. */
export async function showSigns(number: CaseNumber, staff: Staff, deps: DeskDependencies): Promise<Answer> {
  const found = await readFully(staff, number, deps);
  if (found.kind !== 'complaint') return { status: 200, body: { signs: [], matters: [] } };
  const who = await deps.identities.identity(number);
  const samePhone =
    who === undefined ? [] : await deps.identities.casesOfPhone(phoneKey(who.phone), NEIGHBOURS);
  const business = businessKey(found.complaint.business.name);
  const sameBusiness = business === undefined ? [] : await deps.cases.casesOfBusiness(business, NEIGHBOURS);
  const numbers = new Set([...samePhone.map((one) => one.number), ...sameBusiness]);
  const cases = new Map((await deps.cases.cases([...numbers])).map((one) => [one.number, one]));
  const known = (wanted: readonly CaseNumber[]) =>
    wanted.flatMap((one) => {
      const other = cases.get(one);
      return other === undefined || other.state === 'reclassified' ? [] : [other];
    });
  const own = nameKey(who?.name ?? '');
  const neighbours = {
    samePhone: samePhone.flatMap(({ number: other, nameHash }) => {
      const neighbour = cases.get(other);
      return neighbour === undefined ? [] : [{ found: neighbour, sameName: nameHash === own }];
    }),
    sameBusiness: known(sameBusiness),
  };
  const others = samePhone.flatMap(({ number: other, nameHash }) => {
    const neighbour = cases.get(other);
    return neighbour === undefined ? [] : [{ found: neighbour, nameHash }];
  });
  const person = who === undefined ? {} : { phone: phoneKey(who.phone), name: givenName(own) };
  return {
    status: 200,
    body: {
      signs: signsOf(found, neighbours, await deps.calendar.read()),
      matters: mattersBeside(found, person, others, staff, await deps.registry.read()),
    },
  };
}

/** Who could settle this complaint first: those who fit, each with its reason, or those found by name or code. */
export async function showPartners(
  number: CaseNumber,
  { find }: z.output<typeof partnerSearch>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  const { complaint, understood } = await readFully(staff, number, deps);
  const { divisions } = await deps.registry.read();
  const today = shanghaiDate(deps.now());
  const known = { divisions, creditCode: understood?.business?.creditCode ?? undefined };
  const proposals = proposePartners(complaint.business, await deps.partners.all(), known, today, find);
  return {
    status: 200,
    body: {
      partners: proposals.slice(0, SHOWN_PARTNERS).map(({ partner: { code, name, kind }, why }) => ({
        code,
        name,
        kind: { code: kind, ...PARTNER_KINDS[kind] },
        why: why === undefined ? null : { code: why, ...WHY_FITTING[why] },
      })),
    },
  };
}

/** What was sent to whom about this case, with the proof. */
export async function showNotices(number: CaseNumber, staff: Staff, deps: DeskDependencies): Promise<Answer> {
  await readFully(staff, number, deps);
  return { status: 200, body: { notices: await deps.notices.notices(number) } };
}

/**
 * The case, if this person may know of it. A case that lies elsewhere looks like one that does not exist.
 */
export async function readFor(
  staff: Staff,
  number: CaseNumber,
  deps: Pick<DeskDependencies, 'cases'>,
): Promise<Case> {
  const found = await deps.cases.case(number);
  if (found === undefined || viewOf(found, staff) === 'none') throw new Problem('not-found');
  return found;
}

/** The case, if this person may see what it says. */
async function readFully(staff: Staff, number: CaseNumber, deps: DeskDependencies): Promise<Case> {
  const found = await readFor(staff, number, deps);
  if (viewOf(found, staff) !== 'full') throw new Problem('forbidden');
  return found;
}

/** Who has the case to settle it first, or had it, and what it offered. */
async function offerView({ offer }: Case, { partners }: Pick<DeskDependencies, 'partners'>) {
  if (offer === undefined) return null;
  const { partner, kind, contactAgreed, offeredFen = null, promisedOn = null } = offer;
  const name = (await partners.partner(partner))?.name ?? partner;
  return {
    partner,
    name,
    kind: { code: kind, ...PARTNER_KINDS[kind] },
    contactAgreed,
    offeredFen,
    promisedOn,
  };
}

function eventView({ type, version, at, on, actor, facts, words = {}, money }: CaseEvent) {
  const { salt, ...written } = words;
  return { type, version, at, on, actor, facts, words: written, money: money ?? {} };
}

/** Who works on a case now, as it is shown; null when nobody does. */
export type WorkingOn = { staff: string; until: string } | null;

/** What a lease shows of itself while it lasts. */
export function workingOnBy(lease: Lease | undefined, { now }: Pick<DeskDependencies, 'now'>): WorkingOn {
  return lease !== undefined && isHeld(lease, now().toISOString())
    ? { staff: lease.staff, until: lease.until }
    : null;
}

/**
 * A case as the desk's list shows it; of a sealed report only that it exists and by when it is due.
 * @param workingOn who works on it now; of a sealed report it is not shown
 */
export function summary(
  found: Case,
  staff: Staff,
  registry: Pick<Registry, 'units' | 'settings'>,
  workingOn: WorkingOn = null,
) {
  const actions = offeredActions(found, staff.role).filter(
    // What only follows from another step nobody can send.
    (action) => DESK_ACTIONS.includes(action) && mayAct(found, staff, action),
  );
  if (viewOf(found, staff) !== 'full') return sealedSummary(found, actions, registry);
  const late = found.clocks.filter(({ lateOwner }) => lateOwner !== undefined).map(({ id }) => id);
  return {
    number: found.number,
    version: found.version,
    kind: found.kind,
    state: stateView(found),
    channel: found.channel,
    receivedAt: found.receivedAt,
    receivedOn: found.receivedOn,
    sealed: false,
    business: found.complaint.business,
    excerpt: Array.from(found.complaint.text).slice(0, 80).join(''),
    claimedFen: found.complaint.claimedFen ?? null,
    unitPath: found.unitPath,
    unit: handlingUnit(found, registry.units),
    officers: found.officers,
    leader: found.leader ?? null,
    coUnits: found.coUnits,
    due: nextDue(found)?.due ?? null,
    nextLegalDate: nextLegalDate(found, { settings: settingsOf(registry.settings) }),
    paused: found.clocks.some(isPaused),
    late,
    hubReason:
      found.hubReason === undefined
        ? null
        : {
            code: found.hubReason,
            ...(REASONS[found.hubReason] ?? { zh: '重新办理', en: 'Taken up again' }),
          },
    awaitsApproval: found.proposal !== undefined,
    withdrawalAsked: found.withdrawalAsked ?? false,
    reopenAsked: found.reopenAsked ?? false,
    urgent: found.erased === true ? [] : (found.understood?.urgency ?? []).map(({ value }) => value),
    mentioned: found.mentioned?.includes(staff.id) ?? false,
    actions,
    workingOn,
  };
}

/** A sealed report: it lies with this unit and is due. How far it has come is sealed too (Art. 37). */
function sealedSummary(found: Case, actions: Action[], registry: Pick<Registry, 'units'>) {
  return {
    number: found.number,
    version: found.version,
    kind: found.kind,
    state: { code: 'distributed', zh: '已密封', en: 'Sealed', final: false },
    channel: found.channel,
    // The day only: the moment would tell with which complaint it came in.
    receivedAt: `${found.receivedOn}T00:00:00.000Z`,
    receivedOn: found.receivedOn,
    sealed: true,
    business: {},
    excerpt: '',
    claimedFen: null,
    unitPath: found.unitPath,
    unit: handlingUnit(found, registry.units),
    officers: [],
    leader: null,
    coUnits: [],
    due: nextDue(found)?.due ?? null,
    nextLegalDate: null,
    paused: false,
    late: [],
    hubReason: null,
    awaitsApproval: false,
    withdrawalAsked: false,
    reopenAsked: false,
    urgent: [],
    mentioned: false,
    actions,
    workingOn: null,
  };
}
