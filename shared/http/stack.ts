import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy, { type MiddlewareObj, type MiddyfiedHandler } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { describeError } from '../logging.ts';
import { sha256 } from '../sha256.ts';
import { Problem, problemAnswer } from './problem.ts';

/** What a route answers: a status and a body that becomes JSON, or the bytes of a file with their type. */
export interface Answer {
  status: number;
  body: unknown;
  headers?: Readonly<Record<string, string>>;
}

export type Route<Event extends APIGatewayProxyEventV2> = (event: Event) => Promise<Answer>;

/**
 * The one stack of middleware around every HTTP function: logging context, the route by its key as API
 * Gateway matched it, problems and faults as problem+json, headers that keep answers out of caches.
 *
 * @param routes handlers by route key, e.g. `{ 'POST /complaints': submit }`
 */
export function httpFunction<Event extends APIGatewayProxyEventV2>(
  logger: Logger,
  routes: Readonly<Record<string, Route<Event>>>,
): MiddyfiedHandler<Event, APIGatewayProxyStructuredResultV2> {
  const handle = async (event: Event): Promise<APIGatewayProxyStructuredResultV2> => {
    const route = routes[event.routeKey];
    if (route === undefined) throw new Problem('not-found');
    const { status, body, headers } = await route(event);
    if (body instanceof Uint8Array) {
      const bytes = Buffer.from(body).toString('base64');
      return { statusCode: status, headers: { ...headers }, body: bytes, isBase64Encoded: true };
    }
    return {
      statusCode: status,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
    };
  };
  return (
    middy<Event, APIGatewayProxyStructuredResultV2>(handle)
      .use(injectLambdaContext(logger))
      .use(nothingNew<Event>())
      // On errors the last comes first: the problem is made before the headers are added to it.
      .use(privateAnswers<Event>())
      .use(answerProblems<Event>(logger))
  );
}

type Middleware<Event> = MiddlewareObj<Event, APIGatewayProxyStructuredResultV2>;

/** The one place that knows how an error looks in HTTP. What went wrong inside stays inside. */
function answerProblems<Event>(logger: Logger): Middleware<Event> {
  return {
    onError: (request) => {
      if (request.error instanceof Problem) {
        logger.info('request-refused', { problem: request.error.code });
        request.response = problemAnswer(request.error);
      } else {
        logger.error('request-failed', { fault: describeError(request.error) });
        request.response = problemAnswer(new Problem('fault'));
      }
    },
  };
}

/** Who has the same answer already is told so by 304, without it: pages ask again every few seconds. */
function nothingNew<Event extends APIGatewayProxyEventV2>(): Middleware<Event> {
  return {
    after: ({ event, response }) => {
      if (!event.routeKey.startsWith('GET ') || response?.statusCode !== 200) return;
      if (response.isBase64Encoded === true) return;
      const etag = `"${sha256(response.body ?? '')}"`;
      response.headers = { ...response.headers, etag };
      // The edge may mark it as weak where it compresses.
      if (event.headers['if-none-match']?.replace(/^W\//, '') !== etag) return;
      response.statusCode = 304;
      delete response.body;
    },
  };
}

/** Answers concern one person: no cache may keep them, no page of others may embed or sniff them. */
function privateAnswers<Event>(): Middleware<Event> {
  const addHeaders: NonNullable<Middleware<Event>['after']> = (request) => {
    request.response = {
      ...request.response,
      headers: {
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        ...request.response?.headers,
      },
    };
  };
  return { after: addHeaders, onError: addHeaders };
}
