import { expect, test } from 'vitest';
import {
  hashTrackingSecret,
  isTrackingSecret,
  makeTrackingSecret,
} from '../../shared/case/tracking-secret.ts';

test('a secret has two groups of five letters that cannot be mistaken for each other', () => {
  const every = Array.from({ length: 26 }, (_, round) =>
    makeTrackingSecret(Uint8Array.from({ length: 10 }, (_byte, place) => round * 10 + place)),
  );
  for (const secret of every) expect(secret).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  // All 32 letters are used: 50 bits, not fewer.
  expect(new Set(every.join('').replaceAll('-', '')).size).toBe(32);
});

test('every byte counts', () => {
  const zero = new Uint8Array(10);
  const secrets = zero
    .map((_, place) => place)
    .reduce(
      (made, place) => {
        return made.add(makeTrackingSecret(zero.with(place, 1)));
      },
      new Set([makeTrackingSecret(zero)]),
    );
  expect(secrets.size).toBe(11);
});

test.each([
  ['lower case', 'k7qm4-x2d9p'],
  ['no hyphen', 'K7QM4X2D9P'],
  ['spaces', ' K7QM4 X2D9P '],
  ['full width', 'Ｋ７ＱＭ４－Ｘ２Ｄ９Ｐ'],
])('a secret opens with %s', (_, written) => {
  expect(isTrackingSecret(written, hashTrackingSecret('K7QM4-X2D9P'))).toBe(true);
});

test('letters that look like digits are read as digits', () => {
  const hash = hashTrackingSecret('10A10-0011Z');
  expect(isTrackingSecret('IOAlo-ooiLz', hash)).toBe(true);
});

test.each(['', '-', 'K7QM4-X2D9', 'K7QM4-X2D9Q', 'K7QM4-X2D9PP', '7KQM4-X2D9P', '\ud800', '密码'])(
  '%j does not open it',
  (written) => {
    expect(isTrackingSecret(written, hashTrackingSecret('K7QM4-X2D9P'))).toBe(false);
  },
);

test('the stored hash does not show the secret', () => {
  expect(hashTrackingSecret('K7QM4-X2D9P')).toMatch(/^[0-9a-f]{64}$/);
});
