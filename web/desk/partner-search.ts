import type { Field } from '../../shared/case/fields.ts';
import type { CaseDetail } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { field } from '../components/form.ts';
import { problemText } from '../components/problem-text.ts';
import { say } from '../components/texts.ts';
import { DESK } from './desk.texts.ts';

const PAUSE_MS = 300;

/** A choice of rights stations and businesses: those that fit first, each with its reason; any by name or code. */
export function partnerSearch(
  id: string,
  spec: Field,
  { found, ask }: { found: CaseDetail; ask: Ask },
): HTMLElement {
  const search = element('input', {
    id: `${id}-find`,
    name: `${id}-find`,
    type: 'search',
    autocomplete: 'off',
  });
  const select = element('select', { id, name: id, size: 6, lang: 'zh-CN' });
  const problem = element('p', { class: 'error', role: 'status' });
  let asked = '';
  const look = async () => {
    const find = search.value.trim();
    asked = find;
    try {
      const query = find === '' ? {} : { find };
      const { partners } = await ask('GET /desk/cases/{number}/partners', {
        path: { number: found.number },
        query,
      });
      // An answer to what was typed before comes too late.
      if (asked !== find) return;
      const chosen = select.value;
      select.replaceChildren(
        ...partners.map(({ code, name, kind, why }) =>
          element(
            'option',
            { value: code },
            [name, say(kind), why === null ? undefined : say(why)].filter(Boolean).join(' · '),
          ),
        ),
      );
      select.value = chosen === '' && partners.length === 1 ? (partners[0]?.code ?? '') : chosen;
      problem.textContent = partners.length === 0 ? say(DESK.noPartner) : '';
    } catch (error) {
      problem.textContent = say(problemText(error));
    }
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  search.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), PAUSE_MS);
  });
  void look();
  return element(
    'div',
    { class: 'unit-search' },
    field(search, DESK.findPartner, { hint: DESK.findPartnerHint, mark: false }),
    problem,
    field(select, spec, { required: spec.required === true }),
  );
}
