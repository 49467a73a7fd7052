/*
 * How much two messages say the same, by what stands in them: pairs of neighbouring signs. No model, no dictionary.
 */

/** Pairs that stand in most complaints, whatever they are about. */
const EVERYWHERE = new Set(
  Array.from(
    '投诉 举报 要求 商家 退款 退货 赔偿 希望 处理 购买 买了 我在 现在 请求 消费 消费者 没有 联系 电话 客服 解决 有关 部门 问题 元的 元钱 不给 不肯 不退 拒绝 花了 付款 支付 昨天 今天 前天 上午 下午 月份 你好 您好 帮忙 我要 我想 店里 老板 对方 经营 超市 公司 宁波 市场 监管 回复 一直 推脱 这家 那家 这个 结果 发现 已经 谢谢 尽快 事情 反映 来电 市民 诉求 核实 订单 单号 订单号'.split(
      ' ',
    ),
  ).flatMap((word) => pairsIn(word)),
);

/** What is compared: letters and signs without spaces and punctuation. Numbers are compared as sums and references. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, ' ')
    .replace(/ +/g, ' ');
}

function pairsIn(text: string): string[] {
  const signs = Array.from(text);
  return signs.slice(1).flatMap((sign, index) => {
    const before = signs[index];
    return before === undefined || before === ' ' || sign === ' ' ? [] : [before + sign];
  });
}

/** What two messages have in common, each from 0 to 1. */
export interface Overlap {
  /** All they say: 1 for a copy. */
  whole: number;
  /** What is particular to them, of the shorter one: goods, faults, events. */
  particular: number;
  /** Pairs that both have and few others. */
  shared: number;
  /** Signs of the shorter one. */
  length: number;
}

/** Compares the words of two messages; `ignore` are names both may say without meaning the same thing. Symmetric. */
export function overlapOf(one: string, other: string, ignore: readonly string[] = []): Overlap {
  const named = new Set(ignore.flatMap((name) => pairsIn(plain(name))));
  const [a, b] = [new Set(pairsIn(plain(one))), new Set(pairsIn(plain(other)))];
  const particular = (pairs: Set<string>) =>
    new Set([...pairs].filter((pair) => !EVERYWHERE.has(pair) && !named.has(pair)));
  const [pa, pb] = [particular(a), particular(b)];
  const both = [...a].filter((pair) => b.has(pair)).length;
  const shared = [...pa].filter((pair) => pb.has(pair)).length;
  const all = a.size + b.size - both;
  const least = Math.min(pa.size, pb.size);
  return {
    whole: all === 0 ? 0 : both / all,
    particular: least === 0 ? 0 : shared / least,
    shared,
    length: Math.min(Array.from(one).length, Array.from(other).length),
  };
}

const MOBILE = /^1[3-9]\d{9}$/;
const IDENTITY_CARD = /^\d{6}(?:19|20)\d{9}[\dx]$/;

/** Numbers of orders, parcels and receipts that stand in a text, as written without spaces, in small letters. */
export function referencesIn(text: string): string[] {
  const plainText = text.normalize('NFKC').toLowerCase();
  const runs = plainText.match(/[a-z0-9][a-z0-9-]{7,39}/g) ?? [];
  return [
    ...new Set(
      runs
        .map((run) => run.replaceAll('-', ''))
        .filter((run) => (run.match(/\d/g)?.length ?? 0) >= 8)
        // A date with a time, a phone, a person's number: they do not name a purchase.
        .filter((run) => !MOBILE.test(run) && !IDENTITY_CARD.test(run) && !/^(?:19|20)\d{6}$/.test(run))
        .filter((run) => run.length >= 10),
    ),
  ];
}

/** Words of somebody who complains about a further purchase: not the one of before. */
export const FURTHER_PURCHASE =
  /又(?:一次|[^。，]{0,4}(?:买|花|充|办|订|出现))|再一次|再次(?:购买|消费|充值|下单)|另(?:外|一|买|有)|第[二三四五]次(?:购买|消费|买)|这次(?:又|买)|上次.{0,12}(?:退了|解决了|赔了)/u;
