/**
 * A name nobody can guess: 32 random bytes as text that fits into a header and an address.
 * `crypto.randomUUID` is missing on phones of before 2022 and on any address without HTTPS; this is not.
 */
export function randomToken(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

export function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '');
}
