import type { Instant, LocalDate } from '../dates.ts';
import { compareNames, type SameName } from './business-name.ts';
import { FURTHER_PURCHASE, overlapOf, referencesIn } from './words.ts';

/*
 * Whether two complaints are one consumer dispute (同一消费者权益争议, Order 121 Art. 12, 14, 16(2)): the same person, the
 * same business, the same purchase. Counted from what stands in them, and told in words. A wrong "yes" takes a person's
 * case away; so it needs several things that agree and none that speaks against it.
 */

/** What is compared of a complaint. */
export interface Matter {
  number: string;
  receivedAt: Instant;
  /** Hashes of phone and name; without a name where none was given. */
  person: { phone?: string | undefined; name?: string | undefined };
  business: {
    name?: string | undefined;
    /** Unified social credit code, where the register knows the name. */
    creditCode?: string | undefined;
    phone?: string | undefined;
    address?: string | undefined;
  };
  /** Fen. */
  paidFen?: number | undefined;
  claimedFen?: number | undefined;
  /** All sums that it names, also those of which it is not sure what they were. */
  sums?: readonly number[] | undefined;
  /** Day of the purchase or of the incident. */
  day?: LocalDate | undefined;
  /** Kind of goods or service, where it is sure. */
  subject?: string | undefined;
  text: string;
}

/** What was found, for or against, in words for the desk. The codes go into the history. */
export const FINDINGS = {
  'same-person': { zh: '同一电话、同一姓名', en: 'Same phone and name' },
  'same-phone': { zh: '同一电话，未留姓名', en: 'Same phone, one gave no name' },
  'same-business': { zh: '同一经营者', en: 'Same business' },
  'business-alike': { zh: '经营者名称相近', en: 'Nearly the same name of the business' },
  'same-reference': { zh: '订单号、单号相同', en: 'Same order or parcel number' },
  copy: { zh: '文字几乎一样', en: 'Nearly the same words' },
  'same-sum': { zh: '金额相同', en: 'Same sum' },
  'same-day': { zh: '日期相同', en: 'Same day' },
  'same-words': { zh: '说的是同样的商品和问题', en: 'Same goods and fault in the words' },
  'other-name': { zh: '同一电话，姓名不同', en: 'Same phone, another name' },
  'other-person': { zh: '电话不同', en: 'Another phone' },
  'other-business': { zh: '经营者不同', en: 'Another business' },
  'other-branch': { zh: '同一品牌的另一家门店', en: 'Another shop of the same chain' },
  'business-not-named': { zh: '有一件没有写明经营者', en: 'One does not name the business' },
  'other-reference': { zh: '订单号、单号不同', en: 'Another order or parcel number' },
  'other-sum': { zh: '付款金额不同', en: 'Another sum was paid' },
  'other-day': { zh: '日期不同', en: 'Another day' },
  'other-goods': { zh: '商品服务类别不同', en: 'Another kind of goods or service' },
  'further-purchase': { zh: '说的是又一次消费', en: 'It speaks of a further purchase' },
  'long-ago': { zh: '相隔时间较长', en: 'A long time lies between them' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type Finding = keyof typeof FINDINGS;

/** `yes`: one dispute. `maybe`: a person should look. */
export interface SameMatter {
  same: 'yes' | 'maybe' | 'no';
  why: { code: Finding; zh: string; en: string }[];
}

/** Beyond this only the number of an order makes two messages one matter. */
export const LONG_DAYS = 30;
/** Beyond this nobody is asked to look. */
export const LONGEST_DAYS = 180;
export const COPY = 0.8;
/** A copy of fewer signs may be two people's same sigh. */
const COPY_SIGNS = 15;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Compares two complaints. Symmetric: it does not matter which one came first. `places` see `readName`. */
export function sameMatter(a: Matter, b: Matter, places: readonly string[] = []): SameMatter {
  const facts = factsOf(a, b, places);
  return { same: judge(facts), why: facts.found.map((code) => ({ code, ...FINDINGS[code] })) };
}

interface Facts {
  person: 'same' | 'perhaps' | 'other';
  business: SameName;
  found: Finding[];
  has: (finding: Finding) => boolean;
  particular: number;
  shared: number;
  length: number;
  days: number;
}

const AGAINST: readonly Finding[] = [
  'other-reference',
  'other-sum',
  'other-day',
  'other-goods',
  'further-purchase',
  'other-branch',
];

function factsOf(a: Matter, b: Matter, places: readonly string[]): Facts {
  const person = comparePeople(a.person, b.person);
  const business = compareBusinesses(a.business, b.business, places);
  const names = [a.business.name ?? '', b.business.name ?? ''];
  const { whole, particular, shared, length } = overlapOf(a.text, b.text, names);
  const [refsA, refsB] = [referencesIn(a.text), referencesIn(b.text)];
  const commonReference = refsA.some((one) => refsB.includes(one));
  const days = Math.abs(Date.parse(a.receivedAt) - Date.parse(b.receivedAt)) / DAY_MS;
  const isCopy = whole >= COPY && length >= COPY_SIGNS;
  const sums = compareSums(a, b);
  const dayGap = dayGapOf(a.day, b.day);
  const isFurther = FURTHER_PURCHASE.test(a.text) !== FURTHER_PURCHASE.test(b.text);

  const known: (Finding | false)[] = [
    PERSON_FINDING[person](a, b),
    BUSINESS_FINDING[business],
    commonReference && 'same-reference',
    isCopy && 'copy',
    sums === 'same' && 'same-sum',
    dayGap === 0 && 'same-day',
    !isCopy && particular >= 0.3 && shared >= 3 && 'same-words',
    !commonReference && refsA.length > 0 && refsB.length > 0 && 'other-reference',
    sums === 'other' && 'other-sum',
    dayGap !== undefined && dayGap > 1 && 'other-day',
    a.subject !== undefined && b.subject !== undefined && a.subject !== b.subject && 'other-goods',
    isFurther && 'further-purchase',
    days > LONG_DAYS && 'long-ago',
  ];
  const found = known.filter((one) => one !== false);
  return {
    person,
    business,
    found,
    has: (finding) => found.includes(finding),
    particular,
    shared,
    length,
    days,
  };
}

function judge({ person, business, has, particular, shared, length, days }: Facts): SameMatter['same'] {
  const sameReference = has('same-reference');
  if (person === 'other') return sameReference && business !== 'different' ? 'maybe' : 'no';
  if (business === 'different') return sameReference ? 'maybe' : 'no';
  if (days > LONGEST_DAYS) return sameReference ? 'maybe' : 'no';
  const against = AGAINST.filter(has).length;
  // A number of an order settles what the words leave open; not that somebody bought once more under it.
  const isSure =
    person === 'same' &&
    business !== 'branch' &&
    (sameReference
      ? !has('other-sum') || has('copy')
      : against === 0 && days <= LONG_DAYS && agrees(business, { has, particular, shared, length, days }));
  if (isSure) return 'yes';
  if (against >= 2 && !has('same-words') && !has('copy') && !sameReference) return 'no';
  if (business === 'unknown') {
    return has('same-words') || has('same-sum') || has('copy') || sameReference ? 'maybe' : 'no';
  }
  return 'maybe';
}

/** Nothing speaks against it: is there enough that speaks for it? */
function agrees(
  business: SameName,
  { has, particular, shared, length, days }: Pick<Facts, 'has' | 'particular' | 'shared' | 'length' | 'days'>,
): boolean {
  const words = has('same-words');
  if (business === 'unknown') {
    // Without a name on both sides only what could hardly be said of two things.
    return (has('copy') && length >= 30) || (has('same-sum') && words && particular >= 0.4 && days <= 7);
  }
  return (
    has('copy') ||
    (has('same-sum') && (words || has('same-day') || (particular >= 0.15 && shared >= 2))) ||
    (has('same-day') && words) ||
    (words && particular >= 0.5 && shared >= 4 && days <= 14)
  );
}

function comparePeople(a: Matter['person'], b: Matter['person']): Facts['person'] {
  if (a.phone === undefined || b.phone === undefined || a.phone !== b.phone) return 'other';
  return a.name !== undefined && b.name !== undefined && a.name !== b.name ? 'perhaps' : 'same';
}

const PERSON_FINDING: Readonly<Record<Facts['person'], (a: Matter, b: Matter) => Finding>> = {
  same: (a, b) => (a.person.name === undefined || b.person.name === undefined ? 'same-phone' : 'same-person'),
  perhaps: () => 'other-name',
  other: () => 'other-person',
};

const BUSINESS_FINDING: Readonly<Record<SameName, Finding>> = {
  same: 'same-business',
  alike: 'business-alike',
  branch: 'other-branch',
  different: 'other-business',
  unknown: 'business-not-named',
};

/** A code, then the names, then a phone: names may differ where the phone says it is one. */
function compareBusinesses(
  a: Matter['business'],
  b: Matter['business'],
  places: readonly string[],
): SameName {
  const names = compareNames(a.name, b.name, places);
  if (names === 'branch') return 'branch';
  if (a.creditCode !== undefined && a.creditCode === b.creditCode) return 'same';
  const samePhone = digits(a.phone) !== '' && digits(a.phone) === digits(b.phone);
  if (samePhone && names !== 'same') return names === 'different' ? 'alike' : 'same';
  if (names === 'unknown' && sameAddress(a.address, b.address)) return 'alike';
  return names;
}

const digits = (phone: string | undefined) => (phone ?? '').normalize('NFKC').replace(/\D/g, '');

/** Down to the number of a house: a road has many shops. */
function sameAddress(one: string | undefined, other: string | undefined): boolean {
  const houses = [one, other].map(
    (address) =>
      /[\p{L}]{2,6}?(?:路|街|大道|巷|弄)\d+[号弄]/u.exec(
        (address ?? '').normalize('NFKC').replace(/\s/g, ''),
      )?.[0],
  );
  return houses[0] !== undefined && houses[0] === houses[1];
}

/** What was paid must not differ; what is asked for may grow. A sum paid here and named there is the same sum. */
function compareSums(a: Matter, b: Matter): 'same' | 'other' | 'unknown' {
  if (a.paidFen !== undefined && b.paidFen !== undefined && a.paidFen > 0 && b.paidFen > 0) {
    return a.paidFen === b.paidFen ? 'same' : 'other';
  }
  const [paid, others] = [paidOf(a) ?? paidOf(b), paidOf(a) === undefined ? sumsOf(a) : sumsOf(b)];
  if (paid !== undefined) return others.includes(paid) ? 'same' : 'unknown';
  return sumsOf(a).some((fen) => sumsOf(b).includes(fen)) ? 'same' : 'unknown';
}

const paidOf = ({ paidFen }: Matter) => (paidFen === undefined || paidFen === 0 ? undefined : paidFen);
const sumsOf = ({ paidFen, claimedFen, sums = [] }: Matter) =>
  [paidFen, claimedFen, ...sums].filter((fen) => fen !== undefined && fen > 0);

function dayGapOf(one: LocalDate | undefined, other: LocalDate | undefined): number | undefined {
  if (one === undefined || other === undefined) return undefined;
  return Math.abs(Date.parse(one) - Date.parse(other)) / DAY_MS;
}
