import type { Case } from '../case/case.ts';
import { isCreditCode } from '../jurisdiction/credit-code.ts';
import { saysWhere } from '../jurisdiction/facts-of-case.ts';
import type { Registry } from '../jurisdiction/registry.ts';
import { businessNameOf } from '../matter/matter-of.ts';
import { wordsOf } from '../understanding/understood.ts';
import { type BusinessReader, lookUpBusiness } from './look-up.ts';
import type { Question } from './lookup-keys.ts';
import type { Match } from './match-business.ts';
import { placesOf } from './places.ts';
import type { RecognisedBusiness } from './recognised.ts';

/** A credit code tells it; all else was matched. */
const SURE = { code: 1, match: 0.95 } as const;
/** What a person looks through; the case and its event carry them. */
const MOST_KEPT = 5;
/** Below this what was read in the words asks for nobody. */
const SURE_OF_PLACE = 0.5;
const CODE_IN_WORDS = /(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])/g;

type Told = Pick<Case, 'complaint' | 'understood'>;
type Places = Pick<Registry, 'city' | 'divisions'>;

/** What a case says of the business: what the sender filled in comes before what was read in his words. */
function questionOf(found: Told, registry: Places): Question {
  const { complaint, understood } = found;
  const { business, text } = complaint;
  const { place, division } = understood ?? {};
  const isRead = !saysWhere(business) && place !== undefined && place.confidence >= SURE_OF_PLACE;
  return {
    name: businessNameOf(found),
    address: business.address ?? (isRead ? wordsOf(text, [place.span]) : undefined),
    division: business.divisionCode ?? codeAsOurs(division?.code ?? undefined, registry),
    platform: business.platform,
    phone: business.phone,
    creditCode: codeIn(`${business.name ?? ''} ${text}`),
  };
}

/** Codes of townships change with the years: of one that the register does not have only the county says something. */
function codeAsOurs(code: string | undefined, { divisions }: Places): string | undefined {
  if (code === undefined || code.length < TOWNSHIP_DIGITS) return code;
  const isOurs = divisions.some((one) => code.startsWith(one.code));
  return isOurs ? code : code.slice(0, COUNTY_DIGITS);
}

const TOWNSHIP_DIGITS = 9;
const COUNTY_DIGITS = 6;

function codeIn(words: string): string | undefined {
  return words.normalize('NFKC').toUpperCase().match(CODE_IN_WORDS)?.find(isCreditCode);
}

/** The business that a case is about, as far as the register knows it; undefined where it names none. */
export async function recogniseBusiness(
  found: Told & Pick<Case, 'receivedOn'>,
  reader: BusinessReader,
  registry: Places,
): Promise<RecognisedBusiness | undefined> {
  const question = questionOf(found, registry);
  const { name, phone, creditCode } = question;
  // A place alone names no business: hundreds lie on a road.
  if (name === undefined && phone === undefined && creditCode === undefined) return undefined;
  return recognisedIn(await lookUpBusiness(question, reader, found.receivedOn, placesOf(registry)));
}

/** What a case keeps of a match. */
export function recognisedIn({ outcome, candidates }: Match): RecognisedBusiness {
  const [first] = candidates;
  const isOne = outcome === 'one' && first !== undefined;
  return {
    creditCode: isOne ? first.creditCode : null,
    ...(isOne ? { grade: first.grade } : {}),
    confidence: isOne ? SURE[first.why.includes('same-code') ? 'code' : 'match'] : 0,
    by: outcome,
    // Only what a case keeps: what its event said more, `verify-history` would miss in the case.
    candidates: candidates
      .slice(0, MOST_KEPT)
      .map(({ creditCode, division, score, why }) => ({ creditCode, division, score, why: [...why] })),
  };
}
