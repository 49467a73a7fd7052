import { setTimeout as delay } from 'node:timers/promises';
import { CommandFailure } from '../command-line.ts';

/** A request that may be sent again without doing anything twice. */
export interface RepeatableRequest {
  method: 'GET' | 'POST';
  url: string;
  headers?: Record<string, string>;
  body?: unknown;
}

/** How often the system asked to wait, or had a fault, before it answered. */
export interface Patience {
  /** 429: too many at once. */
  throttled: number;
  /** 5xx: busy, or a fault. */
  faults: number;
  /** No answer: refused or broken connections. */
  unanswered: number;
}

export interface HttpAnswer {
  status: number;
  body: unknown;
  retryAfter: string | null;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;

/**
 * Sends until there is an answer that will not change: waits out 429, 5xx and a system that is away for a
 * moment, longer from time to time. Gives the last 5xx back after `patienceMs`, and fails when nobody answers.
 */
export async function sendPatiently(
  request: RepeatableRequest,
  patience: Patience,
  patienceMs = 30_000,
): Promise<HttpAnswer> {
  const until = Date.now() + patienceMs;
  for (let attempt = 0; ; attempt += 1) {
    const answer = await tryOnce(request);
    const kind = kindOf(answer);
    // The last one counts, too: on a slow machine it may be the only one.
    if (kind !== 'final') patience[kind] += 1;
    if (answer !== undefined && (kind === 'final' || (kind === 'faults' && Date.now() > until)))
      return answer;
    if (kind === 'unanswered' && Date.now() > until) {
      throw new CommandFailure(
        '系统没有回答。再次运行同一命令即可继续，不会重复提交 / The system does not answer. Run the same command again to go on; nothing is sent twice',
      );
    }
    await delay(waitMs(attempt, answer?.retryAfter));
  }
}

function kindOf(answer: HttpAnswer | undefined): keyof Patience | 'final' {
  if (answer === undefined) return 'unanswered';
  if (answer.status === 429) return 'throttled';
  return answer.status >= 500 ? 'faults' : 'final';
}

/** Undefined also when the connection broke in the middle of an answer. */
async function tryOnce({ method, url, headers, body }: RepeatableRequest): Promise<HttpAnswer | undefined> {
  try {
    const response = await fetch(url, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: parseJson(text),
      retryAfter: response.headers.get('retry-after'),
    };
  } catch {
    return undefined;
  }
}

/** A gateway in between may answer with a page instead of JSON; its status still counts. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the server asks for, otherwise doubling; scattered, so that waiters do not return all at once. */
function waitMs(attempt: number, retryAfter: string | null | undefined): number {
  const asked = Number(retryAfter ?? Number.NaN) * 1000;
  const wait = Number.isFinite(asked) ? asked : FIRST_WAIT_MS * 2 ** attempt;
  return Math.min(wait, LONGEST_WAIT_MS) * (0.75 + Math.random() / 2);
}
