import type { Pair } from '../components/texts.ts';

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

export interface Request {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  /** Sent as it is, so that a repeat is the same to the byte. */
  json?: string;
}

/** Calls the API as somebody who is signed in. */
export type Ask = <Answer>(path: string, request?: Request) => Promise<Answer>;

/** Fetches a file as somebody who is signed in. */
export type AskFile = (path: string) => Promise<Blob>;

const PATIENCE_MS = 20_000;

const FAULT: Pair = {
  zh: '系统暂时没有办成，请稍后再试',
  en: 'The system could not do this, please try again later',
};

/** Calls the API and reads its answer. Throws `ApiProblem` or `Unreachable`. */
export function call<Answer>(path: string, request: Request = {}): Promise<Answer> {
  return exchange(path, request, async (response) => {
    const body = (await response.json().catch(() => undefined)) as unknown;
    if (!response.ok) throw problemOf(response.status, body);
    if (body === undefined) throw new Unreachable();
    return body as Answer;
  });
}

/** The same for an answer that is a file. */
export function callForFile(path: string, request: Request = {}): Promise<Blob> {
  return exchange(path, request, async (response) => {
    if (response.ok) return response.blob();
    throw problemOf(response.status, (await response.json().catch(() => undefined)) as unknown);
  });
}

async function exchange<Answer>(
  path: string,
  { method = 'GET', headers = {}, json }: Request,
  read: (response: Response) => Promise<Answer>,
): Promise<Answer> {
  const gaveUp = new AbortController();
  const timer = setTimeout(() => gaveUp.abort(), PATIENCE_MS);
  try {
    const response = await fetch(`/api${path}`, {
      method,
      headers: json === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      ...(json === undefined ? {} : { body: json }),
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
