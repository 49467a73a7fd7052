import type { Receipt } from '../api/answers.ts';
import { element, facts } from '../components/dom.ts';
import { laterPeriods, legalDate, stationCard } from '../components/legal-date.ts';
import { announce, setTitle } from '../components/page.ts';
import { COMMON, type Pair, say } from '../components/texts.ts';
import { FILE } from './file.texts.ts';

const DONE: Readonly<Record<Receipt['kind'], Pair>> = {
  complaint: FILE.done,
  report: FILE.doneReport,
  inquiry: FILE.doneInquiry,
  other: FILE.doneInquiry,
};

const NEXT: Readonly<Record<Receipt['kind'], readonly Pair[]>> = {
  complaint: [FILE.next1, FILE.next2, FILE.next3],
  report: [FILE.nextReport],
  inquiry: [FILE.nextInquiry],
  other: [FILE.nextInquiry],
};

/** Number and secret at once, files, who handles it, by when, and what happens next. */
export function showReceipt(main: HTMLElement, receipt: Receipt, another: () => void): void {
  const { kind, number, secret, receivedOn, handledBy, nextLegalDate, report } = receipt;
  setTitle(say(DONE[kind]));
  const evidence = element('div', {});
  main.replaceChildren(
    element('h1', {}, say(DONE[kind])),
    codes(receipt),
    evidence,
    element(
      'section',
      { class: 'card' },
      element('h2', {}, say(FILE.whoHandles)),
      handledBy === null ? element('p', {}, say(FILE.atHub)) : stationCard(handledBy),
      handledBy !== null &&
        element('p', { class: 'hint' }, say(kind === 'report' ? FILE.becauseReport : FILE.because)),
    ),
    nextLegalDate === null
      ? ''
      : element(
          'section',
          { class: 'card' },
          element('h2', {}, say(FILE.byWhen)),
          legalDate(nextLegalDate),
          kind === 'complaint' && laterPeriods(nextLegalDate.clock, receivedOn),
        ),
    element(
      'section',
      { class: 'card' },
      element('h2', {}, say(FILE.whatNext)),
      element('ol', {}, ...NEXT[kind].map((step) => element('li', {}, say(step)))),
    ),
    element(
      'div',
      { class: 'buttons' },
      element('a', { class: 'button primary', href: '#track' }, say(FILE.trackNow)),
      element('button', { type: 'button', onclick: another }, say(FILE.another)),
    ),
  );
  // Files are not needed at first, and neither is their code.
  void import('../components/evidence.ts').then(
    ({ evidenceBySecret, evidencePanel }) =>
      evidence.replaceWith(evidencePanel(evidenceBySecret(number, secret)).panel),
    () => evidence.append(element('p', { class: 'notice' }, say(FILE.lost))),
  );

  function codes({ number: own }: Receipt): HTMLElement {
    const label = say(report === null ? FILE.number : FILE.complaintNumber);
    const lines = [
      say(COMMON.brand),
      `${label} ${own}`,
      ...(report === null ? [] : [`${say(FILE.reportNumber)} ${report.number}`]),
      `${say(FILE.secret)} ${secret}`,
    ];
    const copy = async () => {
      await navigator.clipboard.writeText(lines.join('\n'));
      announce(say(FILE.copied));
      copyButton.textContent = say(FILE.copied);
    };
    const copyButton = element('button', { type: 'button', onclick: () => void copy() }, say(FILE.copy));
    const code = (id: string, text: string) => element('strong', { class: 'code', id }, text);
    return element(
      'section',
      { class: 'receipt' },
      facts(
        [
          [label, code('number', own)],
          [say(FILE.reportNumber), report !== null && code('report-number', report.number)],
          [say(FILE.secret), code('secret', secret)],
        ],
        'codes',
      ),
      report !== null && element('p', { class: 'hint' }, say(FILE.reportSame)),
      element('p', { class: 'notice' }, say(FILE.writeDown)),
      element(
        'div',
        { class: 'buttons' },
        // Without HTTPS there is no clipboard.
        'clipboard' in navigator && copyButton,
        element('button', { type: 'button', onclick: () => print() }, say(COMMON.print)),
      ),
    );
  }
}
