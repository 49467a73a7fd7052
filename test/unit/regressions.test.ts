import { describe, expect, test } from 'vitest';
import { statisticsQuery } from '../../events/statistics-query.ts';
import { submission } from '../../events/submission.ts';
import { report } from '../../functions/statistics-api/report.ts';
import { submit } from '../../functions/submit-complaint/submit.ts';
import type { Complaint } from '../../shared/case/case.ts';
import { isLocalDate } from '../../shared/dates.ts';
import { findStation } from '../../shared/jurisdiction/find-station.ts';
import { parseYuan } from '../../shared/money.ts';
import { createMemoryStatisticsStore } from '../../shared/store/memory-statistics-store.ts';
import { factsWith } from './businesses-support.ts';
import { BUSINESSES, bodyOf, house, MONDAY, message, registry, registryOf } from './support.ts';

/*
 * Faults that a review found and that were mended; each was a failing test first.
 */

const find = (business: Complaint['business']) => findStation({ business }, registry, '2026-11-16');
const stationOf = (business: Complaint['business']) => {
  const finding = find(business);
  return finding.found ? finding.unit : finding.reason;
};

describe('a case is never sent to a station by a guess', () => {
  const named = async (address: string) => {
    const facts = await factsWith({ name: '甲面馆', address }, BUSINESSES, registry);
    return findStation(facts, registry, '2026-11-16');
  };

  test('a shop in another city is not ours because a shop of ours has its name', async () => {
    expect(await named('杭州市西湖区测试路1号')).toMatchObject({ reason: 'address-not-found' });
  });

  test('a shop in one county is not in another because a registered one there has its name', async () => {
    expect(await named('鄞州区测试路1号')).toMatchObject({ reason: 'address-ambiguous' });
  });

  test('a township written in full counts more than a county in the name of a road', () => {
    expect(stationOf({ address: '姜山镇海曙路南门小区' })).not.toBe('33020301');
  });

  test('the name of a dish is no township: 南门小吃 may stand anywhere in the county', () => {
    expect(stationOf({ address: '海曙区测试路南门小吃店' })).toBe('address-ambiguous');
  });

  test('a postcode or a bracket before it does not make another city ours', () => {
    expect(stationOf({ address: '330000 杭州市西湖区古林镇' })).toBe('address-not-found');
  });

  test('a district of another city is not overlooked', () => {
    expect(stationOf({ address: '北京丰台区古林镇' })).not.toBe('33020302');
  });

  test('a division code that contradicts the address is for a person to decide', () => {
    expect(stationOf({ divisionCode: '330203105', address: '鄞州区姜山镇' })).toBe('address-ambiguous');
  });

  test('two townships of one station leave its officer open', () => {
    const forwards = find({ address: '古林镇与高桥镇交界处' });
    const backwards = findStation(
      { business: { address: '古林镇与高桥镇交界处' } },
      { ...registry, divisions: registry.divisions.toReversed() },
      '2026-11-16',
    );
    // The station is clear, the area is not: it must not depend on the order of the register.
    expect(forwards.found && forwards.area).toBe(backwards.found && backwards.area);
  });
});

describe('a case that is clear goes to its station', () => {
  test('a market is no city: 古林镇菜市场', () => {
    expect(stationOf({ address: '古林镇菜市场3号' })).toBe('33020302');
  });

  test('the province without its last character', () => {
    expect(stationOf({ address: '浙江宁波市海曙区古林镇' })).toBe('33020302');
  });

  test('a county code together with an address that names the township', () => {
    expect(stationOf({ divisionCode: '330203', address: '海曙区古林镇' })).toBe('33020302');
  });

  test('the code of our own city is not outside our area', () => {
    expect(stationOf({ divisionCode: '330200' })).toBe('address-ambiguous');
  });
});

const FROM = { address: '192.0.2.1' };

test('a repeated submission is told the station, as the first was', async () => {
  const deps = house();
  const first = await bodyOf(submit(message(), 'key-00000001', FROM, deps));
  const again = await bodyOf(submit(message(), 'key-00000001', FROM, deps));
  expect(again.handledBy).toEqual(first.handledBy);
});

test('nothing is asked of a table after a complaint is kept: an answer that fails then would be lost', async () => {
  const deps = house();
  let kept = false;
  const readsAfter: boolean[] = [];
  await submit(message(), 'key-00000001', FROM, {
    ...deps,
    cases: {
      ...deps.cases,
      commit: async (work) => {
        kept = true;
        return deps.cases.commit(work);
      },
    },
    registry: {
      ...registryOf(),
      read: async () => {
        readsAfter.push(kept);
        return registry;
      },
    },
  });
  expect(readsAfter).toEqual([false]);
});

test('the report of a month ends on a day that exists', async () => {
  const deps = {
    statistics: createMemoryStatisticsStore(),
    registry: registryOf(),
    now: () => new Date(MONDAY),
  };
  const { to } = await bodyOf(report(statisticsQuery.parse({ month: '2026-02' }), deps));
  expect(isLocalDate(to)).toBe(true);
});

describe('what people type', () => {
  const accepts = (text: string) =>
    submission(() => '2026-11-21').safeParse({ text, complainant: { name: '某甲', phone: '13800000000' } })
      .success;

  test('a comma that is no thousands separator is not swallowed: 12,34 is not 1234 yuan', () => {
    expect(parseYuan('12,34')).toBeUndefined();
  });

  test('a blank after 元 does no harm', () => {
    expect(parseYuan('300元 ')).toBe(30_000);
  });

  test('words that arrived in another encoding are broken characters', () => {
    expect(accepts('\ufffd\ufffd\ufffd')).toBe(false);
  });

  test('invisible characters are no complaint', () => {
    expect(accepts('\u200b\u200d\u3164')).toBe(false);
  });

  test('a tag that is never closed is markup: the page behind it closes it', () => {
    expect(accepts('<img src=x onerror=alert(1) ')).toBe(false);
  });
});
