/*
 * Unified social credit codes (统一社会信用代码, GB 32100-2015): 18 characters, two of them check digits.
 */

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/** The organisation number inside has its own check digit by GB 11714-1997; its letters count from A = 10. */
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/**
 * Makes a code complete with both check digits.
 * @param authority registration department, kind and division: `91330203`
 * @param organisation the eight characters of the organisation number
 */
export function completeCreditCode(authority: string, organisation: string): string {
  const body = authority + organisation + organisationCheck(organisation);
  return body + creditCheck(body);
}

/** True for a code of 18 characters whose check digits both fit. */
export function isCreditCode(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false;
  return completeCreditCode(code.slice(0, 8), code.slice(8, 16)) === code;
}

function organisationCheck(organisation: string): string {
  const sum = weigh(organisation, ORGANISATION_WEIGHTS, (character) => Number.parseInt(character, 36));
  return ['0', 'X', '9', '8', '7', '6', '5', '4', '3', '2', '1'][sum % 11] ?? '';
}

function creditCheck(body: string): string {
  const sum = weigh(body, WEIGHTS, (character) => ALPHABET.indexOf(character));
  return ALPHABET[(31 - (sum % 31)) % 31] ?? '';
}

function weigh(text: string, weights: readonly number[], valueOf: (character: string) => number): number {
  return weights.reduce((sum, weight, index) => sum + weight * valueOf(text[index] ?? ''), 0);
}
