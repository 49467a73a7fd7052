import type { ComplaintPreview } from '../../events/preview.ts';
import { recogniseBusiness } from '../../shared/businesses/business-of-case.ts';
import type { BusinessReader } from '../../shared/businesses/look-up.ts';
import type { Case, Kind } from '../../shared/case/case.ts';
import { handlingUnit } from '../../shared/case/case-view.ts';
import { expectedDates } from '../../shared/case/expected-dates.ts';
import { HUB_REASONS } from '../../shared/case/grounds.ts';
import { type Clock, shanghaiDate } from '../../shared/dates.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { admitPreview, type GuardDependencies, type Sender } from '../../shared/intake/guard.ts';
import type { ReadWhole } from '../../shared/intake/read-complaint.ts';
import { authorityOf, COMPETENCE } from '../../shared/jurisdiction/competence.ts';
import { factsOf } from '../../shared/jurisdiction/facts-of-case.ts';
import { type Finding, findStation } from '../../shared/jurisdiction/find-station.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import { PRECISIONS } from '../../shared/jurisdiction/routing-rule.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import type { CalendarStore } from '../../shared/store/calendar-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import { emergencyAdvice } from '../../shared/understanding/emergency.ts';
import { REQUEST_NAMES } from '../../shared/understanding/request-names.ts';
import type { Understanding } from '../../shared/understanding/understand.ts';
import type { Field, MessageKind } from '../../shared/understanding/understanding.ts';
import type { Understood } from '../../shared/understanding/understood.ts';
import { wordsOf } from '../../shared/understanding/understood.ts';

export interface PreviewDependencies extends GuardDependencies {
  registry: RegistryStore;
  calendar: CalendarStore;
  /** The businesses that the bureau knows, by keys. */
  businesses: BusinessReader;
  read: ReadWhole;
  now: Clock;
}

/** What a message is filed as while nobody chose: who complains and reports files a complaint with a report. */
const FILED_AS: Readonly<Record<MessageKind, Kind>> = {
  complaint: 'complaint',
  report: 'report',
  both: 'complaint',
  inquiry: 'inquiry',
  other: 'complaint',
};
/** A report asks for nothing of one's own; whoever asks a question need not say more. */
const ASKED_OF: Readonly<Record<Kind, (about: string) => boolean>> = {
  complaint: () => true,
  report: (about) => !['request', 'paid'].includes(about),
  inquiry: () => false,
  other: () => false,
};

/** Tells who writes a message what the system makes of it so far, and what would become of it. */
export async function preview(
  draft: ComplaintPreview,
  sender: Sender,
  deps: PreviewDependencies,
): Promise<Answer> {
  await admitPreview(sender, deps);
  const registry = await deps.registry.read();
  const on = shanghaiDate(deps.now());
  const { kind: chosen, ...complaint } = draft;
  const { understanding, understood } = await deps.read(
    { complaint, receivedOn: on, channel: 'web' },
    registry.bureau,
  );
  const kind = chosen ?? FILED_AS[understanding.kind.value];
  const finding = await findingOf({ complaint, kind, receivedOn: on }, understood, registry, deps);
  const counting = { calendar: await deps.calendar.read(), settings: settingsOf(registry.settings) };
  const elsewhere = elsewhereOf(finding, registry);
  return {
    status: 200,
    body: {
      ...readingOf(understanding, complaint.text),
      questions: questionsOf(understanding, draft, kind),
      handledBy: handledBy(finding, registry),
      atHub: finding.found || elsewhere !== null ? null : HUB_REASONS[finding.reason],
      elsewhere,
      // What lies with another authority has its dates there.
      dates: elsewhere === null ? expectedDates(kind, on, finding.found, counting) : [],
      urgent: emergencyAdvice(understood) ?? null,
    },
  };
}

/** What is still open: what he filled in is not read back to him. */
function questionsOf({ questions }: Understanding, { kind: chosen, ...draft }: ComplaintPreview, kind: Kind) {
  const said: Partial<Record<string, boolean>> = {
    kind: chosen !== undefined,
    respondent: draft.business.name !== undefined,
    'which-place': draft.business.address !== undefined,
    paid: draft.paidFen !== undefined,
  };
  return questions
    .filter(({ about }) => said[about] !== true && ASKED_OF[kind](about))
    .map(({ readsBack, ...question }) => ({ ...question, readsBack: readsBack === true }));
}

/** Who would get it. The businesses are only asked where the place leaves it open. */
async function findingOf(
  found: Pick<Case, 'complaint' | 'kind' | 'receivedOn'>,
  understood: Understood,
  registry: Registry,
  { businesses }: PreviewDependencies,
): Promise<Finding> {
  const byPlace = findStation(factsOf(found, understood), registry, found.receivedOn);
  if (byPlace.found || byPlace.explanation.elsewhere !== undefined) return byPlace;
  const business = await recogniseBusiness({ ...found, understood }, businesses, registry);
  if (business === undefined) return byPlace;
  return findStation(factsOf(found, { ...understood, business }), registry, found.receivedOn);
}

function readingOf(understanding: Understanding, text: string) {
  const { kind, concerns, problem, respondent, place, paid, claimed, parts, scope } = understanding;
  const report = parts === undefined ? '' : wordsOf(text, parts.report);
  return {
    kind: read(kind),
    concerns,
    fields: {
      name: respondent && read(respondent),
      address: place && read(place),
      paidFen: paid && read(paid),
      claimedFen: claimed && read(claimed),
      occurredOn: read(understanding.occurredOn ?? understanding.purchasedOn),
    },
    requests: understanding.requests.map((one) => ({ ...read(one), ...REQUEST_NAMES[one.value] })),
    problem: read(problem) ?? null,
    report: report === '' ? null : report,
    others: scope.value === 'yes' ? [] : scope.authorities.map(({ zh, en, phone }) => ({ zh, en, phone })),
  };
}

function read<Value>(field: Field<Value>): Read<Value>;
function read<Value>(field: Field<Value> | undefined): Read<Value> | undefined;
function read<Value>(field: Field<Value> | undefined): Read<Value> | undefined {
  return (
    field && {
      value: field.value,
      confidence: Math.round(field.confidence * 100) / 100,
      spans: field.spans.map(({ start, end }) => ({ start, end })),
    }
  );
}

interface Read<Value> {
  value: Value;
  confidence: number;
  spans: { start: number; end: number }[];
}

function handledBy(finding: Finding, registry: Registry) {
  if (!finding.found) return null;
  const unit = handlingUnit({ unitPath: [registry.bureau, finding.unit] }, registry.units);
  const { basis } = COMPETENCE[finding.explanation.ground];
  return unit === null ? null : { ...unit, because: PRECISIONS[finding.precision], basis };
}

function elsewhereOf({ explanation }: Finding, { authorities = [] }: Registry) {
  const { elsewhere, ground } = explanation;
  if (elsewhere === undefined) return null;
  const known = authorityOf(elsewhere, authorities);
  const authority = known && { name: known.name, address: known.address, phone: known.phone };
  return { authority: authority ?? null, ground: COMPETENCE[ground] };
}
