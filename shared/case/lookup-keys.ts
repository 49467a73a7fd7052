import { sha256 } from '../sha256.ts';

/*
 * Keys by which the cases of one phone number or one business are found. Hashes, so that a key says nothing to
 * whoever sees it; a phone number can still be guessed from one, which is why they lie with the identities.
 */

/** The same for a number however it is written: +86 138-0000-0000, 138 0000 0000, full-width digits. */
export function phoneKey(phone: string): string {
  const digits = phone.normalize('NFKC').replace(/\D/g, '');
  return sha256(digits.length > 11 ? digits.replace(/^(?:00)?86/, '') : digits);
}

/** The same for a name with and without spaces, punctuation, full-width letters; undefined without a name. */
export function businessKey(name: string | undefined): string | undefined {
  const plain = (name ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]/gu, '');
  return plain === '' ? undefined : sha256(plain);
}

/** The same for a name with and without spaces. */
export function nameKey(name: string): string {
  return sha256(name.normalize('NFKC').replace(/\s/g, ''));
}
