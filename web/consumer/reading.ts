import type { Preview } from '../api/answers.ts';
import { type BodyOf, call } from '../api/call.ts';

export type PreviewDraft = BodyOf<'POST /complaints/preview'>;

/** What the page knows of the words so far: nothing yet, being read, read, or nobody can be asked now. */
type ReadingState = 'nothing' | 'reading' | 'read' | 'failed';

/** Asks the service what it makes of the words, a moment after the person has stopped to type. */
export interface Reading {
  state(): ReadingState;
  latest(): Preview | undefined;
  /** The words have changed. */
  touch(): void;
  /** Asks now if something has changed, and waits for the answer, but not for ever. */
  settle(): Promise<void>;
}

const QUIET_MS = 600;
const PATIENCE_MS = 4_000;
/** Of fewer characters nothing can be said. */
const LEAST = 6;

/**
 * @param draft the request of POST /complaints/preview; undefined while there is nothing to ask
 * @param changed called whenever there is something new to show
 */
export function createReading(draft: () => PreviewDraft, changed: () => void): Reading {
  let state: ReadingState = 'nothing';
  let latest: Preview | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = '';
  let running: Promise<void> | undefined;

  const become = (now: ReadingState) => {
    state = now;
    changed();
  };

  const read = async (wanted: PreviewDraft, json: string): Promise<void> => {
    try {
      const answer = await call('POST /complaints/preview', { body: wanted });
      // An answer to older words says nothing of the new ones.
      if (json !== asked) return;
      latest = answer;
      become('read');
    } catch {
      if (json !== asked) return;
      asked = '';
      become('failed');
    }
  };

  const ask = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const wanted = draft();
    const json = JSON.stringify(wanted);
    if (wanted.text.trim().length < LEAST) {
      asked = '';
      latest = undefined;
      return become('nothing');
    }
    if (json === asked) return running;
    asked = json;
    become('reading');
    running = read(wanted, json);
    return running;
  };

  return {
    state: () => state,
    latest: () => latest,
    touch: () => {
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), QUIET_MS);
    },
    settle: () => Promise.race([ask(), new Promise<void>((done) => setTimeout(done, PATIENCE_MS))]),
  };
}
