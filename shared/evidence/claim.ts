import type { EvidenceType } from './types.ts';

/** So many bytes at the beginning of a file say what it is. */
export const BEGINNING_BYTES = 1024;

/** Brands of ISO base media files by what they hold (ISO/IEC 14496-12, 23008-12; https://mp4ra.org/registered-types/brands). */
const HEIC = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'];
const MP4 = ['isom', 'iso2', 'iso3', 'iso4', 'iso5', 'iso6', 'mp41', 'mp42', 'avc1', 'M4V ', 'MSNV', 'dash'];
/** Recorders of phones write sounds under the brands of films, too. */
const M4A = ['M4A ', 'M4B ', '3gp4', '3gp5', '3gp6', ...MP4];
/** QuickTime before 2005 has no brand: it begins with one of its atoms. */
const OLD_MOV = ['moov', 'mdat', 'wide'];

const text = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, to));
const begins =
  (...magic: number[]) =>
  (bytes: Uint8Array) =>
    magic.every((byte, at) => bytes[at] === byte);
const saysAt = (at: number, word: string) => (bytes: Uint8Array) =>
  text(bytes, at, at + word.length) === word;
const brandIn = (brands: readonly string[]) => (bytes: Uint8Array) =>
  saysAt(4, 'ftyp')(bytes) && brands.includes(text(bytes, 8, 12));
const riff = (form: string) => (bytes: Uint8Array) => saysAt(0, 'RIFF')(bytes) && saysAt(8, form)(bytes);

/** A frame of MPEG audio, layer III: sync, version, bit rate and sample rate that exist (ISO/IEC 11172-3, 2.4.1.3). */
function mp3Frame([first = 0, second = 0, third = 0]: Uint8Array): boolean {
  return (
    first === 0xff &&
    (second & 0xe0) === 0xe0 &&
    ((second >> 3) & 3) !== 1 &&
    ((second >> 1) & 3) === 1 &&
    third >> 4 !== 15 &&
    ((third >> 2) & 3) !== 3
  );
}

const CLAIMS: Readonly<Record<EvidenceType, (bytes: Uint8Array) => boolean>> = {
  'image/jpeg': begins(0xff, 0xd8, 0xff),
  'image/png': begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  'image/webp': riff('WEBP'),
  'image/heic': brandIn(HEIC),
  'application/pdf': saysAt(0, '%PDF-'),
  'video/mp4': brandIn(MP4),
  'video/quicktime': (bytes) => brandIn(['qt  '])(bytes) || OLD_MOV.some((atom) => saysAt(4, atom)(bytes)),
  'audio/mpeg': (bytes) => saysAt(0, 'ID3')(bytes) || mp3Frame(bytes),
  'audio/mp4': brandIn(M4A),
  'audio/amr': (bytes) => saysAt(0, '#!AMR\n')(bytes) || saysAt(0, '#!AMR-WB\n')(bytes),
  'audio/wav': riff('WAVE'),
};

/**
 * True when a file begins as one of the claimed type does. It may hold more than that (a page in the comment of a
 * picture): no file is ever shown inside a page, or from the origin of the pages.
 * @param beginning the first `BEGINNING_BYTES`, or all of a shorter file
 */
export function isWhatItClaims(beginning: Uint8Array, type: EvidenceType): boolean {
  return CLAIMS[type](beginning);
}
