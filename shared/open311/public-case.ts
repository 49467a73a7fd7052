import type { Case, CaseEvent } from '../case/case.ts';
import type { CaseNumber } from '../case/case-number.ts';
import { nextLegalDate } from '../case/case-view.ts';
import type { State } from '../case/life-cycle.ts';
import type { Instant, LocalDate } from '../dates.ts';
import type { BureauSettings } from '../law/bureau-settings.ts';
import { wordsOf } from '../understanding/understood.ts';
import { type ServiceCode, serviceOf } from './services.ts';
import { isPublicStep, type PublicStep, STATUS_OF_STATE, type Status } from './status.ts';

/** What somebody wrote about a case for all to read. Who puts it here has made sure that it names nobody. */
interface PublicComment {
  at: Instant;
  by: 'agency' | 'submitter';
  text: string;
}

/** All that strangers may know of a case: nothing else goes into an Open311 answer. Plain data, may be stored. */
export interface PublicCase {
  number: CaseNumber;
  status: Status;
  state: State;
  service: ServiceCode;
  requestedAt: Instant;
  /** The last public step; of a closed case the moment it was closed. */
  updatedAt: Instant;
  /** The next day that the law sets, what is owed by then, and the article. */
  next?: { due: LocalDate; zh: string; en: string; basis: string };
  /** Name of the unit that has the case. */
  agency?: string;
  /** Code of the county or township of the business, never finer, and its name. */
  division?: { code: string; name?: string };
  /** The consumer's words, only where the consumer agreed to publication. */
  description?: string;
  steps: readonly { type: PublicStep; at: Instant }[];
  comments: readonly PublicComment[];
}

/** What is known beside the case. */
export interface PublicContext {
  /** The case's history, in any order; with only its last events older steps are not shown. */
  events: readonly CaseEvent[];
  settings: BureauSettings;
  /** Name of a unit by its code. */
  unitName: (code: string) => string | undefined;
  /** Name of a division by its code of 6 or 9 digits. */
  divisionName: (code: string) => string | undefined;
  /** The service that the message was posted to, if it came by Open311. */
  postedTo?: ServiceCode | undefined;
  comments?: readonly PublicComment[] | undefined;
}

/**
 * What may be shown of a case; undefined for what is not shown at all: reports, what reads like one, what was taken
 * up as another kind, and erased cases. Nobody is named: identities are no part of this, addresses end at the
 * township (a business's address may be somebody's home), and words come out only by consent (Order 121 Art. 37, 38;
 * Personal Information Protection Law Art. 13, 47).
 */
export function publicCase(found: Case, context: PublicContext): PublicCase | undefined {
  const shown = STATUS_OF_STATE[found.state];
  if (shown === undefined || found.kind === 'report' || found.erased === true) return undefined;
  // A message that reports a violation is one, whatever kind its sender ticked, until somebody looked at it.
  if (found.understood?.kind.value === 'report') return undefined;

  const steps = publicSteps(context.events);
  const unit = found.unitPath.length > 1 ? found.unitPath.at(-1) : undefined;
  const agency = unit === undefined ? undefined : context.unitName(unit);
  const division = divisionOf(found, context);
  const description = descriptionOf(found, context.events);
  const next = shown.status === 'open' ? nextOf(found, context.settings) : undefined;
  return {
    number: found.number,
    status: shown.status,
    state: found.state,
    service: shownService(found, context.postedTo),
    requestedAt: found.receivedAt,
    updatedAt: updatedAt(steps, shown.status === 'closed' ? shown.by : []) ?? found.receivedAt,
    ...(next === undefined ? {} : { next }),
    ...(agency === undefined ? {} : { agency }),
    ...(division === undefined ? {} : { division }),
    ...(description === undefined ? {} : { description }),
    steps,
    comments: context.comments ?? [],
  };
}

function publicSteps(events: readonly CaseEvent[]): PublicCase['steps'] {
  return [...events]
    .sort((a, b) => a.version - b.version)
    .flatMap(({ type, at }) => (isPublicStep(type) ? [{ type, at }] : []));
}

function updatedAt(steps: PublicCase['steps'], closedBy: readonly string[]): Instant | undefined {
  const closing = steps.findLast(({ type }) => closedBy.includes(type));
  return (closing ?? steps.at(-1))?.at;
}

/** What staff set right counts before what the sender chose, and that before what was read in the words. */
function shownService({ understood }: Case, postedTo: ServiceCode | undefined): ServiceCode {
  const read = serviceOf(understood?.subject?.value);
  return understood?.corrected.includes('subject') === true ? read : (postedTo ?? read);
}

/** The next day that the law sets on a case, and what is owed by then. */
export function nextOf(found: Case, settings: BureauSettings): PublicCase['next'] {
  // Orders from above and the bureau's own periods are no promises to the public.
  const clocks = found.clocks.filter(({ id }) => id !== 'supervision');
  const next = nextLegalDate({ clocks, receivedOn: found.receivedOn }, { settings });
  return next === null ? undefined : { due: next.due, ...next.duty, basis: next.basis };
}

function divisionOf(found: Case, { divisionName }: PublicContext): PublicCase['division'] {
  const code = (found.complaint.business.divisionCode ?? found.understood?.division?.code ?? '').slice(0, 9);
  if (code.length === 6 || code.length === 9) {
    const name = divisionName(code);
    return name === undefined ? { code } : { code, name };
  }
  // An address that nobody wrote as a code has found its authority all the same: that of the county.
  const [, county = ''] = found.unitPath;
  const name = divisionName(county);
  return name === undefined ? undefined : { code: county, name };
}

/**
 * The consumer's words. Not before they were understood: until then nobody knows whether a report stands in them; of
 * a message that is both, the complaint's part only; none of a message from which a report was split off by hand.
 */
function descriptionOf(found: Case, events: readonly CaseEvent[]): string | undefined {
  const { understood, complaint } = found;
  const agreed = found.consents.publish ?? complaint.consents?.publish;
  if (agreed !== true || found.state === 'excluded' || understood === undefined) return undefined;
  if (events.some(({ type }) => type === 'report-split')) return undefined;
  if (understood.kind.value === 'both' && understood.parts === undefined) return undefined;
  const words =
    understood.parts === undefined ? complaint.text : wordsOf(complaint.text, understood.parts.complaint);
  // Cut at 4,000, not through a character of two units.
  const text = withoutContacts(words)
    .trim()
    .slice(0, LONGEST_DESCRIPTION)
    .replace(/[\ud800-\udbff]$/, '');
  return text === '' ? undefined : text;
}

/** Of GeoReport v2. */
const LONGEST_DESCRIPTION = 4_000;

const DATE = /^\d{4}[-.\s]\d{1,2}[-.\s]\d{1,2}$/;
// Bounded, so that a long row of letters is not gone through again from each of them.
const EMAIL = /[\w.%+-]{1,64}[@＠][\w.-]+/g;
const ACCOUNT = /(微信号?|威信|vx|wechat|weixin|qq号?|抖音号?)[\s:：是为]*[\w-]{4,}/giu;
// Phones, cards, identity numbers, however they are broken up; also in full-width or Chinese digits.
const LONG_NUMBER = /\p{Nd}(?:[\s.·—–-]?\p{Nd}){6,}[xX]?/gu;
const SPOKEN_NUMBER = /[零〇一二两三四五六七八九幺](?:[\s,，、-]?[零〇一二两三四五六七八九幺]){6,}/gu;

/** The words without what reaches or numbers a person; people also write it where it was not asked for. */
function withoutContacts(text: string): string {
  return text
    .replace(EMAIL, '***')
    .replace(ACCOUNT, '$1***')
    .replace(LONG_NUMBER, (digits) => (DATE.test(digits.normalize('NFKC')) ? digits : '***'))
    .replace(SPOKEN_NUMBER, '***');
}
