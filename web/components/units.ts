import type { ListedUnit } from '../api/answers.ts';
import { element } from './dom.ts';

/** A choice of units: those at the top, then each county with its stations. */
export function unitSelect(
  id: string,
  units: readonly ListedUnit[],
  root: string,
  chosen: string,
): HTMLSelectElement {
  const select = element('select', { id, name: id, lang: 'zh-CN' });
  const below = (parent: string) => units.filter((unit) => unit.parent === parent);
  const option = ({ code, name }: ListedUnit) =>
    element('option', { value: code, selected: code === chosen }, name);

  const top = units.find(({ code }) => code === root);
  if (top !== undefined) select.append(option(top));
  for (const unit of below(root)) {
    const stations = below(unit.code);
    if (stations.length === 0) select.append(option(unit));
    else select.append(element('optgroup', { label: unit.name }, option(unit), ...stations.map(option)));
  }
  return select;
}
