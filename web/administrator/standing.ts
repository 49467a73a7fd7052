import type { RegisterOverview } from '../api/answers.ts';
import { element } from '../components/dom.ts';
import { longDate } from '../components/format.ts';
import { announce } from '../components/page.ts';
import { askOnce } from '../components/sure.ts';
import { type Pair, say } from '../components/texts.ts';
import { ADMINISTRATOR } from './administrator.texts.ts';
import { mayChange, type Signed } from './signed.ts';

/** Which version is in force, what waits, and the way back: for every part whose changes are versions of the register. */
export function standing(register: RegisterOverview['register'], signed: Signed): HTMLElement {
  const { version, before, next } = register;
  const go = async () => {
    await signed.ask('POST /administrator/register/back', { body: { register: version } });
    announce(say(ADMINISTRATOR.done));
    signed.again();
  };
  const filled = (pair: Pair): Pair => ({
    zh: pair.zh.replaceAll('{before}', String(before)),
    en: pair.en.replaceAll('{before}', String(before)),
  });
  const back = {
    button: filled(ADMINISTRATOR.backButton),
    question: filled(ADMINISTRATOR.backQuestion),
    yes: ADMINISTRATOR.backYes,
  };
  const withdraw = {
    button: ADMINISTRATOR.withdrawButton,
    question: ADMINISTRATOR.withdrawQuestion,
    yes: ADMINISTRATOR.withdrawYes,
  };
  return element(
    'div',
    { class: 'card standing' },
    element(
      'p',
      {},
      element('strong', {}, say(ADMINISTRATOR.version, { version })),
      ' ',
      say(ADMINISTRATOR.inForceHint),
    ),
    next !== null &&
      element('p', {}, say(ADMINISTRATOR.waiting, { version: next.version, from: longDate(next.from) })),
    mayChange(signed) && (next !== null || before !== null) && askOnce(next === null ? back : withdraw, go),
  );
}
