import type { Hints } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { say } from '../components/texts.ts';
import { caseLink } from './step-values.ts';
import { WORK } from './work.texts.ts';

/** What to look at today, a line for each reason, its cases under it. */
export interface HintsStrip {
  panel: HTMLElement;
  refresh: () => Promise<void>;
}

export function hintsStrip(askAgain: Ask): HintsStrip {
  const list = element('ul', {});
  const summary = element('summary', {}, say(WORK.hints));
  const panel = element('details', { class: 'hints', hidden: true }, summary, list);
  let shown: Hints | undefined;
  let lookedAt = 0;
  return {
    panel,
    async refresh() {
      if (Date.now() - lookedAt < APART_MS) return;
      lookedAt = Date.now();
      const found = await askAgain('GET /desk/hints').catch(() => shown);
      if (found === undefined || found === shown) return;
      shown = found;
      const { hints } = found;
      panel.hidden = hints.length === 0;
      summary.replaceChildren(
        element('b', {}, say(WORK.hints)),
        ...hints.map((hint) =>
          element(
            'span',
            { class: `hint-count ${hint.id}` },
            say(SHORT[hint.id]),
            element('b', {}, ` ${hint.numbers.length}`),
          ),
        ),
      );
      list.replaceChildren(
        ...hints.map((hint) =>
          element(
            'li',
            { 'data-hint': hint.id },
            say(hint),
            element('span', { class: 'numbers' }, ...hint.numbers.map(caseLink)),
          ),
        ),
      );
    },
  };
}

/** Hints are drawn from up to five hundred cases: what is told for the day need not be asked for every few seconds. */
const APART_MS = 120_000;

/** The hint in two or three words, for the strip. */
const SHORT: Readonly<Record<Hints['hints'][number]['id'], { zh: string; en: string }>> = {
  overdue: { zh: '已逾期', en: 'overdue' },
  mentioned: { zh: '请您看', en: 'asks you' },
  'due-today': { zh: '今天到期', en: 'due today' },
  'due-tomorrow': { zh: '明天到期', en: 'due tomorrow' },
  'to-tell': { zh: '待告知', en: 'to be told' },
  'promise-near': { zh: '承诺快到期', en: 'promises near' },
  'testing-long': { zh: '检测中', en: 'in testing' },
  'not-begun': { zh: '未受理已久', en: 'not begun' },
  'to-close': { zh: '可以办结', en: 'can be closed' },
};
