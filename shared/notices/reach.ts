import * as z from 'zod';
import { CHANNELS, type Channel } from './messenger.ts';

/** Where a notice can go; `by-hand` is a call or a letter, which a person makes and records. */
export type Reach =
  | { channel: Channel; to: string }
  | {
      channel: 'by-hand';
    };

/**
 * Where this person's notices go: by SMS if the phone is a mobile, else by e-mail, else by hand.
 * @param open the channels this bureau has; an SMS number is a channel only once published (Order 121 Art. 8)
 */
export function channelFor(
  person: { phone?: string | undefined; email?: string | undefined },
  open: readonly Channel[] = CHANNELS,
): Reach {
  const places = { sms: mobileOf(person.phone ?? ''), email: emailOf(person.email ?? '') };
  for (const channel of CHANNELS) {
    const to = places[channel];
    if (open.includes(channel) && to !== undefined) return { channel, to };
  }
  return { channel: 'by-hand' };
}

// The mainland's mobiles are eleven digits from 13 to 19, whoever the carrier is. libphonenumber-js says the same
// of them and costs 126 KB in each bundle, 44 KB with China's rules alone: too much beside two SDK clients.
const MOBILE = /^(?:\+?86|0086)?(1[3-9]\d{9})$/;

/**
 * The mobile number in what somebody typed, in E.164 (`+8613800000000`): full-width digits, spaces, hyphens,
 * brackets, `+86`, `86` and `0086` are read; so are the marks that phones add when a number is copied.
 * Undefined for anything else: a land line, another country's number, two numbers, a number with words.
 */
export function mobileOf(typed: string): string | undefined {
  const plain = typed.normalize('NFKC').replace(/[\s\p{Cf}\p{Pd}().]/gu, '');
  const digits = MOBILE.exec(plain)?.[1];
  return digits === undefined ? undefined : `+86${digits}`;
}

const address = z.email();

function emailOf(typed: string): string | undefined {
  const { success, data } = address.safeParse(typed.normalize('NFKC').trim());
  return success ? data : undefined;
}

/** Shows enough of a number or an address to recognise it, and too little to use it: `138****0000`, `z****@example.com`. */
export function masked(to: string): string {
  const at = to.lastIndexOf('@');
  if (at > 0) return `${to.slice(0, 1)}****${to.slice(at)}`;
  const digits = to.replace(/^\+86/, '');
  return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}
