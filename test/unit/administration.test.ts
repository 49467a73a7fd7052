import { describe, expect, test } from 'vitest';
import { sampleRegistry } from '../../infra/local/sample-registry.ts';
import { makeCaseNumber } from '../../shared/case/case-number.ts';
import { shownMessage } from '../../shared/health/dead-message.ts';
import { monthCost } from '../../shared/health/month-cost.ts';
import { DEFAULT_SETTINGS } from '../../shared/law/bureau-settings.ts';
import { SETTINGS } from '../../shared/law/settings-catalogue.ts';
import { mayAdminister } from '../../shared/people/access.ts';
import { ROLES, type Role } from '../../shared/people/roles.ts';
import { compareRegisters } from '../../shared/register-files/compare-registers.ts';
import { gapsOf } from '../../shared/register-files/gaps.ts';
import { readRegisterFile } from '../../shared/register-files/read-register.ts';
import { workbookOf } from '../../shared/register-files/workbook.ts';

describe('of a message that was given up', () => {
  const raw = (body: unknown, attributes = {}) => ({
    id: 'a1',
    sentAt: '2026-11-22T03:00:00.000Z',
    attempts: 5,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes,
  });

  test('the case, the step and the code of the fault are shown', () => {
    const number = makeCaseNumber('2026-11-16', 1);
    expect(shownMessage(raw({ number, version: 4 }))).toMatchObject({
      case: number,
      version: 4,
      attempts: 5,
    });
    const scheduler = { ERROR_CODE: 'AWS.Scheduler.TooManyRequests', ERROR_MESSAGE: '张三 13800000001' };
    expect(shownMessage(raw({}, scheduler)).error).toBe('AWS.Scheduler.TooManyRequests');
    const stream = { requestContext: { requestId: 'r-1', condition: 'RetryAttemptsExhausted' } };
    expect(shownMessage(raw(stream))).toMatchObject({ error: 'RetryAttemptsExhausted', request: 'r-1' });
  });

  test.each([
    'no JSON at all: 张三 13800000001',
    { Message: '{"originationNumber":"13800000001","messageBody":"张三投诉"}' },
    { text: 'TEXT#13800000001' },
    { number: '13800000001', version: '张三' },
    { Records: [{ s3: { object: { key: 'calls/13800000001.json' } } }] },
    { requestContext: { condition: '张三 13800000001', requestId: '13800000001 张三' } },
    null,
    ['13800000001'],
  ])('nothing that people wrote is shown: %j', (body) => {
    const shown = JSON.stringify(shownMessage(raw(body, { ErrorMessage: '张三 13800000001' })));
    expect(shown).not.toContain('13800000001');
    expect(shown).not.toContain('张三');
  });
});

describe('the map of gaps', () => {
  const whole = sampleRegistry();
  const [one] = whole.divisions;
  const coverOf = (registry: typeof whole, on: string, code = one?.code) =>
    gapsOf(registry, on)
      .counties.flatMap(({ townships }) => townships)
      .find((township) => township.code === code)?.cover;

  test('shows each township of the city once, and who is in charge', () => {
    const { counties, units, rules } = gapsOf(whole, '2026-11-22');
    expect(counties).toHaveLength(10);
    expect(counties.flatMap(({ townships }) => townships)).toHaveLength(whole.divisions.length);
    expect({ units, rules }).toEqual({ units: [], rules: [] });
    expect(counties.every(({ stations, officers }) => stations > 0 && officers > 0)).toBe(true);
  });

  test('a township that the register leaves out has nobody', () => {
    const without = { ...whole, divisions: whole.divisions.filter(({ code }) => code !== one?.code) };
    expect(coverOf(without, '2026-11-22')).toBe('nobody');
  });

  test('a unit that has ended leaves its townships and rules, from the day after its last', () => {
    const units = whole.units.map((unit) =>
      unit.code === one?.station ? { ...unit, to: '2026-12-31' } : unit,
    );
    const rule = {
      id: 'r1',
      precision: 'road',
      word: '中山路',
      unit: one?.station ?? '',
      source: 'by-hand',
      kinds: ['complaint'],
    } as const;
    const ended = { ...whole, units, rules: [rule] };
    expect(coverOf(ended, '2026-12-31')).toBe('covered');
    expect(coverOf(ended, '2027-01-01')).toBe('ended');
    expect(gapsOf(ended, '2027-01-01').rules).toEqual([
      { id: 'r1', word: '中山路', unit: one?.station, kinds: ['complaint'] },
    ]);
    expect(gapsOf(ended, '2026-12-31').rules).toEqual([]);
  });

  test('two stations of one township are shown as shared; a station without people or hours is listed', () => {
    const other = whole.units.find(({ kind, code }) => kind === 'station' && code !== one?.station);
    const second = { ...one, station: other?.code } as NonNullable<typeof one>;
    expect(coverOf({ ...whole, divisions: [...whole.divisions, second] }, '2026-11-22')).toBe('shared');
    const bare = {
      ...whole,
      officers: whole.officers.filter(({ unit }) => unit !== one?.station),
      units: whole.units.map((unit) =>
        unit.code === one?.station ? { ...unit, phone: '', dutyHours: undefined } : unit,
      ),
    };
    expect(gapsOf(bare, '2026-11-22').units).toEqual([
      expect.objectContaining({ code: one?.station, lacks: ['head', 'officer', 'phone', 'dutyHours'] }),
    ]);
  });
});

describe('differences of two registers', () => {
  const before = sampleRegistry();

  test('there are none of one and the same', () => {
    expect(compareRegisters(before, before)).toEqual([]);
  });

  test('what came, went and changed is told by list, in the names of the columns', () => {
    const [unit, ...units] = before.units;
    const [officer, ...officers] = before.officers;
    const added = { ...officer, id: 'officer-new', name: '示例新人' } as (typeof before.officers)[number];
    const after = {
      ...before,
      units: [{ ...unit, phone: '0574-88880000' } as (typeof before.units)[number], ...units],
      officers: [...officers, added],
      settings: { ...before.settings, routingThreshold: 0.9 },
    };
    expect(compareRegisters(before, after)).toEqual([
      expect.objectContaining({
        list: 'units',
        changed: [
          expect.objectContaining({ id: unit?.code, fields: [expect.objectContaining({ zh: '电话' })] }),
        ],
      }),
      expect.objectContaining({
        list: 'officers',
        added: [{ id: 'officer-new', name: '示例新人' }],
        removed: [{ id: officer?.id, name: officer?.name }],
      }),
      expect.objectContaining({
        list: 'settings',
        changed: [
          expect.objectContaining({
            id: 'routingThreshold',
            fields: [{ zh: '值', en: 'value', before: '', after: '0.9' }],
          }),
        ],
      }),
    ]);
  });
});

describe('a file of the register', () => {
  test('goes out as a workbook and comes back the same', () => {
    const read = readRegisterFile(workbookOf({ ...sampleRegistry(), version: 3 }));
    expect(read.problems).toEqual([]);
    expect(compareRegisters(sampleRegistry(), read.document!)).toEqual([]);
    expect(read.document?.version).toBe(3);
  });

  test.each(['', '{', '[]', '{"bureau":1}', 'a,b\n1,2', 'PK\u0003\u0004', '\u0000\u0001'])(
    'that is none gives a reason in both languages: %j',
    (text) => {
      const { document, problems } = readRegisterFile(new TextEncoder().encode(text));
      expect(document).toBeUndefined();
      expect(problems[0]?.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(problems[0]?.en).not.toBe('');
    },
  );
});

test('the month’s cost is what was counted times the list price, with what is paid anyway', () => {
  expect(monthCost({}).microDollars).toBe(monthCost({}).fixedMicroDollars);
  const million = monthCost({ received: 1_000_000, handled: 1_000_000 });
  // As `npm run cost` says: 502.35 dollars for a million complaints.
  expect((million.microDollars - million.fixedMicroDollars) / 1e6).toBeCloseTo(502.35, 1);
  expect(million.smsMicroDollars / 1e6).toBeCloseTo(40_000, 0);
});

test('every setting of a bureau has its meaning', () => {
  expect(Object.keys(SETTINGS).sort()).toEqual(Object.keys(DEFAULT_SETTINGS).sort());
});

test('administrators of the bureau change, auditors look, nobody else does either', () => {
  for (const role of Object.keys(ROLES) as Role[]) {
    const staff = { id: 'x', role, unit: '330200' };
    expect(mayAdminister('see', staff, '330200')).toBe(role === 'administrator' || role === 'auditor');
    expect(mayAdminister('change', staff, '330200')).toBe(role === 'administrator');
    expect(mayAdminister('see', { ...staff, unit: '330203' }, '330200')).toBe(false);
  }
});
