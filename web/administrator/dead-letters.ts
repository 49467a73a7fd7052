import type { Health } from '../api/answers.ts';
import { element } from '../components/dom.ts';
import { moment } from '../components/format.ts';
import { announce } from '../components/page.ts';
import { askOnce } from '../components/sure.ts';
import { say } from '../components/texts.ts';
import { ADMINISTRATOR } from './administrator.texts.ts';
import { failed, mayChange, type Signed, table } from './signed.ts';

type Queue = Health['queues'][number];

/** Shows what a queue gave up below the table of queues, with the way back. */
export async function deadLetters(queue: Queue, place: HTMLElement, signed: Signed): Promise<void> {
  try {
    const found = await signed.ask('GET /administrator/queues/{queue}', { path: { queue: queue.name } });
    const said = element('p', { role: 'status' });
    const title = say(ADMINISTRATOR.deadTitle, { queue: say(queue), count: found.dead });
    const card = element(
      'section',
      { class: 'card', 'aria-label': title, tabindex: -1 },
      element('h3', {}, title),
      element('p', { class: 'hint' }, say(ADMINISTRATOR.deadHint)),
      messages(found.messages),
      queue.redrivable
        ? mayChange(signed) && found.dead > 0 && wayBack(queue, said, signed)
        : element('p', {}, say(ADMINISTRATOR.noRedrive)),
      said,
      element('button', { type: 'button', onclick: () => place.replaceChildren() }, say(ADMINISTRATOR.close)),
    );
    place.replaceChildren(card);
    card.focus();
  } catch (error) {
    place.replaceChildren(failed(error));
  }
}

type Message = Awaited<ReturnType<typeof read>>['messages'][number];
const read = (signed: Signed, queue: Queue['name']) =>
  signed.ask('GET /administrator/queues/{queue}', { path: { queue } });

function messages(all: readonly Message[]): HTMLElement {
  if (all.length === 0) return element('p', {}, say(ADMINISTRATOR.noDead));
  const or = (text: string | null) => text ?? say(ADMINISTRATOR.none);
  return table(
    ADMINISTRATOR.message,
    [
      [ADMINISTRATOR.message, ({ id }) => id.slice(0, 8)],
      [ADMINISTRATOR.when, ({ sentAt }) => moment(sentAt)],
      [ADMINISTRATOR.attempts, ({ attempts }) => String(attempts)],
      [ADMINISTRATOR.caseNumber, (one) => or(one.case)],
      [ADMINISTRATOR.error, ({ error }) => or(error)],
      [ADMINISTRATOR.request, ({ request }) => or(request)],
    ],
    all,
    ({ id }) => id,
  );
}

/** A hundred at a time until nothing is left, or nothing moves any more. */
function wayBack(queue: Queue, said: HTMLElement, signed: Signed): HTMLElement {
  const take = async () => {
    let moved = 0;
    for (;;) {
      const step = await signed.ask('POST /administrator/queues/{queue}/redrive', {
        path: { queue: queue.name },
        body: {},
      });
      moved += step.moved;
      said.textContent = say(ADMINISTRATOR.redriving, { moved, left: step.left });
      if (step.moved === 0 || step.left === 0) break;
    }
    announce(say(ADMINISTRATOR.redriven, { moved }));
    signed.again();
  };
  return askOnce(
    {
      button: ADMINISTRATOR.redrive,
      question: ADMINISTRATOR.redriveQuestion,
      yes: ADMINISTRATOR.redriveYes,
    },
    take,
  );
}
