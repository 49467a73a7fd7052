import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { findDivision } from '../../shared/understanding/places/find-division.ts';
import { GAZETTEER_FILE, readGazetteer } from '../../shared/understanding/places/gazetteer.ts';
import { createJudges, type Message, understand } from '../../shared/understanding/understand.ts';

const MESSAGES = 400;
const ROUNDS = 9;
const CHARACTERS = 500;
const RECEIVED_ON = '2026-03-11';

/** Sentences as people write them; every third names a place, a sum or a day. */
const SENTENCES = [
  '我昨天在宁波市海曙区古林镇的南苑超市买了一台电风扇，花了299元。',
  '用了两天就坏了，找店家协商，店员说过了三天不能退。',
  '2026年2月14日我在义乌市稠城街道办了一张健身卡，充了一万二，现在店门关了。',
  '打电话没有人接，微信也把我拉黑了，我觉得很生气。',
  '家里老人听了他们的课，买了三千多块钱的保健品，说是能治高血压。',
  '包装上没有生产日期，也没有厂家的地址，吃了以后头晕。',
  '我要求退还￥1,299.00，并且赔偿我的误工费五百元。',
  '这家宁波晨光家电有限公司的服务态度非常差，一直推脱。',
  '另外举报该店无证经营，请有关部门严查，并请为我保密。',
  '快递放在中山路88号的驿站，取的时候箱子已经破了，里面的杯子碎了两个。',
  '孩子在乐学培训中心报了名，交了12800元学费，老师换了三次。',
  '合同上写的是可以随时退费，现在说只能转课，不能退钱。',
  '小区的停车费从每月200元涨到350元，没有任何公示，业主都不知道。',
  '请问这种情况应该找哪个部门处理，需要准备什么材料？',
  '我朋友在鼓楼区也遇到了同样的事情，大家都希望有人管一管。',
  '希望领导重视，尽快给我一个答复，谢谢。',
];
const TITLES = ['商家拒绝退款', '举报无证经营的店铺', '关于停车费的咨询', '培训机构不退学费'];
const PLACES = [
  '浙江省宁波市海曙区古林镇中心路8号',
  '义乌稠城街道',
  '杭州市西湖区文三路',
  '鼓楼区',
  '新疆喀什地区疏附县',
  '奉化溪口',
  '成都武侯区玉林街道',
  '广东省东莞市长安镇',
];

/**
 * The whole understanding on one core, on messages put together from sentences of our own: the gazetteer as it lies
 * beside the triage, its start, single places, and messages of 500 characters.
 * @param bundles folder of the functions' bundles
 */
export function understanding(bundles: string) {
  const folder = resolve(bundles, 'triage-case');
  const file = resolve(folder, GAZETTEER_FILE);
  const loads = Array.from({ length: 20 }, () => timed(() => readGazetteer(readFileSync(file))));
  const gazetteer = readGazetteer(readFileSync(file));
  const knowledge = { gazetteer, home: '3302', judges: createJudges() };
  const messages = Array.from({ length: MESSAGES }, (_, seed) => messageOf(seed));
  const read = () => messages.forEach((message) => understand(message, knowledge));
  // The first rounds only warm up.
  for (let round = 0; round < 3; round += 1) read();
  const rounds = Array.from({ length: ROUNDS }, () => ({ wall: timed(read), cpu: burnt(read) }));
  const perSecond = (milliseconds: number[]) => Math.round((MESSAGES * 1000) / median(milliseconds));
  return {
    characters: CHARACTERS,
    // Time of one core, whatever else the machine does; by the clock on the wall beside it.
    messagesPerSecond: perSecond(rounds.map(({ cpu }) => cpu)),
    messagesPerSecondByClock: perSecond(rounds.map(({ wall }) => wall)),
    gazetteerBytes: statSync(file).size,
    gazetteerLoadMs: Math.round(median(loads) * 100) / 100,
    lookupsPerSecond: lookups(gazetteer),
    triageBundleBytes: statSync(resolve(folder, 'index.mjs')).size,
  };
}

/** Sentences in an order that the number decides, cut at 500 characters with the title. */
function messageOf(seed: number): Message {
  const title = TITLES[seed % TITLES.length] ?? '';
  let text = '';
  for (let at = seed; text.length < CHARACTERS; at = (at * 7 + 3) % 1009) {
    text += SENTENCES[at % SENTENCES.length] ?? '';
  }
  return { title, text: text.slice(0, CHARACTERS - title.length), receivedOn: RECEIVED_ON };
}

function lookups(gazetteer: Parameters<typeof findDivision>[1]): number {
  const rounds = 2_000;
  const find = () => PLACES.forEach((place) => findDivision(place, gazetteer, { home: '3302' }));
  for (let warm = 0; warm < 200; warm += 1) find();
  const took = burnt(() => {
    for (let done = 0; done < rounds; done += 1) find();
  });
  return Math.round((rounds * PLACES.length * 1000) / took);
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Milliseconds of processor time, all threads of this process together. */
function burnt(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
