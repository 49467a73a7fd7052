import { timingSafeEqual } from 'node:crypto';
import { sha256 } from '../sha256.ts';

// Crockford's base 32: no I, L, O or U, so that a handwritten secret reads back.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * Makes the secret that a consumer shows with the case number, `K7QM4-X2D9P`.
 * @param random ten random bytes; 50 bits of them are used
 */
export function makeTrackingSecret(random: Uint8Array): string {
  const letters = Array.from(random.slice(0, 10), (byte) => ALPHABET[byte % 32]).join('');
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

/** What is stored instead of the secret. Spaces, hyphens, case and look-alike letters do not matter. */
export function hashTrackingSecret(secret: string): string {
  const plain = secret
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return sha256(plain);
}

/** Compares in constant time. */
export function isTrackingSecret(secret: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashTrackingSecret(secret)), Buffer.from(hash));
}
