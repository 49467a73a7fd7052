/*
 * Words by which prepaid-card trouble (预付卡纠纷) is known. Data: a bureau that meets a new word adds it here.
 */

/** Money paid ahead for what is used up bit by bit; a card of a bank, a bus or a telephone is none. */
const PREPAID =
  /预付(?:卡|费|款|式|消费)|储值|(?<!手机|话费|游戏|流量|电费|燃气)充(?:值|了)(?!话费|电)|会员卡|购物卡|(?:健身|游泳|瑜伽|美容|美发|理发|洗车|洗浴|足浴|餐饮|培训|早教|月|季|年|次|期限)卡(?!顿|位|车|片)|办(?:了|理)?(?:一?张)?(?:会员|.{0,4}卡)(?!口|点)|私教课|课时(?:费|包)?|课程(?:费|包)|卡(?:里|内|上)(?:还|剩|有|余)|余额/u;

/** What is the matter with it: the first word of a row is the flag of a signal. */
const TROUBLES = {
  closing:
    /关(?:门|店|停|闭)(?!时间)|闭(?:店|馆|门)|停(?:业|止营业)|倒闭|歇业|跑路|失联|人去楼空|卷款|联系不上|大门紧锁|破产/u,
  moving: /搬(?:迁|走|家|离|到)|迁址|换(?:了)?(?:老板|地方|地址|店主)|易主|转让|新老板|接手/u,
  refund: /退(?:卡|费|款|钱|余额|会员|课)|不(?:给|予|肯|愿)?退|拒(?:绝|不)?退|返还(?:余额|剩余)/u,
} as const;

/** What is the matter with a prepaid card, as flags of a signal. */
export const PREPAID_TROUBLES = ['closing', 'moving', 'refund'] as const;
export type PrepaidTrouble = (typeof PREPAID_TROUBLES)[number];

/** The prepaid-card trouble that a text tells of; empty where no card is named, undefined trouble is none. */
export function prepaidTroubles(text: string): PrepaidTrouble[] {
  const plain = text.normalize('NFKC');
  return PREPAID.test(plain) ? PREPAID_TROUBLES.filter((one) => TROUBLES[one].test(plain)) : [];
}
