import { element } from './dom.ts';
import { COMMON, language, type Pair, say } from './texts.ts';

export interface Link {
  href: string;
  text: Pair;
  current?: boolean;
}

/** The frame of every page. Returns the place for what the page is about. */
export function frame(links: readonly Link[], kind: 'narrow' | 'wide', ...tools: HTMLElement[]): HTMLElement {
  document.documentElement.lang = language() === 'zh' ? 'zh-CN' : 'en';
  const main = element('main', { id: 'main', tabindex: -1, class: kind });
  const skip = (event: Event) => {
    // The address after # says which part of the page is shown; skipping must not change it.
    event.preventDefault();
    main.focus();
  };
  document.body.replaceChildren(
    element('a', { class: 'skip', href: '#main', onclick: skip }, say(COMMON.skip)),
    element(
      'header',
      { class: 'top' },
      element(
        'div',
        { class: kind },
        element(
          'a',
          { class: 'brand', href: '/' },
          element('img', { src: '/favicon.svg', alt: '', width: 36, height: 36 }),
          element('span', {}, say(COMMON.brand), element('small', {}, say(COMMON.owner))),
        ),
        ...tools,
        languageSwitch(),
        element('nav', { 'aria-label': say(COMMON.pages) }, ...links.map(linkTo)),
      ),
    ),
    main,
    element(
      'footer',
      {},
      element(
        'div',
        { class: kind },
        element('p', {}, say(COMMON.footer)),
        element(
          'p',
          {},
          element('a', { href: '/' }, say(COMMON.file)),
          element('a', { href: '/figures' }, say(COMMON.figures)),
          element('a', { href: '/open-data' }, say(COMMON.openData)),
          element('a', { href: '/desk' }, say(COMMON.desk)),
          element('a', { href: '/openapi.json' }, say(COMMON.api)),
        ),
      ),
    ),
  );
  return main;
}

function linkTo({ href, text, current = false }: Link): HTMLElement {
  return element('a', { href, 'aria-current': current ? 'page' : undefined }, say(text));
}

function languageSwitch(): HTMLElement {
  const other = language() === 'zh' ? 'en' : 'zh';
  const change = (event: Event) => {
    event.preventDefault();
    const address = new URL(location.href);
    address.searchParams.set('lang', other);
    location.assign(address);
  };
  return element(
    'a',
    {
      class: 'language',
      href: `?lang=${other}`,
      lang: other === 'zh' ? 'zh-CN' : 'en',
      hreflang: other,
      onclick: change,
    },
    other === 'zh' ? '中文' : 'English',
  );
}

export function setTitle(title: string): void {
  document.title = `${title} · ${say(COMMON.brand)}`;
}

/** A word to those who do not see the screen change; one per page. */
const announcer = element('p', { class: 'unseen', 'aria-live': 'polite' });

export function announce(...words: (Node | string)[]): void {
  if (!announcer.isConnected) document.body.append(announcer);
  announcer.replaceChildren(...words);
}

/** Words that stay in their own language whatever the page's is: names, addresses, what people wrote. */
export function chinese(text: string, className?: string): HTMLElement {
  return element('span', { lang: 'zh-CN', class: className }, text);
}
