import { isGeneral } from '../businesses/trade-words.ts';

/** Words of addresses that name no one place. */
const OF_PLACES = new Set(
  (
    '路 街 巷 弄 大道 公路 国道 省道 路口 街道 社区 小区 花园 公寓 大厦 大楼 广场 中心 商业街 步行街 美食街 小吃街 夜市 早市 批发市场 ' +
    '工业区 工业园 工业园区 开发区 高新区 新村 新城 公园 景区 车站 火车站 汽车站 地铁站 机场 学校 小学 中学 大学 幼儿园 购物中心 服务中心 ' +
    '门口 附近 对面 旁边 楼下 隔壁 城区 市区 县城 村 镇 乡 区 县 市 老家 家里 网上 直播间 淘宝 拼多多 京东 美团 抖音'
  ).split(' '),
);

/** True for a word that is seen in many addresses and names, and tells none from another: as a rule it would draw cases in. */
export const isOrdinaryWord = (word: string): boolean => OF_PLACES.has(word) || isGeneral(word);
