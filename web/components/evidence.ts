import { EVIDENCE_TYPES, evidenceTypeOf, MOST_FILES } from '../../shared/evidence/types.ts';
import type { EvidenceView } from '../api/answers.ts';
import { ApiProblem, withHeaders } from '../api/call.ts';
import { element } from './dom.ts';
import { EVIDENCE } from './evidence.texts.ts';
import { announce, chinese } from './page.ts';
import { problemText } from './problem-text.ts';
import { ACCEPTED, type FilesOf, sendFile } from './send-file.ts';
import { type Pair, say } from './texts.ts';

/** Whose files are shown. At the desk, staff may open what is checked. */
export interface EvidenceOf extends FilesOf {
  /** Only how each file stands: beside something else, where files were chosen elsewhere. */
  onlyLines?: boolean;
}

export interface EvidencePanel {
  panel: HTMLElement;
  /** Sends files that were chosen elsewhere. */
  add(files: Iterable<File>): void;
}

/** Files of a case by its tracking secret. */
export function evidenceBySecret(number: string, secret: string): EvidenceOf {
  return { room: 'complaints', number, ask: withHeaders({ 'tracking-secret': secret }) };
}

/** Panels whose files are being sent, by number: a page that is drawn anew shows the same one. */
const busy = new Map<string, EvidencePanel>();

// What is not sent yet is in this page only.
addEventListener('beforeunload', (event) => {
  if (busy.size > 0) event.preventDefault();
});

/** How often, and how many times, it is asked whether a file has passed its check. */
const LOOK_MS = 1_500;
const MOST_LOOKS = 40;

/** The files of a case, each with how it stands, and a button to add more. */
export function evidencePanel(of: EvidenceOf): EvidencePanel {
  return busy.get(of.number) ?? newPanel(of);
}

function newPanel({ room, number, ask, onlyLines = false }: EvidenceOf): EvidencePanel {
  const atDesk = room === 'desk/cases';
  const known = element('ul', { class: 'files' });
  const sending = element('ul', { class: 'files' });
  const problem = element('p', { class: 'error', role: 'alert' });
  const input = element('input', { type: 'file', multiple: true, accept: ACCEPTED });
  const chooser = element(
    'label',
    { class: atDesk ? 'button chooser' : 'button primary chooser' },
    input,
    say(atDesk ? EVIDENCE.chooseAtDesk : EVIDENCE.choose),
  );
  // Straight to the camera, where there is one in the hand.
  const camera = element('input', { type: 'file', accept: 'image/*', capture: 'environment' });
  const adding = element(
    'div',
    { hidden: true },
    !atDesk &&
      navigator.maxTouchPoints > 0 &&
      element('label', { class: 'button chooser camera' }, camera, say(EVIDENCE.camera)),
    chooser,
    element('p', { class: 'hint' }, say(EVIDENCE.limits)),
  );
  const none = element('p', { class: 'hint', hidden: true }, say(EVIDENCE.none));
  const panel = onlyLines
    ? element('div', { class: 'evidence' }, known, sending)
    : element(
        'section',
        { class: atDesk ? 'evidence' : 'card evidence' },
        element(atDesk ? 'h3' : 'h2', {}, say(atDesk ? EVIDENCE.atDesk : EVIDENCE.title)),
        element(
          'p',
          { class: 'hint' },
          say(atDesk ? EVIDENCE.recorded : EVIDENCE.hint, { most: MOST_FILES }),
        ),
        none,
        known,
        sending,
        problem,
        adding,
      );
  const made: EvidencePanel = { panel, add };
  /** Files that are being sent, by their id where the service knows them. */
  const running = new Map<HTMLElement, string | undefined>();
  let turn: Promise<void> = Promise.resolve();

  for (const one of [input, camera]) {
    one.addEventListener('change', () => {
      add([...(one.files ?? [])]);
      // So that the same file can be chosen again.
      one.value = '';
    });
  }

  async function refresh(): Promise<EvidenceView[]> {
    const { evidence, mayAdd } = await ask(`GET /${room}/{number}/evidence`, { path: { number } });
    const own = new Set(running.values());
    const shown = evidence.filter(({ id }) => !own.has(id));
    known.replaceChildren(...shown.map(knownLine));
    adding.hidden = !mayAdd;
    none.hidden = !atDesk || evidence.length > 0;
    panel.hidden = !mayAdd && evidence.length === 0 && !atDesk;
    return evidence;
  }

  function knownLine({ id, name, size, state, reason, by }: EvidenceView): HTMLElement {
    const stopped = state.code === 'uploading';
    const about = element('p', { class: 'small' }, sizeOf(size));
    if (atDesk) about.append(` · ${say(by === 'staff' ? EVIDENCE.byStaff : EVIDENCE.byConsumer)}`);
    const open = element(
      'button',
      { type: 'button', class: 'plain', onclick: () => void take(id) },
      say(EVIDENCE.save),
    );
    return element(
      'li',
      { class: state.code },
      chinese(name, 'file-name'),
      element('p', { class: 'file-state' }, say(reason ?? (stopped ? EVIDENCE.resume : state))),
      about,
      atDesk && state.code === 'kept' && open,
    );
  }

  async function take(id: string): Promise<void> {
    problem.textContent = '';
    try {
      const { url } = await ask('GET /desk/cases/{number}/evidence/{id}/file', { path: { number, id } });
      element('a', { href: url, rel: 'noreferrer' }).click();
    } catch (error) {
      problem.textContent = say(problemText(error));
    }
  }

  function add(files: Iterable<File>): void {
    problem.textContent = '';
    for (const file of files) {
      const line = newLine(file);
      sending.append(line.item);
      // One after the other: on a bad network two would hinder each other.
      if (!line.refused) turn = turn.then(() => send(file, line));
    }
  }

  function newLine(file: File) {
    const bar = element('progress', { max: 1, value: 0, 'aria-label': file.name });
    const words = element('p', { class: 'file-state' }, say(EVIDENCE.waiting));
    const item = element('li', { class: 'uploading' }, chinese(file.name, 'file-name'), bar, words);
    const refuse = (why: string) => {
      bar.remove();
      item.className = 'refused';
      words.textContent = why;
      announce(`${file.name}: ${why}`);
    };
    const why = refusalOf(file);
    if (why !== undefined) refuse(why);
    else begin(item);
    return { item, bar, words, refuse, refused: why !== undefined };
  }

  function begin(item: HTMLElement): void {
    running.set(item, undefined);
    busy.set(number, made);
  }

  function end(item: HTMLElement): void {
    running.delete(item);
    if (running.size === 0) busy.delete(number);
  }

  async function send(file: File, { item, bar, words, refuse }: ReturnType<typeof newLine>): Promise<void> {
    const type = evidenceTypeOf(file.type, file.name);
    if (type === undefined) return end(item);
    try {
      const sent = await sendFile(
        file,
        type,
        { room, number, ask },
        {
          known: (id) => {
            running.set(item, id);
            void refresh().catch(() => undefined);
          },
          moved: (bytes) => {
            bar.value = bytes / file.size;
            words.textContent = say(EVIDENCE.sending, { percent: Math.floor((bytes / file.size) * 100) });
          },
          halted: () => {
            words.textContent = say(EVIDENCE.offline);
          },
        },
      );
      words.textContent = say(sent.state);
      bar.value = 1;
      end(item);
      await untilSettled(sent.id);
      item.remove();
    } catch (error) {
      end(item);
      // The file was moved or deleted meanwhile, or the page may not see it any more.
      const why = error instanceof DOMException ? EVIDENCE.unreadable : firstProblem(error);
      refuse(say(why));
    }
  }

  async function untilSettled(id: string): Promise<void> {
    for (let look = 1; look <= MOST_LOOKS; look += 1) {
      const found = (await refresh()).find((one) => one.id === id);
      if (found === undefined || found.state.code !== 'checking') {
        if (found?.state.code === 'kept') announce(say(EVIDENCE.keptNow, { name: found.name }));
        else if (found?.reason) announce(`${found.name}: ${say(found.reason)}`);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  // Without its files a case can still be shown.
  refresh().catch(() => {
    panel.hidden = true;
  });
  return made;
}

/** Why a file need not be sent at all. */
function refusalOf(file: File): string | undefined {
  const type = evidenceTypeOf(file.type, file.name);
  if (type === undefined) return say(EVIDENCE.wrongType);
  if (file.size === 0) return say(EVIDENCE.empty);
  const { mostBytes, ...kind } = EVIDENCE_TYPES[type];
  const most = mostBytes / 1024 / 1024;
  return file.size <= mostBytes ? undefined : say(EVIDENCE.tooLarge, { kind: say(kind), most });
}

const firstProblem = (error: unknown): Pair =>
  error instanceof ApiProblem ? (error.errors[0] ?? error.title) : problemText(error);

function sizeOf(bytes: number): string {
  const megabytes = bytes / 1024 / 1024;
  return megabytes >= 1 ? `${megabytes.toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`;
}
