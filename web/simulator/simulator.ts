import { element } from '../components/dom.ts';
import { field } from '../components/form.ts';
import { announce, chinese, frame, setTitle } from '../components/page.ts';
import { COMMON, type Pair, say } from '../components/texts.ts';
import { ask, type Delivered, type Line, Refused } from './server.ts';
import { SIMULATOR } from './simulator.texts.ts';

/** How often the page looks whether something came. */
const LOOK_MS = 1_000;

const main = frame(
  [
    { href: '/simulator', text: SIMULATOR.title, current: true },
    { href: '/#track', text: COMMON.track },
    { href: '/desk', text: COMMON.desk },
  ],
  'wide',
);
setTitle(say(SIMULATOR.title));

const number = element('input', { id: 'phone', type: 'tel', autocomplete: 'off', value: '13800000001' });
const provider = element(
  'select',
  { id: 'provider' },
  ...(['aliyun', 'huawei', 'twilio', 'aws'] as const).map((name) =>
    element('option', { value: name }, say(SIMULATOR[name])),
  ),
);
const words = element('textarea', { id: 'text', rows: 3, maxlength: 1_000, lang: 'zh-CN' });
const phones = element('div', { class: 'phones' });
const lines = element('ol', {
  class: 'talk',
  tabindex: 0,
  'aria-label': say(SIMULATOR.conversation),
});
const textProblem = element('p', { class: 'error', role: 'alert' });

const example = element('select', { id: 'example' }, element('option', { value: '' }, say(SIMULATOR.none)));
const file = element('input', { id: 'file', type: 'file', accept: '.json,.jsonl,.txt,.vtt,.srt,.csv' });
const transcript = element('textarea', { id: 'transcript', rows: 10, spellcheck: 'false', lang: 'zh-CN' });
const callProblem = element('p', { class: 'error', role: 'alert' });
const delivered = element('ol', { class: 'delivered' });
let fileName = '';

main.replaceChildren(
  element('h1', {}, say(SIMULATOR.title)),
  element('p', { class: 'intro' }, say(SIMULATOR.intro)),
  element('div', { class: 'channels' }, textsSection(), callsSection()),
);
number.addEventListener('input', () => void look());
void begin();

function textsSection(): HTMLElement {
  const submit = async (event: Event) => {
    event.preventDefault();
    const { taken } = await told(textProblem, () =>
      ask('texts', { body: { phone: number.value, text: words.value, provider: provider.value } }),
    );
    if (!taken) {
      textProblem.append(say(SIMULATOR.notTaken));
      return;
    }
    words.value = '';
    words.focus();
    await look();
  };
  return element(
    'section',
    { 'aria-labelledby': 'texts' },
    element('h2', { id: 'texts' }, say(SIMULATOR.texts)),
    element(
      'div',
      { class: 'tools' },
      field(number, SIMULATOR.phone, { mark: false, hint: SIMULATOR.phoneHint }),
      field(provider, SIMULATOR.provider, { mark: false }),
    ),
    phones,
    element(
      'div',
      { class: 'handset' },
      lines,
      element(
        'form',
        { onsubmit: (event) => void submit(event) },
        field(words, SIMULATOR.text, { mark: false }),
        textProblem,
        element('button', { class: 'primary' }, say(SIMULATOR.send)),
      ),
    ),
    element('p', { class: 'hint' }, ...marked(say(SIMULATOR.advice))),
  );
}

/** Words to text are Chinese in either language. */
function marked(text: string): (Node | string)[] {
  return text.split(/([㐀-鿿]+)/).map((part) => (/[㐀-鿿]/.test(part) ? chinese(part) : part));
}

function callsSection(): HTMLElement {
  const submit = async (event: Event) => {
    event.preventDefault();
    const name = (fileName || example.value || 'pasted.txt').replace(/[^\w.-]/g, '-').slice(-100);
    await told(callProblem, () => ask('calls', { body: { name, content: transcript.value } }));
    await look();
  };
  const readFile = async () => {
    const [chosen] = file.files ?? [];
    if (chosen === undefined) return;
    fileName = chosen.name;
    transcript.value = await chosen.text();
  };
  file.addEventListener('change', () => void readFile());
  return element(
    'section',
    { 'aria-labelledby': 'calls' },
    element('h2', { id: 'calls' }, say(SIMULATOR.calls)),
    element(
      'form',
      { onsubmit: (event) => void submit(event) },
      element(
        'div',
        { class: 'tools' },
        field(example, SIMULATOR.chooseExample, { mark: false }),
        field(file, SIMULATOR.file, { mark: false }),
      ),
      field(transcript, SIMULATOR.transcript, { mark: false, hint: SIMULATOR.transcriptHint }),
      callProblem,
      element('button', { class: 'primary' }, say(SIMULATOR.upload)),
    ),
    element('h3', {}, say(SIMULATOR.uploaded)),
    delivered,
  );
}

/** Does it; what the simulator says against it stands where it belongs. */
async function told<T>(place: HTMLElement, work: () => Promise<T>): Promise<T> {
  place.replaceChildren();
  try {
    return await work();
  } catch (error) {
    place.replaceChildren(say(error instanceof Refused ? error.said : COMMON.unreachable));
    throw error;
  }
}

async function begin(): Promise<void> {
  const { transcripts } = await ask('transcripts');
  for (const { name } of transcripts) example.append(element('option', { value: name }, name));
  example.addEventListener('change', () => {
    fileName = '';
    transcript.value = transcripts.find(({ name }) => name === example.value)?.content ?? '';
  });
  for (;;) {
    await look().catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** What was shown last, so that nothing is drawn anew, and announced again, without need. */
const shown = new Map<HTMLElement, string>();

function show(place: HTMLElement, state: unknown, draw: () => Node[]): boolean {
  const now = JSON.stringify(state);
  if (shown.get(place) === now) return false;
  shown.set(place, now);
  place.replaceChildren(...draw());
  return true;
}

async function look(): Promise<void> {
  const [known, { calls }] = await Promise.all([ask('phones'), ask('calls')]);
  show(phones, [known, number.value], () => known.phones.map(({ phone }) => phoneButton(phone)));
  show(delivered, calls, () =>
    calls.length === 0 ? [element('li', {}, say(SIMULATOR.nothingUploaded))] : calls.map(deliveredLine),
  );
  // A number that is still being typed is nobody's.
  const talk = await ask('conversation', { query: { phone: number.value } }).catch(() => ({ lines: [] }));
  const isNew = show(lines, [number.value, talk.lines], () =>
    talk.lines.length === 0 ? [beginning()] : talk.lines.map(lineOf),
  );
  const last = talk.lines.at(-1);
  if (!isNew || last === undefined) return;
  lines.scrollTop = lines.scrollHeight;
  if (last.by === 'hotline') announce(chinese(last.text));
}

function phoneButton(phone: string): HTMLElement {
  const plain = phone.replace('+86', '');
  const choose = () => {
    number.value = plain;
    void look();
  };
  const isChosen = number.value.endsWith(plain);
  return element(
    'button',
    { type: 'button', 'aria-pressed': isChosen ? 'true' : 'false', onclick: choose },
    plain,
  );
}

function beginning(): HTMLElement {
  const take = () => {
    words.value = SIMULATOR.example.zh;
    words.focus();
  };
  return element(
    'li',
    { class: 'nothing' },
    say(SIMULATOR.empty),
    ' ',
    chinese(SIMULATOR.example.zh),
    element('button', { type: 'button', onclick: take }, say(SIMULATOR.takeExample)),
  );
}

function lineOf({ at, by, text }: Line): HTMLElement {
  return element(
    'li',
    { class: by },
    element(
      'span',
      { class: 'who' },
      say(by === 'phone' ? SIMULATOR.you : SIMULATOR.hotline),
      ' ',
      timeOf(at),
    ),
    element('p', { lang: 'zh-CN' }, ...linked(text)),
  );
}

/** A link of the system in a text opens here, too. */
function linked(text: string): (Node | string)[] {
  return text
    .split(/(https?:\/\/[^\s，。；）]+)/)
    .map((part) => (part.startsWith('http') ? element('a', { href: part }, part) : part));
}

function deliveredLine({ name, at, calls }: Delivered): HTMLElement {
  return element(
    'li',
    { class: 'card' },
    element('p', {}, say(SIMULATOR.callOf, { name, time: timeOf(at) })),
    ...(calls.length === 0 ? [element('p', {}, say(SIMULATOR.noCall))] : calls.map(outcomeOf)),
  );
}

function outcomeOf({ phone, outcome }: Delivered['calls'][number]): HTMLElement {
  const said = (text: Pair, values: Record<string, string> = {}) => element('p', {}, say(text, values));
  if (outcome === null) return said(SIMULATOR.waiting);
  if ('reason' in outcome) return said(SIMULATOR.contact, { reason: outcome.reason });
  const see = () => {
    number.value = (phone ?? '').replace('+86', '');
    void look();
  };
  return element(
    'div',
    {},
    said(SIMULATOR.becameCase, { number: outcome.number }),
    element(
      'p',
      { class: 'links' },
      element('a', { class: 'button', href: `/desk#${outcome.number}` }, say(SIMULATOR.atDesk)),
      element('a', { class: 'button', href: '/#track' }, say(SIMULATOR.track)),
      phone !== null && element('button', { type: 'button', onclick: see }, say(SIMULATOR.itsPhone)),
    ),
  );
}

const TIME = new Intl.DateTimeFormat('zh-CN', {
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Asia/Shanghai',
});
const timeOf = (at: string) => TIME.format(new Date(at));
