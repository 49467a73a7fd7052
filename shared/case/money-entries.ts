/** The sums of a case, in fen; each is added up from entries, a correction is a new entry. */
export const MONEY_ENTRIES = {
  claimed: { zh: '诉求金额', en: 'Claimed' },
  agreed: { zh: '协议金额', en: 'Agreed' },
  proven: { zh: '已履行金额', en: 'Proven paid' },
  'paid-first': { zh: '先行赔付金额', en: 'Paid first by a trader or venue' },
  fine: { zh: '罚没款', en: 'Fine' },
  'case-value': { zh: '案值', en: 'Case value' },
  reward: { zh: '举报奖励', en: 'Reward' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type MoneyEntry = keyof typeof MONEY_ENTRIES;
export type Money = Readonly<Partial<Record<MoneyEntry, number>>>;

/** Adds entries to sums. Exact: all numbers are integers. */
export function addMoney(sums: Money, entries: Money): Money {
  const result: Partial<Record<MoneyEntry, number>> = { ...sums };
  for (const [entry, fen] of Object.entries(entries) as [MoneyEntry, number][]) {
    result[entry] = (result[entry] ?? 0) + fen;
  }
  return result;
}
