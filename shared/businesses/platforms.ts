/** Platforms on which businesses have shops, with the words by which people mean them. */
const PLATFORMS: readonly (readonly [code: string, words: RegExp])[] = [
  ['tmall', /天猫|tmall/],
  ['taobao', /淘宝|闲鱼|taobao/],
  ['jd', /京东|jd/],
  ['pinduoduo', /拼多多|pdd/],
  ['douyin', /抖音|douyin/],
  ['kuaishou', /快手/],
  ['xiaohongshu', /小红书/],
  ['dianping', /大众点评|点评/],
  ['eleme', /饿了么|eleme/],
  ['meituan', /美团|meituan/],
  ['vipshop', /唯品会/],
  ['wechat', /微信|视频号/],
  ['ctrip', /携程/],
];

/** One way of writing a platform: 美团, 美团外卖 and Meituan are one; an unknown one stays as it is written. */
export function platformOf(written: string): string {
  const plain = written
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return PLATFORMS.find(([, words]) => words.test(plain))?.[0] ?? plain.slice(0, 40);
}
