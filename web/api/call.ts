import type { Pair } from '../components/texts.ts';
import type { Operations } from './operations.ts';

/** One thing that is wrong with a request; `field` is a JSON pointer, or the name of a header or parameter. */
export interface FieldProblem extends Pair {
  field: string;
}

/** The service answered that it cannot do this, and why. */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
  readonly status: number;
  readonly title: Pair;
  readonly errors: readonly FieldProblem[];
  constructor(status: number, title: Pair, errors: readonly FieldProblem[]) {
    super(title.en);
    this.status = status;
    this.title = title;
    this.errors = errors;
  }

  /** The same request may succeed later: too many at once, or a fault on our side. */
  get isPassing(): boolean {
    return this.status === 429 || this.status >= 500;
  }
}

/** No answer came: whether the request arrived is unknown. */
export class Unreachable extends Error {
  override name = 'Unreachable';
}

export type Operation = keyof Operations;

/** What the service answers to an operation. */
export type AnswerOf<O extends Operation> = Operations[O]['answer'];

/** What an operation takes in its body. */
export type BodyOf<O extends Operation> = Operations[O] extends { body: infer Body } ? Body : never;

/** What an operation takes, each by itself where `O` stands for several. */
export type RequestOf<O extends Operation> = O extends Operation
  ? Omit<Operations[O], 'answer' | 'headers'> & { headers?: Record<string, string> }
  : never;

/** Nothing need be given where an operation needs nothing. */
type Given<O extends Operation> =
  Partial<RequestOf<O>> extends RequestOf<O> ? [request?: RequestOf<O>] : [request: RequestOf<O>];

/** Calls the API, as somebody who is signed in or as anyone. */
export type Ask = <O extends Operation>(operation: O, ...given: Given<O>) => Promise<AnswerOf<O>>;

/** Fetches a file. */
export type AskFile = <O extends Operation>(operation: O, ...given: Given<O>) => Promise<Blob>;

/** What was answered last, and what to ask with whether it is still so. */
export interface Remembered {
  etag: string | null;
  answer: unknown;
}

const PATIENCE_MS = 20_000;

const FAULT: Pair = {
  zh: '系统暂时没有办成，请稍后再试',
  en: 'The system could not do this, please try again later',
};

/** Calls the API and reads its answer. Throws `ApiProblem` or `Unreachable`. */
export const call: Ask = (operation, ...[request]) =>
  exchange(operation, request, async (response) => {
    const body = (await response.json().catch(() => undefined)) as unknown;
    if (!response.ok) throw problemOf(response.status, body);
    if (body === undefined) throw new Unreachable();
    return body as AnswerOf<typeof operation>;
  });

/** The same for an answer that is a file. */
export const callForFile: AskFile = (operation, ...[request]) =>
  exchange(operation, request, async (response) => {
    if (response.ok) return response.blob();
    throw problemOf(response.status, (await response.json().catch(() => undefined)) as unknown);
  });

/** Calls the API for what may have been read before; 304 says that nothing is new. */
export function callAgain<O extends Operation>(
  operation: O,
  request: RequestOf<O>,
  before: Remembered | undefined,
): Promise<Remembered> {
  const etag = before?.etag ?? null;
  const headers = { ...(request as Parts).headers, ...(etag === null ? {} : { 'if-none-match': etag }) };
  return exchange(operation, { ...(request as Parts), headers }, async (response) => {
    if (response.status === 304 && before !== undefined) return before;
    const answer = (await response.json().catch(() => undefined)) as unknown;
    if (!response.ok) throw problemOf(response.status, answer);
    if (answer === undefined) throw new Unreachable();
    return { etag: response.headers.get('etag'), answer };
  });
}

/** The same calls, each with these headers. */
export function withHeaders(headers: Record<string, string>): Ask {
  return (operation, ...[request]) =>
    call(operation, ...([{ ...request, headers: { ...request?.headers, ...headers } }] as never));
}

/** The parts of a request, whatever the operation. */
interface Parts {
  path?: Record<string, string | number>;
  query?: Record<string, string | number | undefined>;
  headers?: Record<string, string>;
  body?: unknown;
}

async function exchange<Answer>(
  operation: Operation,
  { path = {}, query = {}, headers = {}, body }: Parts = {},
  read: (response: Response) => Promise<Answer>,
): Promise<Answer> {
  const [method = '', route = ''] = operation.split(' ');
  const place = route.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])));
  const given = Object.entries(query).filter(([, value]) => value !== undefined) as [string, string][];
  const asked = given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
  const gaveUp = new AbortController();
  const timer = setTimeout(() => gaveUp.abort(), PATIENCE_MS);
  try {
    const response = await fetch(`/api${place}${asked}`, {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: gaveUp.signal,
    });
    return await read(response);
  } catch (error) {
    if (error instanceof ApiProblem) throw error;
    throw new Unreachable();
  } finally {
    clearTimeout(timer);
  }
}

function problemOf(status: number, body: unknown): ApiProblem {
  const { title = '', errors = [] } = (body ?? {}) as { title?: string; errors?: FieldProblem[] };
  const [zh, en] = title.split(' / ');
  return new ApiProblem(status, zh && en ? { zh, en } : FAULT, errors);
}
