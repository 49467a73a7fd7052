import type { AlarmView, Draft } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { clearErrors, errorSummary, field, showErrors, valueOf } from '../components/form.ts';
import { announce } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import { askOnce } from '../components/sure.ts';
import { COMMON, say } from '../components/texts.ts';
import { MANAGER } from './manager.texts.ts';

/** The consumer warning that grows out of an alarm: drafted from the figures, named by a person, published. */
export function warningPart(alarm: AlarmView, ask: Ask): HTMLElement {
  const part = element('section', { class: 'warning', 'aria-label': say(MANAGER.draftTitle) });
  const path = { id: alarm.id };

  const fail = (error: unknown) =>
    part.append(element('p', { class: 'failure', role: 'alert' }, say(problemText(error))));
  const show = (draft: Draft) => {
    part.replaceChildren(...draftOf(draft));
    announce(
      draft.number === null ? say(MANAGER.draftTitle) : say(MANAGER.published, { number: say(draft.number) }),
    );
  };
  const begin = () => void ask('POST /desk/alarms/{id}/warning', { path }).then(show, fail);
  part.append(element('button', { type: 'button', onclick: begin }, say(MANAGER.draft)));
  return part;

  function draftOf(draft: Draft): HTMLElement[] {
    const { title, text, named, number, version } = draft;
    const isOpen = number === null && alarm.actions.includes('publish');
    return [
      element(
        'h4',
        {},
        number === null ? say(MANAGER.draftTitle) : say(MANAGER.published, { number: say(number) }),
      ),
      words('zh-CN', say(MANAGER.inChinese), title.zh, text.zh),
      words('en', say(MANAGER.inEnglish), title.en, text.en),
      element(
        'p',
        { class: 'hint' },
        named === null
          ? say(MANAGER.notNamed)
          : element(
              'span',
              { lang: 'zh-CN' },
              MANAGER.named.zh.replace('{name}', named.name).replace('{why}', named.why),
            ),
      ),
      ...(isOpen
        ? [
            element('details', {}, element('summary', {}, say(MANAGER.nameIt)), nameForm(version)),
            askOnce(
              { button: MANAGER.publishWarning, question: MANAGER.sureWarning, yes: MANAGER.yesPublish },
              () => ask('POST /desk/alarms/{id}/warning/publish', { path, body: { version } }).then(show),
            ),
          ]
        : []),
    ];
  }

  function nameForm(version: number): HTMLFormElement {
    const id = (name: string) => `${name}-${alarm.id}`;
    const summary = errorSummary();
    const name = element('input', {
      id: id('name'),
      name: 'name',
      maxlength: 100,
      autocomplete: 'off',
      lang: 'zh-CN',
      value: alarm.name ?? '',
    });
    const why = element('textarea', {
      id: id('name-why'),
      name: 'name-why',
      rows: 2,
      maxlength: 500,
      lang: 'zh-CN',
    });
    const form = element(
      'form',
      { novalidate: true },
      summary,
      field(name, MANAGER.name, { required: true }),
      field(why, MANAGER.nameWhy, { required: true }),
      element('button', { type: 'submit' }, say(MANAGER.nameIt)),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      clearErrors(form, summary);
      const missing = ['name', 'name-why'].filter((one) => valueOf(form, one) === '');
      if (missing.length > 0) {
        showErrors(
          form,
          summary,
          missing.map((one) => ({ id: id(one), text: say(COMMON.missing) })),
        );
        return;
      }
      const body = { version, name: valueOf(form, 'name'), why: valueOf(form, 'name-why') };
      ask('POST /desk/alarms/{id}/warning/name', {
        path,
        body,
      }).then(show, (error: unknown) =>
        showErrors(form, summary, [{ id: id('name-why'), text: say(problemText(error)) }]),
      );
    });
    return form;
  }
}

function words(lang: string, heading: string, title: string, text: string): HTMLElement {
  return element(
    'details',
    { open: lang === 'zh-CN' },
    element('summary', {}, heading),
    element('div', { lang }, element('p', { class: 'due' }, title), element('p', { class: 'words' }, text)),
  );
}
