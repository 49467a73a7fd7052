import type { Case } from '../../case/case.ts';
import type { CaseNumber } from '../../case/case-number.ts';
import type { State } from '../../case/life-cycle.ts';
import type { Instant, LocalDate } from '../../dates.ts';
import { BUILT_IN } from '../classify/built-in.ts';
import { type Features, featuresOf } from '../classify/features.ts';
import { fitWeights } from '../classify/fit.ts';
import type { Weights } from '../classify/judge.ts';
import { findSums } from '../numbers/sums.ts';
import { sourceOf } from '../source.ts';
import { createJudges, READ_AT_MOST } from '../understand.ts';
import { type BureauModel, differing, LEARNT, type Learnt, type LearntWeights } from './bureau-model.ts';
import type { OwnClasses } from './own-classes.ts';

/** What a case teaches: the facts of its words, and what people say is right. It does not hold the words. */
export interface CaseExample {
  number: CaseNumber;
  receivedAt: Instant;
  /** A report: its number is shown to nobody who is not on it. */
  sealed: boolean;
  features: Features;
  right: Partial<Record<Learnt, string>>;
  /** What a person set right, not only left as it was. */
  corrected: readonly Learnt[];
}

/** People have looked into the case and ended it: what they left as it was is right. */
const HANDLED: ReadonlySet<State> = new Set<State>([
  'closed',
  'published',
  'excluded',
  'refused-told',
  'terminated-told',
  'reconciled',
  'report-closed',
  'handed-over',
  'answered',
  'pointed-elsewhere',
]);
const NOT_OURS: ReadonlySet<State> = new Set<State>(['pointed-elsewhere']);
const OURS: ReadonlySet<State> = new Set<State>(['closed', 'published', 'excluded', 'terminated-told']);
/** Art. 16 (1): not a matter for market supervision. */
const NOT_OUR_MATTER = 'art16-1';
/** Below this the desk shows "please check", and nobody has said that it is right. */
const SURE_ENOUGH = 0.6;

/** What a case teaches; undefined for one that is open and uncorrected, was never read, or whose words are erased. */
export function exampleOf(found: Case): CaseExample | undefined {
  const { number, receivedAt, kind, complaint, understood } = found;
  if (understood === undefined || complaint.text === '') return undefined;
  const corrected = LEARNT.filter((field) => understood.corrected.includes(field));
  const right = HANDLED.has(found.state) ? confirmed(found, understood) : {};
  for (const field of corrected) right[field] = understood[field]?.value;
  if (Object.keys(right).length === 0) return undefined;
  const source = sourceOf({ text: complaint.text.slice(0, READ_AT_MOST) });
  const { features } = featuresOf(source, { sums: findSums(source).length });
  return { number, receivedAt, sealed: kind === 'report', features: ownFacts(features), right, corrected };
}

/** Characters as they stand in a text; all other facts bear names of ours. */
const CHARACTERS = /word:~/;
const BUILT_IN_FACTS = new Set(LEARNT.flatMap((field) => Object.keys(BUILT_IN[field].weights)));

/** Without the characters that the built-in weights do not know: they could be those of a name. */
function ownFacts(features: Features): Features {
  return new Map([...features].filter(([fact]) => !CHARACTERS.test(fact) || BUILT_IN_FACTS.has(fact)));
}

function confirmed(
  { kind, state, ground }: Case,
  understood: NonNullable<Case['understood']>,
): CaseExample['right'] {
  const right: CaseExample['right'] = {};
  // A message that was both and was split is complaint here, report there: neither says what the whole was.
  if (understood.kind.value !== 'both') right.kind = kind;
  for (const field of ['problem', 'subject'] as const) {
    const judged = understood[field];
    if (judged !== undefined && judged.confidence >= SURE_ENOUGH) right[field] = judged.value;
  }
  if (NOT_OURS.has(state) || ground === NOT_OUR_MATTER) right.scope = 'no';
  else if (OURS.has(state)) right.scope = 'yes';
  return right;
}

/** The examples that a model learns from, and the last ones, kept back to review it on. */
export function splitLast(
  examples: readonly CaseExample[],
  last: number,
): { learnt: CaseExample[]; kept: CaseExample[] } {
  const inOrder = examples.toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
  const count = Math.min(last, Math.floor(inOrder.length / LEAST_SHARE));
  return { learnt: inOrder.slice(0, inOrder.length - count), kept: inOrder.slice(inOrder.length - count) };
}

/** No more than a fifth of the cases is kept back. */
const LEAST_SHARE = 5;
const orderOf = ({ receivedAt, number }: CaseExample) => `${receivedAt} ${number}`;

/** Who trains what, and when. */
export interface Training {
  bureau: string;
  version: number;
  on: LocalDate;
}

/**
 * Learns a bureau's weights from its cases, on top of the built-in ones. The same examples give the same model, in
 * whatever order they come. Five hundred cases take about half a minute for each of the four tasks.
 * @param onTask called when one of the tasks is done
 */
export function trainBureauModel(
  examples: readonly CaseExample[],
  { bureau, version, on }: Training,
  onTask: () => void = () => undefined,
): BureauModel {
  const { learnt } = splitLast(examples, 0);
  const tasks: BureauModel['tasks'] = {};
  for (const field of LEARNT) {
    const own = learnt.filter(({ right }) => right[field] !== undefined).slice(-MOST_EXAMPLES);
    if (own.length >= LEAST_EXAMPLES) tasks[field] = differing(field, fitTo(own, field));
    onTask();
  }
  return {
    format: 1,
    bureau,
    version,
    trainedOn: on,
    learntUntil: learnt.at(-1)?.receivedAt ?? '',
    cases: learnt.length,
    corrections: learnt.reduce((sum, { corrected }) => sum + corrected.length, 0),
    tasks,
  };
}

/** Fewer say nothing about a bureau. */
const LEAST_EXAMPLES = 5;
/** The latest of each task, right and wrong ones as they come: some minutes' work, and habits change. */
const MOST_EXAMPLES = 2000;

/**
 * Confidence stays as cautious as the built-in one: that people left an answer as it was makes it likely, not certain,
 * so cases may draw confidence down, never up.
 */
function fitTo(examples: readonly CaseExample[], field: Learnt): Weights {
  const base: Weights = BUILT_IN[field];
  const fitted = fitWeights(
    base.labels,
    examples.map(({ features, right }) => ({ features, labels: [right[field] ?? ''] })),
    base.weights,
    { hold: 4, leastSeen: 2 },
  );
  return { ...fitted, temperature: Math.max(fitted.temperature, base.temperature) };
}

/** One answer that would be another one. */
interface Change {
  number: CaseNumber;
  sealed: boolean;
  field: Learnt;
  old: Answer;
  new: Answer;
  right: string;
}

interface Answer {
  label: string;
  confidence: number;
}

/** How often each was right on the same cases. */
interface FieldReview {
  field: Learnt | 'category';
  cases: number;
  oldRight: number;
  newRight: number;
}

/** Old against new on cases that the new model has not learnt from. */
export interface Review {
  cases: number;
  fields: FieldReview[];
  changes: Change[];
  /** `worse` where more answers become wrong than right, `untested` without a case to look at. */
  verdict: 'better' | 'same' | 'worse' | 'untested';
}

/**
 * Holds two sets of weights against each other. Cases that people left as the old one read them speak for it: a new
 * model must repair more of what was corrected than it breaks of what was right. Own classes were reviewed when they
 * were learnt, on examples that are not among the cases.
 */
export function review(
  before: LearntWeights,
  after: LearntWeights,
  kept: readonly CaseExample[],
  category?: OwnClasses,
): Review {
  const judges = { old: createJudges(before), new: createJudges(after) };
  const fields: FieldReview[] = [];
  const changes: Change[] = [];
  for (const field of LEARNT) {
    const figures: FieldReview = { field, cases: 0, oldRight: 0, newRight: 0 };
    for (const { number, sealed, features, right } of kept) {
      const label = right[field];
      if (label === undefined) continue;
      const answer = { old: judges.old[field](features), new: judges.new[field](features) };
      figures.cases += 1;
      if (answer.old.label === label) figures.oldRight += 1;
      if (answer.new.label === label) figures.newRight += 1;
      if (answer.old.label === answer.new.label) continue;
      changes.push({ number, sealed, field, old: plain(answer.old), new: plain(answer.new), right: label });
    }
    if (figures.cases > 0) fields.push(figures);
  }
  if (category !== undefined) fields.push({ field: 'category', ...category.reviewed });
  return { cases: kept.length, fields, changes, verdict: verdictOf(fields) };
}

const plain = ({ label, confidence }: Answer): Answer => ({
  label,
  confidence: Math.round(confidence * 100) / 100,
});

function verdictOf(fields: readonly FieldReview[]): Review['verdict'] {
  if (fields.length === 0) return 'untested';
  const gained = fields.reduce((sum, { oldRight, newRight }) => sum + newRight - oldRight, 0);
  if (gained === 0) return 'same';
  return gained > 0 ? 'better' : 'worse';
}
