import type { LocalDate } from '../dates.ts';

/** WD = working day (工作日), ND = natural day (日). */
export type PeriodUnit = 'WD' | 'ND';

/** A period that runs while somebody owes a step. */
export type ClockId = 'distribute' | 'accept' | 'mediate';

interface ClockRule {
  length: number;
  unit: PeriodUnit;
  /** What must be done before it ends. */
  duty: { zh: string; en: string };
  /** Article, or the bureau's own rule where the law only says "promptly". */
  basis: string;
}

export interface RulePack {
  id: 'CN-SAMR-20' | 'CN-SAMR-121';
  clocks: Readonly<Record<ClockId, ClockRule>>;
}

const distribute: ClockRule = {
  length: 1,
  unit: 'WD',
  duty: { zh: '分送有处理权限的机构', en: 'Hand the case to the competent unit' },
  basis: '总局令第121号第四十一条"及时"；内部时限1个工作日',
};
const acceptDuty = { zh: '决定是否受理并告知投诉人', en: 'Accept or refuse, and tell the complainant' };
const mediateDuty = { zh: '达成调解协议或者终止调解', en: 'Reach an agreement or end the mediation' };

/** Order 121 of the State Administration for Market Regulation, in force since 2026-04-15. */
const ORDER_121: RulePack = {
  id: 'CN-SAMR-121',
  clocks: {
    distribute,
    accept: { length: 7, unit: 'WD', duty: acceptDuty, basis: '总局令第121号第十五条' },
    mediate: { length: 60, unit: 'ND', duty: mediateDuty, basis: '总局令第121号第二十三条第一款第（五）项' },
  },
};

/**
 * Order 20, for what was received before. Its 45 working days of mediation gave way on 2024-07-01 to the
 * 60 days of the Implementing Regulations (Decree 778): `ORDER_20_BEFORE_DECREE_778` is for older cases.
 */
const ORDER_20: RulePack = {
  id: 'CN-SAMR-20',
  clocks: {
    distribute: { ...distribute, basis: '内部时限1个工作日' },
    accept: { length: 7, unit: 'WD', duty: acceptDuty, basis: '总局令第20号第十四条' },
    mediate: { length: 60, unit: 'ND', duty: mediateDuty, basis: '国务院令第778号第四十六条' },
  },
};
const ORDER_20_BEFORE_DECREE_778: RulePack = {
  ...ORDER_20,
  clocks: {
    ...ORDER_20.clocks,
    mediate: { length: 45, unit: 'WD', duty: mediateDuty, basis: '总局令第20号第二十一条' },
  },
};

/** Newest first: the first pack whose day is not after the day of receipt applies. */
const IN_FORCE_FROM: readonly (readonly [LocalDate, RulePack])[] = [
  ['2026-04-15', ORDER_121],
  ['2024-07-01', ORDER_20],
  ['0000-01-01', ORDER_20_BEFORE_DECREE_778],
];

/** The rules for a case received on this day; a later change of the law does not touch it. */
export function rulePackFor(receivedOn: LocalDate): RulePack {
  const entry = IN_FORCE_FROM.find(([from]) => receivedOn >= from);
  if (entry === undefined) throw new RangeError(`no rule pack for ${receivedOn}`);
  return entry[1];
}
