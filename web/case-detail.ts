import type { CaseEvent } from '../shared/case/case.ts';
import { HUB_REASONS, REFUSAL_GROUNDS, RETURN_REASONS, TERMINATION_GROUNDS } from '../shared/case/grounds.ts';
import type { CaseDetail } from './answers.ts';
import { DESK, DISTRIBUTION_BASES, ROLE_NAMES } from './desk.texts.ts';
import { element, facts } from './dom.ts';
import { article, longDate, moment, money, timeLeft } from './format.ts';
import { legalDate, phoneLink } from './legal-date.ts';
import { chinese } from './page.ts';
import { COMMON, type Pair, STEPS, say } from './texts.ts';

/** What a case is about, by when something is due, and who complains. */
export function caseFacts(found: CaseDetail, now: Date): Node[] {
  const { complaint, complainant, nextLegalDate, ground, recovered, station, hubReason } = found;
  const left = nextLegalDate === null ? undefined : timeLeft(nextLegalDate.due, now);
  const section = (title: Pair, ...children: (Node | false)[]) =>
    element('section', {}, element('h3', {}, say(title)), ...children.filter((child) => child !== false));
  const fen = (sum: number | undefined) => sum !== undefined && money(sum);
  return [
    element(
      'p',
      { class: 'standing' },
      element('span', { class: 'tag' }, say(found.state)),
      left !== undefined && element('b', { class: `left ${left.urgency}` }, left.text),
      station !== null && chinese(station.name),
    ),
    ...(hubReason === null ? [] : [facts([[say(DESK.hubReason), say(hubReason)]], 'facts hub')]),
    ...(nextLegalDate === null ? [] : [legalDate(nextLegalDate)]),
    ...(ground === null
      ? []
      : [
          facts([
            [say(DESK.ground), say(ground)],
            [say(COMMON.basis), article(ground.basis)],
          ]),
        ]),
    ...(recovered === null ? [] : [section(DESK.recovered, sums(recovered))]),
    section(
      DESK.text,
      element('p', { class: 'words', lang: 'zh-CN' }, complaint.text),
      facts([
        [say(DESK.request), complaint.request !== undefined && chinese(complaint.request, 'words')],
        [say(DESK.business), complaint.business.name !== undefined && chinese(complaint.business.name)],
        [
          say(DESK.businessAddress),
          complaint.business.address !== undefined && chinese(complaint.business.address),
        ],
        [say(DESK.division), complaint.business.divisionCode],
        [say(DESK.paid), fen(complaint.paidFen)],
        [say(DESK.claimed), fen(complaint.claimedFen)],
        [say(DESK.occurredOn), complaint.occurredOn !== undefined && longDate(complaint.occurredOn)],
        [say(DESK.registered), moment(found.receivedAt)],
      ]),
    ),
    ...(complainant === null
      ? []
      : [
          section(
            DESK.complainant,
            element(
              'p',
              { class: 'complainant' },
              chinese(complainant.name),
              phoneLink(complainant.phone),
              complainant.address !== undefined && chinese(complainant.address),
            ),
            element('p', { class: 'hint' }, say(DESK.identityNote)),
          ),
        ]),
  ];
}

function sums({ agreedFen, provenFen }: { agreedFen: number; provenFen: number }): HTMLElement {
  return facts(
    [
      [say(COMMON.agreed), money(agreedFen)],
      [say(COMMON.proven), money(provenFen)],
    ],
    'sums',
  );
}

export function caseHistory({ history }: CaseDetail): HTMLElement {
  return element(
    'section',
    {},
    element('h3', {}, say(DESK.history)),
    element(
      'ol',
      { class: 'steps' },
      ...history.map(({ type, at, actor, facts: added }) =>
        element(
          'li',
          {},
          element('time', { datetime: at }, moment(at)),
          element(
            'span',
            {},
            say(STEPS[type]),
            ' ',
            element('small', {}, say(ROLE_NAMES[actor.role])),
            ...inWords(added).map((line) => element('small', { class: 'fact' }, line)),
          ),
        ),
      ),
    ),
  );
}

const REASONS: Readonly<Record<string, Pair>> = {
  ...HUB_REASONS,
  ...RETURN_REASONS,
  ...REFUSAL_GROUNDS,
  ...TERMINATION_GROUNDS,
  ...DISTRIBUTION_BASES,
};

/** The facts of a step that a person can read; codes of stations and areas are left out. */
function inWords(known: CaseEvent['facts']): string[] {
  const added: Readonly<Record<string, unknown>> = { ...known };
  const named = [added.reason, added.ground, added.basis]
    .map((code) => REASONS[String(code)])
    .filter((reason) => reason !== undefined)
    .map((reason) => say(reason));
  const sum = (label: Pair, fen: unknown) => (typeof fen === 'number' ? [`${say(label)} ${money(fen)}`] : []);
  const note =
    typeof added.note === 'string' && added.note !== '' ? [`${say(DESK.note)}: ${added.note}`] : [];
  return [
    ...named,
    ...sum(DESK.claimed, added.claimedFen),
    ...sum(COMMON.agreed, added.agreedFen),
    ...sum(COMMON.proven, added.provenFen),
    ...note,
  ];
}
