import type { LocalDate } from '../dates.ts';
import type { Business } from './business.ts';
import { keysOfQuestion, type LookupKey, type Question } from './lookup-keys.ts';
import { type Match, matchBusiness, type Read } from './match-business.ts';

/** What a match reads: the store of businesses. */
export interface BusinessReader {
  business(creditCode: string): Promise<Business | undefined>;
  candidates(keys: readonly LookupKey[], limitPerKey: number): Promise<Read>;
}

/** A name that more than so many bear does not tell one from another. */
const LIMIT_PER_KEY = 25;

/** Reads what may be meant and matches it: at most 40 keys and 60 businesses, however many the city has. */
export async function lookUpBusiness(
  question: Question,
  reader: BusinessReader,
  on: LocalDate,
  places: readonly string[],
): Promise<Match> {
  const code = question.creditCode?.normalize('NFKC').replace(/\s/g, '').toUpperCase() ?? '';
  const [byCode, { businesses, cut }] = await Promise.all([
    code === '' ? undefined : reader.business(code),
    reader.candidates(keysOfQuestion(question, places), LIMIT_PER_KEY),
  ]);
  const others = businesses.filter(({ creditCode }) => creditCode !== byCode?.creditCode);
  return matchBusiness(
    question,
    { businesses: byCode === undefined ? others : [byCode, ...others], cut },
    on,
    places,
  );
}
