import type { Case, CaseEvent } from '../case/case.ts';
import type { RefusalGround, TerminationGround } from '../case/grounds.ts';
import { DECISIONS } from '../case/options.ts';
import { isRunning } from '../case/turn-clocks.ts';
import { RECUSAL_DAYS } from '../forms/values-of-case.ts';
import { authorityOf } from '../jurisdiction/competence.ts';
import type { Registry } from '../jurisdiction/registry.ts';
import type { BureauSettings } from '../law/bureau-settings.ts';
import { type ClockId, clockRule } from '../law/rule-packs.ts';
import { emergencyWords } from '../understanding/emergency.ts';
import type { Recipient } from './recipients.ts';
import { type Composed, composeNotice, type NoticeId, type NoticeParameters } from './texts.ts';

/** What a notice is written from: the step, the case, the bureau, and the case as the recipient knows it. */
export interface NoticeSource {
  event: CaseEvent;
  found: Case;
  registry: Pick<Registry, 'units' | 'officers' | 'authorities'>;
  settings: BureauSettings;
  of: Recipient['of'];
  /** Where the partner finds the case; undefined where links are not open. */
  partnerAddress: string | undefined;
  /** Where the person reads and adds to his case without typing; undefined where that cannot be said. */
  trackedAt?: string | undefined;
}

type Parameters = {
  readonly [Id in NoticeId]: (source: NoticeSource) => NoticeParameters[Id] | undefined;
};

const fact = ({ event }: NoticeSource, name: string) => event.facts[name] as string | undefined;
const word = ({ event }: NoticeSource, name: string) => event.words?.[name];
const unitNamed = ({ registry }: NoticeSource, code: string | undefined) =>
  registry.units.find((unit) => unit.code === code);
const handlerOf = (source: NoticeSource) => unitNamed(source, source.found.unitPath.at(-1));
const officerOf = ({ registry, found }: NoticeSource) =>
  registry.officers.find(({ id }) => id === found.officers[0]);

/** The authority elsewhere that the step names, as far as the register knows it. */
function competentOf(source: NoticeSource): NoticeParameters['refused']['competent'] {
  const division = fact(source, 'elsewhere');
  if (division === undefined) return undefined;
  const known = authorityOf(division, source.registry.authorities ?? []);
  return known && { name: known.name, address: known.address, phone: known.phone };
}

/** What can be asked back, in plain words: neither names of people nor whether it is a complaint. */
const ASKED: Readonly<Record<string, { zh: string; en: string }>> = {
  respondent: { zh: '商家名称', en: 'name of the business' },
  place: { zh: '商家地址', en: 'its address' },
  'which-place': { zh: '在哪个市、哪个区县', en: 'in which city and district' },
  facts: { zh: '发生了什么', en: 'what happened' },
  request: { zh: '希望怎样解决', en: 'what you want' },
  paid: { zh: '花了多少钱', en: 'how much you paid' },
  date: { zh: '哪天的事', en: 'on which day' },
  kind: { zh: '是否要求退赔', en: 'whether you want your money back' },
  redacted: {
    zh: '通话记录里隐去的姓名、号码、金额',
    en: 'names, numbers and sums left out of the transcript',
  },
};

/** What each notice says of a step; undefined when the step does not hold it (any more). */
const PARAMETERS: Parameters = {
  accepted: (source) => {
    const contact = officerOf(source)?.name ?? handlerOf(source)?.name;
    return contact === undefined ? undefined : { receivedOn: source.of.receivedOn, contact };
  },
  refused: (source) => {
    const ground = fact(source, 'ground') as RefusalGround | undefined;
    return ground === undefined
      ? undefined
      : { receivedOn: source.of.receivedOn, ground, competent: competentOf(source) };
  },
  'mediation-invitation': (source) => {
    const meetsAt = fact(source, 'meetsAt');
    const place = word(source, 'place');
    const mediators = word(source, 'mediators');
    if (meetsAt === undefined || place === undefined || mediators === undefined) return undefined;
    const at = new Date(`${meetsAt}:00+08:00`).toISOString();
    return { at, place, mediators, recusalDays: RECUSAL_DAYS };
  },
  terminated: (source) => {
    const ground = fact(source, 'ground') as TerminationGround | undefined;
    return ground === undefined ? undefined : { ground };
  },
  'proof-wanted': (source) => {
    const until = source.found.clocks.findLast(({ id }) => id === 'identity')?.due;
    const address = handlerOf(source)?.address;
    return until === undefined || address === undefined ? undefined : { until, address };
  },
  'web-registered': ({ trackedAt }) => ({ address: trackedAt }),
  'call-registered': ({ event, trackedAt }) => {
    const asks = Array.isArray(event.facts.asks) ? event.facts.asks : [];
    return { asks: asks.flatMap((about) => ASKED[String(about)] ?? []), address: trackedAt };
  },
  settled: () => ({}),
  'report-result': (source) => {
    if (source.event.type === 'not-filed') {
      const result = { zh: '经核查，不予立案', en: 'no case was opened' };
      return { result, basis: '《市场监督管理行政处罚程序规定》第二十条' };
    }
    const result = DECISIONS[fact(source, 'decision') as keyof typeof DECISIONS];
    const basis = word(source, 'basis');
    return result === undefined || basis === undefined ? undefined : { result, basis };
  },
  'report-not-competent': (source) => ({
    competent: word(source, 'route') ?? word(source, 'name'),
    authority: competentOf(source),
  }),
  'report-filed': () => ({ filed: true }),
  // Also a reminder, and a link sent once more: by the case as it is now.
  'partner-case': ({ found, partnerAddress: address }) => {
    const answerBy = runningDue(found, 'station-first');
    return answerBy === undefined ? undefined : { answerBy, address };
  },
  'partner-confirmed': ({ found }) => ({ promisedOn: found.promisedOn }),
  'partner-over': () => ({}),
  'settlement-offered': ({ found }) => {
    const confirmBy = runningDue(found, 'confirm-first');
    return confirmBy === undefined ? undefined : { confirmBy };
  },
  'first-ended': () => ({}),
  withdrawn: () => ({}),
  reopened: () => ({}),
  'reopen-asked': () => ({}),
  answered: () => ({}),
  joined: () => ({}),
  renumbered: () => ({}),
  reminder: dueOf,
  overdue: dueOf,
  emergency: ({ event }) => {
    const { signs } = event.facts;
    const what = emergencyWords(Array.isArray(signs) ? signs : []);
    return what === undefined ? undefined : { what };
  },
  incident: ({ event }) => {
    const { people, cases } = event.facts;
    return typeof people === 'number' && typeof cases === 'number' ? { people, cases } : undefined;
  },
  supervision: (source) => {
    const answerBy = fact(source, 'answerBy');
    return answerBy === undefined ? undefined : { answerBy };
  },
};

/** Last day of a period that runs; once it is over there is nothing left to ask for. */
const runningDue = ({ clocks }: Case, id: ClockId) =>
  clocks.find((clock) => clock.id === id && isRunning(clock))?.due;

/** Of a clock: what must be done, and by when. */
function dueOf(source: NoticeSource): NoticeParameters['reminder'] | undefined {
  const clock = fact(source, 'clock') as ClockId | undefined;
  const due = fact(source, 'due');
  if (clock === undefined || due === undefined) return undefined;
  return { due, duty: clockRule(source.found.receivedOn, clock, source.settings).duty };
}

/** Writes the notice of a step; undefined when there is no such notice or the step does not hold what it says. */
export function noticeOfStep(notice: string, source: NoticeSource): Composed | undefined {
  return notice in PARAMETERS ? compose(notice as NoticeId, source) : undefined;
}

// One id ties a notice to its own parameters; a union of ids would tie each to all.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
function compose<Id extends NoticeId>(id: Id, source: NoticeSource): Composed | undefined {
  const given = PARAMETERS[id](source);
  const { unitPath } = source.found;
  // In the name of the authority, also where a station handles the case (Order 121 Art. 30).
  const bureau = unitNamed(source, unitPath[1] ?? unitPath[0])?.name;
  const phone = handlerOf(source)?.phone;
  if (given === undefined || bureau === undefined || phone === undefined) return undefined;
  return composeNotice(id, { ...given, number: source.of.number, bureau, phone });
}
