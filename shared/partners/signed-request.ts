import { createPublicKey, verify } from 'node:crypto';
import { sha256 } from '../sha256.ts';

/*
 * Requests of a business's own system: signed with its Ed25519 key, of which we keep the public half only, so that
 * nothing we hold could forge one. docs/partners.md shows how to sign.
 */

/** What a request says about who sends it. */
export interface Signature {
  partner: string;
  /** Seconds since 1970. */
  time: number;
  signature: string;
}

/** What is signed: nothing of a request that matters can be changed. */
export interface SignedRequest {
  method: string;
  /** From `/partner` on, without the stage. */
  path: string;
  query: string;
  body: string;
}

/** A clock may be this wrong, and a request this long on its way. */
const TOLERANCE_S = 300;

const FORM = /^Partner code=([A-Z0-9]{3,20}), ?time=(\d{1,12}), ?signature=([A-Za-z0-9+/]{86}==)$/;

/** Reads `Partner code=…, time=…, signature=…`; undefined for anything else. */
export function readSignature(authorization: string): Signature | undefined {
  const [, partner, time, signature] = FORM.exec(authorization) ?? [];
  if (partner === undefined || time === undefined || signature === undefined) return undefined;
  return { partner, time: Number(time), signature };
}

/** The bytes that are signed, a line for each part. */
export function signedText({ method, path, query, body }: SignedRequest, time: number): string {
  return [method, path, query, time, sha256(body)].join('\n');
}

/** Whether one of these keys signed this request just now; if not, why. */
export function checkSignature(
  request: SignedRequest,
  { time, signature }: Signature,
  keys: readonly string[],
  now: Date,
): 'good' | 'wrong-signature' | 'wrong-time' {
  const text = Buffer.from(signedText(request, time));
  const signed = keys.some((key) => isSignedBy(key, text, Buffer.from(signature, 'base64')));
  if (!signed) return 'wrong-signature';
  return Math.abs(now.getTime() / 1000 - time) <= TOLERANCE_S ? 'good' : 'wrong-time';
}

/** @returns the key as it is kept; undefined unless it is an Ed25519 public key */
export function publicKeyOf(spki: string) {
  try {
    const key = createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

function isSignedBy(spki: string, text: Buffer, signature: Buffer): boolean {
  const key = publicKeyOf(spki);
  return key !== undefined && verify(null, text, key, signature);
}
