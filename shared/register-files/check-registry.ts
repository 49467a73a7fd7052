import { type LocalDate, shanghaiDate } from '../dates.ts';
import type { Unit } from '../jurisdiction/registry.ts';
import { channelFor } from '../notices/reach.ts';
import { publicKeyOf } from '../partners/signed-request.ts';
import type { Check, Checked, Finding } from './check.ts';
import { COVERAGE } from './check-coverage.ts';
import { OF_RULES } from './check-rules.ts';

const ABOVE: Readonly<Record<Unit['kind'], readonly (Unit['kind'] | undefined)[]>> = {
  city: [undefined],
  county: ['city'],
  station: ['county'],
  department: ['city', 'county'],
  association: ['city', 'county'],
};

/** Whether the lists fit together. */
const STRUCTURE: readonly Check[] = [
  {
    fatal: true,
    zh: '代码重复',
    en: 'code occurs twice',
    find: ({ units, divisions, businesses = [], officers, rules, partners = [] }) => [
      ...repeated(rules.map(({ id }) => id)),
      ...repeated(partners.map(({ code }) => code)),
      ...repeated(units.map(({ code }) => code)),
      ...repeated(divisions.map(({ code }) => code)),
      ...repeated(businesses.map(({ creditCode }) => creditCode)),
      ...repeated(officers.map(({ id }) => id)),
    ],
  },
  {
    fatal: true,
    zh: '没有本市市局单位',
    en: 'the bureau itself is missing among the units, or there is more than one city bureau',
    find: ({ bureau, units }) => {
      const cities = units.filter(({ kind }) => kind === 'city').map(({ code }) => code);
      return cities.length === 1 && cities[0] === bureau ? [] : [bureau, ...cities];
    },
  },
  {
    fatal: true,
    zh: '上级单位不存在或者级别不对（所→区县局→市局）',
    en: 'the unit above is missing or of the wrong kind (station → county → city)',
    find: ({ units }) => {
      const kinds = new Map(units.map(({ code, kind }) => [code, kind]));
      return units
        .filter(({ kind, parent = '' }) => !ABOVE[kind].includes(kinds.get(parent)))
        .map(({ code }) => code);
    },
  },
  {
    fatal: true,
    zh: '乡镇街道对应的监管所不存在',
    en: 'township with a station that does not exist',
    find: ({ units, divisions }) => {
      const stations = new Set(units.filter(({ kind }) => kind === 'station').map(({ code }) => code));
      return divisions.filter(({ station }) => !stations.has(station)).map(({ code }) => code);
    },
  },
  {
    fatal: true,
    zh: '人员所在单位不存在',
    en: 'person of a unit that does not exist',
    find: ({ units, officers }) => {
      const codes = new Set(units.map(({ code }) => code));
      return officers.filter(({ unit }) => !codes.has(unit)).map(({ id }) => id);
    },
  },
  {
    fatal: true,
    zh: '乡镇街道代码应为九位，并以区县代码开头',
    en: 'township code without nine digits that begin with its county',
    find: ({ divisions }) =>
      divisions
        .filter(({ code, county }) => !/^\d{9}$/.test(code) || !code.startsWith(county.code))
        .map(({ code }) => code),
  },
  {
    fatal: true,
    zh: '维权服务站或者企业的公钥不是 Ed25519 公钥（SPKI，base64）',
    en: 'public key of a rights station or business that is no Ed25519 key (SPKI in base64)',
    find: ({ partners = [] }) =>
      partners
        .filter(({ keys }) => keys.some((key) => publicKeyOf(key) === undefined))
        .map(({ code }) => code),
  },
  {
    fatal: false,
    zh: '维权服务站或者企业没有手机和邮箱：通知要由人打电话',
    en: 'rights station or business without mobile and e-mail: its notices are told by hand',
    find: ({ partners = [] }) =>
      partners.filter((one) => channelFor(one).channel === 'by-hand').map(({ code }) => code),
  },
  {
    fatal: false,
    zh: '监管所没有辖区',
    en: 'station without a township: nothing is routed to it',
    find: ({ units, divisions }) => {
      const served = new Set(divisions.map(({ station }) => station));
      return units
        .filter(({ kind, code }) => kind === 'station' && !served.has(code))
        .map(({ code }) => code);
    },
  },
  {
    fatal: false,
    zh: '监管所没有承办人',
    en: 'station without an officer',
    find: ({ units, officers }) => {
      const staffed = new Set(officers.filter(({ role }) => role === 'officer').map(({ unit }) => unit));
      return units
        .filter(({ kind, code }) => kind === 'station' && !staffed.has(code))
        .map(({ code }) => code);
    },
  },
  {
    fatal: false,
    zh: '片区责任人不在人员名单中',
    en: 'area whose named officer is not on the list',
    find: ({ divisions, officers }) => {
      const ids = new Set(officers.map(({ id }) => id));
      return divisions.filter(({ area }) => !ids.has(area.officer)).map(({ area }) => area.code);
    },
  },
  {
    fatal: false,
    zh: '经营者所在乡镇街道不在名单中：不会按名称分送',
    en: 'business in an unknown township: not routed by its name',
    find: ({ divisions, businesses = [] }) => {
      const codes = new Set(divisions.map(({ code }) => code));
      // Three more digits name the village.
      return businesses
        .filter(({ division }) => !codes.has(division.slice(0, 9)))
        .map(({ creditCode }) => creditCode);
    },
  },
];

/**
 * Runs every check; returns those that found something.
 * @param on the day whose rules count as in force
 */
export function checkRegistry(registry: Checked, on: LocalDate = shanghaiDate(new Date())): Finding[] {
  return [...STRUCTURE, ...COVERAGE, ...OF_RULES]
    .map(({ find, ...check }) => ({ ...check, which: find(registry, on) }))
    .filter(({ which }) => which.length > 0);
}

function repeated(codes: readonly string[]): string[] {
  const groups = Map.groupBy(codes, (code) => code);
  return [...groups].filter(([, { length }]) => length > 1).map(([code]) => code);
}
