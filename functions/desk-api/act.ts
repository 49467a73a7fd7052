import type { Action } from '../../shared/case/actions.ts';
import type { Case, Identity } from '../../shared/case/case.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import { documentNumber, seriesOf } from '../../shared/case/document-number.ts';
import { LARGEST_JOINING } from '../../shared/case/joining.ts';
import { rowsFor } from '../../shared/case/life-cycle.ts';
import { register } from '../../shared/case/register.ts';
import {
  GuardRefusal,
  NotAllowedNow,
  planStep,
  type Step,
  type StepContext,
  takeStep,
} from '../../shared/case/take-step.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import { givenBack, isHeld, type Lease } from '../../shared/desk-work/lease.ts';
import { refuseLeased } from '../../shared/http/leased.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { authorityOf } from '../../shared/jurisdiction/competence.ts';
import { elsewhereOf } from '../../shared/jurisdiction/elsewhere.ts';
import { factsOf } from '../../shared/jurisdiction/facts-of-case.ts';
import { findStation } from '../../shared/jurisdiction/find-station.ts';
import { type Registry, unitPathOf } from '../../shared/jurisdiction/registry.ts';
import { isActive } from '../../shared/partners/partner.ts';
import { mayAct, viewOf } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import { sha256 } from '../../shared/sha256.ts';
import type { Work } from '../../shared/store/case-store.ts';
import { stepContext } from '../../shared/store/step-on-case.ts';
import { type DeskDependencies, readFor, summary, workingOnBy } from './desk.ts';

/** What was sent with a step. */
export type Sent = Readonly<Record<string, unknown>>;

/** A step on its way: the case, who acts, with what. */
interface Undertaking {
  found: Case;
  /** Who works on it, as it was before the step. */
  lease: Lease | undefined;
  action: Action;
  sent: Sent;
  staff: Staff;
  registry: Registry;
  context: StepContext;
  deps: DeskDependencies;
}

// Form 1 has room for few; a larger group files by lists.
const LARGEST_GROUP = 20;

// Another officer of the unit may draw the next form number at the same moment, and numbers of cases are random.
const TRIES = 8;

/** Takes one legal step on a case. A conflict (409) is a normal outcome: somebody was faster, look again. */
export async function act(
  number: CaseNumber,
  action: Action,
  { version, ...sent }: Sent & { version?: number },
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  const found = await readFor(staff, number, deps);
  if (!mayAct(found, staff, action)) throw new Problem('forbidden');
  if (version !== undefined && version !== found.version) throw conflict(found);

  const lease = await deps.deskWork.lease(number);
  refuseLeased(found, lease, staff, deps);

  const registry = await deps.registry.read();
  const undertaking: Undertaking = {
    found,
    lease,
    action,
    sent,
    staff,
    registry,
    deps,
    context: await stepContext({ role: staff.role, id: staff.id }, registry, deps),
  };
  const { after, opened, lease: kept } = await commit(undertaking);
  // Logs must not tell that a complaint has a report (Art. 37): a step that opens one is logged without the number.
  deps.log('step-taken', { staff: staff.id, action, ...(opened === null ? { number } : {}) });
  const shown = viewOf(after, staff) === 'none' ? found : after;
  const view = summary(shown, staff, registry, workingOnBy(kept, deps));
  return { status: 200, body: { ...view, version: after.version, opened } };
}

/** Draws what must be drawn, commits, and draws again when somebody else took the same number. */
async function commit(undertaking: Undertaking) {
  const { found, staff, deps } = undertaking;
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const work = withLease(await workOf(undertaking), undertaking);
    const outcome = await deps.cases.commit(work);
    if (outcome === 'committed') {
      const own = work.steps?.findLast(({ after }) => after.number === found.number);
      const opened: CaseNumber | null = work.registrations?.[0]?.step.after.number ?? null;
      return { after: own?.after ?? found, opened, lease: work.lease ?? undertaking.lease };
    }
    if (outcome === 'conflict' || outcome === 'key-taken') {
      // Who was faster may have taken the case, or its lead, to work on it: that says more than a version.
      for (const one of [found, ...(work.steps ?? []).map(({ after }) => after)]) {
        refuseLeased(one, await deps.deskWork.lease(one.number), staff, deps);
      }
      throw conflict(found);
    }
  }
  throw new Problem('try-again');
}

/**
 * In the transaction of the step nobody else may be working on its cases: who looks before it may be overtaken. What goes
 * to another unit is given back with it, or that unit would wait for somebody who has nothing to do with it any more.
 */
function withLease(work: Work, { found, lease, staff, deps }: Undertaking): Work {
  const now = deps.now().toISOString();
  const numbers = [...new Set([found.number, ...(work.steps ?? []).map(({ after }) => after.number)])];
  const goesTo = work.steps?.findLast(({ after }) => after.number === found.number)?.after.unitPath.at(-1);
  const goesAway = goesTo !== undefined && goesTo !== found.unitPath.at(-1);
  const ends = goesAway && lease !== undefined && lease.staff === staff.id && isHeld(lease, now);
  return {
    ...work,
    unlessLeased: { numbers, staff: staff.id, now },
    ...(ends ? { lease: givenBack(lease, now) } : {}),
  };
}

/** Everything that one action writes, in one unit of work. */
async function workOf(undertaking: Undertaking): Promise<Work> {
  return refusing(undertaking.found, async () => {
    const { found, action, sent, staff, context } = undertaking;
    // The role may take this action somewhere; also from this state? A withdrawal after acceptance is the consumer's.
    if (!planStep(found, action, sent, context).row.by.includes(staff.role)) throw new Problem('forbidden');
    const proposed = needsSecondPair(undertaking);
    if (proposed !== undefined) return { steps: [proposed] };
    const special = SPECIAL[undertaking.action];
    return special === undefined ? numbered(await sayingWhere(undertaking)) : special(undertaking);
  });
}

/** Who is told that we are not competent is told who is, where routing found it (Art. 16, 34): the step keeps where. */
async function sayingWhere(undertaking: Undertaking): Promise<Undertaking> {
  const { found, action, sent, registry, deps } = undertaking;
  if (action !== 'point-elsewhere' && !(action === 'refuse' && sent.ground === NOT_OURS)) return undertaking;
  const elsewhere = elsewhereOf(await deps.cases.latestEvents(found.number, SHOWN_EVENTS));
  const isKnown = elsewhere !== undefined && authorityOf(elsewhere, registry.authorities ?? []) !== undefined;
  return isKnown ? { ...undertaking, sent: { ...sent, elsewhere } } : undertaking;
}

const NOT_OURS = 'art16-1';
/** Routing is explained early in a case; more steps has hardly one that is refused. */
const SHOWN_EVENTS = 50;

type MakeWork = (undertaking: Undertaking) => Work | Promise<Work>;

/** Actions that touch more than one case, or people's data. All others are one step on one case. */
const SPECIAL: Readonly<Partial<Record<Action, MakeWork>>> = {
  distribute: handOut,
  designate: handOut,
  join,
  unjoin,
  'split-report': openLinked,
  'open-clue': openLinked,
  reclassify,
  'add-complainant': addComplainant,
  'offer-first': offerFirst,
  'correct-understanding': correctUnderstanding,
  approve: approved,
  unreachable,
  propose: () => {
    throw new Problem('not-found');
  },
};

/** Nobody reached: from here the place of the platform's operator decides (Art. 13(3)), and the hub sees where that is. */
async function unreachable({ found, action, sent, context, registry }: Undertaking): Promise<Work> {
  const facts = factsOf({ ...found, unreachable: true }, found.understood);
  const { explanation: routing } = findStation(facts, registry, shanghaiDate(context.now()));
  return { steps: [takeStep(found, action, { ...sent, routing }, context)] };
}

/** One step; if it issues a form, with the next number of the unit's series in the same transaction. */
async function numbered(
  { found, action, sent, context, registry, deps }: Undertaking,
  earlier: readonly Step[] = [],
): Promise<Work> {
  const { row } = planStep(found, action, sent, context);
  if (row.form === undefined) return { steps: [...earlier, takeStep(found, action, sent, context)] };
  // The hub that hands a case out signs form 3; all other forms are the unit's own.
  const unit = found.unitPath.at(row.form === 'form-3' ? 0 : -1) ?? '';
  const year = shanghaiDate(context.now()).slice(0, 4);
  const series = seriesOf(unit, year);
  const value = (await deps.cases.lastInSeries(series)) + 1;
  const withNumber = { ...context, documentNumber: documentNumber(unit, year, value, registry.units) };
  return {
    steps: [...earlier, takeStep(found, action, sent, withNumber)],
    numbering: [{ series, value }],
  };
}

function handOut({ found, action, sent, context, registry }: Undertaking): Work {
  // Guards first: they know whether there is such a unit.
  const { problems } = planStep(found, action, sent, context);
  if (problems.length > 0) throw new GuardRefusal(action, problems);
  const unit = String(sent.unit);
  const areas = registry.divisions.filter(({ station }) => station === unit).map(({ area }) => area);
  // A station with a single area leaves no doubt about the officer; otherwise the station decides.
  const [area] = new Set(areas.map(({ code }) => code)).size === 1 ? areas : [];
  const facts = { ...sent, area: area?.code, officer: area?.officer, basis: 'dispatcher' };
  return { steps: [takeStep(found, action, facts, context, unitPathOf(unit, registry.units))] };
}

/** Art. 12, 35: the case follows its lead; both histories say so, in one transaction. */
async function join({ found, sent, staff, context, deps }: Undertaking): Promise<Work> {
  const lead = await leadOf(String(sent.lead), found, staff, deps);
  const joined = takeStep(found, 'join', { ...sent, lead: lead.number }, context);
  const takenIn = takeStep(lead, 'take-in', { case: found.number }, context);
  // Art. 35(2): new facts of the same informer restart the period from the last report.
  const restarts = sent.newFacts === true && rowsFor(lead.kind, lead.state, 'add-facts').length > 0;
  const restarted = restarts
    ? [takeStep(takenIn.after, 'add-facts', { receivedOn: found.receivedOn }, context)]
    : [];
  return { steps: [joined, takenIn, ...restarted] };
}

async function leadOf(number: CaseNumber, found: Case, staff: Staff, deps: DeskDependencies): Promise<Case> {
  const refuse = (zh: string, en: string) => new Problem('bad-request', [{ field: '/lead', zh, en }]);
  const lead = await deps.cases.case(number);
  if (lead === undefined || viewOf(lead, staff) !== 'full' || number === found.number) {
    throw refuse('没有这个主办案件', 'There is no such lead case');
  }
  if (lead.kind !== found.kind)
    throw refuse('类型不同，不能并案', 'Cases of different kinds cannot be joined');
  if (found.joined.length > 0) throw refuse('本案已是主办案件', 'This case is itself a lead case');
  if (lead.joined.length >= LARGEST_JOINING) {
    throw refuse(
      `一件主办案件最多并入 ${LARGEST_JOINING} 件`,
      `At most ${LARGEST_JOINING} cases can be joined`,
    );
  }
  // The lead's periods are the older ones, so that nobody's period is lengthened by the joining.
  if (lead.receivedAt > found.receivedAt) {
    throw refuse('主办案件应为先收到的一件', 'The lead must be the case that was received first');
  }
  return lead;
}

async function unjoin({ found, sent, context, deps }: Undertaking): Promise<Work> {
  const lead = found.lead === undefined ? undefined : await deps.cases.case(found.lead);
  const out = takeStep(found, 'unjoin', sent, context);
  return {
    steps: lead === undefined ? [out] : [out, takeStep(lead, 'let-out', { case: found.number }, context)],
  };
}

/**
 * Art. 9 and 27: a report of its own. The complaint's history does not say so: nothing on its side may show
 * that there is a report. The receipt keeps a second click from opening a second one.
 */
async function openLinked({ found, action, sent, context, deps, staff }: Undertaking): Promise<Work> {
  const { problems } = planStep(found, action, sent, context);
  if (problems.length > 0) throw new GuardRefusal(action, problems);
  const isClue = action === 'open-clue';
  const identity = isClue ? undefined : await identityForReport(found, staff, deps);
  const step = register(
    { text: String(sent.text), business: found.complaint.business },
    {
      kind: 'report',
      channel: 'desk',
      bureau: found.unitPath[0] ?? '',
      draw: deps.randomInt(1_000_000),
      // Of a clue that staff found there is nobody who could track it.
      secretHash: isClue ? '0'.repeat(64) : found.secretHash,
      linkedTo: found.number,
      // A clue is counted from its discovery (Art. 27), what was in the message from its receipt.
      foundInMediation: isClue ? true : undefined,
      receivedAt: isClue ? undefined : found.receivedAt,
      identity,
      notice: identity === undefined ? undefined : { notice: 'renumbered', party: 'informer' },
    },
    context,
  );
  const keyHash = sha256(`${action}#${found.number}#${String(sent.text)}`);
  const receipt = { keyHash, payloadHash: keyHash, number: step.after.number, secret: '' };
  return { registrations: [{ step, identity }], receipt };
}

async function identityForReport(found: Case, staff: Staff, deps: DeskDependencies) {
  const at = deps.now().toISOString();
  await deps.identities.recordRead({
    number: found.number,
    at,
    staff: staff.id,
    role: staff.role,
    // Who looks at the readings of a complaint must not learn of a report (Art. 37).
    reason: 'handling',
  });
  return deps.identities.identity(found.number);
}

/** The message was of another kind: it ends here and begins again as what it is. */
async function reclassify({ found, sent, staff, context, deps }: Undertaking): Promise<Work> {
  if (found.kind === 'report') {
    throw new Problem('bad-request', [
      {
        field: '/kind',
        zh: '举报请通过 /desk/reports/{编号}/reclassify 改变类型',
        en: 'Reports are reclassified by /desk/reports/{number}/reclassify',
      },
    ]);
  }
  const { problems } = planStep(found, 'reclassify', sent, context);
  if (problems.length > 0) throw new GuardRefusal('reclassify', problems);
  // The old case does not say what it became: it might be a report.
  const over = takeStep(found, 'reclassify', {}, context);
  const kind = String(sent.kind) as Case['kind'];
  const identity = await identityForReport(found, staff, deps);
  const step = register(
    found.complaint,
    {
      kind,
      channel: found.channel,
      bureau: found.unitPath[0] ?? '',
      draw: deps.randomInt(1_000_000),
      secretHash: found.secretHash,
      linkedTo: found.number,
      receivedAt: found.receivedAt,
      identity,
      notice: {
        notice: 'renumbered',
        party: kind === 'report' ? 'informer' : 'complainant',
      },
    },
    context,
  );
  return {
    steps: [over],
    registrations: [{ step, identity }],
    // Whoever turns out to be an informer is known as such only.
    ...(kind === 'report' && identity !== undefined
      ? { removeIdentity: { number: found.number, kind: found.kind, identity } }
      : {}),
  };
}

/** Cases are joined by the credit code: one that nobody bears would join what has nothing to do with each other. */
async function correctUnderstanding({ found, action, sent, context, deps }: Undertaking): Promise<Work> {
  const { creditCode } = sent;
  const isUnknown =
    typeof creditCode === 'string' && (await deps.businesses.business(creditCode)) === undefined;
  if (isUnknown) {
    throw new Problem('bad-request', [
      {
        field: '/creditCode',
        zh: '名册中没有这个经营者，请核对代码，或者选“不是名册中的经营者”',
        en: 'No such business in the register: check the code, or say that it is none of those known',
      },
    ]);
  }
  return { steps: [takeStep(found, action, sent, context)] };
}

/** The register says what kind of partner it is, for the figures, and whether it is given cases these days. */
async function offerFirst({ found, sent, context, deps }: Undertaking): Promise<Work> {
  const partner = await deps.partners.partner(String(sent.partner));
  if (partner === undefined || !isActive(partner, shanghaiDate(context.now()))) {
    throw new Problem('bad-request', [
      {
        field: '/partner',
        zh: '名册中没有这个维权服务站或者企业，或者已经停用',
        en: 'No such rights station or business in the register, or not in use any more',
      },
    ]);
  }
  return { steps: [takeStep(found, 'offer-first', { ...sent, partnerKind: partner.kind }, context)] };
}

/** Art. 12: names and phones go to the identities, not into the history. */
async function addComplainant({ found, sent, context, deps, staff }: Undertaking): Promise<Work> {
  const before = await identityForReport(found, staff, deps);
  if (before === undefined) throw conflict(found);
  if ((before.joint?.length ?? 0) >= LARGEST_GROUP) {
    const zh = `共同投诉人最多 ${LARGEST_GROUP + 1} 名，请另行登记`;
    throw new Problem('bad-request', [
      { field: '/name', zh, en: `At most ${LARGEST_GROUP + 1} complainants; please file another complaint` },
    ]);
  }
  const { name, phone, address, ...rest } = sent;
  const added: Identity = {
    name: String(name),
    phone: String(phone),
    ...(typeof address === 'string' ? { address } : {}),
  };
  const identity: Identity = { ...before, joint: [...(before.joint ?? []), added] };
  return {
    steps: [takeStep(found, 'add-complainant', rest, context)],
    identity: { number: found.number, kind: found.kind, identity, before },
  };
}

/** Where the bureau wants a second pair of eyes, an officer's step becomes a proposal to the head. */
function needsSecondPair({ found, action, sent, staff, context }: Undertaking): Step | undefined {
  if (!context.settings.secondPairOfEyes.includes(action) || staff.role !== 'officer') return undefined;
  const { problems } = planStep(found, action, sent, context);
  if (problems.length > 0) throw new GuardRefusal(action, problems);
  return takeStep(found, 'propose', { action, ...sent }, context);
}

/** The head agrees: the proposal is taken as it was made, by the head, in the same transaction. */
async function approved(undertaking: Undertaking): Promise<Work> {
  const { found, context } = undertaking;
  const approval = takeStep(found, 'approve', {}, context);
  const { proposal } = found;
  if (proposal === undefined) throw conflict(found);
  const agreed: Undertaking = {
    ...undertaking,
    found: approval.after,
    action: proposal.action,
    sent: { ...proposal.facts, ...proposal.words },
  };
  const special = SPECIAL[proposal.action];
  if (special === undefined) return numbered(agreed, [approval]);
  const work = await special(agreed);
  return { ...work, steps: [approval, ...(work.steps ?? [])] };
}

async function refusing(found: Case, make: () => Promise<Work>): Promise<Work> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof NotAllowedNow) throw conflict(found);
    if (error instanceof GuardRefusal) throw new Problem('bad-request', error.problems);
    throw error;
  }
}

function conflict(found: Case): Problem {
  return new Problem('conflict', [
    {
      field: 'version',
      zh: `案件已有变动（当时为第 ${found.version} 版，状态 ${found.state}），请刷新后再办理`,
      en: `The case has moved on (version ${found.version}, state ${found.state}); please reload it`,
    },
  ]);
}
