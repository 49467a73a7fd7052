import type { Pair, Request } from './understanding.ts';

/** What people ask for, in both languages. */
export const REQUEST_NAMES: Readonly<Record<Request, Pair>> = {
  refund: { zh: '退款', en: 'refund' },
  return_goods: { zh: '退货', en: 'return' },
  exchange: { zh: '更换', en: 'exchange' },
  repair: { zh: '修理', en: 'repair' },
  compensate: { zh: '赔偿', en: 'compensation' },
  deliver: { zh: '履行、发货', en: 'delivery' },
  reduce_fee: { zh: '降价、取消收费', en: 'lower or no fee' },
  apologise: { zh: '道歉', en: 'apology' },
  stop: { zh: '停止、整改', en: 'stop it' },
  investigate: { zh: '查处', en: 'investigation' },
  answer: { zh: '答复', en: 'an answer' },
  other: { zh: '其他', en: 'other' },
};
