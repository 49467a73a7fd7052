import { EVIDENCE_TYPES, type EvidenceType } from '../../shared/evidence/types.ts';
import type { EvidenceView } from '../api/answers.ts';
import { ApiProblem, type Ask, Unreachable } from '../api/call.ts';

/** What becomes of a file while it is sent. */
export interface Progress {
  /** It is known to the service under this id. */
  known(id: string): void;
  /** So many bytes have arrived. */
  moved(bytes: number): void;
  /** There is no network; it goes on by itself. */
  halted(): void;
}

/** The storage did not take a part: no network, or its address is too old. */
class NotTaken extends Error {
  override name = 'NotTaken';
}

const SHORTEST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Sends a file in parts straight to the storage. A lost network or an answer that says "later" makes it wait and go on;
 * a file that was sent in part before goes on where it stopped.
 * @param path of the files of the case: `/complaints/{number}/evidence`
 * @throws ApiProblem when the service refuses it for good
 */
/** The files of a case, and who asks for them. */
export interface FilesOf {
  room: 'complaints' | 'desk/cases';
  number: string;
  ask: Ask;
}

export async function sendFile(
  file: File,
  type: EvidenceType,
  files: FilesOf,
  progress: Progress,
): Promise<EvidenceView> {
  const { room, number, ask } = files;
  const body = { name: file.name, type, size: file.size, mark: await markOf(file) };
  let upload = await lasting(
    () => ask(`POST /${room}/{number}/evidence`, { path: { number }, body }),
    progress,
  );
  const path = { number, id: upload.evidence.id };
  progress.known(upload.evidence.id);
  while (upload.evidence.state.code === 'uploading') {
    const missing = upload.parts.reduce((sum, { from, to }) => sum + to - from, 0);
    let there = file.size - missing;
    progress.moved(there);
    try {
      for (const { url, from, to } of upload.parts) {
        await putPart(url, file.slice(from, to), (bytes) => progress.moved(there + bytes));
        there += to - from;
      }
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error;
      progress.halted();
      await pause(SHORTEST_WAIT_MS);
      upload = await lasting(() => ask(`GET /${room}/{number}/evidence/{id}`, { path }), progress);
      continue;
    }
    const ended = await lasting(() => completed(files, upload.evidence.id), progress);
    if (ended !== undefined) return ended;
    // A part did not arrive after all.
    upload = await lasting(() => ask(`GET /${room}/{number}/evidence/{id}`, { path }), progress);
  }
  return upload.evidence;
}

/** Says that all parts were sent; undefined when the service misses one. */
async function completed({ room, number, ask }: FilesOf, id: string): Promise<EvidenceView | undefined> {
  try {
    return (await ask(`POST /${room}/{number}/evidence/{id}/complete`, { path: { number, id } })).evidence;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 409 && error.errors[0]?.field === 'id')
      return undefined;
    throw error;
  }
}

/** Tries until there is an answer that will not change by waiting. */
async function lasting<Answer>(attempt: () => Promise<Answer>, progress: Progress): Promise<Answer> {
  for (let wait = SHORTEST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      return await attempt();
    } catch (error) {
      const passing = error instanceof Unreachable || (error instanceof ApiProblem && error.isPassing);
      if (!passing) throw error;
      progress.halted();
      await pause(wait);
    }
  }
}

/** Waits so long, or until the network is back. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      removeEventListener('online', go);
      resolve();
    };
    const timer = setTimeout(go, ms);
    addEventListener('online', go);
  });
}

/** `XMLHttpRequest` because `fetch` does not tell how much was sent. */
function putPart(url: string, part: Blob, moved: (bytes: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.upload.addEventListener('progress', ({ loaded }) => moved(loaded));
    request.addEventListener('load', () => (request.status === 200 ? resolve() : reject(new NotTaken())));
    for (const event of ['error', 'abort', 'timeout']) {
      request.addEventListener(event, () => reject(new NotTaken()));
    }
    request.send(part);
  });
}

const MARK_BYTES = 64 * 1024;

/** A hash of the file's beginning and end; none where the browser has no hashes (without HTTPS). */
async function markOf(file: File): Promise<string | undefined> {
  if (!('subtle' in crypto)) return undefined;
  const ends = new Blob([file.slice(0, MARK_BYTES), file.slice(-MARK_BYTES)]);
  const hash = await crypto.subtle.digest('SHA-256', await ends.arrayBuffer());
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What the chooser of the phone offers: camera, pictures, films, sounds, documents. */
export const ACCEPTED = [
  'image/*',
  'video/*',
  'audio/*',
  'application/pdf',
  ...Object.values(EVIDENCE_TYPES).flatMap(({ endings }) => endings.map((ending) => `.${ending}`)),
].join(',');
