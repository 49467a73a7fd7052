import { KINDS } from '../../shared/case/case.ts';
import { PROBLEM_NAMES, SUBJECT_NAMES } from '../../shared/understanding/names.ts';
import type { CaseDetail } from '../api/answers.ts';
import { element, facts } from '../components/dom.ts';
import { longDate, money } from '../components/format.ts';
import { chinese } from '../components/page.ts';
import { type Pair, say } from '../components/texts.ts';
import { DESK } from './desk.texts.ts';
import { UNDERSTOOD } from './understood.texts.ts';

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
  return element(
    'section',
    { class: 'understood' },
    element('h3', {}, say(UNDERSTOOD.title)),
    element('p', { class: 'hint' }, say(UNDERSTOOD.note)),
    urgency.length > 0 &&
      element(
        'p',
        { class: 'urgent' },
        urgency.map(({ value }) => say(UNDERSTOOD.urgencies[value])).join(' · '),
      ),
    facts([
      [say(UNDERSTOOD.kind), sure(kinds[kind.value], kind)],
      [say(UNDERSTOOD.problem), problem && sure(PROBLEM_NAMES[problem.value], problem, setRight('problem'))],
      [say(UNDERSTOOD.subject), subject && sure(SUBJECT_NAMES[subject.value], subject, setRight('subject'))],
      [say(UNDERSTOOD.category), category && sure(category, category)],
      [say(UNDERSTOOD.respondent), respondent && sure(chinese(respondent.words), respondent)],
      [say(UNDERSTOOD.place), place && sure(chinese(place.words), place)],
      [
        say(DESK.division),
        division && sure(division.code ?? division.candidates.join(between), division, setRight('division')),
      ],
      [say(DESK.paid), paid && sure(money(paid.fen), paid)],
      [say(DESK.claimed), claimed && sure(money(claimed.fen), claimed)],
      [say(UNDERSTOOD.purchasedOn), purchasedOn && sure(longDate(purchasedOn.day), purchasedOn)],
      [say(DESK.occurredOn), occurredOn && sure(longDate(occurredOn.day), occurredOn)],
      [say(UNDERSTOOD.requests), list(understood.requests.map(({ value }) => UNDERSTOOD.wishes[value]))],
      [say(UNDERSTOOD.scope), sure(UNDERSTOOD.scopes[scope.value], scope)],
      [say(UNDERSTOOD.authorities), list(understood.authorities)],
      [say(UNDERSTOOD.missing), list(understood.missing)],
      [say(UNDERSTOOD.questions), understood.questions[0] && say(understood.questions[0])],
      [say(UNDERSTOOD.reportPart), parts && chinese(parts.report, 'words')],
    ]),
  );
}

/** The words of the complaint, with those marked that a field rests on. */
export function markedText(text: string, understood: CaseDetail['understood']): Node[] {
  const spans = [
    ...(understood?.respondent?.spans ?? []),
    ...(understood?.place?.spans ?? []),
    ...(understood?.paid?.spans ?? []),
    ...(understood?.claimed?.spans ?? []),
    ...(understood?.urgency.flatMap((one) => one.spans) ?? []),
  ].sort((one, other) => one.start - other.start);
  const nodes: Node[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    if (start < at) continue;
    nodes.push(document.createTextNode(text.slice(at, start)), element('mark', {}, text.slice(start, end)));
    at = end;
  }
  return [...nodes, document.createTextNode(text.slice(at))];
}

/** From here on a field is shown without a word of doubt. */
const SURE = 0.8;
const DOUBTFUL = 0.6;

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
