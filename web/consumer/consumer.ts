import { frame } from '../components/page.ts';
import { COMMON } from '../components/texts.ts';
import { showFile } from './file-complaint.ts';
import { showTrack } from './track-case.ts';

/** The consumers' page: `#track` looks a case up, everything else files one. */
function show(): void {
  const tracks = /^#track(?:\/|$)/.test(location.hash);
  const main = frame(
    [
      { href: '#file', text: COMMON.file, current: !tracks },
      { href: '#track', text: COMMON.track, current: tracks },
    ],
    'narrow',
  );
  if (tracks) showTrack(main);
  else showFile(main);
}

addEventListener('hashchange', () => {
  show();
  scrollTo(0, 0);
  document.getElementById('main')?.focus();
});
show();
