import { addDays, type LocalDate } from '../dates.ts';
import { type Business, GRADES, type Grade } from './business.ts';

/*
 * Complaints that come together propose another class, and with it another patrol frequency, to a person. Nothing here
 * changes a class by itself.
 */

/** How often a business of each class is visited. */
export const PATROLS = {
  A: { timesAYear: 2, zh: '每半年一次', en: 'half-yearly' },
  B: { timesAYear: 4, zh: '每季度一次', en: 'quarterly' },
  C: { timesAYear: 12, zh: '每月一次', en: 'monthly' },
  D: { timesAYear: 24, zh: '每月两次', en: 'twice a month' },
} as const satisfies Record<Grade, { timesAYear: number; zh: string; en: string }>;

/** What has come of a complaint or report, as far as a class is concerned; only those with `counts` do. */
const OUTCOMES = {
  open: { counts: true, upheld: false },
  'not-upheld': { counts: true, upheld: false },
  upheld: { counts: true, upheld: true },
  /** A report that became a penalty case (立案). */
  filed: { counts: true, upheld: true },
  refused: { counts: false, upheld: false },
  withdrawn: { counts: false, upheld: false },
  joined: { counts: false, upheld: false },
} as const satisfies Record<string, { counts: boolean; upheld: boolean }>;
type ComplaintOutcome = keyof typeof OUTCOMES;

/** A complaint or report about the business. */
export interface ComplaintOfBusiness {
  number: string;
  receivedOn: LocalDate;
  outcome: ComplaintOutcome;
  /** Hash by which the cases of one person are known; all without one count as one person. */
  person?: string | undefined;
  /** Whether this person complains all the time, about whomever. */
  frequent?: boolean | undefined;
  problem?: 'food-safety' | 'prepaid-card' | 'other' | undefined;
}

/** What complaints a rule looks at. */
const LOOKS_AT = {
  all: () => true,
  upheld: ({ outcome }: ComplaintOfBusiness) => OUTCOMES[outcome].upheld,
  filed: ({ outcome }: ComplaintOfBusiness) => outcome === 'filed',
  'food-safety': ({ problem }: ComplaintOfBusiness) => problem === 'food-safety',
  'prepaid-card': ({ problem }: ComplaintOfBusiness) => problem === 'prepaid-card',
} as const satisfies Record<string, (complaint: ComplaintOfBusiness) => boolean>;

/** So many different people within so many days propose a class. */
interface ClassRule {
  readonly id: string;
  readonly of: keyof typeof LOOKS_AT;
  readonly people: number;
  /** Natural days up to and with the day on which it is looked. */
  readonly days: number;
  /** `one-lower`, or a class if the business has a better one. */
  readonly to: 'one-lower' | Grade;
  readonly zh: string;
  readonly en: string;
}

export interface ClassRules {
  readonly lower: readonly ClassRule[];
  /** Without any complaint for so many days, and in business so long, one class better. */
  readonly quietDays: number;
  /** After a decision the same reason is not proposed again for so many days, nor within the days of its rule. */
  readonly silentDays: number;
  /** Who complained about this business more often within the days of a rule counts for nothing unproven. */
  readonly mostOfOne: number;
}

/** Ours; the law leaves numbers to the bureaus, and each sets its own. */
export const DEFAULT_CLASS_RULES: ClassRules = {
  lower: [
    {
      id: 'concentrated',
      of: 'all',
      people: 10,
      days: 30,
      to: 'one-lower',
      zh: '投诉集中',
      en: 'many people complained',
    },
    {
      id: 'upheld',
      of: 'upheld',
      people: 3,
      days: 180,
      to: 'one-lower',
      zh: '多次查实',
      en: 'upheld several times',
    },
    {
      id: 'filed',
      of: 'filed',
      people: 1,
      days: 365,
      to: 'C',
      zh: '举报立案',
      en: 'a report became a penalty case',
    },
    {
      id: 'filed-often',
      of: 'filed',
      people: 3,
      days: 365,
      to: 'D',
      zh: '多次举报立案',
      en: 'reports became penalty cases several times',
    },
    {
      id: 'food-safety',
      of: 'food-safety',
      people: 3,
      days: 90,
      to: 'C',
      zh: '食品安全问题反复出现',
      en: 'food safety, again and again',
    },
    {
      id: 'prepaid-card',
      of: 'prepaid-card',
      people: 5,
      days: 30,
      to: 'D',
      zh: '预付卡问题集中',
      en: 'many complaints about prepaid cards',
    },
  ],
  quietDays: 365,
  silentDays: 180,
  mostOfOne: 3,
};

export const QUIET = { id: 'quiet', zh: '长期无投诉举报', en: 'no complaint for a long time' } as const;

/** One reason for another class, with the cases behind it: one for each person. */
interface ClassReason {
  rule: string;
  people: number;
  days: number;
  cases: string[];
}

export interface ClassDecision {
  decision: 'accepted' | 'declined';
  by: string;
  on: LocalDate;
  why: string;
}

/** Another class for a business: a person accepts or declines it. */
export interface ClassProposal {
  creditCode: string;
  name: string;
  from: Grade;
  to: Grade;
  /** Visits a year in the class proposed. */
  timesAYear: number;
  reasons: ClassReason[];
  proposedOn: LocalDate;
  decided?: ClassDecision | undefined;
}

/**
 * What the complaints of a business propose; undefined when they propose nothing, or nothing new.
 * @param complaints all of the longest period that the rules look back, whatever has come of them, in any order
 * @param past what was proposed and decided before
 */
export function proposeClass(
  { creditCode, name, grade, from }: Pick<Business, 'creditCode' | 'name' | 'grade' | 'from'>,
  complaints: readonly ComplaintOfBusiness[],
  past: readonly ClassProposal[],
  on: LocalDate,
  rules: ClassRules = DEFAULT_CLASS_RULES,
): ClassProposal | undefined {
  const isSilent = (rule: string, days: number) =>
    past.some(
      ({ decided, reasons }) =>
        decided !== undefined &&
        reasons.some((reason) => reason.rule === rule) &&
        on < addDays(decided.on, Math.max(days, rules.silentDays)),
    );
  const lower = rules.lower
    .map((rule) => ({ target: targetOf(grade, rule.to), reason: reasonOf(rule, complaints, on, rules) }))
    .filter(({ target, reason }) => target > GRADES.indexOf(grade) && reason !== undefined)
    .flatMap(({ target, reason }) => (reason === undefined ? [] : [{ target, reason }]))
    .filter(({ reason: { rule, days } }) => !isSilent(rule, days));
  const proposal = (target: number, reasons: ClassReason[]): ClassProposal => {
    const to = GRADES[target] ?? grade;
    const { timesAYear } = PATROLS[to];
    return { creditCode, name, from: grade, to, timesAYear, reasons, proposedOn: on };
  };
  if (lower.length > 0) {
    return proposal(
      Math.max(...lower.map(({ target }) => target)),
      lower.map(({ reason }) => reason),
    );
  }
  const { quietDays } = rules;
  const since = addDays(on, -quietDays);
  const isQuiet =
    from !== undefined &&
    from <= since &&
    !complaints.some((one) => isCounted(one) && one.receivedOn > since);
  return isQuiet && grade !== 'A' && !isSilent(QUIET.id, quietDays)
    ? proposal(GRADES.indexOf(grade) - 1, [{ rule: QUIET.id, people: 0, days: quietDays, cases: [] }])
    : undefined;
}

const isCounted = ({ outcome }: ComplaintOfBusiness) => OUTCOMES[outcome].counts;

/** Place of the class proposed, 0 for A. */
function targetOf(grade: Grade, to: ClassRule['to']): number {
  return to === 'one-lower' ? Math.min(GRADES.indexOf(grade) + 1, GRADES.length - 1) : GRADES.indexOf(to);
}

/** The people of whom a rule speaks, once each; undefined when they are too few. */
function reasonOf(
  { id, of, people, days }: ClassRule,
  complaints: readonly ComplaintOfBusiness[],
  on: LocalDate,
  { mostOfOne }: ClassRules,
): ClassReason | undefined {
  const since = addDays(on, -days);
  const within = complaints.filter(({ receivedOn }) => receivedOn > since && receivedOn <= on);
  const personOf = ({ person = '' }: ComplaintOfBusiness) => person;
  const timesOf = new Map<string, number>();
  for (const one of within) timesOf.set(personOf(one), (timesOf.get(personOf(one)) ?? 0) + 1);
  // Whoever complains all the time (恶意投诉) is still right where the authority found him right.
  const isHeard = (one: ComplaintOfBusiness) =>
    OUTCOMES[one.outcome].upheld ||
    (one.frequent !== true && (one.person === undefined || (timesOf.get(one.person) ?? 0) <= mostOfOne));
  const first = new Map<string, string>();
  for (const one of within
    .filter((each) => isCounted(each) && LOOKS_AT[of](each) && isHeard(each))
    .sort(byReceipt)) {
    if (!first.has(personOf(one))) first.set(personOf(one), one.number);
  }
  return first.size < people ? undefined : { rule: id, people: first.size, days, cases: [...first.values()] };
}

const byReceipt = (one: ComplaintOfBusiness, other: ComplaintOfBusiness) =>
  `${one.receivedOn} ${one.number}` < `${other.receivedOn} ${other.number}` ? -1 : 1;

/** A person decides a proposal. Throws RangeError when it was decided, or without a name or a reason. */
export function decideClass(proposal: ClassProposal, decided: ClassDecision): ClassProposal {
  if (proposal.decided !== undefined) throw new RangeError(`${proposal.creditCode}: decided already`);
  if (decided.by.trim() === '' || decided.why.trim() === '') {
    throw new RangeError(`${proposal.creditCode}: a decision needs who and why`);
  }
  return { ...proposal, decided };
}
