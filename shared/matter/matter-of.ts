import { readName } from '../businesses/name-core.ts';
import { placesOf } from '../businesses/places.ts';
import { isGeneral } from '../businesses/trade-words.ts';
import type { Case } from '../case/case.ts';
import type { Registry } from '../jurisdiction/registry.ts';
import type { Understood } from '../understanding/understood.ts';
import { wordsOf } from '../understanding/understood.ts';
import type { Matter } from './same-matter.ts';

/** Below this what was read in the words is not compared. */
const SURE = 0.6;
/** A wrong name would put people together who have nothing to do with each other. */
const SURE_OF_NAME = 0.6;

type Told = Pick<Case, 'number' | 'receivedAt' | 'complaint' | 'understood'>;

/** What is compared of a case; `person` are hashes (lookup-keys.ts). What the sender filled in comes before what was read. */
export function matterOf(found: Told, person: Matter['person']): Matter {
  const { complaint, understood } = found;
  const { business, text, request } = complaint;
  const name = businessNameOf(found);
  const sure = <T extends { confidence: number }>(field: T | undefined) =>
    field !== undefined && field.confidence >= SURE ? field : undefined;
  return {
    number: found.number,
    receivedAt: found.receivedAt,
    person,
    business: {
      name,
      creditCode: understood?.business?.creditCode ?? undefined,
      phone: business.phone,
      address: business.address,
    },
    paidFen: complaint.paidFen ?? sure(understood?.paid)?.fen,
    claimedFen: complaint.claimedFen ?? sure(understood?.claimed)?.fen,
    // Whether it was paid or is asked for: that both name it says something.
    sums: [complaint.paidFen, complaint.claimedFen, understood?.paid?.fen, understood?.claimed?.fen].filter(
      (fen) => fen !== undefined,
    ),
    day: complaint.occurredOn ?? sure(understood?.occurredOn)?.day ?? sure(understood?.purchasedOn)?.day,
    subject: sure(understood?.subject)?.value,
    text: request === undefined ? text : `${text} ${request}`,
  };
}

/** The business as the sender named it, or as it stands in his words. */
export function businessNameOf({ complaint, understood }: Pick<Case, 'complaint' | 'understood'>) {
  if (complaint.business.name !== undefined) return complaint.business.name;
  const read: Understood['respondent'] = understood?.respondent;
  if (read === undefined || read.confidence < SURE_OF_NAME) return undefined;
  const words = wordsOf(complaint.text, [read.span]);
  return words === '' ? undefined : words;
}

/** What people may have in common in a mass incident; `key` is the same for all who mean it. */
export interface CommonCause {
  kind: 'business' | 'place';
  key: string;
}

/**
 * What a complaint would be gathered under: the business (its branches together, a chain that closes closes them all), or,
 * where none is named, the place with the problem. Undefined where neither is sure.
 */
export function commonCauseOf(
  found: Pick<Case, 'complaint' | 'understood'>,
  registry: Pick<Registry, 'city' | 'divisions'>,
): CommonCause | undefined {
  const name = businessNameOf(found);
  const code = found.understood?.business?.creditCode ?? undefined;
  if (code !== undefined) return { kind: 'business', key: `code ${code}` };
  const core = name === undefined ? '' : readName(name, placesOf(registry)).core;
  if (core.length >= SHORTEST_NAME && !isGeneral(core) && !BLANKED.test(core))
    return { kind: 'business', key: `name ${core}` };
  const { understood, complaint } = found;
  const problem = understood?.problem;
  const written =
    complaint.business.address ??
    (understood?.place === undefined ? '' : wordsOf(complaint.text, [understood.place.span]));
  const place = SPOT.exec(written.normalize('NFKC').replace(/[\s,，]/g, ''))?.[1];
  if (place === undefined || problem === undefined || problem.confidence < SURE) return undefined;
  const where = understood?.division?.code ?? '';
  return { kind: 'place', key: `place ${where} ${place} ${problem.value}` };
}

const SHORTEST_NAME = 3;
/** A name that was made unreadable: 某某超市, XX公司. */
const BLANKED = /某|[x×]{2}/u;
/** The last road with its number, estate or market of an address. */
const SPOT =
  /(?:.*[省市区县镇乡]|.*街道)?([\p{L}]{2,8}?(?:路\d*号?|大道\d*号?|街\d*号?|小区|花园|公寓|广场|市场|家园|新村|苑))/u;
