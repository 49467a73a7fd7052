import { element } from '../components/dom.ts';
import { type Pair, say } from '../components/texts.ts';
import { FILE } from './file.texts.ts';
import { STEPS, type Step } from './message-of-form.ts';

const NAMES: Readonly<Record<Step, Pair>> = {
  tell: FILE.stepTell,
  ask: FILE.stepAsk,
  you: FILE.stepYou,
  review: FILE.stepReview,
};

/** Which steps there are, and on which one the person is. */
export function createProgress() {
  const place = element('ol', { class: 'progress', 'aria-label': say(FILE.steps) });
  return {
    place,
    show(step: Step): void {
      const now = STEPS.indexOf(step);
      place.replaceChildren(
        ...STEPS.map((one, index) =>
          element(
            'li',
            { class: index < now ? 'done' : undefined, 'aria-current': index === now ? 'step' : undefined },
            say(NAMES[one]),
          ),
        ),
      );
    },
  };
}
