/** Why a message or a question is refused, by what was wrong; the specification knows 400, 403 and 404. */
const REASONS = {
  'api-key': 403,
  'not-found': 404,
  missing: 400,
  'bad-value': 400,
  'too-large': 400,
  unreadable: 400,
  'server-fault': 400,
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
  status: 400 | 403 | 404;
  errors: readonly [Wrong, ...Wrong[]];
}

/** A refusal for these reasons; a key or a thing that does not exist decides about the status. */
export function refuse(...errors: readonly [Wrong, ...Wrong[]]): { refusal: Refusal } {
  const statuses = errors.map(({ code }) => REASONS[code]);
  const status = statuses.find((one) => one === 403) ?? statuses.find((one) => one === 404) ?? 400;
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

export const NO_SUCH_SERVICE: Wrong = {
  code: 'not-found',
  field: 'service_code',
  zh: '没有这个 service_code，请先读取服务列表',
  en: 'service_code was not found; please read the service list',
};

/** The message could not be kept; nothing is registered, the client tries again. */
export const SERVER_FAULT: Wrong = {
  code: 'server-fault',
  field: 'request',
  zh: '系统繁忙，请稍后再试',
  en: 'General service error, please try again in a moment',
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
