import type { Preview } from '../api/answers.ts';
import { element } from '../components/dom.ts';
import { fillIn, isTicked } from '../components/form.ts';
import { type Pair, say } from '../components/texts.ts';
import { FILE } from './file.texts.ts';
import { type FiledKind, kindOf } from './message-of-form.ts';

const SOUNDS: Readonly<Record<FiledKind, { text: Pair; name: Pair }>> = {
  complaint: { text: FILE.soundsComplaint, name: FILE.kindComplaint },
  report: { text: FILE.soundsReport, name: FILE.kindReport },
  inquiry: { text: FILE.soundsInquiry, name: FILE.kindInquiry },
};
/** From here on it is said that the words sound like something else than was chosen. */
const SURE_OF_KIND = 0.75;

/** The words sound like something else than what was chosen: said once, changed by one tap, never by itself. */
export function createSuggestions(formNow: () => HTMLFormElement, changed: () => void) {
  const place = element('div', { class: 'suggestion' });
  const left = new Set<string>();

  const offer = (heard: string, text: Pair, button: string, values: Record<string, string>) => {
    const leave = () => {
      left.add(heard);
      place.replaceChildren();
    };
    const accept = () => {
      fillIn(formNow(), values);
      leave();
      changed();
    };
    place.replaceChildren(
      element(
        'div',
        { class: 'notice', role: 'status' },
        element('p', {}, say(text)),
        element(
          'div',
          { class: 'buttons' },
          element('button', { type: 'button', onclick: accept }, button),
          element('button', { type: 'button', class: 'plain', onclick: leave }, say(FILE.leave)),
        ),
      ),
    );
  };

  return {
    place,
    show(preview: Preview | undefined): void {
      place.replaceChildren();
      if (preview === undefined || preview.kind.confidence < SURE_OF_KIND) return;
      const heard = preview.kind.value;
      const kind = kindOf(formNow());
      if (heard === 'other' || heard === kind || left.has(heard)) return;
      if (heard !== 'both') {
        const { text, name } = SOUNDS[heard];
        return offer(heard, text, say(FILE.switchTo, { kind: say(name) }), { kind: heard });
      }
      if (kind !== 'complaint' || isTicked(formNow(), 'also-report')) return;
      const words = { 'also-report': 'on', 'report-text': preview.report ?? '' };
      offer(heard, FILE.soundsBoth, say(FILE.addReport), words);
    },
  };
}
