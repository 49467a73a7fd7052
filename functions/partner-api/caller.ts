import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Clock } from '../../shared/dates.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Log } from '../../shared/logging.ts';
import { openPartnerLink, type PartnerLink } from '../../shared/partners/link.ts';
import type { Partner } from '../../shared/partners/partner.ts';
import { checkSignature, readSignature } from '../../shared/partners/signed-request.ts';
import type { PartnerStore } from '../../shared/store/partner-store.ts';

export interface CallerDependencies {
  partners: Pick<PartnerStore, 'partner'>;
  /** Keys of the links, the one that signs first. */
  linkKeys: readonly string[];
  now: Clock;
  log: Log;
}

/** Who calls: by a link, which opens one case; or signed by its own system, which opens all cases of the partner. */
export interface Caller {
  partner: Partner;
  link?: PartnerLink | undefined;
}

/** Why a caller is refused: the first word is the stable code that is counted in the logs. */
const REFUSALS = {
  'no-credentials': { zh: '请使用通知中的链接打开', en: 'Please open the link in the notice' },
  'link-not-ours': {
    zh: '链接不完整或者无效，请从通知中重新打开；仍打不开的，请致电通知中的电话，由承办人补发',
    en: 'The link is incomplete or not valid: open it from the notice again, or call the number there for a new one',
  },
  'link-expired': {
    zh: '链接已过期，请致电通知中的电话，由承办人补发',
    en: 'The link has expired; please call the number in the notice for a new one',
  },
  'unknown-partner': { zh: '没有登记，请联系市场监管部门', en: 'Not registered; please contact the bureau' },
  'wrong-signature': {
    zh: '签名不对：请核对密钥和签名内容（docs/partners.md）',
    en: 'The signature does not fit: check key and signed text (docs/partners.md)',
  },
  'wrong-time': {
    zh: '签名时间与现在相差超过五分钟，请校准时钟后重新签名',
    en: 'Signed more than five minutes from now; set the clock and sign again',
  },
} as const;

/** Finds out who calls. @throws Problem `unauthorized`, after counting it */
export async function callerOf(event: APIGatewayProxyEventV2, deps: CallerDependencies): Promise<Caller> {
  const authorization = event.headers.authorization ?? '';
  const refuse = (reason: keyof typeof REFUSALS): Problem => {
    deps.log('partner-refused', { reason });
    return new Problem('unauthorized', [{ field: 'authorization', ...REFUSALS[reason] }]);
  };

  if (authorization.startsWith('Bearer ')) {
    const link = openPartnerLink(authorization.slice('Bearer '.length).trim(), deps.linkKeys, deps.now());
    if (typeof link === 'string') throw refuse(`link-${link}`);
    const partner = await deps.partners.partner(link.partner);
    if (partner === undefined) throw refuse('unknown-partner');
    return { partner, link };
  }

  const signature = readSignature(authorization);
  if (signature === undefined) throw refuse('no-credentials');
  const partner = await deps.partners.partner(signature.partner);
  if (partner === undefined) throw refuse('unknown-partner');
  const checked = checkSignature(signedRequestOf(event), signature, partner.keys, deps.now());
  if (checked !== 'good') throw refuse(checked);
  return { partner };
}

function signedRequestOf({
  requestContext,
  rawPath,
  rawQueryString,
  body = '',
  isBase64Encoded,
}: APIGatewayProxyEventV2) {
  return {
    method: requestContext.http.method,
    // Behind the stage, which stands in the address only.
    path: rawPath.slice(Math.max(rawPath.indexOf('/partner/'), 0)),
    query: rawQueryString,
    body: isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body,
  };
}
