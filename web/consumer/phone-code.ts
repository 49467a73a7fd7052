import { ApiProblem, call } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { field } from '../components/form.ts';
import { announce } from '../components/page.ts';
import { COMMON, type Pair, say } from '../components/texts.ts';

const CODE = {
  label: { zh: '短信验证码', en: 'Code from the SMS' },
  hint: { zh: '六位数字，十分钟内有效', en: 'Six digits, good for ten minutes' },
  send: { zh: '获取验证码', en: 'Send me a code' },
  sent: {
    zh: '验证码已发到您的手机，一分钟后可以重新获取。',
    en: 'A code was sent to your phone; you can ask for another one in a minute.',
  },
  why: {
    zh: '本局请您先确认手机号码，防止别人冒用。填写的内容都还在。',
    en: 'This bureau asks you to confirm your mobile number, so that nobody uses it in your place. What you typed is still here.',
  },
} as const satisfies Record<string, Pair>;

/** Where the code is asked for and typed; hidden until the bureau wants one. */
export function phoneCode(phone: () => string) {
  const input = element('input', {
    id: 'phone-code',
    name: 'phone-code',
    inputmode: 'numeric',
    autocomplete: 'one-time-code',
    maxlength: 6,
  });
  const status = element('p', { class: 'hint', role: 'status' });
  const ask = async () => {
    try {
      await call('POST /phone-codes', { body: { phone: phone() } });
      status.textContent = say(CODE.sent);
    } catch (error) {
      const problem = error instanceof ApiProblem ? (error.errors[0] ?? error.title) : COMMON.unreachable;
      status.textContent = say(problem);
    }
    announce(status.textContent);
    input.focus();
  };
  const panel = element(
    'div',
    { class: 'notice', hidden: true },
    element('p', {}, say(CODE.why)),
    field(input, CODE.label, { hint: CODE.hint, required: true }),
    element('button', { type: 'button', onclick: () => void ask() }, say(CODE.send)),
    status,
  );
  return {
    panel,
    show: () => {
      panel.hidden = false;
    },
    /** As a header of the request, once one was typed. */
    headers: (): Record<string, string> =>
      input.value.trim() === '' ? {} : { 'x-phone-code': input.value.normalize('NFKC').replace(/\D/g, '') },
  };
}
