import { randomBytes, randomUUID } from 'node:crypto';
import { decode, type HttpRequest, type HttpResponse } from './http-messages.ts';
import type { JwtAuthorizer } from './jwt-authorizer.ts';
import { accountId } from './resolver.ts';
import type { FunctionSandboxes, InvokeResult } from './sandbox.ts';
import { TokenBucket } from './throttle.ts';

/** The most an HTTP API takes in, and the most a function can be handed or can answer with. */
const maxBodyBytes = 10 * 1024 * 1024;
const maxPayloadBytes = 6 * 1024 * 1024;

/** A route of the template. */
export interface RouteSpec {
  routeKey: string;
  sandboxes: FunctionSandboxes;
  timeoutMs: number;
  authorizer: JwtAuthorizer | undefined;
  scopes: string[];
  throttle: { rate: number; burst: number } | undefined;
}

/** An HTTP API with its one stage. */
export interface HttpApiSpec {
  apiId: string;
  stage: string;
  routes: RouteSpec[];
  /** The stage's access log format and where its lines go. */
  accessLog: { format: string; write: (line: string) => void } | undefined;
}

interface Route extends RouteSpec {
  method: string;
  segments: string[];
  bucket: TokenBucket | undefined;
}

interface Match {
  route: Route;
  pathParameters: Record<string, string>;
}

const answer = (statusCode: number, message: string, headers: Record<string, string> = {}): HttpResponse => ({
  statusCode,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ message }),
});

/** Answers requests as an HTTP API of API Gateway does, with payload format 2.0. */
export class HttpApi {
  private readonly spec: HttpApiSpec;
  private readonly prefix: string;
  private readonly routes: Route[];

  constructor(spec: HttpApiSpec) {
    this.spec = spec;
    this.prefix = spec.stage === '$default' ? '' : `/${spec.stage}`;
    this.routes = spec.routes.map(routeOf).sort(moreSpecificFirst);
  }

  async handle(request: HttpRequest): Promise<HttpResponse> {
    const received = new Date();
    const requestId = randomUUID();
    const match = this.match(request);
    const response = match ? await this.run(match, request, requestId, received) : answer(404, 'Not Found');
    const headers = { ...response.headers, 'apigw-requestid': requestId };
    this.logAccess(request, { ...response, headers }, match?.route.routeKey, requestId, received);
    return { ...response, headers };
  }

  private match({ method, path }: HttpRequest): Match | undefined {
    if (path !== this.prefix && !path.startsWith(`${this.prefix}/`)) return undefined;
    const segments = path.slice(this.prefix.length).split('/').slice(1);
    for (const route of this.routes) {
      const pathParameters =
        route.method === 'ANY' || route.method === method ? parametersOf(route, segments) : undefined;
      if (pathParameters) return { route, pathParameters };
    }
    return undefined;
  }

  private async run(
    match: Match,
    request: HttpRequest,
    requestId: string,
    received: Date,
  ): Promise<HttpResponse> {
    const { route } = match;
    const authorization = await route.authorizer?.authorize(request.headers.authorization, route.scopes);
    if (authorization && 'statusCode' in authorization) {
      const message = authorization.statusCode === 401 ? 'Unauthorized' : 'Forbidden';
      return answer(authorization.statusCode, message, { 'www-authenticate': authorization.challenge });
    }
    if (route.bucket && !route.bucket.take(received.getTime())) return answer(429, 'Too Many Requests');

    const body = await request.readBody(maxBodyBytes);
    if (!body) return answer(413, 'Request Entity Too Large');
    const event = this.event(
      match,
      request,
      body,
      authorization && { jwt: authorization },
      requestId,
      received,
    );
    if (Buffer.byteLength(JSON.stringify(event)) > maxPayloadBytes)
      return answer(413, 'Request Entity Too Large');

    const result = await withTimeout(route.sandboxes.invoke(event), route.timeoutMs);
    if (!result) return answer(503, 'Service Unavailable');
    return responseOf(result);
  }

  private event(
    { route, pathParameters }: Match,
    request: HttpRequest,
    body: Buffer,
    authorizer: object | undefined,
    requestId: string,
    received: Date,
  ) {
    const { cookie, 'x-forwarded-for': forwardedFor, ...given } = request.headers;
    const headers: Record<string, string> = {
      ...given,
      'x-amzn-trace-id': `Root=1-${Math.floor(received.getTime() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`,
      'x-forwarded-for': [forwardedFor, request.sourceIp].filter(Boolean).join(', '),
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    };
    const query = queryParameters(request.query);
    const isBase64Encoded = body.length > 0 && !isText(headers['content-type']);
    const domainName = headers.host ?? '';
    return {
      version: '2.0',
      routeKey: route.routeKey,
      rawPath: request.path,
      rawQueryString: request.query,
      ...(cookie ? { cookies: cookie.split(/; ?/) } : {}),
      headers,
      ...(Object.keys(query).length > 0 ? { queryStringParameters: query } : {}),
      requestContext: {
        accountId,
        apiId: this.spec.apiId,
        ...(authorizer ? { authorizer } : {}),
        domainName,
        domainPrefix: domainName.split('.')[0],
        http: {
          method: request.method,
          path: request.path,
          protocol: 'HTTP/1.1',
          sourceIp: request.sourceIp,
          userAgent: headers['user-agent'] ?? '',
        },
        requestId,
        routeKey: route.routeKey,
        stage: this.spec.stage,
        time: clfTime(received),
        timeEpoch: received.getTime(),
      },
      ...(Object.keys(pathParameters).length > 0 ? { pathParameters } : {}),
      ...(body.length > 0 ? { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') } : {}),
      isBase64Encoded,
    };
  }

  private logAccess(
    request: HttpRequest,
    response: HttpResponse,
    routeKey: string | undefined,
    requestId: string,
    received: Date,
  ): void {
    const log = this.spec.accessLog;
    if (!log) return;
    const milliseconds = String(Date.now() - received.getTime());
    const context: Record<string, string | undefined> = {
      apiId: this.spec.apiId,
      httpMethod: request.method,
      'identity.sourceIp': request.sourceIp,
      'identity.userAgent': request.headers['user-agent'],
      integrationLatency: milliseconds,
      path: request.path,
      protocol: 'HTTP/1.1',
      requestId,
      requestTime: clfTime(received),
      requestTimeEpoch: String(received.getTime()),
      responseLatency: milliseconds,
      responseLength: String(Buffer.byteLength(response.body)),
      routeKey,
      stage: this.spec.stage,
      status: String(response.statusCode),
    };
    log.write(
      log.format.replace(/\$context\.([a-zA-Z]+(?:\.[a-zA-Z]+)*)/g, (_, name) => context[name] ?? '-'),
    );
  }
}

function routeOf(spec: RouteSpec): Route {
  const [method = 'ANY', path = '/{proxy+}'] = spec.routeKey === '$default' ? [] : spec.routeKey.split(' ');
  return {
    ...spec,
    method,
    segments: path.split('/').slice(1),
    bucket: spec.throttle && new TokenBucket(spec.throttle.rate, spec.throttle.burst, Date.now()),
  };
}

/** Literal segments before `{variables}` before `{greedy+}` ones, a method before `ANY`, `$default` last. */
function moreSpecificFirst(left: Route, right: Route): number {
  const rank = (route: Route) =>
    route.segments
      .map((segment) => (segment.endsWith('+}') ? '2' : segment.startsWith('{') ? '1' : '0'))
      .join('')
      .padEnd(32, '3')
      .concat(route.method === 'ANY' ? '1' : '0', route.routeKey === '$default' ? '1' : '0');
  return (
    Number(left.routeKey === '$default') - Number(right.routeKey === '$default') ||
    rank(left).localeCompare(rank(right))
  );
}

/** The path parameters if the route's pattern matches. */
function parametersOf(route: Route, segments: string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, pattern] of route.segments.entries()) {
    const segment = segments[index];
    if (segment === undefined) return undefined;
    if (pattern.endsWith('+}')) {
      if (route.routeKey !== '$default')
        parameters[pattern.slice(1, -2)] = decode(segments.slice(index).join('/'));
      return parameters;
    }
    if (pattern.startsWith('{')) parameters[pattern.slice(1, -1)] = decode(segment);
    else if (pattern !== segment) return undefined;
    // A variable never stands for nothing.
    if (segment === '' && pattern !== '') return undefined;
  }
  return segments.length === route.segments.length ? parameters : undefined;
}

/** Repeated parameters are joined with a comma. */
function queryParameters(query: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    parameters[name] = name in parameters ? `${parameters[name]},${value}` : value;
  }
  return parameters;
}

/** Content types that reach the function as they are; all others, forms included, reach it in base64. */
function isText(contentType: string | undefined): boolean {
  const [type = ''] = (contentType ?? 'text/plain').toLowerCase().split(';');
  return /^(text\/.*|application\/(json|javascript|xml)|.*\+(json|xml))$/.test(type.trim());
}

function responseOf({ payload, functionError }: InvokeResult): HttpResponse {
  if (functionError || payload === undefined || Buffer.byteLength(payload) > maxPayloadBytes) {
    return answer(500, 'Internal Server Error');
  }
  const result = JSON.parse(payload);
  if (typeof result !== 'object' || result === null || result.statusCode === undefined) {
    // Without a status code the answer itself is the body.
    const body = typeof result === 'string' ? result : payload;
    return { statusCode: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const statusCode = Number(result.statusCode);
  if (!Number.isInteger(statusCode)) return answer(500, 'Internal Server Error');
  const entries = Object.entries(result.headers ?? {}).map(([name, value]) => [
    name.toLowerCase(),
    String(value),
  ]);
  const headers = { 'content-type': 'text/plain;charset=UTF-8', ...Object.fromEntries(entries) };
  const text =
    typeof result.body === 'string'
      ? result.body
      : result.body === undefined
        ? ''
        : JSON.stringify(result.body);
  const body = result.isBase64Encoded ? Buffer.from(text, 'base64') : text;
  return { statusCode, headers, cookies: result.cookies, body };
}

/** The result, or undefined if it does not come in time; the function itself is not stopped, as in Lambda. */
async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Time as in an access log: `17/Jun/2024:15:49:29 +0000`. */
function clfTime(time: Date): string {
  const [date = '', clock = ''] = time.toISOString().slice(0, 19).split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${months[Number(month) - 1]}/${year}:${clock} +0000`;
}
