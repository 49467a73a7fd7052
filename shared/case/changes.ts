import { recognisedByHand } from '../businesses/recognised.ts';
import { understoodSchema } from '../understanding/understood.ts';
import type { Action } from './actions.ts';
import type { Case, CaseEvent, Offer } from './case.ts';
import { isRunning, type RecountedClock, withRecounted } from './turn-clocks.ts';

/** What was sent with a step, facts and words together. */
type Sent = Readonly<Record<string, unknown>>;
type Change = (before: Case, sent: Sent, event: CaseEvent) => Partial<Case>;

const text = (sent: Sent, name: string) => sent[name] as string | undefined;
const NOBODY: readonly string[] = [];

/** What the triage read in the words comes with its step; later steps leave it as it is. */
const understoodIn = (before: Case, sent: Sent) =>
  (sent.understood as Case['understood']) ?? before.understood;

/** The case goes to the unit that the event counts for; its named officer is on the case at once. */
const handOut: Change = (before, sent, event) => ({
  understood: understoodIn(before, sent),
  unitPath: event.unitPath,
  // Another authority, another leader: whoever took it over there has no business with it here.
  leader: event.unitPath[1] === before.unitPath[1] ? before.leader : undefined,
  area: text(sent, 'area'),
  officers: sent.officer === undefined ? NOBODY : [sent.officer as string],
  coUnits: NOBODY,
  hubReason: undefined,
});

const backToHub = (before: Case, hubReason: string | undefined): Partial<Case> => ({
  unitPath: before.unitPath.slice(0, 1),
  area: undefined,
  officers: NOBODY,
  leader: undefined,
  coUnits: NOBODY,
  hubReason,
});

/** How a step changes the case beyond its state, clocks and sums. Actions that are not here change nothing else. */
export const CHANGES: Readonly<Partial<Record<Action, Change>>> = {
  distribute: handOut,
  designate: handOut,
  refer: (before, sent) => ({ hubReason: text(sent, 'reason'), understood: understoodIn(before, sent) }),
  'correct-understanding': (before, sent) => ({ understood: corrected(before.understood, sent) }),
  return: (before, sent) => backToHub(before, text(sent, 'reason')),
  recall: (before) => backToHub(before, 'recalled'),
  unreachable: (before) => ({ ...backToHub(before, 'unreachable'), unreachable: true }),
  // What was said goes on in the new case, sealed if that is a report: here nothing of it stays.
  reclassify: () => ({ complaint: { text: '', business: {} }, understood: undefined }),
  'begin-testing': (before) => ({ before: { state: before.state, clocks: [] } }),
  'end-testing': () => ({ before: undefined }),
  'apply-recusal': (before) => ({ before: before.before ?? { state: before.state, clocks: [] } }),
  // Older cases name the place in words; they have no partner.
  'offer-first': (_, sent, event) =>
    sent.partner === undefined ? {} : { offer: offerOf(sent, event.version) },
  'offer-settlement': (before, sent) => ({
    offer: before.offer && {
      ...before.offer,
      offeredFen: Number(sent.offeredFen),
      promisedOn: text(sent, 'promisedOn'),
    },
  }),
  'confirm-settlement': (_, sent) => ({ promisedOn: text(sent, 'promisedOn') }),
  'hand-back': (before) => (before.unitPath.length > 1 ? {} : { hubReason: 'handed-back' }),
  'move-on': (before) => (before.unitPath.length > 1 ? {} : { hubReason: 'moved-on' }),
  insist: (before) => (before.unitPath.length > 1 ? {} : { hubReason: 'insisted' }),
  refuse: (_, sent) => ({ ground: text(sent, 'ground') }),
  terminate: (_, sent) => ({ ground: text(sent, 'ground') }),
  settle: (_, sent) => ({ promisedOn: text(sent, 'promisedOn') }),
  tell: (before, sent, event) => ({
    told: { ...before.told, [`${String(sent.form)}.${String(sent.party)}`]: event.on },
  }),
  'start-mediation': (before) => ({ consents: { ...before.consents, mediation: true } }),
  entrust: (before) => ({ consents: { ...before.consents, entrust: true } }),
  'decide-recusal': (before, sent) => ({
    ...(sent.granted === true ? { officers: [String(sent.officer)] } : {}),
    before: undefined,
  }),
  withdraw: (before) => (before.clocks.some(({ id }) => id === 'mediate') ? { withdrawalAsked: true } : {}),
  close: (_, sent) => ({
    result: {
      found: text(sent, 'found') ?? '',
      done: text(sent, 'done') ?? '',
      received: text(sent, 'received') ?? '',
      routes: text(sent, 'routes') ?? '',
    },
  }),
  'ask-reopen': () => ({ reopenAsked: true }),
  reopen: (before) => ({
    // What was decided, told and promised belongs to the round that is over; sums stay: money is never overwritten.
    ground: undefined,
    result: undefined,
    promisedOn: undefined,
    withdrawalAsked: undefined,
    reopenAsked: undefined,
    told: {},
    forms: [],
    eraseOn: undefined,
    ...(before.unitPath.length > 1 ? {} : { hubReason: 'reopened' }),
  }),
  join: (before, sent, event) => ({
    lead: text(sent, 'lead'),
    understood: understoodIn(before, sent),
    // Joined on arrival it lies where its lead does, so that whoever has that one can take it out again.
    unitPath: event.unitPath,
    before: { state: before.state, clocks: before.clocks },
  }),
  'take-in': (before, sent) => ({ joined: [...before.joined, String(sent.case)] }),
  unjoin: (before) => ({
    lead: undefined,
    before: undefined,
    eraseOn: undefined,
    apart: before.lead === undefined ? before.apart : [...(before.apart ?? []), before.lead],
    ...(before.before?.state === 'received' ? { unitPath: before.unitPath.slice(0, 1) } : {}),
  }),
  'let-out': (before, sent) => ({ joined: before.joined.filter((number) => number !== sent.case) }),
  assign: (_, sent) => ({ officers: [String(sent.officer)] }),
  unassign: () => ({ officers: NOBODY }),
  take: (_, __, event) => ({ officers: [event.actor.id] }),
  note: (before, sent) => {
    const colleague = text(sent, 'mention');
    return colleague === undefined
      ? {}
      : { mentioned: [...new Set([...(before.mentioned ?? []), colleague])] };
  },
  'take-over': (_, sent) => ({ leader: text(sent, 'leader') }),
  'add-unit': (before, sent) => ({ coUnits: [...new Set([...before.coUnits, String(sent.unit)])] }),
  'add-complainant': (before) => ({ consents: { ...before.consents, joint: true } }),
  propose: (_, sent, event) => ({ proposal: proposalOf(sent, event) }),
  remind: (before, sent) => ({
    clocks: before.clocks.map((clock) =>
      clock.id === sent.clock && isRunning(clock) ? { ...clock, reminded: (clock.reminded ?? 0) + 1 } : clock,
    ),
  }),
  escalate: (before, sent) => ({
    clocks: before.clocks.map((clock) =>
      clock.id === sent.clock && isRunning(clock) ? { ...clock, escalated: Number(sent.level) } : clock,
    ),
  }),
  'recount-dates': (before, sent, event) => ({
    clocks: withRecounted(before.clocks, (sent.clocks ?? []) as RecountedClock[], event.on),
  }),
  erase: (before) => ({
    erased: true,
    complaint: { text: '', business: withoutContact(before.complaint.business) },
    result: undefined,
    clocks: withoutEvidence(before.clocks),
    before:
      before.before === undefined
        ? undefined
        : { ...before.before, clocks: withoutEvidence(before.before.clocks) },
  }),
};

function offerOf(sent: Sent, version: number): Offer {
  return {
    partner: String(sent.partner),
    kind: sent.partnerKind === 'business' ? 'business' : 'rights-station',
    version,
    contactAgreed: sent.contactAgreed === true,
  };
}

const SURE = 1;

/** What a person says is so; the rest stays as it was read. */
function corrected(before: Case['understood'], sent: Sent): Case['understood'] {
  const judged = (name: 'problem' | 'subject') =>
    sent[name] === undefined ? {} : { [name]: { value: sent[name], confidence: SURE, spans: [] } };
  const division =
    sent.division === undefined
      ? {}
      : { division: { code: sent.division, candidates: [sent.division], confidence: SURE } };
  const isBusiness = sent.creditCode !== undefined || sent.noBusiness === true;
  const business = isBusiness
    ? { business: recognisedByHand(before?.business, text(sent, 'creditCode') ?? null) }
    : {};
  const fields = [
    ...['problem', 'subject', 'division'].filter((name) => sent[name] !== undefined),
    ...(isBusiness ? ['business'] : []),
  ];
  return understoodSchema.parse({
    ...(before ?? NOT_READ),
    ...judged('problem'),
    ...judged('subject'),
    ...division,
    ...business,
    corrected: [...new Set([...(before?.corrected ?? []), ...fields])],
  });
}

/** A case from before the system could read. */
const NOT_READ = {
  kind: { value: 'complaint', confidence: 0 },
  scope: { value: 'unsure', confidence: 0 },
};

/** A name and an address are the business's, also a sole trader's: it is in the public register. */
function withoutContact({ contact, phone, ...business }: Case['complaint']['business']) {
  return business;
}

function withoutEvidence(clocks: Case['clocks']): Case['clocks'] {
  return clocks.map(({ pauses, ...clock }) =>
    pauses === undefined ? clock : { ...clock, pauses: pauses.map((pause) => ({ ...pause, evidence: '' })) },
  );
}

function proposalOf(sent: Sent, event: CaseEvent): Case['proposal'] {
  const { action, ...facts } = event.facts;
  const { salt, ...words } = event.words ?? {};
  return { action: String(action ?? sent.action) as Action, facts, words, by: event.actor.id };
}

/** Steps that only write something down: they leave a proposal where it is. */
const WRITTEN_BESIDE: ReadonlySet<Action> = new Set<Action>([
  'propose',
  'note',
  'add-words',
  'rate',
  'ask-reopen',
  'remind',
  'escalate',
  'supervise',
  'recount-dates',
  'tell',
  'correct-identity',
  'correct-understanding',
]);

/** A proposal was made for the case as it was: any other step takes it off the table. */
export function clearsProposal(action: Action): boolean {
  return !WRITTEN_BESIDE.has(action);
}
