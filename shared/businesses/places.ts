import { type Registry, unitPathOf } from '../jurisdiction/registry.ts';
import type { Business } from './business.ts';

const made = new WeakMap<Registry['divisions'], string[]>();

/**
 * Places that may stand before the name of a business: city, counties and townships, of the first two also their short
 * names (宁波, 海曙). Short names of townships (城东, 新城) are the beginning of too many names. The same for list and question.
 */
export function placesOf({ city, divisions }: Pick<Registry, 'city' | 'divisions'>): string[] {
  const known = made.get(divisions);
  if (known !== undefined) return known;
  const upper = [city, ...new Set(divisions.map(({ county }) => county.name))];
  const names = [
    ...upper.flatMap((name) => [name, name.replace(/[市区县]$/, '')]),
    ...divisions.map(({ name }) => name),
  ];
  const places = [...new Set(names)].filter(({ length }) => length >= 2);
  made.set(divisions, places);
  return places;
}

/** Units that look after a business, from the bureau down to the station of its township; the bureau where that is unknown. */
export function unitPathOfBusiness(
  { division }: Pick<Business, 'division'>,
  { bureau, divisions, units }: Pick<Registry, 'bureau' | 'divisions' | 'units'>,
): string[] {
  const township = divisions.find(({ code }) => division.startsWith(code));
  return township === undefined ? [bureau] : unitPathOf(township.station, units);
}
