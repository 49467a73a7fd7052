import { element } from '../components/dom.ts';
import { frame } from '../components/page.ts';
import { COMMON, say } from '../components/texts.ts';
import { elderTools } from './elder.ts';
import { FILE } from './file.texts.ts';
import { type Filing, showFile, stepOfHash } from './file-complaint.ts';
import { clearTraces } from './own-traces.ts';

/*
 * The consumers' page: `#track` looks a case up, everything else files one. It works without a network (service-worker.ts).
 */

let filing: Filing | undefined;

function show(): void {
  const tracks = /^#track(?:\/|$)/.test(location.hash);
  const step = stepOfHash(location.hash);
  if (!tracks && filing?.isShown() === true) return filing.go(step);
  filing = undefined;
  const main = frame(
    [
      { href: '#file', text: COMMON.file, current: !tracks },
      { href: '#track', text: COMMON.track, current: tracks },
    ],
    'narrow',
    elderTools(),
  );
  main.after(clearing());
  if (tracks) showTracking(main);
  else filing = showFile(main, step);
}

function showTracking(place: HTMLElement): void {
  import('./track-case.ts').then(
    ({ showTrack }) => showTrack(place),
    () =>
      place.replaceChildren(
        element('h1', {}, say(COMMON.unreachable)),
        element('p', {}, say(FILE.lost)),
        element(
          'button',
          { type: 'button', class: 'primary', onclick: () => location.reload() },
          say(COMMON.tryAgain),
        ),
      ),
  );
}

/** What was cleared just now can be brought back from the next screen, and from no other. */
let bringBack: (() => void) | undefined;

/** On a phone that is not one's own one tap takes everything away; the next one brings it back, for a slip. */
function clearing(): HTMLElement {
  const restore = bringBack;
  bringBack = undefined;
  const anew = () => {
    filing = undefined;
    if (location.hash === '' || location.hash === '#file') show();
    else location.hash = 'file';
  };
  const clear = () => {
    bringBack = clearTraces();
    anew();
  };
  const undo = () => {
    restore?.();
    anew();
  };
  const [text, action, words] =
    restore === undefined ? [FILE.clearAllHint, clear, FILE.clearAll] : [FILE.cleared, undo, FILE.undo];
  return element(
    'div',
    { class: 'clearing narrow' },
    element('p', { class: 'hint', role: 'status' }, say(text)),
    element('button', { type: 'button', class: 'plain', onclick: action }, say(words)),
  );
}

addEventListener('hashchange', () => {
  show();
  if (filing?.isShown() === true) return;
  scrollTo(0, 0);
  document.getElementById('main')?.focus();
});
show();

if ('serviceWorker' in navigator) {
  // Nothing else waits for it.
  addEventListener(
    'load',
    () => void navigator.serviceWorker.register('/service-worker.js').catch(() => undefined),
  );
}
