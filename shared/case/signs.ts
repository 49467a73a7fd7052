import { addDays } from '../dates.ts';
import type { Calendar } from '../law/calendar.ts';
import { dueDate } from '../law/clocks.ts';
import { rulePackFor } from '../law/rule-packs.ts';
import type { Case } from './case.ts';

/*
 * Signs that a complaint may not be one for daily consumption (Order 121 Art. 17). They are shown to the officer with
 * the cases behind them and decide nothing: no refusal is automatic.
 */

/** What is known of the other cases that may be looked at together with one. */
export interface Neighbours {
  /** Cases that came from the same phone number, with whether the name was the same. */
  samePhone: readonly { found: Case; sameName: boolean }[];
  /** Complaints against a business of the same name. */
  sameBusiness: readonly Case[];
}

export interface Sign {
  id:
    | 'many-complaints'
    | 'concentrated'
    | 'many-people-one-phone'
    | 'no-purchase-shown'
    | 'over-three-years'
    | 'duplicate';
  zh: string;
  en: string;
  basis: string;
  /** Numbers of the cases that show it. */
  cases: string[];
}

/** "短期内大量": the order leaves the number to the bureaus; these are ours, for a person to weigh. */
const SHORT_TIME_DAYS = 90;
const MANY = 3;
const CONCENTRATED = 10;
const CONCENTRATED_DAYS = 14;
const DUPLICATE_DAYS = 30;

const ART_17 = '总局令第121号第十七条';

/** The signs of one complaint, each with the cases behind it. */
export function signsOf(found: Case, { samePhone, sameBusiness }: Neighbours, calendar: Calendar): Sign[] {
  const within = (days: number) => (other: Case) =>
    other.number !== found.number && other.receivedOn >= addDays(found.receivedOn, -days);
  const others = samePhone.filter(({ found: other }) => other.kind === 'complaint');
  const business = new Set(sameBusiness.map(({ number }) => number));

  const repeated = others
    .map(({ found: other }) => other)
    .filter(within(SHORT_TIME_DAYS))
    .filter(({ number }) => business.has(number));
  const frequent = others.map(({ found: other }) => other).filter(within(SHORT_TIME_DAYS));
  const concentrated = sameBusiness.filter(within(CONCENTRATED_DAYS));
  const people = others.filter(({ sameName, found: other }) => !sameName && other.number !== found.number);
  const duplicates = repeated.filter(within(DUPLICATE_DAYS)).filter(({ state }) => state !== 'joined');
  const numbers = (cases: readonly Case[]) => cases.map(({ number }) => number);

  const signs: (Sign | false)[] = [
    duplicates.length > 0 && {
      id: 'duplicate',
      zh: '同一电话近期投诉过同一经营者，可能重复，可以并案',
      en: 'The same phone complained about this business lately: perhaps a duplicate to be joined',
      basis: '总局令第121号第十二条',
      cases: numbers(duplicates),
    },
    (repeated.length + 1 >= MANY || frequent.length + 1 >= CONCENTRATED) && {
      id: 'many-complaints',
      zh: `同一电话在 ${SHORT_TIME_DAYS} 日内多次投诉`,
      en: `The same phone complained often within ${SHORT_TIME_DAYS} days`,
      basis: `${ART_17}第（二）项`,
      cases: numbers(repeated.length + 1 >= MANY ? repeated : frequent),
    },
    concentrated.length + 1 >= CONCENTRATED && {
      id: 'concentrated',
      zh: `${CONCENTRATED_DAYS} 日内对同一经营者集中投诉`,
      en: `Many complaints about this business within ${CONCENTRATED_DAYS} days`,
      basis: `${ART_17}第（二）项`,
      cases: numbers(concentrated),
    },
    people.length > 0 && {
      id: 'many-people-one-phone',
      zh: '不同的人使用同一电话号码投诉',
      en: 'Different people complained with the same phone number',
      basis: `${ART_17}第（四）项`,
      cases: numbers(people.map(({ found: other }) => other)),
    },
    isOverThreeYears(found, calendar) && {
      id: 'over-three-years',
      zh: '发生日期距收到投诉已超过三年，请核实投诉人何时知道权益受到侵害',
      en: 'The incident is more than three years old; please check when the consumer learned of the harm',
      basis: '总局令第121号第十六条第（四）项',
      cases: [],
    },
    found.complaint.paidFen === undefined &&
      found.complaint.occurredOn === undefined && {
        id: 'no-purchase-shown',
        zh: '没有写明购买金额和日期，请核实消费关系',
        en: 'Neither sum nor day of a purchase is given; please check that there was one',
        basis: `${ART_17}第（三）项`,
        cases: [],
      },
  ];
  return signs.filter((sign) => sign !== false);
}

/** Art. 16(4): three years since the consumer knew or should have known; the day of the incident is all we have. */
function isOverThreeYears({ complaint, receivedOn }: Case, calendar: Calendar): boolean {
  const rule = rulePackFor(receivedOn).clocks.limitation;
  if (complaint.occurredOn === undefined || rule === undefined) return false;
  const { length, unit } = rule;
  return receivedOn > dueDate({ start: complaint.occurredOn, length, unit }, calendar).due;
}
