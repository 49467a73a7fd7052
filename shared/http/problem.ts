import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** One thing that is wrong with a request: where, and what to do about it. */
export interface FieldProblem {
  /** JSON pointer into the body, or the name of a header or parameter. */
  field: string;
  zh: string;
  en: string;
}

/** What can go wrong for the sender, by what it means for them. */
const PROBLEMS = {
  'bad-request': {
    status: 400,
    zh: '请求内容有误，请按提示修改',
    en: 'The request has mistakes; please correct them',
  },
  unauthorized: { status: 401, zh: '无法确认您是谁', en: 'It is not clear who you are' },
  'wrong-secret': { status: 403, zh: '查询码不正确', en: 'The tracking secret is not right' },
  forbidden: { status: 403, zh: '您没有办理此事项的权限', en: 'You may not do this' },
  'not-found': { status: 404, zh: '没有找到', en: 'Not found' },
  conflict: { status: 409, zh: '当前状态不能办理此事项', en: 'This is not possible in the present state' },
  'too-large': { status: 413, zh: '内容太长，请缩短', en: 'The message is too long; please shorten it' },
  'key-reused': {
    status: 422,
    zh: '同一幂等键已用于其他内容',
    en: 'This idempotency key was used for another message',
  },
  'phone-not-proven': {
    status: 403,
    zh: '请先用短信验证码确认手机号码',
    en: 'Please confirm the mobile number with a code first',
  },
  'too-many': {
    status: 429,
    zh: '提交过于频繁，请稍后再试，或者拨打 12315',
    en: 'Too many at once; please try again later, or call 12315',
  },
  'try-again': { status: 503, zh: '系统繁忙，请稍后再试', en: 'Busy, please try again in a moment' },
  fault: {
    status: 500,
    zh: '系统出现故障，请先查看是否已经办理，再重试',
    en: 'Our fault: please look whether it was done, then try again',
  },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** Thrown anywhere below an HTTP function; the stack turns it into problem+json (RFC 9457). */
export class Problem extends Error {
  override name = 'Problem';
  readonly code: ProblemCode;
  readonly errors: readonly FieldProblem[];
  /** Seconds after which it is worth trying again. */
  readonly retryAfter: number | undefined;
  constructor(code: ProblemCode, errors: readonly FieldProblem[] = [], retryAfter?: number) {
    super(code);
    this.code = code;
    this.errors = errors;
    this.retryAfter = retryAfter ?? (PROBLEMS[code].status === 503 ? 1 : undefined);
  }
}

/** The answer for a problem. `title` is Chinese and English in one line, `errors` names fields and remedies. */
export function problemAnswer(problem: Problem): APIGatewayProxyStructuredResultV2 {
  const { status, zh, en } = PROBLEMS[problem.code];
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      ...(problem.retryAfter === undefined ? {} : { 'retry-after': String(problem.retryAfter) }),
    },
    body: JSON.stringify({
      type: `urn:hotline:problem:${problem.code}`,
      title: `${zh} / ${en}`,
      status,
      ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
    }),
  };
}
