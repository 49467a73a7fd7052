import { ACTIONS, type Action } from '../../shared/case/actions.ts';
import type { Complaint } from '../../shared/case/case.ts';
import { CHANNELS, KINDS } from '../../shared/case/case.ts';
import type { CaseDetail, ListedUnit, Signs } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element, facts } from '../components/dom.ts';
import { article, longDate, moment, money, timeLeft } from '../components/format.ts';
import { legalDate, period } from '../components/legal-date.ts';
import { chinese } from '../components/page.ts';
import { COMMON, type Pair, say } from '../components/texts.ts';
import { datesOnce, whyThisDate } from '../components/why-this-date.ts';
import { groundsOf } from './case-understood.ts';
import type { Colleagues } from './colleagues.ts';
import { type Countdown, countdown } from './countdown.ts';
import { CONSENT_NAMES, DESK } from './desk.texts.ts';
import { markedText } from './highlight.ts';
import { caseLink, stepValues } from './step-values.ts';

/** What the views of a case need beside it. */
export interface ViewContext {
  now: Date;
  units: readonly ListedUnit[];
  colleagues: Colleagues;
  ask: Ask;
}

const FEW = 4;

type Part = Node | false | undefined;

function section(title: Pair, ...children: Part[]): HTMLElement {
  return element('section', {}, element('h3', {}, say(title)), ...children);
}

/** Small words beside the state: kind, lateness, pause, approval, sealed. */
export function badges(
  found: Pick<CaseDetail, 'kind' | 'late' | 'paused' | 'awaitsApproval' | 'sealed'>,
  { urgency }: Countdown,
): Node[] {
  // What is late now says so by its days.
  const wasLate = found.late.length > 0 && urgency !== 'late';
  const tags: [string, Pair][] = [
    [`kind ${found.kind}`, found.sealed ? DESK.sealed : KINDS[found.kind]],
    ...(wasLate ? ([['late', DESK.lateTag]] as [string, Pair][]) : []),
    ...(found.paused ? ([['paused', DESK.pausedTag]] as [string, Pair][]) : []),
    ...(found.awaitsApproval ? ([['awaits', DESK.awaitsTag]] as [string, Pair][]) : []),
  ];
  return tags.map(([className, words]) => element('span', { class: `tag ${className}` }, say(words)));
}

/** Where the case stands and by when something is due. */
export function caseStanding(found: CaseDetail, { now, units, ask }: ViewContext): Node[] {
  const { nextLegalDate, due, unit, unitPath, hubReason } = found;
  const left = countdown(due, now, found.paused);
  const dates = datesOnce(() => ask('GET /desk/cases/{number}/dates', { path: { number: found.number } }));
  const name = unit?.name ?? units.find(({ code }) => code === unitPath.at(-1))?.name;
  return [
    element(
      'p',
      { class: 'standing' },
      element('span', { class: 'tag now' }, say(found.state)),
      ...badges(found, left),
      (due !== null || found.paused) &&
        element(
          'b',
          { class: `left ${left.urgency}` },
          element('span', { class: 'shape', 'aria-hidden': 'true' }, left.shape),
          say(left.words),
        ),
      name !== undefined && chinese(name),
    ),
    ...(hubReason === null ? [] : [facts([[say(DESK.hubReason), say(hubReason)]], 'facts hub')]),
    ...(nextLegalDate === null ? [] : [legalDate(nextLegalDate)]),
    ...(nextLegalDate === null || found.sealed ? [] : [whyThisDate(nextLegalDate, dates)]),
    ...(found.withdrawalAsked && !found.state.final
      ? [element('p', { class: 'notice' }, say(DESK.withdrawalAsked))]
      : []),
    ...(found.reopenAsked ? [element('p', { class: 'notice' }, say(DESK.reopenAsked))] : []),
    ...(found.sealed && due !== null
      ? [element('p', { class: 'due' }, say(COMMON.dueBy, { date: longDate(due) }))]
      : []),
    ...(found.sealed ? [element('p', { class: 'notice' }, say(DESK.sealedNote))] : []),
  ];
}

/** What waits for a second pair of eyes. */
export function caseProposal({ proposal }: CaseDetail, { units, colleagues }: ViewContext): Part {
  if (proposal === null) return undefined;
  const action = proposal.action as Action;
  return element(
    'section',
    { class: 'proposal' },
    element('h3', {}, say(DESK.proposal)),
    element('p', {}, colleagues.who(proposal.by), say(DESK.proposedBy, { action: say(ACTIONS[action]) })),
    stepValues(action, { ...proposal.facts, ...proposal.words }, units, colleagues),
  );
}

/** What a case is about and what it came to. */
export function caseFacts(found: CaseDetail): Part[] {
  const { ground, result } = found;
  const complaint = found.complaint as Complaint | null;
  if (complaint === null) return [];
  const { business } = complaint;
  const fen = (sum: number | undefined) => sum !== undefined && money(sum);
  const own = (text: string | undefined, className?: string) =>
    text !== undefined && text !== '' && chinese(text, className);
  const { offer } = found;
  const degrees = complaint.open311?.location;
  return [
    offer !== null &&
      section(
        DESK.withPartner,
        facts([
          [say(offer.kind), chinese(offer.name)],
          [say(DESK.partnerOffer), offer.offeredFen !== null && money(offer.offeredFen)],
          [say(DESK.partnerPromise), offer.promisedOn !== null && longDate(offer.promisedOn)],
          [say(DESK.partnerContact), offer.contactAgreed ? '✓' : '✗'],
        ]),
      ),
    ground !== null &&
      facts([
        [say(DESK.ground), say(ground)],
        [say(COMMON.basis), article(ground.basis)],
      ]),
    result !== null &&
      section(
        COMMON.result,
        facts([
          [say(COMMON.partFound), own(result.found, 'words')],
          [say(COMMON.partDone), own(result.done, 'words')],
          [say(COMMON.partReceived), own(result.received, 'words')],
          [say(COMMON.partRoutes), own(result.routes, 'words')],
        ]),
      ),
    section(
      DESK.text,
      found.erased
        ? element('p', { class: 'hint' }, say(DESK.erased))
        : element(
            'p',
            { class: 'words', lang: 'zh-CN' },
            ...markedText(complaint.text, groundsOf(found.understood)),
          ),
      facts([
        [say(DESK.request), own(complaint.request, 'words')],
        [say(DESK.business), own(business.name)],
        [say(DESK.businessAddress), own(business.address)],
        [say(DESK.businessPhone), own(business.phone)],
        [say(DESK.businessContact), own(business.contact)],
        [say(DESK.division), business.divisionCode],
        [say(DESK.paid), fen(complaint.paidFen)],
        [say(DESK.claimed), fen(complaint.claimedFen)],
        [say(DESK.occurredOn), complaint.occurredOn !== undefined && longDate(complaint.occurredOn)],
        [say(DESK.degrees), degrees && `${degrees.lat}, ${degrees.long}`],
        // A stranger's address: shown as text, to be opened with care or not at all.
        [say(DESK.mediaUrl), own(complaint.open311?.mediaUrl, 'words')],
        [say(DESK.externalNumber), found.externalNumber],
        [say(DESK.registered), `${moment(found.receivedAt)} · ${nameIn(CHANNELS, found.channel)}`],
        [
          say(DESK.consents),
          Object.entries(found.consents)
            .filter(([, given]) => given)
            .map(([consent]) => nameIn(CONSENT_NAMES, consent))
            .join(' · ') || undefined,
        ],
      ]),
    ),
  ];
}

const nameIn = (names: Readonly<Record<string, Pair>>, code: string) => {
  const words = names[code];
  return words === undefined ? code : say(words);
};

/** Every period of the case, running ones first, each with the days behind it. */
export function caseClocks(found: CaseDetail, { now, ask }: ViewContext): Part {
  if (found.clocks.length === 0) return undefined;
  const dates = datesOnce(() => ask('GET /desk/cases/{number}/dates', { path: { number: found.number } }));
  const running = [...found.clocks].sort(
    (a, b) => Number(b.running) - Number(a.running) || (a.due < b.due ? -1 : 1),
  );
  return section(
    DESK.clocks,
    element(
      'ul',
      { class: 'clocks' },
      ...running.map((clock) => {
        const left = timeLeft(clock.due, now);
        return element(
          'li',
          { class: clock.running ? undefined : 'over', 'data-clock': clock.clock },
          element(
            'p',
            {},
            element('b', {}, say(COMMON.dueBy, { date: longDate(clock.due) })),
            ' ',
            clock.stopped !== null
              ? element('span', { class: 'small' }, say(COMMON.doneOn, { date: longDate(clock.stopped) }))
              : element(
                  'b',
                  { class: `left ${clock.paused ? '' : left.urgency}` },
                  clock.paused ? say(COMMON.paused) : left.text,
                ),
          ),
          element('p', {}, say(clock.duty)),
          element(
            'p',
            { class: 'hint' },
            say(COMMON.period, {
              basis: article(clock.basis),
              length: period(clock.length, clock.unit),
              start: longDate(clock.start),
            }),
            clock.provisional && ` ${say(COMMON.provisional)}`,
          ),
          whyThisDate(clock, dates),
        );
      }),
    ),
  );
}

/** Signs of Art. 17 and of duplicates, drawn when they have come; nothing is drawn where there are none. */
export function caseSigns({ kind }: CaseDetail, answer: Promise<Signs>): Part {
  if (kind !== 'complaint') return undefined;
  const place = element('ul', { class: 'signs' });
  const made = section(DESK.signs, element('p', { class: 'hint' }, say(DESK.signsNote)), place);
  made.hidden = true;
  const load = async () => {
    const { signs } = await answer;
    made.hidden = signs.length === 0;
    place.replaceChildren(
      ...signs.map((sign) =>
        element(
          'li',
          { 'data-sign': sign.id },
          say(sign),
          element('small', {}, ` ${article(sign.basis)}`),
          casesBehind(sign.cases),
        ),
      ),
    );
  };
  // Without its signs a case can still be worked on.
  load().catch(() => undefined);
  return made;
}

/** A few cases are shown at once, many fold away. */
function casesBehind(numbers: readonly string[]): HTMLElement {
  const links = element('span', { class: 'numbers' }, ...numbers.map(caseLink));
  if (numbers.length <= FEW) return links;
  return element(
    'details',
    {},
    element('summary', {}, say(DESK.casesBehind, { count: numbers.length })),
    links,
  );
}

/** Who works on it. */
export function casePeople(
  { officers, leader, coUnits }: CaseDetail,
  { units, colleagues }: ViewContext,
): Part {
  const names = coUnits.map((code) => units.find((unit) => unit.code === code)?.name ?? code);
  return section(
    DESK.people,
    facts([
      [say(DESK.officers), officers.length === 0 ? say(DESK.noOfficer) : colleagues.whoAll(officers)],
      [say(DESK.leader), leader === null ? undefined : colleagues.who(leader)],
      [say(DESK.coUnits), names.length === 0 ? undefined : chinese(names.join('、'))],
    ]),
  );
}

/** Cases that belong to this one. */
export function caseLinks({ linkedTo, lead, joined }: CaseDetail): Part {
  if (linkedTo === null && lead === null && joined.length === 0) return undefined;
  return section(
    DESK.linked,
    facts([
      [say(DESK.linkedTo), linkedTo !== null && caseLink(linkedTo)],
      [say(DESK.lead), lead !== null && caseLink(lead)],
      [
        say(DESK.joinedCases),
        joined.length > 0 && element('span', { class: 'numbers' }, ...joined.map(caseLink)),
      ],
    ]),
  );
}
