import type { Business } from '../../../shared/businesses/business.ts';
import { recogniseBusiness } from '../../../shared/businesses/business-of-case.ts';
import { placesOf } from '../../../shared/businesses/places.ts';
import type { Complaint, Kind } from '../../../shared/case/case.ts';
import type { LocalDate } from '../../../shared/dates.ts';
import { createReadComplaint } from '../../../shared/intake/read-complaint.ts';
import type { Division, Registry } from '../../../shared/jurisdiction/registry.ts';
import { createMemoryBusinessStore } from '../../../shared/store/business-store.ts';
import { readGazetteer } from '../../../shared/understanding/places/gazetteer.ts';
import { createJudges } from '../../../shared/understanding/understand.ts';
import type { Understood } from '../../../shared/understanding/understood.ts';
import { gazetteerBytes } from '../build-gazetteer/gazetteer-bytes.ts';
import type { SeededChance } from './chance.ts';

/** What somebody wrote, and what the system read in it. */
export interface MadeMessage {
  complaint: Complaint;
  understood: Understood;
}

/** Messages by kind, each read once: a case takes one of them. */
export type Messages = Readonly<Record<'complaint' | 'report' | 'inquiry', readonly MadeMessage[]>>;

/** Of each township so many. */
const OF_A_TOWNSHIP = { complaint: 12, report: 3, inquiry: 1 } as const;
/** Messages in a hundred that do not say where the business is: the dispatcher has to find out. */
const WITHOUT_PLACE = 8;
/** And those about a business of the register. */
const OF_THE_REGISTER = 12;

/** The same year of chance for everybody who writes; no sentence is anybody's. */
const GOODS = [
  ['家电城', '冰箱', 329_900, '送到家第三天就不制冷了，师傅来看过两次都说压缩机没问题'],
  ['数码店', '手机', 269_900, '说好是全新机，激活日期却是半年前，店家不肯换'],
  ['超市', '酸奶', 2_680, '回家发现已经过期四天，孩子喝了拉肚子，小票和瓶子都留着'],
  ['面馆', '外卖套餐', 4_200, '吃出一根铁丝，商家只肯退这一份的钱'],
  ['健身房', '三年卡', 480_000, '上个月去发现门锁了，贴了张内部装修的纸，教练说老板联系不上'],
  ['美容院', '护理套餐', 998_000, '做了两次脸上过敏，要求退剩下的钱，店里说活动卡不退'],
  ['培训班', '课程', 1_280_000, '报名时说随时可退，现在老师换了三个，要退费却扣一半手续费'],
  ['家具城', '沙发', 560_000, '收到的颜色和合同不一样，开裂了也不肯上门'],
  ['装修公司', '全屋定制柜门', 2_350_000, '工期拖了两个月，板材和合同写的牌子不一样'],
  ['汽车店', '保养', 86_000, '结账时多出三项没有说过的收费，价目表上也没有'],
  ['水果摊', '车厘子', 19_800, '回家一称少了六两，去找他说秤没有问题'],
  ['酒店', '房间', 45_800, '预订的大床房到店说没有了，不肯退差价'],
  ['服装店', '羽绒服', 89_900, '标的含绒量百分之九十，洗一次就结块，检测说只有六成'],
  ['眼镜店', '配镜', 128_000, '度数配错，戴了头晕，店里说要重新付镜片的钱'],
  ['药店', '保健品', 356_000, '宣传能降血压，停了药反而住院，要求退货'],
  ['驾校', '学车费', 420_000, '交了钱半年排不上课，现在又说要补缴场地费'],
] as const;
const VIOLATIONS = [
  ['餐厅', '后厨有老鼠，肉放在地上，冷柜里有过期的食材'],
  ['超市', '在卖没有生产日期的散装熟食，标签是后来贴的'],
  ['药店', '把保健食品当药卖，墙上写着能治糖尿病'],
  ['加油站', '每次加都比油表少，怀疑机器动过手脚'],
  ['工厂店', '卖的运动鞋都是假冒的，商标缝得歪歪扭扭'],
  ['直播间仓库', '发的货和执照上写的不是一家，没有食品经营许可'],
] as const;
const QUESTIONS = [
  '七天无理由退货，定做的窗帘算不算？',
  '预付卡的店关门了，应该先找谁？',
  '想问一下手机三包是从开发票那天算起吗？',
  '举报食品问题有没有奖励，要准备什么材料？',
] as const;
const FAMILY_NAMES = Array.from('赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜');

/** A family name followed by 示例: plainly nobody. */
export const nobody = (chance: SeededChance): string => `${chance.pick(FAMILY_NAMES)}示例`;

/**
 * Makes the messages of a year and reads each with the system's own understanding.
 * @param receivedOn a day of that year; the messages name no day
 */
export async function makeMessages(
  registry: Registry,
  businesses: readonly Business[],
  receivedOn: LocalDate,
  chance: SeededChance,
): Promise<Messages> {
  const judges = createJudges();
  const read = createReadComplaint(readGazetteer(gazetteerBytes()), async () => ({ judges }));
  const known = createMemoryBusinessStore(businesses, placesOf(registry));
  const made = async (count: number, kind: Kind, tell: (division: Division) => Complaint) => {
    const messages: MadeMessage[] = [];
    for (const division of registry.divisions) {
      for (let index = 0; index < count; index += 1) {
        const complaint = tell(division);
        const understood = await read({ complaint, receivedOn, channel: 'web' }, registry.bureau);
        const business =
          kind === 'inquiry'
            ? undefined
            : await recogniseBusiness({ complaint, understood, receivedOn }, known, registry);
        messages.push({ complaint, understood: { ...understood, business } });
      }
    }
    return messages;
  };
  return {
    complaint: await made(OF_A_TOWNSHIP.complaint, 'complaint', (division) =>
      aComplaint(division, registry, businesses, chance),
    ),
    report: await made(OF_A_TOWNSHIP.report, 'report', (division) => aReport(division, registry, chance)),
    inquiry: await made(OF_A_TOWNSHIP.inquiry, 'inquiry', () => ({
      text: chance.pick(QUESTIONS),
      business: {},
    })),
  };
}

function aComplaint(
  division: Division,
  { city }: Registry,
  businesses: readonly Business[],
  chance: SeededChance,
): Complaint {
  const [trade, goods, usual, story] = chance.pick(GOODS);
  const listed = businesses.filter(({ division: its }) => its.startsWith(division.county.code));
  const known = listed.length > 0 && chance.percent(OF_THE_REGISTER) ? chance.pick(listed) : undefined;
  const name =
    known?.aliases[0] ??
    known?.name ??
    `${shortOf(division)}${chance.pick(['阿', '老', '小', '新'])}样${trade}`;
  const paidFen = 100 * Math.max(1, Math.round((usual / 100) * (0.5 + chance.next())));
  const claimedFen = chance.percent(25) ? paidFen * 3 : paidFen;
  const where = chance.percent(WITHOUT_PLACE)
    ? undefined
    : (known?.address ?? addressIn(division, city, chance));
  return {
    text: `在${name}买${goods}，付了${paidFen / 100}元，${story}。打电话沟通过几次，一直没有结果。`,
    request: chance.pick(['退货退款', '更换', '退还剩余费用', '退一赔三', '赔偿损失并道歉']),
    business: where === undefined ? { name } : { name, address: where },
    paidFen,
    claimedFen,
    ...(chance.percent(60) ? { consents: { publish: true } } : {}),
  };
}

function aReport(division: Division, { city }: Registry, chance: SeededChance): Complaint {
  const [trade, violation] = chance.pick(VIOLATIONS);
  const name = `${shortOf(division)}${chance.pick(['阿', '老', '小', '新'])}例${trade}`;
  return {
    text: `举报${name}：${violation}。`,
    business: { name, address: addressIn(division, city, chance) },
  };
}

const shortOf = ({ name }: Division) => name.replace(/(?:街道|镇|乡)$/, '');
const addressIn = ({ county, name }: Division, city: string, chance: SeededChance) =>
  `${city}${county.name}${name}示例路${chance.between(1, 300)}号`;
