import type { LocalDate } from '../dates.ts';
import { byCode, type Registry, type Unit } from '../jurisdiction/registry.ts';
import { isInForce } from '../jurisdiction/routing-rule.ts';
import { countiesUnder, townshipsUnder } from './national-list.ts';

/** How a township stands: one station is in charge, several are, none in force is, or nobody was ever named. */
type Cover = 'covered' | 'shared' | 'ended' | 'nobody';

export interface Gaps {
  on: LocalDate;
  counties: {
    code: string;
    name: string;
    stations: number;
    officers: number;
    townships: { code: string; name: string; cover: Cover; units: { code: string; name: string }[] }[];
  }[];
  /** Units in force, each with what it lacks. */
  units: { code: string; name: string; kind: Unit['kind']; lacks: Lack[] }[];
  /** Rules in force for units that are not. */
  rules: { id: string; word: string; unit: string; kinds: string[] }[];
}

export const LACKS = {
  head: { zh: '没有负责人', en: 'no head' },
  officer: { zh: '没有承办人', en: 'no officer' },
  phone: { zh: '没有电话', en: 'no phone' },
  dutyHours: { zh: '没有值班时间', en: 'no duty hours' },
  address: { zh: '没有地址', en: 'no address' },
  townships: { zh: '没有辖区', en: 'no township' },
} as const;
type Lack = keyof typeof LACKS;

/** Where nobody is in charge on a day: townships by the national list and the register, units that lack something, rules. */
export function gapsOf(registry: Registry, on: LocalDate): Gaps {
  const { bureau, units, divisions, officers, rules } = registry;
  const known = byCode(units);
  const inForce = (code: string) => {
    const unit = known.get(code);
    return unit !== undefined && isInForce(unit, on);
  };
  const ofTownship = Map.groupBy(divisions, ({ code }) => code);
  const ofUnit = Map.groupBy(officers, ({ unit }) => unit);
  const named = new Map([
    ...townshipsUnder(bureau).map(({ code, name }) => [code, name] as const),
    // Development zones and new townships are not in the national list.
    ...divisions.map(({ code, name }) => [code, name] as const),
  ]);
  const townships = [...named].map(([code, name]) => {
    const stations = [...new Set((ofTownship.get(code) ?? []).map(({ station }) => station))];
    const now = stations.filter(inForce);
    const cover: Cover =
      stations.length === 0 ? 'nobody' : now.length === 0 ? 'ended' : now.length === 1 ? 'covered' : 'shared';
    const county = ofTownship.get(code)?.[0]?.county.code ?? code.slice(0, 6);
    const shown = (now.length === 0 ? stations : now).map((unit) => ({
      code: unit,
      name: known.get(unit)?.name ?? unit,
    }));
    return { county, township: { code, name, cover, units: shown } };
  });
  const countyNames = new Map([
    ...countiesUnder(bureau).map(({ code, name }) => [code, name] as const),
    ...divisions.map(({ county }) => [county.code, county.name] as const),
  ]);
  const serving = new Set(divisions.map(({ station }) => station));

  return {
    on,
    counties: [...Map.groupBy(townships, ({ county }) => county)]
      .map(([code, own]) => {
        const stations = new Set(
          own.flatMap(({ township }) => township.units.map((unit) => unit.code)).filter(inForce),
        );
        return {
          code,
          name: countyNames.get(code) ?? code,
          stations: stations.size,
          officers: [...stations].reduce((sum, unit) => sum + (ofUnit.get(unit)?.length ?? 0), 0),
          townships: own.map(({ township }) => township).sort((a, b) => (a.code < b.code ? -1 : 1)),
        };
      })
      .sort((a, b) => (a.code < b.code ? -1 : 1)),
    units: units
      .filter((unit) => isInForce(unit, on))
      .map((unit) => ({
        code: unit.code,
        name: unit.name,
        kind: unit.kind,
        lacks: lacksOf(
          unit,
          (ofUnit.get(unit.code) ?? []).map(({ role }) => role),
          serving,
        ),
      }))
      .filter(({ lacks }) => lacks.length > 0),
    rules: rules
      .filter((rule) => isInForce(rule, on) && !inForce(rule.unit))
      .map(({ id, word, unit, kinds = [] }) => ({ id, word, unit, kinds: [...kinds] })),
  };
}

function lacksOf(unit: Unit, roles: readonly string[], serving: ReadonlySet<string>): Lack[] {
  const isStation = unit.kind === 'station';
  const lacks: Readonly<Record<Lack, boolean>> = {
    head: isStation && !roles.includes('head'),
    officer: isStation && !roles.some((role) => role === 'officer' || role === 'head'),
    phone: unit.phone.trim() === '',
    dutyHours: isStation && (unit.dutyHours ?? '') === '',
    address: unit.address.trim() === '',
    townships: isStation && !serving.has(unit.code),
  };
  return (Object.keys(lacks) as Lack[]).filter((lack) => lacks[lack]);
}
