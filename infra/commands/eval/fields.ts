import { sourceOf, wordsAt } from '../../../shared/understanding/source.ts';
import {
  createJudges,
  type Knowledge,
  type Understanding,
  understand,
} from '../../../shared/understanding/understand.ts';
import { gazetteer } from '../knowledge.ts';
import { fitJudges } from './fit-judges.ts';
import { isConsumers, type Labelled, labelledOf } from './labelled.ts';
import {
  type Answer,
  calibrationError,
  calibrationTable,
  confusionTable,
  f1,
  mean,
  measureClasses,
  perClassTable,
  round,
  share,
} from './measures.ts';
import type { Mistake, Report, Table, Task, TaskInput } from './task.ts';

interface Read {
  gold: Labelled;
  got: Understanding;
}

/** One field's verdict on one message. */
interface Verdict {
  field: string;
  gold: Labelled;
  expected: unknown;
  got: unknown;
  right: boolean;
  confidence: number;
}

/**
 * Everything a clerk would write down, measured as the guideline of the labelled data says. With --train the weights
 * of kind, problem, subject and scope are fitted to those files instead of the built-in ones, which have seen them.
 */
export const fields: Task = {
  zh: '一条消息里书记员会记下的全部字段',
  en: 'everything a clerk would write down of a message',
  run: (input) => reportOf(readAll(input)),
};

function readAll({ lines, train, startProgress }: TaskInput): Read[] {
  const labelled = train.flat().map(labelledOf);
  const knowledge: Knowledge = {
    gazetteer: gazetteer(),
    judges: createJudges(labelled.length > 0 ? fitJudges(labelled) : {}),
  };
  const progress = startProgress('理解 / understanding', lines.length);
  const read = lines.map((line) => {
    const gold = labelledOf(line);
    const got = understand(
      { title: gold.title, text: gold.text, receivedOn: gold.time?.slice(0, 10) },
      knowledge,
    );
    progress.advance();
    return { gold, got };
  });
  progress.stop();
  return read;
}

function reportOf(read: readonly Read[]): Report {
  const verdicts = [...verdictsOfChoices(read), ...verdictsOfNames(read), ...verdictsOfMoney(read)];
  const kinds = answersOf(verdicts, 'kind');
  const sums = sumsOf(read);
  const requests = requestsOf(read);
  const of = (field: string) => verdicts.filter((one) => one.field === field);
  const rate = (field: string) =>
    round(share(of(field).filter(({ right }) => right).length, of(field).length));
  const sure = verdicts.filter(({ confidence }) => confidence >= 0.9);
  return {
    figures: {
      kind_macro_f1: round(measureClasses(kinds).macroF1),
      kind_accuracy: rate('kind'),
      problem_accuracy: rate('problem'),
      subject_accuracy: rate('subject'),
      scope_accuracy: rate('scope'),
      respondent_exact: rate('respondent'),
      respondent_loose: rate('respondent-loose'),
      respondent_none_right: rate('respondent-none'),
      place_exact: rate('place'),
      place_loose: rate('place-loose'),
      sums_f1: round(sums.f1),
      sums_precision: round(sums.precision),
      sums_recall: round(sums.recall),
      paid_exact: rate('paid'),
      claimed_exact: rate('claimed'),
      requests_same_set: round(requests.sameSet),
      requests_f1: round(requests.f1),
      given_09_right: round(share(sure.filter(({ right }) => right).length, sure.length)),
      given_09_n: sure.length,
      calibration_error: round(calibrationError(verdicts)),
    },
    tables: [
      ...['kind', 'problem', 'subject', 'scope'].map((field) =>
        perClassTable(field, answersOf(verdicts, field)),
      ),
      confusionTable('kind (rows: right, columns: answered)', kinds),
      ...FIELDS_WITH_CONFIDENCE.map((field) => calibrationTable(`calibration: ${field}`, of(field))),
    ] satisfies Table[],
    mistakes: mistakesOf(verdicts),
  };
}

const FIELDS_WITH_CONFIDENCE = [
  'kind',
  'problem',
  'subject',
  'scope',
  'respondent',
  'place',
  'paid',
  'claimed',
];

function verdictsOfChoices(read: readonly Read[]): Verdict[] {
  return read.flatMap(({ gold, got }) => {
    const fieldsOfMessage = [
      { field: 'kind', accepted: gold.kind, answer: got.kind, counts: true },
      { field: 'scope', accepted: gold.scope, answer: got.scope, counts: true },
      { field: 'problem', accepted: gold.problem, answer: got.problem, counts: isConsumers(gold) },
      { field: 'subject', accepted: gold.subject, answer: got.subject, counts: isConsumers(gold) },
    ];
    return fieldsOfMessage
      .filter(({ accepted, counts }) => counts && accepted.length > 0)
      .map(({ field, accepted, answer }) => {
        const value = answer?.value ?? null;
        const right = accepted.includes(value as never);
        // A prediction counts as the label it matches, else against the first accepted.
        const expected = right ? value : accepted[0];
        return { field, gold, expected, got: value, right, confidence: answer?.confidence ?? 0 };
      });
  });
}

function verdictsOfNames(read: readonly Read[]): Verdict[] {
  return read.flatMap(({ gold, got }) => [
    ...verdictsOfName('respondent', gold, gold.respondent, got.respondent),
    ...verdictsOfName('place', gold, gold.place, got.place),
  ]);
}

function verdictsOfName(
  field: 'respondent' | 'place',
  gold: Labelled,
  accepted: readonly (string | null)[],
  answer: { value: string; confidence: number } | undefined,
): Verdict[] {
  if (accepted.length === 0) return [];
  const named = accepted.filter((one) => one !== null).map((one) => one.trim());
  const value = answer?.value.trim() ?? null;
  const about = { gold, expected: accepted, got: value, confidence: answer?.confidence ?? 0 };
  if (named.length === 0) return [{ ...about, field: `${field}-none`, right: value === null }];
  // Measured where both readers named one.
  if (named.length < accepted.length) return [];
  const loose = value !== null && named.some((one) => one.includes(value) || value.includes(one));
  return [
    { ...about, field, right: value !== null && named.includes(value) },
    { ...about, field: `${field}-loose`, right: loose, confidence: about.confidence },
  ];
}

function verdictsOfMoney(read: readonly Read[]): Verdict[] {
  return read.flatMap(({ gold, got }) =>
    [
      { field: 'paid', accepted: gold.paid, answer: got.paid },
      { field: 'claimed', accepted: gold.claimed, answer: got.claimed },
    ].flatMap(({ field, accepted, answer }) => {
      const value = answer === undefined ? null : answer.value / 100;
      const right = accepted.includes(value);
      const counts = accepted.some((one) => one !== null);
      const confidence = answer?.confidence ?? 0;
      if (counts) return [{ field, gold, expected: accepted, got: value, right, confidence }];
      return [{ field: `${field}-none`, gold, expected: accepted, got: value, right, confidence }];
    }),
  );
}

function sumsOf(read: readonly Read[]) {
  const counts = { right: 0, expected: 0, got: 0 };
  for (const { gold, got } of read) {
    const source = sourceOf(gold);
    const mine = got.amounts.map(({ span, yuan }) => `${wordsAt(source, span)} ${yuan}`);
    const optional = gold.optional.map(({ s, yuan }) => `${s} ${yuan}`);
    const left = gold.amounts.map(({ s, yuan }) => `${s} ${yuan}`);
    counts.expected += left.length;
    for (const one of mine) {
      const at = left.indexOf(one);
      if (at >= 0) {
        left.splice(at, 1);
        counts.right += 1;
        counts.got += 1;
      } else if (optional.includes(one)) optional.splice(optional.indexOf(one), 1);
      else counts.got += 1;
    }
  }
  return f1(counts.right, counts.expected, counts.got);
}

function requestsOf(read: readonly Read[]) {
  const rows = read.map(({ gold, got }) => {
    const mine = got.requests.map(({ value }) => value);
    const must = gold.requests.both;
    const wrong = mine.filter((one) => !gold.requests.either.includes(one));
    const found = must.filter((one) => mine.includes(one));
    return { must: must.length, found: found.length, wrong: wrong.length };
  });
  const total = (pick: (row: (typeof rows)[number]) => number) =>
    rows.reduce((sum, row) => sum + pick(row), 0);
  const right = total(({ found }) => found);
  return {
    sameSet: mean(rows.map(({ must, found, wrong }) => (found === must && wrong === 0 ? 1 : 0))),
    f1: f1(
      right,
      total(({ must }) => must),
      right + total(({ wrong }) => wrong),
    ).f1,
  };
}

function answersOf(verdicts: readonly Verdict[], field: string): Answer[] {
  return verdicts
    .filter((one) => one.field === field)
    .map(({ expected, got, confidence }) => ({ expected: String(expected), got: String(got), confidence }));
}

function mistakesOf(verdicts: readonly Verdict[]): Mistake[] {
  return verdicts
    .filter(({ right, field }) => !right && !field.endsWith('-loose'))
    .sort((one, other) => other.confidence - one.confidence)
    .map(({ field, gold, expected, got, confidence }) => ({
      id: gold.id,
      field,
      expected,
      got,
      confidence: round(confidence),
      text: `${gold.title ?? ''}\n${gold.text}`,
    }));
}
