/**
 * Why a message or a question is refused, by what was wrong. The specification knows 400, 403 and 404; what passes by
 * itself has a status that tells programs to try again, for what answers 400 is given up and lost.
 */
const REASONS = {
  'api-key': 403,
  'wrong-secret': 403,
  'phone-not-proven': 403,
  'not-found': 404,
  missing: 400,
  'bad-value': 400,
  'too-large': 400,
  unreadable: 400,
  'too-many': 429,
  busy: 503,
  fault: 500,
} as const;

type Reason = keyof typeof REASONS;

/** One thing that is wrong: the parameter as the specification calls it, and what to do. Never what was sent. */
export interface Wrong {
  code: Reason;
  field: string;
  zh: string;
  en: string;
}

/** What is answered instead of a result: an HTTP status and at least one reason. */
export interface Refusal {
  status: (typeof REASONS)[Reason];
  errors: readonly [Wrong, ...Wrong[]];
}

/** A refusal for these reasons; a key or a thing that does not exist decides about the status. */
export function refuse(...errors: readonly [Wrong, ...Wrong[]]): { refusal: Refusal } {
  const statuses = errors.map(({ code }) => REASONS[code]);
  const status = ([403, 404, 429, 503, 500] as const).find((one) => statuses.includes(one)) ?? 400;
  return { refusal: { status, errors } };
}

export const isSome = (wrong: readonly Wrong[]): wrong is [Wrong, ...Wrong[]] => wrong.length > 0;

/** No API key, or one that is not ours. */
export const BAD_API_KEY: Wrong = {
  code: 'api-key',
  field: 'api_key',
  zh: '缺少 API 密钥或者密钥无效',
  en: 'Missing or invalid API key',
};

/** A request that does not exist, and one that is not shown, get the same answer. */
export const NO_SUCH_REQUEST: Wrong = {
  code: 'not-found',
  field: 'service_request_id',
  zh: '没有这个编号或者令牌的公开事项',
  en: 'Service request not found with this id or token',
};

/** An address below the endpoint that means nothing, or a format that is not offered. */
export const NO_SUCH_RESOURCE: Wrong = {
  code: 'not-found',
  field: 'resource',
  zh: '没有这个地址，或者格式不是 xml、json',
  en: 'There is nothing at this address, or the format is neither xml nor json',
};

export const NO_SUCH_SERVICE: Wrong = {
  code: 'not-found',
  field: 'service_code',
  zh: '没有这个 service_code，请先读取服务列表',
  en: 'service_code was not found; please read the service list',
};

/** A number that does not exist and a wrong secret get the same answer: nobody finds out which numbers exist. */
export const WRONG_SECRET: Wrong = {
  code: 'wrong-secret',
  field: 'tracking_secret',
  zh: '编号或者查询码不正确，请核对',
  en: 'The number or the secret is not right; please check both',
};

/** Nothing can be added to a case that is over. */
export const IS_OVER: Wrong = {
  code: 'bad-value',
  field: 'service_request_id',
  zh: '事项已经办结，不能再补充，请重新提交',
  en: 'This request is closed, nothing can be added; please file a new one',
};

/** The Idempotency-Key (an extension) of another message. */
export const KEY_REUSED: Wrong = {
  code: 'bad-value',
  field: 'Idempotency-Key',
  zh: '此幂等键已用于另一份内容，请换一个新的键',
  en: 'This key was used for another message; please choose a new one',
};

/** More than an answer can hold: 1,000 requests with long descriptions may be. */
export const TOO_LARGE: Wrong = {
  code: 'too-large',
  field: 'page_size',
  zh: '内容太多，请用较小的 page_size 分页读取',
  en: 'This is more than one answer can hold; please read page by page with a smaller page_size',
};

/** A flood: more new messages than the bureau takes from one address or one phone. */
export const TOO_MANY: Wrong = {
  code: 'too-many',
  field: 'request',
  zh: '提交过于频繁，请稍后再试，或者拨打 12315',
  en: 'Too many at once; please try again later, or call 12315',
};

/** The message could not be kept; nothing is registered, the client tries again. */
export const BUSY: Wrong = {
  code: 'busy',
  field: 'request',
  zh: '系统繁忙，请稍后再试',
  en: 'General service error, please try again in a moment',
};

/** Our own fault, whose insides are nobody's business; a repeat of the same message is registered once. */
export const FAULT: Wrong = {
  code: 'fault',
  field: 'request',
  zh: '系统出现故障，请稍后重试',
  en: 'General service error, please try again later',
};

/**
 * What is wrong with a `jurisdiction_id`: one endpoint serves one bureau, so it may be left out (GeoReport v2,
 * "jurisdiction_id"), but another one's is not found here.
 */
export function wrongJurisdiction(given: string | undefined, own: string): Wrong | undefined {
  const plain = (given ?? '').trim().toLowerCase();
  if (plain === '' || plain === own.toLowerCase()) return undefined;
  return {
    code: 'not-found',
    field: 'jurisdiction_id',
    zh: '这里没有这个 jurisdiction_id，可以不填',
    en: 'jurisdiction_id was not found here; it may be left out',
  };
}
