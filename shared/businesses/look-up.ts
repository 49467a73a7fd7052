import type { LocalDate } from '../dates.ts';
import type { Business } from './business.ts';
import { keysOfQuestion, kindOf, type LookupKey, type Question } from './lookup-keys.ts';
import { type Match, matchBusiness, type Read, type Why } from './match-business.ts';
import { SAME_NAME } from './recognised.ts';

/** What a match reads: the store of businesses. */
export interface BusinessReader {
  business(creditCode: string): Promise<Business | undefined>;
  candidates(keys: readonly LookupKey[], limitPerKey: number): Promise<Read>;
}

/** A name that more than so many bear does not tell one from another. */
const LIMIT_PER_KEY = 25;

/**
 * Reads what may be meant and matches it: at most 40 keys and 120 businesses, however many the city has. First under the
 * telling keys; under those that forgive a slip only where these leave a doubt, for each key is a request.
 */
export async function lookUpBusiness(
  question: Question,
  reader: BusinessReader,
  on: LocalDate,
  places: readonly string[],
): Promise<Match> {
  const code = question.creditCode?.normalize('NFKC').replace(/\s/g, '').toUpperCase() ?? '';
  const keys = keysOfQuestion(question, places);
  const forgiving = keys.filter((key) => kindOf(key) === 'near');
  const telling = keys.filter((key) => !forgiving.includes(key));
  const [byCode, first] = await Promise.all([
    code === '' ? undefined : reader.business(code),
    reader.candidates(telling, LIMIT_PER_KEY),
  ]);
  const match = (read: Read) => matchBusiness(question, withFirst(byCode, read), on, places);
  const found = match(first);
  if (forgiving.length === 0 || isBeyondSlips(found, question)) return found;
  const second = await reader.candidates(forgiving, LIMIT_PER_KEY);
  return match({
    businesses: [
      ...first.businesses,
      ...second.businesses.filter((one) =>
        first.businesses.every((other) => other.creditCode !== one.creditCode),
      ),
    ],
    cut: [...first.cut, ...second.cut],
  });
}

/** Whoever nearly bears the name cannot change it: nothing is said of where it is, or this one is there. */
function isBeyondSlips({ outcome, candidates: [first] }: Match, { address }: Question): boolean {
  if (outcome !== 'one' || first === undefined) return false;
  const has = (reasons: readonly Why[]) => reasons.some((reason) => first.why.includes(reason));
  return has(BY_NAME) && (address === undefined || has(DECIDING));
}

const BY_NAME: readonly Why[] = ['same-code', ...SAME_NAME];
/** With one of these a candidate is further ahead than a name with a slip could come. */
const DECIDING: readonly Why[] = ['same-code', 'same-phone', 'same-shop', 'same-unit', 'same-house'];

function withFirst(byCode: Business | undefined, { businesses, cut }: Read): Read {
  const others = businesses.filter(({ creditCode }) => creditCode !== byCode?.creditCode);
  return { businesses: byCode === undefined ? others : [byCode, ...others], cut };
}
