import { element } from '../components/dom.ts';
import { keep, kept } from '../components/storage.ts';
import { language, type Pair, say } from '../components/texts.ts';

/*
 * 长者版: large letters, few words, one thing on the screen, and a voice that reads it. It is the same page.
 */

const ELDER = {
  on: { zh: '长者版', en: 'Large' },
  off: { zh: '标准版', en: 'Standard' },
  read: { zh: '读给我听', en: 'Read aloud' },
  stop: { zh: '停止朗读', en: 'Stop reading' },
} as const satisfies Record<string, Pair>;

const KEY = 'elder';
const VOICES = { zh: 'zh-CN', en: 'en-GB' } as const;
/** A little slower than people talk. */
const RATE = 0.9;

const isOn = () => kept('localStorage', KEY) === true;

/** The switch of the large version, which is remembered, and the button that reads the page. */
export function elderTools(): HTMLElement {
  const root = document.documentElement;
  const turn = element('button', { type: 'button', class: 'elder-switch' });
  const show = () => {
    root.classList.toggle('elder', isOn());
    turn.textContent = say(isOn() ? ELDER.off : ELDER.on);
  };
  turn.addEventListener('click', () => {
    keep('localStorage', KEY, !isOn());
    show();
  });
  show();
  return element('div', { class: 'elder-tools' }, 'speechSynthesis' in window && reader(), turn);
}

function reader(): HTMLElement {
  const button = element('button', { type: 'button', class: 'read-aloud' }, say(ELDER.read));
  const voice = window.speechSynthesis;
  const rest = () => {
    button.textContent = say(ELDER.read);
  };
  button.addEventListener('click', () => {
    if (voice.speaking) {
      voice.cancel();
      return rest();
    }
    const words = new SpeechSynthesisUtterance(spoken());
    words.lang = VOICES[language()];
    words.rate = RATE;
    words.addEventListener('end', rest);
    words.addEventListener('error', rest);
    button.textContent = say(ELDER.stop);
    voice.speak(words);
  });
  // Another screen, another text.
  addEventListener('hashchange', () => {
    voice.cancel();
    rest();
  });
  return button;
}

/** What is to be seen, and what was typed. */
function spoken(): string {
  const main = document.getElementById('main');
  const typed = [...(main?.querySelectorAll<HTMLTextAreaElement>('textarea') ?? [])]
    .filter((one) => one.offsetParent !== null)
    .map(({ value }) => value);
  return [main?.innerText ?? '', ...typed].join('。');
}
