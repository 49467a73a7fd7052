import * as z from 'zod';
import { placesOf } from '../businesses/places.ts';
import { spotsOf } from '../businesses/spots.ts';
import { type Case, CHANNELS, type Channel } from '../case/case.ts';
import type { Registry } from '../jurisdiction/registry.ts';
import { commonCauseOf } from '../matter/matter-of.ts';
import { sha256 } from '../sha256.ts';
import { PROBLEMS, SUBJECTS } from '../understanding/understanding.ts';
import { wordsOf } from '../understanding/understood.ts';
import { PREPAID_TROUBLES, prepaidTroubles } from './prepaid-words.ts';

/*
 * What the early warning knows of one complaint: classes, codes and hashes. No words, nobody's name or phone. It is made
 * while the words are there and kept afterwards, so that a past day can be looked at again.
 */

/** Marks that put a complaint before others. */
const FLAGS = ['food-safety', ...PREPAID_TROUBLES] as const;
export type Flag = (typeof FLAGS)[number];

const hash = z.string().regex(/^[0-9a-f]{20}$/);

export const signalSchema = z.object({
  number: z.string(),
  /** Day of receipt in Shanghai. */
  receivedOn: z.string(),
  channel: z.enum(Object.keys(CHANNELS) as [Channel, ...Channel[]]),
  /** Units it lay with, from the city down: who may see an alarm of it. */
  unitPath: z.array(z.string()),
  subject: z.enum(SUBJECTS).optional(),
  problem: z.enum(PROBLEMS).optional(),
  /** County, six digits. */
  division: z.string().optional(),
  /** Hash of the business: by its credit code, else by the core of its name. */
  business: hash.optional(),
  /** The same id as the mass incident it would belong to (shared/matter). */
  cause: hash.optional(),
  /** Hash of a bar code or a batch number that the words give. */
  product: hash.optional(),
  /** Hash of road and house number, or of the mall or market. */
  address: hash.optional(),
  flags: z.array(z.enum(FLAGS)).default([]),
  claimedFen: z.number().int().default(0),
  /** False for one more message of a person who is counted already: alarms count people, not messages. */
  counted: z.boolean().default(true),
});

export type Signal = z.output<typeof signalSchema>;

/** Below this what was read in the words is not counted. */
const SURE = 0.6;
const COUNTY_DIGITS = 6;

type Told = Pick<
  Case,
  'number' | 'kind' | 'channel' | 'receivedOn' | 'unitPath' | 'complaint' | 'understood' | 'lead'
>;
type Sources = Pick<Registry, 'bureau' | 'city' | 'divisions'>;

/**
 * The signal of a case; undefined for what is not counted: a report, whose very existence is sealed from those who
 * are not on it (Order 121 Art. 37), an inquiry, and a complaint that was told a second time and joined.
 */
export function signalOf(found: Told, registry: Sources): Signal | undefined {
  if (found.kind !== 'complaint' || found.lead !== undefined) return undefined;
  const { complaint, understood } = found;
  const text = `${complaint.text} ${complaint.request ?? ''}`;
  const subject = sure(understood?.subject);
  const problem = sure(understood?.problem);
  const cause = commonCauseOf(found, registry);
  const causeId = cause && idOf(registry, cause.key);
  const division = complaint.business.divisionCode ?? understood?.division?.code ?? found.unitPath[1];
  const isIll = understood?.urgency.some(({ value }) => value === 'food-poisoning') === true;
  return signalSchema.parse({
    number: found.number,
    receivedOn: found.receivedOn,
    channel: found.channel,
    unitPath: found.unitPath,
    subject,
    problem,
    division: division && division.length >= COUNTY_DIGITS ? division.slice(0, COUNTY_DIGITS) : undefined,
    business: cause?.kind === 'business' ? causeId : undefined,
    cause: causeId,
    product: keyed(registry, productOf(text)),
    address: keyed(registry, addressOf(found, registry)),
    flags: [
      ...(isIll || (isFood(subject) && (problem === '安全' || UNSAFE.test(text))) ? ['food-safety'] : []),
      ...prepaidTroubles(text),
    ],
    claimedFen: complaint.claimedFen ?? understood?.claimed?.fen ?? 0,
  });
}

/** As the ids of mass incidents are made: the hash says nothing to whoever sees it in another bureau. */
const idOf = ({ bureau }: Pick<Registry, 'bureau'>, key: string) => sha256(`${bureau} ${key}`).slice(0, 20);
const keyed = (registry: Sources, key: string | undefined) =>
  key === undefined ? undefined : idOf(registry, key);

const sure = <T>(field: { value: T; confidence: number } | undefined) =>
  field !== undefined && field.confidence >= SURE ? field.value : undefined;

const isFood = (subject: string | undefined) => subject === '食品类' || subject === '烟酒和饮料类';
/** What makes food unsafe (Food Safety Law Art. 34), as consumers write it. */
const UNSAFE =
  /过期|超过?保质期|变质|发霉|霉变|发臭|腐(?:败|烂)|异物|虫|头发|老鼠|苍蝇|蟑螂|中毒|拉肚子|腹泻|呕吐|有毒|地沟油|添加剂|三无|无生产日期/u;

const BAR_CODE = /(?<!\d)69\d{11}(?!\d)/u;
const BATCH = /(?:批号|批次号?|生产批次|lot)[^\w\d]{0,3}([a-z\d][a-z\d-]{3,19})/iu;

/** The bar code or batch number in the words. */
function productOf(text: string): string | undefined {
  const plain = text.normalize('NFKC');
  const batch = BATCH.exec(plain)?.[1];
  return batch === undefined ? BAR_CODE.exec(plain)?.[0] : `batch ${batch.toUpperCase()}`;
}

/** The very spot, or nothing: a road without a number is too long to be one. */
function addressOf({ complaint, understood }: Told, registry: Sources): string | undefined {
  const written =
    complaint.business.address ??
    (understood?.place === undefined ? undefined : wordsOf(complaint.text, [understood.place.span]));
  const { malls, road, house } = spotsOf(written, placesOf(registry));
  if (malls[0] !== undefined) return `mall ${malls[0]}`;
  return road === undefined || house === undefined ? undefined : `road ${road} ${house}`;
}
