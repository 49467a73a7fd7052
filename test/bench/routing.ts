import { findStation } from '../../shared/jurisdiction/find-station.ts';
import { type Registry, unitPathOf } from '../../shared/jurisdiction/registry.ts';
import { indexOf } from '../../shared/jurisdiction/registry-index.ts';
import type { RoutingRule } from '../../shared/jurisdiction/routing-rule.ts';

const SMALL = 100;
const LARGE = 10_000;
const STATIONS_OF_COUNTY = 10;
const ROUNDS = 40;
const PER_ROUND = 500;

/** Routing one case with a register of 100 and of 10,000 stations, townships, rules and businesses alike, in turn. */
export function routing() {
  const sizes = { small: prepared(SMALL), large: prepared(LARGE) };
  const times = { small: [] as number[], large: [] as number[] };
  for (let round = -5; round < ROUNDS; round += 1) {
    for (const size of ['small', 'large'] as const) {
      const { registry, addresses } = sizes[size];
      const began = performance.now();
      for (let index = 0; index < PER_ROUND; index += 1) {
        const business = { address: addresses[index % addresses.length] };
        send(business, registry);
      }
      // The first rounds only warm up.
      if (round >= 0) times[size].push(performance.now() - began);
    }
  }
  const [smallMs, largeMs] = [median(times.small), median(times.large)];
  return {
    stations: [SMALL, LARGE],
    rules: [sizes.small.registry.rules.length, sizes.large.registry.rules.length],
    firstCaseMs: [round2(sizes.small.firstMs), round2(sizes.large.firstMs)],
    perSecond: [perSecond(smallMs), perSecond(largeMs)],
    ratio: round2(largeMs / smallMs),
  };
}

/** What the triage asks the register of one case: its station, the units above, the officer of the area. */
function send(business: { address: string | undefined }, registry: Registry): void {
  const finding = findStation({ business }, registry, '2026-11-16');
  if (!finding.found) return;
  unitPathOf(finding.unit, registry.units);
  if (finding.area !== undefined) indexOf(registry).officerOf(finding.area);
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const perSecond = (ms: number) => Math.round((PER_ROUND * 1000) / ms);
const round2 = (value: number) => Math.round(value * 100) / 100;

/** A register with addresses to ask, spread over all of it; the first question makes its index. */
function prepared(stations: number) {
  const registry = register(stations);
  const step = Math.max(1, Math.floor(registry.divisions.length / 50));
  const asked = registry.divisions.filter((_, index) => index % step === 0);
  const addresses = asked.flatMap(({ county, name, code }) => [
    `${county.name}${name}中心路${Number(code) % 300}号`,
    `${county.name}中心路8号`,
    `${name}人民路8号某某百货`,
    `${county.name}${nameOf(Number(code) % 1000)}路18号`,
    `${nameOf(stations)}广场3楼甲面馆`,
  ]);
  const began = performance.now();
  for (const address of addresses) {
    const found = findStation({ business: { address } }, registry, '2026-11-16');
    // A measurement of questions without matches would say nothing.
    if (found.explanation.matches.length === 0) throw new Error(`nothing is known of ${address}`);
  }
  return { registry, addresses, firstMs: performance.now() - began };
}

const SYLLABLES = Array.from('安宝昌德恩福广和吉康丽明宁平庆荣盛泰万兴');

/** A name of four characters, another one for each number below 152,000. */
function nameOf(number: number): string {
  let [name, rest] = ['', number + SYLLABLES.length ** 3];
  for (; rest > 0; rest = Math.floor(rest / SYLLABLES.length)) name += SYLLABLES[rest % SYLLABLES.length];
  return name;
}

function register(stations: number): Registry {
  const units = Array.from({ length: stations }, (_, at) => {
    const county = String(100_000 + Math.floor(at / STATIONS_OF_COUNTY));
    return { code: `${county}${String(at % STATIONS_OF_COUNTY).padStart(2, '0')}`, county, at };
  });
  const counties = [...new Set(units.map(({ county }) => county))];
  const countyName = (code: string) => `${nameOf(Number(code))}县`;
  const townships = units.flatMap(({ code: station, county, at }) =>
    [0, 1, 2, 3].map((index) => ({
      code: `${county}${String((at % STATIONS_OF_COUNTY) * 4 + index).padStart(3, '0')}`,
      name: `${nameOf(at * 4 + index)}镇`,
      county: { code: county, name: countyName(county) },
      station,
      area: { code: `${station}1`, name: '', officer: '' },
    })),
  );
  const unit = { name: '', address: '', phone: '' };
  return {
    version: 1,
    bureau: '10',
    city: '例市',
    units: [
      { ...unit, code: '10', kind: 'city' },
      ...counties.map((code) => ({ ...unit, code, kind: 'county' as const, parent: '10' })),
      ...units.map(({ code, county }) => ({ ...unit, code, kind: 'station' as const, parent: county })),
    ],
    divisions: townships,
    rules: units.flatMap(({ code, county, at }) => rulesOf(code, county, at)),
    officers: [],
  };
}

/** By hand and learned; every county has a 中心路 of its own, as they do. */
function rulesOf(unit: string, within: string, at: number): RoutingRule[] {
  const rule = (id: string, word: string, more: Partial<RoutingRule> = {}): RoutingRule => ({
    id: `${id}-${unit}`,
    precision: 'road',
    word,
    unit,
    source: 'by-hand',
    ...more,
  });
  const from = (at % STATIONS_OF_COUNTY) * 20 + 1;
  const learned = { source: 'learned', seen: { here: 20, elsewhere: 0 } } as const;
  return [
    rule('own', `${nameOf(at)}路`),
    rule('mall', `${nameOf(at + 1)}广场`, { precision: 'place' }),
    rule('house', '中心路', { precision: 'house', within, numbers: { from, to: from + 19 } }),
    rule('road', `${nameOf(at)}街`, learned),
    rule('market', `${nameOf(at)}市场`, { ...learned, precision: 'place' }),
    rule('shop', `${nameOf(at)}百货`, { ...learned, precision: 'shop' }),
  ];
}
