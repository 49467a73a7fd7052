import { randomUUID } from 'node:crypto';
import { createContext, Script } from 'node:vm';
import { StartFailure } from './errors.ts';
import type { HttpRequest, HttpResponse } from './http-messages.ts';

/** CloudFront stops a function after about a millisecond of work; this only keeps a loop from hanging us. */
const maxRunMs = 1000;

/** What a viewer-request function decides: to go on with a request, or to answer itself. */
export type ViewerRequestOutcome = { request: HttpRequest } | { response: HttpResponse };

interface Value {
  value: string;
  multiValue?: { value: string }[];
}

/** The objects CloudFront exchanges with a function. */
interface FunctionRequest {
  uri: string;
  querystring: Record<string, Value>;
  headers: Record<string, Value>;
  cookies: Record<string, Value>;
}
interface FunctionResponse {
  statusCode: number;
  headers?: Record<string, Value>;
  body?: string | { encoding: 'text' | 'base64'; data: string };
}

/** A CloudFront Function on viewer requests. */
export class ViewerRequestFunction {
  private readonly name: string;
  private readonly handler: (event: object) => unknown;

  constructor(name: string, code: string) {
    this.name = name;
    try {
      // No module and no Node.js global is within reach, as in CloudFront.
      this.handler = new Script(`${code}\n;handler`).runInContext(createContext({ console }), {
        timeout: maxRunMs,
      });
    } catch (error) {
      throw new StartFailure(`CloudFront Function ${name}: ${(error as Error).message}`);
    }
  }

  async run(request: HttpRequest): Promise<ViewerRequestOutcome> {
    const result = (await this.handler({
      version: '1.0',
      context: {
        eventType: 'viewer-request',
        requestId: randomUUID(),
        distributionDomainName: request.headers.host,
      },
      viewer: { ip: request.sourceIp },
      request: {
        method: request.method,
        uri: request.path,
        querystring: valuesOf(pairsOf(request.query, '&')),
        headers: valuesOf(Object.entries(request.headers).filter(([name]) => name !== 'cookie')),
        cookies: valuesOf(pairsOf(request.headers.cookie ?? '', '; ')),
      },
    })) as Partial<FunctionRequest & FunctionResponse> | undefined;
    if (result?.uri !== undefined) return { request: changedRequest(request, result as FunctionRequest) };
    if (result?.statusCode !== undefined) return { response: responseOf(result as FunctionResponse) };
    throw new Error(`CloudFront Function ${this.name} returned neither a request nor a response`);
  }
}

function changedRequest(request: HttpRequest, changed: FunctionRequest): HttpRequest {
  const cookies = Object.entries(changed.cookies).map(([name, { value }]) => `${name}=${value}`);
  const headers = Object.entries(changed.headers).map(([name, { value }]) => [name.toLowerCase(), value]);
  return {
    ...request,
    path: changed.uri,
    query: queryOf(changed.querystring),
    headers: {
      ...Object.fromEntries(headers),
      ...(cookies.length > 0 ? { cookie: cookies.join('; ') } : {}),
    },
  };
}

function responseOf({ statusCode, headers = {}, body = '' }: FunctionResponse): HttpResponse {
  const entries = Object.entries(headers).map(([name, { value }]) => [name.toLowerCase(), value]);
  const content =
    typeof body === 'string' ? body : Buffer.from(body.data, body.encoding === 'base64' ? 'base64' : 'utf8');
  return { statusCode, headers: Object.fromEntries(entries), body: content };
}

/** `[name, value]` pairs → `{ name: { value, multiValue } }`, where a repeated name lists all its values. */
function valuesOf(pairs: [string, string][]): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const [name, value] of pairs) {
    const earlier = values[name];
    if (!earlier) values[name] = { value };
    else earlier.multiValue = [...(earlier.multiValue ?? [{ value: earlier.value }]), { value }];
  }
  return values;
}

function queryOf(values: Record<string, Value>): string {
  const pairs = Object.entries(values).flatMap(([name, { value, multiValue }]) =>
    (multiValue ?? [{ value }]).map((one) => `${name}=${one.value}`),
  );
  return pairs.join('&');
}

/** `a=1&b=2` → pairs. Values stay encoded, as CloudFront hands them over. */
function pairsOf(text: string, separator: string): [string, string][] {
  return text
    .split(separator)
    .filter(Boolean)
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [name, value.join('=')];
    });
}
