/*
 * Keeps the page itself on the phone, so that it opens and is fast without a good network. No answer of the API and
 * nothing that people write is ever kept here: that stands in the storage of the page, where one tap takes it away.
 */

/** Put in by infra/constructs/bundle-pages.ts: paths of the page's files, and a name that changes with them. */
declare const SHELL_FILES: readonly string[];
declare const SHELL_NAME: string;

/** What of a service worker is used here: its types and those of pages exclude each other. */
interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  addEventListener(type: 'install' | 'activate', listen: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', listen: (event: Asked) => void): void;
}
const worker = self as unknown as Worker;

/** So long a network may take before what is kept is shown. */
const PATIENCE_MS = 3_000;

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL_NAME).then((cache) => cache.addAll([...SHELL_FILES])));
});

worker.addEventListener('activate', (event) => {
  const older = caches.keys().then((names) => names.filter((name) => name !== SHELL_NAME));
  event.waitUntil(older.then((names) => Promise.all(names.map((name) => caches.delete(name)))));
});

worker.addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== location.origin || !SHELL_FILES.includes(pathname)) return;
  event.respondWith(answer(event.request, pathname));
});

/** From the network where it is quick, else what is kept: the page is the same for every address behind its `?`. */
async function answer(request: Request, pathname: string): Promise<Response> {
  const kept = await caches.match(pathname);
  if (kept === undefined) return fetch(request);
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
  const fresh = fetch(request).then(
    (response) => (response.ok ? response : kept),
    () => kept,
  );
  return Promise.race([fresh, late]);
}
