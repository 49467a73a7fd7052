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

/** On a phone that is not one's own one tap takes everything away; the next one brings it back, for a slip. */
function clearing(): HTMLElement {
  const place = element('div', { class: 'clearing narrow' });
  const clear = () => {
    const restore = clearTraces();
    filing = undefined;
    if (location.hash === '' || location.hash === '#file') show();
    else location.hash = 'file';
    const undo = () => {
      restore();
      filing = undefined;
      show();
    };
    setTimeout(() => {
      document
        .querySelector('.clearing')
        ?.replaceChildren(
          element('p', { role: 'status' }, say(FILE.cleared)),
          element('button', { type: 'button', class: 'plain', onclick: undo }, say(FILE.undo)),
        );
    });
  };
  place.append(
    element('span', { class: 'hint' }, say(FILE.clearAllHint)),
    element('button', { type: 'button', class: 'plain', onclick: clear }, say(FILE.clearAll)),
  );
  return place;
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
