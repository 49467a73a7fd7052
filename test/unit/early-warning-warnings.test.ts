import { describe, expect, test } from 'vitest';
import { type Alarm, markAlarm } from '../../shared/early-warning/alarm.ts';
import {
  draftConsumerWarning,
  nameBusiness,
  smsOf,
  textOf,
  type WarningDraft,
  warningNumber,
} from '../../shared/early-warning/consumer-warning.ts';
import { detect } from '../../shared/early-warning/detect.ts';
import { inspectionPlan } from '../../shared/early-warning/inspection-plan.ts';
import { SEASONS, seasonsOf } from '../../shared/early-warning/seasons.ts';
import { GYM, keyed, quietWeeks, series, signal, TODAY } from './early-warning-signals.ts';
import { COUNTY_A, calendar } from './support.ts';

const at = `${TODAY}T10:00:00.000Z`;
const names = (code: string) => (code === COUNTY_A ? { zh: '海曙区', en: 'Haishu District' } : undefined);
const burst = Array.from({ length: 6 }, (_, index) =>
  signal(TODAY, {
    business: GYM,
    cause: GYM,
    subject: '文化娱乐体育服务',
    problem: '合同',
    flags: index < 4 ? ['closing', 'refund'] : ['refund'],
    claimedFen: index * 100_000,
  }),
);
const signals = [...quietWeeks(), ...burst];
const [alarm] = detect({ day: TODAY, signals, calendar, earlier: [], at }) as [Alarm];

describe('a consumer warning', () => {
  const draft = draftConsumerWarning(alarm, signals, names);

  test('is made of figures: every sentence has one, and the cases that it counts', () => {
    expect(draft).toMatchObject({ alarm: alarm.id, alarmVersion: 1, from: TODAY, to: TODAY });
    expect(draft.title.zh).toBe('关于海曙区文化娱乐体育服务预付卡的消费提示');
    expect(draft.sentences.map(({ zh }) => zh)).toEqual([
      expect.stringMatching(/^2026-09-10收到同类投诉 6 件，过去 8 周同期几乎没有。$/),
      '其中 6 件反映退卡退费难：签约时请写明退费条件、手续费和期限。',
      '其中 6 件属于合同问题：签约前请逐条核对，口头承诺写进合同。',
      '其中 4 件反映停业、失联：办卡前请查看是否有停业公告，少充、短充，并保存合同和付款凭证。',
      '5 件写明诉求金额，合计 15,000.00 元。',
    ]);
    for (const { zh, en, cases } of draft.sentences) {
      expect(zh).toMatch(/\d/);
      expect(en).toMatch(/\d/);
      expect(cases.length).toBeGreaterThan(0);
    }
    expect(draft.sentences[3]?.cases).toEqual(burst.slice(0, 4).map(({ number }) => number));
  });

  test('names no business before a person decides it', () => {
    expect(textOf(draft).zh).not.toContain('涉及经营者');
    expect(() => nameBusiness(draft, { name: '某健身', by: 'head', why: '' })).toThrow(RangeError);
    const named = nameBusiness(draft, { name: '某健身有限公司', by: 'head', why: '已查实停业，仍在售卡' });
    expect(textOf(named).zh).toContain('涉及经营者：某健身有限公司。');
    expect(textOf(named).en).toContain('Business concerned: 某健身有限公司.');
  });

  test('has its number, and an SMS that says how to stop', () => {
    const published = { ...draft, year: '2026', serial: 3, at, by: 'head' };
    expect(warningNumber(published)).toEqual({ zh: '消费提示〔2026〕3号', en: 'Consumer warning 2026/3' });
    const { zh, en } = smsOf(published);
    expect(zh).toMatch(/^消费提示〔2026〕3号：关于海曙区.*。.*回复“退订”不再接收$/);
    expect(zh.length).toBeLessThanOrEqual(134);
    expect(en).toMatch(/Send STOP to opt out\.$/);
    expect(smsOf({ ...published, named: { name: '某健身', by: 'a', why: 'b' } }).zh).not.toContain('某健身');
  });

  test('gives no advice for what nobody told of', () => {
    const other: WarningDraft = draftConsumerWarning(
      { ...alarm, cases: [burst[5]?.number ?? ''] },
      signals,
      names,
    );
    expect(textOf(other).zh).not.toContain('停业');
  });
});

describe('seasons', () => {
  const named = (month: string) => seasonsOf(month).map(({ zh }) => zh);

  test('come by the month and by the moon', () => {
    expect(named('2026-09')).toEqual(['秋季开学', '中秋月饼', '国庆旅游', '重阳保健品']);
    expect(named('2026-02')).toEqual(
      expect.arrayContaining(['年货市场', '年夜饭、春节餐饮住宿', '元宵汤圆', '春耕农资', '冬季取暖']),
    );
    expect(seasonsOf('2026-09')[1]).toMatchObject({ festival: { on: '2026-09-25' }, to: '2026-09-25' });
    // Before an early Spring Festival the season begins in the year before.
    expect(named('2024-12')).toContain('年货市场');
    expect(named('2026-12')).toEqual(expect.arrayContaining(['冬季取暖', '年末预付卡']));
    expect(named('2027-01')).toEqual(expect.arrayContaining(['冬季取暖', '年末预付卡', '年货市场']));
  });

  test('leave no month without one', () => {
    for (let month = 1; month <= 12; month += 1) {
      expect(named(`2026-${String(month).padStart(2, '0')}`).length).toBeGreaterThan(0);
    }
    expect(new Set(SEASONS.map(({ zh }) => zh)).size).toBe(SEASONS.length);
  });
});

describe('the inspection plan of a month', () => {
  const lateAugust = '2026-08-31';
  const hot = keyed('a hot pot');
  const all = [
    ...quietWeeks(lateAugust),
    ...series(lateAugust, 4, 1, () => ({ business: hot, subject: '生活社会服务类' })),
    signal('2025-09-12', { subject: '食品类', division: COUNTY_A }),
  ];
  const gym = { ...alarm, lastDay: lateAugust };

  test('puts confirmed alarms first, then urgent ones, hot spots, and what the season brings, each with its figures', () => {
    const confirmed = markAlarm({ ...gym, id: '20260801-0123456789ab', key: keyed('b') }, 'true', {
      by: 'a',
      at,
      why: '查实',
    });
    const { items, from, to } = inspectionPlan('2026-09', [gym, confirmed], all, names);
    expect([from, to]).toEqual(['2026-08-02', '2026-08-31']);
    expect(items.slice(0, 3).map(({ source, target: { kind, key } }) => [source, kind, key])).toEqual([
      ['alarm', 'business', keyed('b')],
      ['alarm', 'business', GYM],
      ['hot-spot', 'business', hot],
    ]);
    expect(items[0]?.visits.zh).toBe('每月两次');
    expect(items[2]?.why.zh).toBe('2026-08-02至2026-08-31投诉 4 件，在 304 件中排在前列');
    const moonCakes = items.find(({ target }) => target.key === '中秋月饼');
    expect(moonCakes).toMatchObject({
      source: 'season',
      target: { name: { zh: '月饼生产企业、商超、酒店、网店' } },
      visits: { zh: '当季一次' },
    });
    expect(moonCakes?.why.zh).toMatch(/^2026-09-25中秋；相关类别上月 \d+ 件，去年同月 1 件，其中海曙区最多/);
  });

  test('leaves out what was judged false, and what an alarm names already', () => {
    const wrong = markAlarm(gym, 'false', { by: 'a', at, why: '无此事' });
    expect(
      inspectionPlan('2026-09', [wrong], all, names).items.some(({ source }) => source === 'alarm'),
    ).toBe(false);
    const named = inspectionPlan('2026-09', [{ ...gym, key: hot }], all, names).items;
    expect(named.filter(({ target }) => target.key === hot)).toHaveLength(1);
  });
});
