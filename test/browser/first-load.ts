import { gzipSync } from 'node:zlib';

/** What the consumer's page may load before somebody can type, as CloudFront sends it. */
export const FIRST_LOAD_BYTES = 100 * 1024;

/** CloudFront compresses these types, from a thousand bytes up to ten million; others go as they are. */
const COMPRESSED =
  /^(?:text\/(?:html|css|javascript|plain)|application\/(?:json|javascript|manifest\+json)|image\/svg\+xml)/;
const LEAST_BYTES = 1_000;

/** Size of what an address answers, by gzip: what a browser without Brotli, the larger of both, has to load. */
export async function compressedSize(url: string): Promise<number> {
  const answer = await fetch(url);
  const body = Buffer.from(await answer.arrayBuffer());
  const type = answer.headers.get('content-type') ?? '';
  // Headers of an answer are some four hundred bytes; HTTP/2 packs most of them away.
  return COMPRESSED.test(type) && body.length >= LEAST_BYTES ? gzipSync(body).length : body.length;
}
