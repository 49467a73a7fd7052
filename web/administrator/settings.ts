import type { Settings, SettingView } from '../api/answers.ts';
import type { BodyOf } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { field } from '../components/form.ts';
import { announce } from '../components/page.ts';
import { askOnce } from '../components/sure.ts';
import { say } from '../components/texts.ts';
import { ADMINISTRATOR } from './administrator.texts.ts';
import { failed, mayChange, type Signed, table } from './signed.ts';
import { standing } from './standing.ts';

/** What the bureau sets, by what it is about, each with its meaning, unit, default and value. */
export async function settingsView(signed: Signed): Promise<Node[]> {
  const all = await signed.ask('GET /administrator/settings');
  const place = element('div', { class: 'editing' });
  return [
    element('p', { class: 'hint' }, say(ADMINISTRATOR.settingsHint)),
    standing(all.register, signed),
    place,
    ...all.groups.flatMap((group) => {
      // Campaigns have a part of their own.
      const own = all.settings.filter(({ group: of, name }) => of === group.code && name !== 'campaigns');
      return [element('h3', {}, say(group)), settingTable(say(group), own, place, all, signed)];
    }),
    element('h3', {}, say(ADMINISTRATOR.fixedNumbers)),
    element('p', { class: 'hint' }, say(ADMINISTRATOR.fixedHint)),
    table(
      ADMINISTRATOR.fixedNumbers,
      [
        [ADMINISTRATOR.setting, (one) => say(one)],
        [ADMINISTRATOR.value, ({ value, unit }) => `${value} (${say(unit)})`],
      ],
      all.fixed,
    ),
  ];
}

function settingTable(
  label: string,
  settings: readonly SettingView[],
  place: HTMLElement,
  all: Settings,
  signed: Signed,
): HTMLElement {
  return table(
    label,
    [
      [
        ADMINISTRATOR.setting,
        (one) =>
          element(
            'span',
            {},
            say(one),
            element('br'),
            element('span', { class: 'small' }, say(one.meaning), one.unit && ` (${say(one.unit)})`),
          ),
      ],
      [
        ADMINISTRATOR.value,
        (one) =>
          element(
            'span',
            {},
            element('pre', {}, shown(one.value)),
            one.own && element('span', { class: 'tag' }, say(ADMINISTRATOR.own)),
            mayChange(signed) &&
              element(
                'button',
                {
                  type: 'button',
                  class: 'plain',
                  'aria-label': say(ADMINISTRATOR.edit, { name: say(one) }),
                  onclick: () => edit(one, place, all, signed),
                },
                say(ADMINISTRATOR.editShort),
              ),
          ),
      ],
      [ADMINISTRATOR.default, (one) => element('pre', {}, shown(one.default))],
    ],
    settings,
    ({ name }) => name,
  );
}

/** Lists line by line, fields with their names: nobody has to read brackets. */
function shown(value: unknown): string {
  if (typeof value === 'boolean') return say(value ? ADMINISTRATOR.true : ADMINISTRATOR.false);
  if (Array.isArray(value))
    return value.map((one) => shown(one).replaceAll('\n', ' · ')).join('\n') || say(ADMINISTRATOR.none);
  if (typeof value !== 'object' || value === null) return String(value);
  const parts = Object.entries(value).map(([name, one]) => `${name} ${shown(one).replaceAll('\n', '; ')}`);
  return parts.join('\n') || say(ADMINISTRATOR.none);
}

/** Sets one setting; the part is shown anew with what stands then. */
export async function changeSetting(
  body: BodyOf<'POST /administrator/settings'>,
  signed: Signed,
): Promise<void> {
  await signed.ask('POST /administrator/settings', { body });
  announce(say(ADMINISTRATOR.done));
  signed.again();
}

function edit(one: SettingView, place: HTMLElement, { register }: Settings, signed: Signed): void {
  const isTruth = typeof one.value === 'boolean';
  const isNumber = typeof one.value === 'number';
  const control = isTruth
    ? element(
        'select',
        { id: 'setting-value' },
        ...[true, false].map((value) =>
          element('option', { value: String(value), selected: value === one.value }, shown(value)),
        ),
      )
    : isNumber
      ? element('input', { id: 'setting-value', type: 'number', step: 'any', value: String(one.value) })
      : element('textarea', { id: 'setting-value', rows: 5, spellcheck: 'false' });
  if (!isTruth && !isNumber) control.value = JSON.stringify(one.value, undefined, 1);
  const said = element('div', {});
  const send = (value: unknown) =>
    changeSetting({ register: register.version, name: one.name, value }, signed);
  const form = element(
    'form',
    { class: 'card', novalidate: true },
    element('h3', {}, say(one)),
    element('p', { class: 'hint' }, say(one.meaning)),
    field(control, isTruth || isNumber ? ADMINISTRATOR.newValue : jsonLabel, { mark: false }),
    element(
      'div',
      { class: 'buttons' },
      element('button', { type: 'submit', class: 'primary' }, say(ADMINISTRATOR.save)),
      element('button', { type: 'button', onclick: () => place.replaceChildren() }, say(ADMINISTRATOR.close)),
    ),
    one.own && askOnce(toDefault(one), () => send(null)),
    said,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    let value: unknown;
    try {
      value = JSON.parse(control.value);
    } catch {
      said.replaceChildren(element('p', { class: 'failure', role: 'alert' }, say(ADMINISTRATOR.notJson)));
      return;
    }
    send(value).catch((error: unknown) => said.replaceChildren(failed(error)));
  });
  place.replaceChildren(form);
  control.focus();
}

const jsonLabel = {
  zh: ADMINISTRATOR.newValue.zh + ADMINISTRATOR.asJson.zh,
  en: `${ADMINISTRATOR.newValue.en} ${ADMINISTRATOR.asJson.en}`,
};
const toDefault = (one: SettingView) => ({
  button: ADMINISTRATOR.toDefault,
  question: {
    zh: ADMINISTRATOR.toDefaultQuestion.zh.replace('{value}', shown(one.default)),
    en: ADMINISTRATOR.toDefaultQuestion.en.replace('{value}', shown(one.default)),
  },
  yes: ADMINISTRATOR.toDefault,
});
