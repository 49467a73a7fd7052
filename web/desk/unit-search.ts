import type { Action } from '../../shared/case/actions.ts';
import type { Field } from '../../shared/case/fields.ts';
import type { CaseDetail, ListedUnit } from '../api/answers.ts';
import { element } from '../components/dom.ts';
import { field } from '../components/form.ts';
import { say } from '../components/texts.ts';
import { DESK } from './desk.texts.ts';

/** A choice of units, narrowed by what is typed; those that the triage thought of stand first. */
export function unitSearch(
  id: string,
  spec: Field,
  { action, found, units }: { action: Action; found: CaseDetail; units: readonly ListedUnit[] },
): HTMLElement {
  const search = element('input', {
    id: `${id}-find`,
    name: `${id}-find`,
    type: 'search',
    autocomplete: 'off',
  });
  const select = element('select', { id, name: id, size: 8, lang: 'zh-CN' });
  const short = new Map(units.map(({ code, name }) => [code, name.replace(/市场监督管理局$/, '')]));
  const offered = (action === 'distribute' ? within(found, units) : units).map(({ code, name, parent }) => ({
    code,
    text: [name, parent === undefined ? undefined : short.get(parent), code].filter(Boolean).join(' · '),
  }));
  const suggested = new Set(candidatesOf(found));

  const narrow = () => {
    const chosen = select.value;
    const words = search.value.normalize('NFKC').trim().split(/\s+/);
    const fits = offered.filter(({ text }) => words.every((word) => text.includes(word)));
    const options = (wanted: boolean) =>
      fits
        .filter(({ code }) => suggested.has(code) === wanted)
        .map(({ code, text }) => element('option', { value: code }, text));
    const first = options(true);
    select.replaceChildren(
      ...(first.length > 0 ? [element('optgroup', { label: say(DESK.candidates) }, ...first)] : []),
      ...options(false),
    );
    select.value = fits.length === 1 ? (fits[0]?.code ?? '') : chosen;
  };
  search.addEventListener('input', narrow);
  search.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    if (select.selectedIndex < 0) select.selectedIndex = 0;
    select.focus();
  });
  narrow();
  return element(
    'div',
    { class: 'unit-search' },
    field(search, DESK.findUnit, { hint: DESK.findUnitHint, mark: false }),
    field(select, spec, { required: spec.required === true }),
  );
}

/** A case that lies with a unit goes down only: nothing is passed on sideways (Order 121 Art. 41). */
function within({ state, unitPath }: CaseDetail, units: readonly ListedUnit[]): ListedUnit[] {
  const here = unitPath.at(-1);
  if (state.code !== 'distributed') return units.filter(({ parent }) => parent !== undefined);
  const isBelow = (unit: ListedUnit | undefined): boolean =>
    unit?.parent !== undefined &&
    (unit.parent === here || isBelow(units.find(({ code }) => code === unit.parent)));
  return units.filter(isBelow);
}

function candidatesOf({ history }: CaseDetail): readonly string[] {
  const referred = [...history].reverse().find(({ type }) => type === 'referred');
  const candidates = referred?.facts.candidates;
  return Array.isArray(candidates) ? candidates.map(String) : [];
}
