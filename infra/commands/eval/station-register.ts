import type { Registry, Unit } from '../../../shared/jurisdiction/registry.ts';
import type { RoutingRule } from '../../../shared/jurisdiction/routing-rule.ts';
import type { Gazetteer } from '../../../shared/understanding/places/gazetteer.ts';

/** A place as the gazetteer has it. */
export interface Place {
  code: string;
  name: string;
}

const COUNTY_DIGITS = 6;
const COUNTY_LEVEL = 2;

/** The townships of a county. */
export function townshipsOf(county: string, gazetteer: Gazetteer): Place[] {
  const at = gazetteer.find(county);
  if (at < 0 || gazetteer.level(at) !== COUNTY_LEVEL) return [];
  return Array.from({ length: gazetteer.endOf(at) - at - 1 }, (_, index) =>
    placeAt(at + 1 + index, gazetteer),
  );
}

/** The county of this code with the city above it. */
export function countyWithCity(
  code: string,
  gazetteer: Gazetteer,
): { county: Place; city: Place } | undefined {
  const at = gazetteer.find(code.slice(0, COUNTY_DIGITS));
  if (at < 0 || gazetteer.level(at) !== COUNTY_LEVEL) return undefined;
  return { county: placeAt(at, gazetteer), city: placeAt(gazetteer.parent(at), gazetteer) };
}

const placeAt = (at: number, gazetteer: Gazetteer): Place => ({
  code: gazetteer.code(at),
  name: gazetteer.name(at),
});

/** A register with these stations below their counties. */
export function registerOf(
  { county, city }: { county: Place; city: Place },
  stations: readonly string[],
  townships: readonly (Place & { station: string })[],
  rules: readonly RoutingRule[] = [],
): Registry {
  const unit = (code: string, kind: Unit['kind'], parent?: string): Unit => ({
    code,
    kind,
    name: code,
    address: '',
    phone: '',
    ...(parent === undefined ? {} : { parent }),
  });
  return {
    version: 1,
    bureau: city.code,
    city: city.name,
    units: [
      unit(city.code, 'city'),
      unit(county.code, 'county', city.code),
      ...stations.map((code) => unit(code, 'station', county.code)),
    ],
    divisions: townships.map(({ code, name, station }) => ({
      code,
      name,
      county,
      station,
      area: { code: '', name: '', officer: '' },
    })),
    officers: [],
    rules,
  };
}
