import { defined } from './call.ts';

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/**
 * What the key of an S3 object (or a file's name) says: the call's id, and whether names were taken out. Contact Lens
 * writes `Analysis/Voice/[Redacted/]2026/11/21/CONTACT-ID_analysis_[redacted_]2026-11-21T02:03:04Z.json`; the time in it
 * is that of the analysis, not of the call. Other names are the id without their ending.
 */
export function sayingsOfKey(key: string | undefined): { callId?: string; redacted: boolean } {
  if (key === undefined) return { redacted: false };
  const plain = decoded(key);
  const name = plain.split(/[/\\]/).at(-1) ?? '';
  const stem = name
    .replace(/\.(?:json|jsonl|ndjson|txt|vtt|srt|csv)$/i, '')
    .replace(/_analysis(?:_redacted)?(?:_\d{4}-.*)?$/i, '')
    .replace(/[-_.]redacted$/i, '')
    .replace(/^redacted[-_.]/i, '');
  const callId = ID.exec(name)?.[0] ?? stem;
  return {
    ...defined({ callId: callId === '' ? undefined : callId.slice(0, 128) }),
    redacted: /(?:^|[/_.-])redacted(?:[/_.-]|$)/i.test(plain),
  };
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}
