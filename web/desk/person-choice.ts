import type { Field } from '../../shared/case/fields.ts';
import type { CaseDetail, Colleague, ListedUnit } from '../api/answers.ts';
import { element } from '../components/dom.ts';
import { field } from '../components/form.ts';
import { say } from '../components/texts.ts';
import type { Colleagues } from './colleagues.ts';
import { DESK } from './desk.texts.ts';

const ON_CASES: readonly string[] = ['officer', 'head'];
const LEADERS: readonly string[] = ['manager', 'head'];

/** Who may be named in a field of a step: a leader from anywhere, all others from the units that have the case. */
function fitting(name: string, { unitPath, coUnits }: CaseDetail, colleagues: Colleagues): Colleague[] {
  if (name === 'leader') return colleagues.everybody().filter(({ role }) => LEADERS.includes(role));
  return colleagues.of([...unitPath, ...coUnits]).filter(({ role }) => ON_CASES.includes(role));
}

/** A choice of people by name, those of the unit that has the case first. */
export function personChoice(
  id: string,
  spec: Field,
  {
    found,
    units,
    colleagues,
    value,
  }: {
    found: CaseDetail;
    units: readonly ListedUnit[];
    colleagues: Colleagues;
    value: string | undefined;
  },
): HTMLElement {
  const offered = fitting(id.replace('step-', ''), found, colleagues);
  return field(peopleSelect(id, offered, { units, first: found.unitPath.at(-1), value }), spec, {
    required: spec.required === true,
  });
}

/** People under the names of their units. */
export function peopleSelect(
  id: string,
  people: readonly Colleague[],
  {
    units,
    first,
    value,
  }: { units: readonly ListedUnit[]; first?: string | undefined; value?: string | undefined },
): HTMLSelectElement {
  const codes = [...new Set(people.map(({ unit }) => unit))].sort(
    (one, other) => Number(other === first) - Number(one === first) || (one < other ? 1 : -1),
  );
  return element(
    'select',
    { id, name: id },
    element('option', { value: '' }, say(DESK.choose)),
    ...codes.map((code) =>
      element(
        'optgroup',
        { label: units.find((unit) => unit.code === code)?.name ?? code, lang: 'zh-CN' },
        ...people
          .filter(({ unit }) => unit === code)
          .map((one) => element('option', { value: one.id, selected: one.id === value }, one.name)),
      ),
    ),
  );
}
