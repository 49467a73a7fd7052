import type { CallTranscript, CaseDetail } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { chinese } from '../components/page.ts';
import { say } from '../components/texts.ts';
import { CALL_FIELDS, CONTACTS } from './contacts.texts.ts';

type Call = NonNullable<CallTranscript['call']>;
type Moment = Call['moments'][number];

/** Below this a field is to be checked; the same line as in the fields above (case-understood.ts). */
const DOUBTFUL = 0.6;
/** Below this the speakers are named with a word of doubt. */
const SURE_OF_ROLES = 0.9;

/** The call that became this case, turn by turn; drawn when it has come, nothing where there is none. */
export function caseCall({ number, channel, erased }: CaseDetail, ask: Ask): HTMLElement | false {
  if (channel !== 'phone' || erased) return false;
  const place = element('section', { class: 'call', hidden: true });
  const load = async () => {
    const { call } = await ask('GET /desk/cases/{number}/call', { path: { number } });
    if (call === null) return;
    place.hidden = false;
    place.replaceChildren(...transcript(call));
  };
  // Without its transcript a case can still be worked on.
  load().catch(() => undefined);
  return place;
}

function transcript(call: Call): Node[] {
  const notes = [
    ...(call.redacted ? [CONTACTS.redacted] : []),
    ...(call.partial ? [CONTACTS.partial] : []),
    ...(call.roles.confidence < SURE_OF_ROLES ? [CONTACTS.unsureRoles] : []),
    ...call.problems,
  ];
  return [
    element('h3', {}, say(CONTACTS.call)),
    element('p', { class: 'hint' }, say(CONTACTS.callNote)),
    ...(notes.length === 0
      ? []
      : [element('p', { class: 'notice' }, notes.map((one) => say(one)).join(' · '))]),
    element(
      'ol',
      { class: 'turns' },
      ...call.turns.map(({ speaker, text, startMs }, at) =>
        element(
          'li',
          { class: speaker },
          element(
            'p',
            { class: 'small' },
            startMs !== null && element('time', {}, clockOf(startMs)),
            ` ${say(CONTACTS[speaker])} `,
            ...call.moments.filter(({ turn }) => turn === at).map(tag),
          ),
          chinese(text),
        ),
      ),
    ),
  ];
}

/** Which field rests on words of this turn, when they were said, and whether to check it. */
function tag({ field, startMs, confidence }: Moment): Node {
  const doubtful = confidence < DOUBTFUL;
  const name = CALL_FIELDS[field];
  return element(
    'span',
    { class: doubtful ? 'tag doubt' : 'tag' },
    name === undefined ? field : say(name),
    startMs !== null && ` ${clockOf(startMs)}`,
    doubtful && ` ${say(CONTACTS.doubtful)}`,
  );
}

/** Milliseconds from the beginning as players show them: 00:01:23. */
function clockOf(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return [seconds / 3600, (seconds / 60) % 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':');
}
