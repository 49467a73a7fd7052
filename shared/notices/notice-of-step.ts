import type { Case, CaseEvent } from '../case/case.ts';
import type { RefusalGround, TerminationGround } from '../case/grounds.ts';
import { DECISIONS } from '../case/options.ts';
import { RECUSAL_DAYS } from '../forms/values-of-case.ts';
import type { Registry } from '../jurisdiction/registry.ts';
import type { BureauSettings } from '../law/bureau-settings.ts';
import { type ClockId, clockRule } from '../law/rule-packs.ts';
import type { Recipient } from './recipients.ts';
import { type Composed, composeNotice, type NoticeId, type NoticeParameters } from './texts.ts';

/** What a notice is written from: the step, the case, the bureau, and the case as the recipient knows it. */
export interface NoticeSource {
  event: CaseEvent;
  found: Case;
  registry: Pick<Registry, 'units' | 'officers'>;
  settings: BureauSettings;
  of: Recipient['of'];
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

/** What each notice says of a step; undefined when the step does not hold it (any more). */
const PARAMETERS: Parameters = {
  accepted: (source) => {
    const contact = officerOf(source)?.name ?? handlerOf(source)?.name;
    return contact === undefined ? undefined : { receivedOn: source.of.receivedOn, contact };
  },
  refused: (source) => {
    const ground = fact(source, 'ground') as RefusalGround | undefined;
    return ground === undefined ? undefined : { receivedOn: source.of.receivedOn, ground };
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
  'report-not-competent': (source) => ({ competent: word(source, 'route') ?? word(source, 'name') }),
  'report-filed': () => ({ filed: true }),
  withdrawn: () => ({}),
  reopened: () => ({}),
  answered: () => ({}),
  joined: () => ({}),
  renumbered: () => ({}),
  reminder: dueOf,
  overdue: dueOf,
  supervision: (source) => {
    const answerBy = fact(source, 'answerBy');
    return answerBy === undefined ? undefined : { answerBy };
  },
};

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
