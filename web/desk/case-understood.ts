import { KINDS } from '../../shared/case/case.ts';
import { PROBLEM_NAMES, SUBJECT_NAMES } from '../../shared/understanding/names.ts';
import type { CaseDetail } from '../api/answers.ts';
import { element } from '../components/dom.ts';
import { longDate, money } from '../components/format.ts';
import { chinese } from '../components/page.ts';
import { type Pair, say } from '../components/texts.ts';
import { DESK } from './desk.texts.ts';
import type { Grounds } from './highlight.ts';
import { UNDERSTOOD } from './understood.texts.ts';

type Understood = NonNullable<CaseDetail['understood']>;

/** What the system read in the words, how sure it is, and what it would ask back. Nothing for old cases. */
export function caseUnderstood({ understood, erased }: CaseDetail): HTMLElement | undefined {
  if (understood === null || erased) return undefined;
  const { kind, problem, subject, scope, respondent, place, division, paid, claimed, urgency, parts } =
    understood;
  const { purchasedOn, occurredOn, category } = understood;
  const kinds: Readonly<Record<string, Pair>> = { ...KINDS, both: UNDERSTOOD.both };
  const setRight = (field: string) =>
    understood.corrected.includes(field) &&
    element('span', { class: 'tag set-right' }, say(UNDERSTOOD.corrected));
  const between = say(UNDERSTOOD.between);
  const grounded = new Set(
    groundsOf(understood)
      .filter(({ spans }) => spans.length > 0)
      .map(({ field }) => field),
  );
  const row = (field: string, name: Pair, value: Shown) =>
    value === undefined
      ? undefined
      : element(
          'div',
          // Only a field that rests on words can show them.
          grounded.has(field) ? { 'data-field': field, tabindex: 0 } : {},
          element('dt', {}, say(name)),
          element('dd', {}, value),
        );
  return element(
    'section',
    { class: 'understood' },
    element('h3', {}, say(UNDERSTOOD.title)),
    element('p', { class: 'hint' }, say(UNDERSTOOD.note)),
    urgency.length > 0 &&
      element(
        'p',
        { class: 'urgent', 'data-field': 'urgency', tabindex: 0 },
        urgency.map(({ value }) => say(UNDERSTOOD.urgencies[value])).join(' · '),
      ),
    element(
      'dl',
      { class: 'facts' },
      row('kind', UNDERSTOOD.kind, sure(kinds[kind.value], kind)),
      row(
        'problem',
        UNDERSTOOD.problem,
        problem && sure(PROBLEM_NAMES[problem.value], problem, setRight('problem')),
      ),
      row(
        'subject',
        UNDERSTOOD.subject,
        subject && sure(SUBJECT_NAMES[subject.value], subject, setRight('subject')),
      ),
      row('category', UNDERSTOOD.category, category && sure(category, category)),
      row('respondent', UNDERSTOOD.respondent, respondent && sure(chinese(respondent.words), respondent)),
      row('place', UNDERSTOOD.place, place && sure(chinese(place.words), place)),
      row(
        'division',
        DESK.division,
        division && sure(division.code ?? division.candidates.join(between), division, setRight('division')),
      ),
      row('paid', DESK.paid, paid && sure(money(paid.fen), paid)),
      row('claimed', DESK.claimed, claimed && sure(money(claimed.fen), claimed)),
      row('purchasedOn', UNDERSTOOD.purchasedOn, purchasedOn && sure(longDate(purchasedOn.day), purchasedOn)),
      row('occurredOn', DESK.occurredOn, occurredOn && sure(longDate(occurredOn.day), occurredOn)),
      row(
        'requests',
        UNDERSTOOD.requests,
        list(understood.requests.map(({ value }) => UNDERSTOOD.wishes[value])),
      ),
      row('scope', UNDERSTOOD.scope, sure(UNDERSTOOD.scopes[scope.value], scope)),
      row('authorities', UNDERSTOOD.authorities, list(understood.authorities)),
      row('missing', UNDERSTOOD.missing, list(understood.missing)),
      row('questions', UNDERSTOOD.questions, understood.questions[0] && say(understood.questions[0])),
      row('report', UNDERSTOOD.reportPart, parts && chinese(parts.report, 'words')),
    ),
  );
}

/** The places in the words on which each field rests. */
export function groundsOf(understood: CaseDetail['understood']): Grounds[] {
  if (understood === null) return [];
  const { requests, urgency } = understood;
  const single = SINGLE.map((field) => ({ field, spans: understood[field]?.spans ?? [] }));
  return [
    ...single,
    { field: 'requests', spans: requests.flatMap(({ spans }) => spans) },
    { field: 'urgency', spans: urgency.flatMap(({ spans }) => spans) },
  ];
}

/** Fields with one value and its places. */
const SINGLE = [
  'kind',
  'problem',
  'subject',
  'category',
  'scope',
  'respondent',
  'place',
  'paid',
  'claimed',
  'purchasedOn',
  'occurredOn',
] as const satisfies readonly (keyof Understood)[];

/** From here on a field is shown without a word of doubt. */
const SURE = 0.8;
const DOUBTFUL = 0.6;

type Shown = HTMLElement | string | undefined;

/** A value, with a word of doubt unless it is sure or a person has set it right. */
function sure(
  value: Pair | HTMLElement | string | undefined,
  { confidence }: { confidence: number },
  mark: Node | false = false,
): HTMLElement | undefined {
  if (value === undefined) return undefined;
  const shown = value instanceof Node || typeof value === 'string' ? value : say(value);
  return element('span', {}, shown, ' ', mark || doubt(confidence));
}

function doubt(confidence: number): Node | false {
  if (confidence >= SURE) return false;
  const words = confidence >= DOUBTFUL ? UNDERSTOOD.likely : UNDERSTOOD.check;
  return element('span', { class: 'tag doubt' }, say(words));
}

const list = (names: readonly Pair[]) =>
  names.length === 0 ? undefined : names.map((name) => say(name)).join(say(UNDERSTOOD.between));
