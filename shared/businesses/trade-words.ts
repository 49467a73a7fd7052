/*
 * Words that say what a shop is, not which one. Longer words stand before those they contain.
 */
const TRADE_WORDS = (
  '生鲜超市 超市 便利店 便民店 百货店 百货 杂货店 小卖部 商店 商场 商城 菜市场 农贸市场 市场 水果店 水果 蔬菜店 生鲜 烟酒店 烟酒 ' +
  '粮油店 副食店 母婴店 母婴 玩具店 文具店 书店 花店 眼镜店 眼镜 服装店 服饰 鞋店 手机店 手机 家电 电器 家具 家居 建材 五金店 五金 ' +
  '大酒店 酒店 宾馆 旅馆 民宿 饭店 餐厅 餐馆 饭馆 食堂 快餐店 快餐 小吃店 小吃 早餐店 面馆 面店 拉面 牛肉面 米粉 米线 麻辣烫 火锅店 火锅 ' +
  '烧烤店 烧烤 串串香 海鲜 茶楼 茶餐厅 茶馆 咖啡馆 咖啡厅 咖啡店 咖啡 奶茶店 奶茶 甜品店 甜品 蛋糕店 蛋糕 面包店 烘焙 熟食店 炸鸡 汉堡 ' +
  '大药房 药房 药店 诊所 口腔门诊部 门诊部 医院 美容院 美容店 美容 美发店 美发 理发店 美甲店 养生馆 足浴店 足浴 洗浴 按摩店 spa馆 ' +
  '健身房 健身 瑜伽馆 瑜伽 游泳馆 培训机构 培训 教育 幼儿园 影城 电影院 ktv 网吧 网咖 棋牌室 摄影 影楼 婚庆 ' +
  '洗车店 洗车 汽修店 汽修 汽车 加油站 停车场 洗衣店 干洗店 宠物店 宠物医院 宠物 快递 物流 物业 房产中介 中介 装饰 银行'
).split(' ');

export const TRADE = TRADE_WORDS.join('|');

const ENDS_WITH_TRADE = new RegExp(`(?:${TRADE})$`, 'u');
/** The pattern below tries every way to part a name, which a long one would make slow. */
const LONGEST_GENERAL = 12;
/** 一家小超市, 这家店: words around a trade, and words that stand for a business and name none. */
const GENERAL = new RegExp(
  `^(?:[这那该某][家个]?|一家|小|大|路边|楼下|门口|附近)*(?:${TRADE}|网店|店铺|店家|店|商家|商户|卖家|公司|平台)*$`,
  'u',
);

/** True for what says only what a shop is: 超市, 楼下水果店, 该店. */
export const isGeneral = (core: string): boolean => core.length <= LONGEST_GENERAL && GENERAL.test(core);

export const endsWithTrade = (name: string): boolean => ENDS_WITH_TRADE.test(name);
