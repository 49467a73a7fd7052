import { type CaseNumber, parseCaseNumber } from '../case/case-number.ts';
import { readFields } from './fields.ts';
import { NO_SUCH_REQUEST, type Refusal, refuse } from './refusal.ts';

/** What a consumer adds to a case by Open311. */
export interface PostedComment {
  number: CaseNumber;
  text: string;
  /** Opens the case; to be checked before anything is kept. */
  secret: string;
}

const LONGEST = 4_000;

/**
 * Reads POST /requests/{service_request_id}/comments, an extension (open311.github.io issue 10): `description`,
 * and `tracking_secret` as the proof that it is the sender's own case. Never throws.
 * @param id the number in the address
 */
export function parsePostComment(
  id: string,
  body: string | Uint8Array,
  contentType: string | undefined,
): { comment: PostedComment } | { refusal: Refusal } {
  const number = parseCaseNumber(id);
  if (number === undefined) return refuse(NO_SUCH_REQUEST);
  const read = readFields(body, contentType);
  if ('wrong' in read) return refuse(read.wrong);
  const text = read.fields.get('description')?.[0];
  const secret = read.fields.get('tracking_secret')?.[0];
  if (secret === undefined || secret.length > 64) {
    return refuse({
      code: 'missing',
      field: 'tracking_secret',
      zh: '请提供登记时取得的查询码',
      en: 'Please give the tracking secret that came with the number',
    });
  }
  if (text === undefined || text.length > LONGEST || /[\ufffd\0]/.test(text) || !text.isWellFormed()) {
    return refuse({
      code: text === undefined ? 'missing' : 'bad-value',
      field: 'description',
      zh: `请填写内容，最多 ${LONGEST} 个字`,
      en: `Please write something, ${LONGEST} characters at the most`,
    });
  }
  return { comment: { number, text, secret } };
}
