import { normalizePlace } from '../jurisdiction/place-words.ts';
import type { Precision } from '../jurisdiction/routing-rule.ts';
import type { Check } from './check.ts';
import { townshipsUnder } from './national-list.ts';

/** These say more closely than a township where something is. */
const CLOSER: readonly Precision[] = ['business', 'house', 'place', 'village', 'road'];

/** Whether the whole area has somebody in charge, and one only. */
export const COVERAGE: readonly Check[] = [
  {
    fatal: false,
    zh: '辖区内的乡镇街道没有监管所：发生在那里的要人工分派',
    en: 'township of the area that no station covers: its cases go to the dispatcher',
    find: ({ bureau, divisions }) => {
      const covered = new Set(divisions.map(({ code }) => code));
      return townshipsUnder(bureau)
        .filter(({ code }) => !covered.has(code))
        .map(({ code, name }) => `${code}${name}`);
    },
  },
  {
    fatal: false,
    zh: '乡镇街道有两个以上单位，又没有更具体的规则（门牌、市场、村、道路）',
    en: 'township with two units and no closer rule (house numbers, market, village, road): its cases stay open',
    find: ({ divisions, rules }) => {
      const closer = rules.filter(({ precision }) => CLOSER.includes(precision));
      const ofTownships = Map.groupBy(
        rules.filter(({ precision }) => precision === 'township'),
        ({ word }) => word,
      );
      return [...Map.groupBy(divisions, ({ code }) => code)].flatMap(([code, same]) => {
        const ruled = same.flatMap(({ name }) => ofTownships.get(normalizePlace(name)) ?? []);
        const own = ruled.filter(({ within }) => within === undefined || code.startsWith(within));
        const units = new Set([...same.map(({ station }) => station), ...own.map(({ unit }) => unit)]);
        const isParted = closer.some(
          ({ within, word }) => within?.startsWith(code) === true || word.startsWith(code),
        );
        return units.size > 1 && !isParted ? [`${code}(${[...units].join(' ')})`] : [];
      });
    },
  },
  {
    fatal: false,
    zh: '同名经营者在不同乡镇街道：只凭名称不会分派',
    en: 'businesses of one name in two townships: the name alone will not decide',
    find: ({ businesses = [] }) => {
      const places = new Map<string, Set<string>>();
      for (const { name, aliases, division } of businesses) {
        for (const one of new Set([name, ...aliases].map(normalizePlace))) {
          const known = places.get(one);
          if (known === undefined) places.set(one, new Set([division]));
          else known.add(division);
        }
      }
      return [...places].filter(([, divisions]) => divisions.size > 1).map(([name]) => name);
    },
  },
];
