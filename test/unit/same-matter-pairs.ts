import type { Matter } from '../../shared/matter/same-matter.ts';

/*
 * Pairs of complaints of our own invention. `same`: one dispute, told twice. Of each group half are hard: the same
 * business and much the same words about another purchase, or one matter in quite other words. Odd rows were looked at
 * while the rules were made, even rows were not (same-matter.test.ts).
 */

type Half = Partial<Omit<Matter, 'number' | 'person' | 'business'>> & {
  text: string;
  /** Name, phone, address of the business. */
  at?: string;
  tel?: string;
  where?: string;
  /** Another person with the same phone, or with another phone. */
  who?: 'other-name' | 'other-phone' | 'no-name';
};
export type Pair = [label: 'same' | 'other', one: Half, other: Half];

const day = (n: number) => `2026-11-${String(n).padStart(2, '0')}T02:00:00.000Z`;

/** A half as the rules see it. */
export function half(h: Half, number: string): Matter {
  const { at, tel, where, who, ...rest } = h;
  const name = who === 'other-name' ? 'name-2' : 'name-1';
  return {
    number,
    receivedAt: day(10),
    person: {
      phone: who === 'other-phone' ? 'phone-2' : 'phone-1',
      ...(who === 'no-name' ? {} : { name }),
    },
    business: { name: at, phone: tel, address: where },
    ...rest,
  };
}

export const PAIRS: readonly Pair[] = [
  // One dispute by two channels.
  [
    'same',
    {
      text: '在喜悦超市买的牛奶已经过期三天，孩子喝了拉肚子，要求退款58元并赔偿',
      at: '喜悦超市',
      paidFen: 5800,
    },
    {
      text: '喜悦超市卖过期牛奶，花了58元，孩子喝完拉肚子',
      at: '喜悦超市',
      paidFen: 5800,
      receivedAt: day(11),
      who: 'no-name',
    },
  ],
  [
    'same',
    {
      text: '十月份在云朵健身办卡4800元，现在门店关门联系不上，要求退还余额',
      at: '云朵健身',
      paidFen: 480000,
    },
    {
      text: '云朵健身跑路了，我的年卡4800块怎么办，门都锁了',
      at: '云朵健身俱乐部',
      paidFen: 480000,
      receivedAt: day(12),
    },
  ],
  [
    'same',
    { text: '订单号202611050012345678，买的电饭煲漏电，商家不给换', at: '好物电器' },
    {
      text: '好物电器电饭煲漏电的事，单号202611050012345678，请尽快处理',
      at: '好物电器',
      receivedAt: day(20),
    },
  ],
  [
    'same',
    { text: '网上买羽绒服掉毛严重，订单号 884422110099，要求退货', at: '暖冬服饰' },
    { text: '衣服一直掉毛，店家不认，订单884422110099', receivedAt: day(13) },
  ],
  [
    'same',
    {
      text: '装修公司收了定金20000元后一直不开工，要求退还定金',
      at: '宁波匠心装饰有限公司',
      paidFen: 2000000,
    },
    {
      text: '匠心装饰收了我两万定金不开工，拖了两个月',
      at: '匠心装饰',
      paidFen: 2000000,
      receivedAt: day(14),
    },
  ],
  [
    'same',
    {
      text: '在海风酒店订房退订不给退688元，客服说平台规定',
      at: '海风酒店',
      paidFen: 68800,
      day: '2026-11-01',
    },
    { text: '海风酒店不肯退房费688元', at: '海风酒店', paidFen: 68800, day: '2026-11-01', who: 'no-name' },
  ],
  [
    'same',
    { text: '买的二手车里程表被调过，付了65000元，要求退一赔三', at: '顺达汽车', paidFen: 6500000 },
    {
      text: '顺达汽车卖我的二手车是调表车，65000元买的，里程表不对',
      at: '顺达汽车',
      paidFen: 6500000,
      receivedAt: day(16),
    },
  ],
  [
    'same',
    { text: '美容院诱导消费，做脸办卡花了9800元后皮肤过敏红肿', at: '花语美容', paidFen: 980000 },
    {
      text: '在花语美容做脸过敏红肿，办卡的9800元不给退',
      at: '花语美容',
      paidFen: 980000,
      receivedAt: day(12),
    },
  ],
  [
    'same',
    {
      text: '热水器装好第三天就漏水，把地板泡坏了，商家一直推脱，不换也不退',
      at: '样例家电城',
      paidFen: 258000,
    },
    {
      text: '热水器装好第三天就漏水，把地板泡坏了，商家一直推脱，不换也不退',
      at: '样例家电城',
      paidFen: 258000,
    },
  ],
  [
    'same',
    { text: '手机屏幕用了一周就花屏，店里说是人为的，购机3999元', at: '星辰手机(中山路店)', paidFen: 399900 },
    {
      text: '星辰手机中山路店卖的手机一周花屏，3999元，不给三包',
      at: '星辰手机中山路店',
      paidFen: 399900,
      receivedAt: day(15),
    },
  ],
  [
    'same',
    { text: '理发店充值1000元，店换了老板不认卡里的余额', at: '丝韵美发', claimedFen: 100000 },
    { text: '丝韵美发换老板了，充值卡余额不认', at: '丝韵美发', paidFen: 100000, receivedAt: day(11) },
  ],
  [
    'same',
    { text: '蛋糕里吃出一根铁丝，孩子嘴划破了，花了168元', at: '甜心蛋糕店', paidFen: 16800 },
    { text: '生日蛋糕里有铁丝划破孩子的嘴', at: '甜心蛋糕', paidFen: 16800, receivedAt: day(11) },
  ],
  [
    'same',
    { text: '空调安装收了高空费600元，事先没有说', at: '凉风电器', paidFen: 60000 },
    { text: '装空调多收高空费600元，没提前告知', at: '凉风电器', claimedFen: 60000, who: 'no-name' },
  ],
  [
    'same',
    { text: '培训机构关门，孩子的钢琴课还剩三十节没上，学费12000元', at: '小音符培训', paidFen: 1200000 },
    {
      text: '小音符钢琴课上不了，机构关门，还剩三十节',
      at: '小音符培训学校',
      paidFen: 1200000,
      receivedAt: day(18),
    },
  ],
  [
    'same',
    { text: '快递单号SF1234567890123，寄的瓷器全碎了，只肯赔三倍运费', at: '迅达快递' },
    { text: '瓷器寄碎了，单号SF1234567890123', at: '迅达快递', receivedAt: day(12), who: 'no-name' },
  ],
  [
    'same',
    { text: '加油站加的92号汽油有水，车开出去就熄火，修车花了2300元', at: '通途加油站', claimedFen: 230000 },
    {
      text: '通途加油站的汽油有水导致车熄火，修车2300元要他们赔',
      at: '通途加油站',
      claimedFen: 230000,
      receivedAt: day(13),
    },
  ],
  // The same, in quite other words or with little said: a person may look, the system need not be sure.
  [
    'same',
    { text: '我上周投诉的那家店怎么还没消息', at: '喜悦超市' },
    { text: '在喜悦超市买的大米生虫', at: '喜悦超市', receivedAt: day(3) },
  ],
  [
    'same',
    { text: '奶粉的事请快点', at: '贝贝母婴' },
    { text: '贝贝母婴卖的奶粉结块，孩子吃了吐', at: '贝贝母婴', receivedAt: day(8) },
  ],
  [
    'same',
    { text: '他们又打电话骂我，不肯退', at: '云朵健身' },
    { text: '云朵健身年卡4800元不给退', at: '云朵健身', paidFen: 480000 },
  ],
  [
    'same',
    { text: '补充一下，发票找到了', at: '好物电器' },
    { text: '电饭煲漏电，商家不给换', at: '好物电器' },
  ],
  [
    'same',
    { text: '买了三百多的鞋开胶', at: '快步鞋店' },
    { text: '快步鞋店的鞋开胶不给换，328元', at: '快步鞋店', paidFen: 32800, day: '2026-11-02' },
  ],
  ['same', { text: '牛奶过期', who: 'no-name' }, { text: '喜悦超市买到过期牛奶，要求赔偿', at: '喜悦超市' }],
  [
    'same',
    { text: '老公用我手机也投诉过这件事，热水器漏水', at: '样例家电城', who: 'other-name' },
    { text: '热水器装好第三天漏水', at: '样例家电城' },
  ],
  [
    'same',
    { text: '定金两万不退', at: '匠心装饰' },
    { text: '装修公司收了定金不开工', at: '匠心装饰', paidFen: 2000000, receivedAt: day(1) },
  ],
  // Another purchase, another business, another person. Easy.
  [
    'other',
    { text: '喜悦超市买的牛奶过期', at: '喜悦超市', paidFen: 5800 },
    { text: '云朵健身不退卡', at: '云朵健身', paidFen: 480000 },
  ],
  ['other', { text: '空调不制冷', at: '凉风电器' }, { text: '买的沙发有甲醛味道', at: '安居家具' }],
  [
    'other',
    { text: '蛋糕里有铁丝', at: '甜心蛋糕', who: 'other-phone' },
    { text: '蛋糕里有铁丝', at: '甜心蛋糕' },
  ],
  ['other', { text: '手机花屏', at: '星辰手机' }, { text: '加油站的油有水', at: '通途加油站' }],
  [
    'other',
    { text: '二手车调表', at: '顺达汽车', who: 'other-phone' },
    { text: '二手车里程表被调过，65000元', at: '顺达汽车', paidFen: 6500000 },
  ],
  ['other', { text: '理发店不认余额', at: '丝韵美发' }, { text: '酒店退订不退钱', at: '海风酒店' }],
  [
    'other',
    { text: '餐厅收开瓶费', at: '老街饭店', paidFen: 20000 },
    { text: '菜里有虫子', at: '湖畔饭店', paidFen: 20000 },
  ],
  ['other', { text: '钢琴课不退费', at: '小音符培训' }, { text: '驾校不安排考试', at: '平安驾校' }],
  ['other', { text: '面包发霉', at: '麦香烘焙' }, { text: '眼镜度数配错', at: '明亮眼镜' }],
  ['other', { text: '奶粉结块', at: '贝贝母婴' }, { text: '快递寄碎了瓷器', at: '迅达快递' }],
  ['other', { text: '水果缺斤少两', at: '鲜果园' }, { text: '药店卖过期药', at: '康宁药房' }],
  ['other', { text: '网约车多收费', at: '飞马出行' }, { text: '停车场乱收费', at: '中心停车场' }],
  // Hard: the same person and business, another purchase.
  [
    'other',
    {
      text: '在喜悦超市买的牛奶已经过期三天，要求退款58元并赔偿',
      at: '喜悦超市',
      paidFen: 5800,
      day: '2026-11-01',
    },
    {
      text: '又在喜悦超市买到过期牛奶，这次是酸奶，要求退款26元',
      at: '喜悦超市',
      paidFen: 2600,
      day: '2026-11-09',
      receivedAt: day(11),
    },
  ],
  [
    'other',
    { text: '订单号202611050012345678，买的电饭煲漏电，商家不给换', at: '好物电器' },
    { text: '订单号202611070087654321，买的电饭煲漏电，商家不给换', at: '好物电器' },
  ],
  [
    'other',
    { text: '喜悦超市卖的面包发霉，花了12元', at: '喜悦超市', paidFen: 1200 },
    { text: '喜悦超市卖的饼干发霉，花了15元', at: '喜悦超市', paidFen: 1500 },
  ],
  [
    'other',
    { text: '十月一日在老街饭店吃饭被收了餐具费', at: '老街饭店', day: '2026-10-01' },
    { text: '十一月八日在老街饭店吃饭被收了餐具费', at: '老街饭店', day: '2026-11-08' },
  ],
  [
    'other',
    { text: '手机花屏3999元不给修', at: '星辰手机(中山路店)', paidFen: 399900 },
    { text: '手机花屏3999元不给修', at: '星辰手机(鼓楼店)', paidFen: 399900 },
  ],
  [
    'other',
    { text: '好物电器买的电饭煲漏电', at: '好物电器' },
    { text: '好物电器买的电水壶漏水', at: '好物电器' },
  ],
  [
    'other',
    { text: '网购衬衫色差大，88元', at: '暖冬服饰', paidFen: 8800 },
    { text: '网购裤子色差大，98元', at: '暖冬服饰', paidFen: 9800 },
  ],
  [
    'other',
    { text: '上次的冰箱已经退了，这次买的洗衣机又坏了', at: '凉风电器' },
    { text: '冰箱不制冷，要求退货', at: '凉风电器' },
  ],
  [
    'other',
    { text: '在康宁药房买到过期感冒药', at: '康宁药房', paidFen: 3500 },
    { text: '康宁药房卖的膏药价格虚高', at: '康宁药房', paidFen: 12000 },
  ],
  [
    'other',
    { text: '加油站加油不足量，加了300元', at: '通途加油站', paidFen: 30000 },
    { text: '加油站洗车划伤车漆', at: '通途加油站' },
  ],
  [
    'other',
    { text: '第一中学旁的文具店卖三无产品', at: '第一文具店' },
    { text: '文具店卖三无产品，在第二小学旁', at: '第二文具店' },
  ],
  [
    'other',
    { text: '美容店做脸过敏，花了500元', at: '花语美容', paidFen: 50000 },
    { text: '美容店推销的面膜是假货，花了500元', at: '花语美容', paidFen: 50000, day: '2026-10-20' },
  ],
  [
    'other',
    { text: '打车绕路，多收了20元', at: '飞马出行', claimedFen: 2000, day: '2026-11-02' },
    { text: '打车绕路，多收了20元', at: '飞马出行', claimedFen: 2000, day: '2026-11-09' },
  ],
  [
    'other',
    { text: '外卖送来的麻辣烫里有头发，花了35元', at: '辣妹子麻辣烫', paidFen: 3500 },
    { text: '外卖送来的麻辣烫里有头发，花了32元，第二次买了', at: '辣妹子麻辣烫', paidFen: 3200 },
  ],
  [
    'other',
    { text: '孩子的画画课程退费', at: '小画家培训', paidFen: 500000 },
    { text: '孩子的书法课程退费', at: '小画家培训', paidFen: 300000 },
  ],
  [
    'other',
    { text: '买的鞋开胶，328元', at: '快步鞋店', paidFen: 32800, who: 'other-name' },
    { text: '鞋子开胶不给换，花了328元', at: '快步鞋店', paidFen: 32800 },
  ],
  [
    'other',
    { text: '酒店退订不退房费688元', at: '海风酒店', paidFen: 68800, day: '2026-10-01' },
    { text: '酒店热水忽冷忽热，住了一晚688元要求赔偿', at: '海风酒店', paidFen: 68800, day: '2026-11-05' },
  ],
  [
    'other',
    { text: '快递单号SF1234567890123，寄的瓷器碎了', at: '迅达快递' },
    { text: '快递单号SF9876543210987，寄的瓷器碎了', at: '迅达快递' },
  ],
  [
    'other',
    { text: '健身私教课不退，课时费6000元', at: '云朵健身', paidFen: 600000 },
    { text: '健身房储物柜东西被偷', at: '云朵健身' },
  ],
  [
    'other',
    { text: '上个月的牛奶过期', at: '喜悦超市', receivedAt: '2026-06-01T02:00:00.000Z' },
    { text: '牛奶过期', at: '喜悦超市' },
  ],
  ['other', { text: '退款', who: 'no-name' }, { text: '退款' }],
  ['other', { text: '请尽快处理，谢谢' }, { text: '请尽快处理，谢谢' }],
  ['other', { text: '网店卖假货要求退款', paidFen: 9900 }, { text: '网店不发货要求退款', paidFen: 19900 }],
  [
    'other',
    { text: '停车收费不合理，收了我十五元', at: '中心停车场', claimedFen: 1500, day: '2026-11-03' },
    { text: '停车收费不合理，收了我三十元', at: '中心停车场', claimedFen: 3000, day: '2026-11-06' },
  ],
  [
    'other',
    { text: '买到的螃蟹是死的，六只280元', at: '海鲜大排档', paidFen: 28000, day: '2026-10-25' },
    { text: '海鲜大排档的虾不新鲜，吃完腹泻，花了280元', at: '海鲜大排档', paidFen: 28000 },
  ],
  [
    'other',
    { text: '宽带装了一个月还没通，要求退费1200元', at: '快网宽带', paidFen: 120000 },
    { text: '快网宽带乱扣月租59元', at: '快网宽带', paidFen: 5900 },
  ],
  [
    'other',
    { text: '又一次买到坏的榴莲，158元', at: '鲜果园', paidFen: 15800 },
    { text: '买到坏的榴莲，要求退158元', at: '鲜果园', paidFen: 15800 },
  ],
  [
    'other',
    { text: '眼镜镜片脱膜，配镜花了1200元', at: '明亮眼镜', paidFen: 120000 },
    { text: '给孩子配的眼镜度数不对，1200元', at: '明亮眼镜', paidFen: 120000 },
  ],
];
