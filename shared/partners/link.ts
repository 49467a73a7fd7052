import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Case } from '../case/case.ts';
import { type CaseNumber, parseCaseNumber } from '../case/case-number.ts';
import { addDays } from '../dates.ts';

/*
 * The link in a notice to a rights station or business: it opens one case, for one partner, for one offer, until a
 * day. `2611214837292.S330203001.3.thk8g0.<mac>`: short, because it is sent by SMS. It stands behind the # of the
 * address, which browsers send to nobody, and comes to the API as a bearer token.
 */

/** What a link opens. */
export interface PartnerLink {
  number: CaseNumber;
  partner: string;
  /** Version of the case with which it was handed over. */
  offer: number;
  expires: Date;
}

/** 128 bits of the HMAC: nobody guesses them, and an SMS stays short. */
const MAC_BYTES = 16;

/** Days after the last one on which the partner can still look how the case stands. */
const STILL_READABLE = 7;

/** The address in a notice, `https://…/partner#…`; undefined for a case without a partner, or where links are not open. */
export function partnerAddress(
  { number, offer, clocks }: Pick<Case, 'number' | 'offer' | 'clocks'>,
  pages: string,
  keys: readonly string[],
): string | undefined {
  const due = clocks.findLast(({ id }) => id === 'station-first')?.due;
  if (offer === undefined || due === undefined || pages === '' || keys.length === 0) return undefined;
  const expires = new Date(`${addDays(due, STILL_READABLE)}T24:00:00+08:00`);
  const { partner, version } = offer;
  return `${pages}/partner#${makePartnerLink({ number, partner, offer: version, expires }, keys)}`;
}

/** @param keys the first one signs; a second one is still believed while keys are changed */
export function makePartnerLink(
  { number, partner, offer, expires }: PartnerLink,
  keys: readonly string[],
): string {
  const [key = ''] = keys;
  const seconds = Math.floor(expires.getTime() / 1000).toString(36);
  const said = [number.replaceAll('-', ''), partner, offer, seconds].join('.');
  return `${said}.${macOf(said, key)}`;
}

/** What a link opens; why not, where it opens nothing. */
export function openPartnerLink(
  link: string,
  keys: readonly string[],
  now: Date,
): PartnerLink | 'not-ours' | 'expired' {
  const parts = /^((\d{13})\.([A-Z0-9]{3,20})\.(\d{1,6})\.([0-9a-z]{1,8}))\.([\w-]{22})$/.exec(link);
  if (parts === null) return 'not-ours';
  const [, said = '', digits = '', partner = '', offer = '', seconds = '', mac = ''] = parts;
  const known = keys.some((key) => timingSafeEqual(Buffer.from(macOf(said, key)), Buffer.from(mac)));
  const number = parseCaseNumber(digits);
  if (!known || number === undefined) return 'not-ours';
  const expires = new Date(Number.parseInt(seconds, 36) * 1000);
  return now < expires ? { number, partner, offer: Number(offer), expires } : 'expired';
}

function macOf(said: string, key: string): string {
  return createHmac('sha256', key)
    .update(`partner-link\n${said}`)
    .digest()
    .subarray(0, MAC_BYTES)
    .toString('base64url');
}
