import { element } from '../components/dom.ts';
import { isTicked, valueOf } from '../components/form.ts';
import { type Pair, say } from '../components/texts.ts';
import { quoted } from './destination.ts';
import { FILE } from './file.texts.ts';
import { kindOf, type Step } from './message-of-form.ts';

/** What the person sends, in short, each with the way back to where it is written. */
export function checkLines(form: HTMLFormElement, goTo: (step: Step) => void): HTMLElement[] {
  const kind = kindOf(form);
  const line = (label: Pair, content: Node | string, to: Step) =>
    element(
      'div',
      { class: 'check-line' },
      element('h2', {}, say(label)),
      element('div', {}, content),
      element(
        'button',
        {
          type: 'button',
          class: 'plain',
          'aria-label': say(FILE.changeWhat, { what: say(label) }),
          onclick: () => goTo(to),
        },
        say(FILE.change),
      ),
    );
  const anonymous = kind === 'report' && isTicked(form, 'anonymous');
  const who = [valueOf(form, 'name'), valueOf(form, 'phone')].filter(Boolean).join(' · ');
  const alsoReports = kind === 'complaint' && isTicked(form, 'also-report');
  return [
    line(FILE.yourWords, quoted(valueOf(form, 'text')), 'tell'),
    ...(alsoReports ? [line(FILE.reportToo, quoted(valueOf(form, 'report-text')), 'tell')] : []),
    line(FILE.yourself, anonymous ? say(FILE.noName) : quoted(who), 'you'),
  ];
}
