/** The least that S3 takes of a part that is not the last: on a bad network no more than this is sent twice. */
export const PART_BYTES = 5 * 1024 * 1024;

/** A part of a file: bytes `from` up to, and not with, `to`; numbers begin with 1. */
export interface Part {
  number: number;
  from: number;
  to: number;
}

/** The parts in which a file of so many bytes is sent. */
export function plan(size: number): Part[] {
  const count = Math.ceil(size / PART_BYTES);
  return Array.from({ length: count }, (_, at) => ({
    number: at + 1,
    from: at * PART_BYTES,
    to: Math.min((at + 1) * PART_BYTES, size),
  }));
}

/** What has arrived of a part, as the storage lists it. */
export interface Arrived {
  number: number;
  size: number;
  etag: string;
}

/** The parts that have not arrived, or not whole. */
export function missingParts(size: number, arrived: readonly Arrived[]): Part[] {
  const sizes = new Map(arrived.map((part) => [part.number, part.size]));
  return plan(size).filter(({ number, from, to }) => sizes.get(number) !== to - from);
}
