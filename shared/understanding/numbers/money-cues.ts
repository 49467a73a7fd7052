/**
 * What around a sum speaks for or against its being the money that the writer has paid in this dispute. The weights
 * are set by hand by what the words mean; they are logits, the sum of them is the logit of "paid".
 */
export interface Cue {
  /** `before`: in the same clause, before the sum; `head`: in the same
   * sentence, before the sum; `after`: directly behind; `sentence`: anywhere in it. */
  where: 'before' | 'head' | 'after' | 'sentence';
  weight: number;
  words: RegExp;
}

import type { MessageKind } from '../understanding.ts';

export const BASE = -1.2;

/** A complainant has mostly paid; who reports or asks mostly speaks of others' money. */
export const BY_KIND: Readonly<Record<MessageKind, number>> = {
  complaint: 0.8,
  both: 0.8,
  report: -0.7,
  inquiry: -2,
  other: -1.5,
};

export const CUES: readonly Cue[] = [
  { where: 'before', weight: -1, words: /(?:物业费?|停车费?|水费|电费|气费|燃气费|管理费)[^，]{0,3}$/ },
  { where: 'before', weight: -1.2, words: /问|宣传|广告|打着|写着|号称|声称|承诺/ },
  {
    where: 'head',
    weight: 1,
    words: /买了|买的|购买|订购|订了|定了|报名|下单|网购|团购|租房|办卡|办理|消费|打车|拍了|做了/,
  },
  { where: 'before', weight: 2, words: /[交缴]费|扣款|实际扣|变成|变为|结账|到手价|团购券|实付/ },
  { where: 'before', weight: 1.4, words: /套餐|票价|上门费|维修费|[费款金租]$|共$/ },
  { where: 'before', weight: -0.7, words: /(?:价格|售价|车价)[^，]{0,3}$/ },
  { where: 'sentence', weight: 0.8, words: /我[^。]{0,8}(?:购买|买)/ },
  { where: 'before', weight: -2.6, words: /多[收扣付交]/ },
  // What was done: money left the writer's hands.
  {
    where: 'before',
    weight: 2.6,
    words:
      /花了|花费|花掉|已[付交缴]|[付]过|加了|[交缴付]了|[交缴]过|[交缴]纳了|支付了|付款|付出|转了|转账|转帐|转给|汇款|汇了|打款|打了|充了|充值了?|刷了|刷走|扫了|投了|投入了?|入金|加金|消费(?:金额|共计|总额)|消费了?|缴费|预[交付存]|存了|给了/,
  },
  {
    where: 'before',
    weight: 2.6,
    words:
      /[被受]骗|骗[了走去取]|坑[了走]?我?|损失了?|亏了|收了?我|[扣划]了?我|收取了?我|扣走|划走|盗刷|被收|被扣|被多?收|向我|违规收|乱收|收了/,
  },
  {
    where: 'before',
    weight: 2,
    words: /买了|购买|购得|订购|订了|定了|报了|办了|办理|租了|下单|点了|拍下|认购|网购|购入|入手|[花用]$/,
  },
  { where: 'before', weight: 1.4, words: /[交缴付收]取?了?$|[交缴]纳|支付|收取|购|买|投资/ },
  {
    where: 'before',
    weight: 1.2,
    words:
      /定金|订金|押金|首付|诚意金|意向金|认[筹购]金|认[筹购]款|保证金|学费|报名费|培训费|预付款|全款|房款|货款|加盟费|会员费|会费|团费|运费|购货|实付|实收|装修款|车款|票款/,
  },
  {
    where: 'after',
    weight: 1.8,
    words:
      /^[钱]?(?:整)?(?:（|\()?(?:的)?.{0,4}(?:定金|订金|押金|首付|诚意金|意向金|认[筹购][金款]|保证金|学费|报名费|培训费|预付款|全款|房款|货款|加盟费|会员费|卡费|团费|装修款|购[房车])/,
  },
  { where: 'after', weight: 1, words: /^钱?[^，。,;；!?！？]{0,6}(?:费|款)(?!率)/ },
  {
    where: 'after',
    weight: 1.4,
    words:
      /^钱?[^，。,;；!?！？]{0,3}(?:买[了的]|[办报订做]的|购买|办了|报了|订了|给(?:了)?(?:他|她|商家|老板|中介|公司|店)|交给|打给|转给|汇给)/,
  },
  {
    where: 'before',
    weight: 2,
    words: /共计|总计|合计|一共|总共|共[花交付收用支缴]|累计|前后共?|总额|金额|全额|一次性/,
  },
  {
    where: 'sentence',
    weight: 0.7,
    words: /我|本人|市民|消费者|投诉人|来电人|家里|家人|父母|父亲|母亲|爸|妈|老婆|老公|孩子|儿子|女儿|小孩/,
  },
  {
    where: 'sentence',
    weight: 0.8,
    words: /收据|发票|凭证|转账记录|付款记录|截图|不退|拒不退|未退|没退|退款/,
  },

  // A price, a rate, a rule.
  {
    where: 'before',
    weight: -1.6,
    words:
      /(?:原价|市场价|标价|单价|均价|报价|要价|备案价|限价|成本价|起步价?|封顶|定价|现价|参考价|指导价|挂牌价|房价)[^，]{0,3}$/,
  },
  {
    where: 'before',
    weight: -1.8,
    words:
      /每[^，。]{0,4}$|标准|规定|国家|应为|应该|只要|只需|仅需|仅售|相差|差价|差额|上?涨|下?降|高出|低于|超过|高于|不足|至少|起价|最低|最高/,
  },
  {
    where: 'before',
    weight: -2.4,
    words:
      /工资|收入|月薪|年薪|退休金|低保|养老|贷款|放贷|借|补贴|津贴|捐|利润|盈利|赚|营业额|涉案|涉及|注册资|拨款|资产|罚款|罚金|处罚|悬赏|奖|中奖|佣金|返利|提成|分红|市值|产值/,
  },
  {
    where: 'before',
    weight: -2.6,
    words:
      /退[了还回给]|只退|仅退|退我|返还|补偿|赔偿?|赔付|送|赠|优惠|立减|减免|满|余额|剩|价值|抵扣?|扣除|违约金|滞纳金|索要|勒索/,
  },
  {
    where: 'before',
    weight: -1.6,
    words:
      /要求(?:我|消费者|业主|家长|职工)?[再另]?[交付补]|需[要]?[再另]?[交付补]|还要|才能|如果|要?加收|要扣|减$|加钱|让我?[再加补]|若|假如|准备|打算|想要|要我再|再[交付]|补[交缴]|另[交付收]|要[交付收收]/,
  },
  {
    where: 'before',
    weight: -1.2,
    words:
      /别人|他人|邻居|其他|隔壁|别家|同行|乘客|顾客|老人|有人|每个|每人|每户|每位|大家|业主每|会员|职工|一个人/,
  },
  {
    where: 'after',
    weight: -1.6,
    words:
      /^钱?(?:以上|以下|起|首付起|左右一|不等|封顶|的?(?:工资|收入|罚款|贷款|利润|补贴|赔偿|违约金|礼品|优惠|红包|余额|代金券|产品|商品))/,
  },
  { where: 'after', weight: -1, words: /^钱?[^，。,;；!?！？]{0,8}(?:就可以|就能|可以|即可)/ },
  { where: 'before', weight: -2, words: /估计|大约共?|最少|捆绑|强制要求|强迫/ },
  { where: 'before', weight: 1.6, words: /卖到|卖给?了?我|要了我|找我要了|收费$/ },
  { where: 'sentence', weight: -0.8, words: /投资\d|下线|会员每|拉人头|返本|收益率/ },
];

/** Goods that were lost or broken: their value is what the writer lost. */
export const LOST = /丢失|弄丢|丢了|丢件|遗失|损毁|烧毁|弄坏|损坏|摔坏|摔烂|洗坏|压坏|被盗/;

/** It is the whole of several payments. */
export const TOTAL = /共计|总计|合计|一共|总共|共[花交付收用支缴]|累计|总额|全款|购货金额|前后/;

/** A further payment that adds to the ones before. */
export const ADDS =
  /又|再|另外?|还[要有交付花]|后来|之后|随后|第[二三四]|加上|以及|和|及|、|尾款|余款|其次|分别/;

/** The writer wants money back. */
export const WANTS_MONEY =
  /退[款费钱货还机车房订定课卡票回给学]|退(?:我|一赔)|不退|没退|未退|返还|还[我给]|归还|[追讨要拿]回|讨还|挽回|全额退|要求退|赔偿/;

/** A demand for more than the price: damages beside the refund. */
export const DAMAGES = /赔|补偿|违约金|医药费|医疗费|误工费|损失费|精神/;

/** What is left on a card or of a course. */
export const LEFT_OVER = /剩|余额|余款|未消费|没用完/;

/** Came back already; the rest is still open. */
export const CAME_BACK = /(?:退还?|返还?)(?:了|给?了?我)|已退|退回了/;
export const ONLY_OFFERED = /[只仅]|最多|同意|愿意|要求|希望|请|答应|承诺|才|让|要|必须|应/;

/** A demand directly before a sum. */
export const DEMANDS =
  /(?:要求|请求|诉求|希望|申请|恳[请求]|[请望盼]|帮|必须|应当|应该|应|想|要(?=退))[^。！？!?\n]{0,24}(?:退|还|赔|补偿|返|讨|追回|要回)[^。！？!?\n，,；;]{0,10}$/;

/** What was given or offered, and so is no demand. */
export const GIVEN = /只|仅|才|已|最终|同意|愿意|答应|承诺|拒|商家要|说|给了|退了/;
