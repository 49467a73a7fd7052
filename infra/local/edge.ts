import { randomUUID } from 'node:crypto';
import type { ViewerRequestFunction } from './cloudfront-function.ts';
import type { HttpHandler, HttpRequest, HttpResponse } from './http-messages.ts';
import { wildcard } from './pages.ts';

/** An origin of the distribution. */
export interface Origin {
  handle: HttpHandler;
  path: string;
  headers: Record<string, string>;
  /** The host the origin sees; CloudFront does not pass the viewer's on to an API. */
  host: string;
  /** Whether `/` means the default root object here: it is a name among the files. */
  isBucket: boolean;
}

/** A cache behavior; the default one has the pattern `*`. */
export interface Behavior {
  pathPattern: string;
  origin: Origin;
  allowedMethods: string[];
  viewerRequest: ViewerRequestFunction | undefined;
  headersPolicy: HeadersPolicy | undefined;
}

/** Headers added to every answer, and headers taken away. */
export interface HeadersPolicy {
  add: { name: string; value: string; override: boolean }[];
  remove: string[];
}

/** A distribution of the template. */
export interface DistributionSpec {
  defaultRootObject: string;
  /** In the order they are tried. */
  behaviors: Behavior[];
  errorResponses: { errorCode: number; responseCode: number | undefined; pagePath: string | undefined }[];
}

/** Answers requests as a CloudFront distribution does, without caching. */
export class Edge {
  private readonly spec: DistributionSpec;
  private readonly patterns: { pattern: RegExp; behavior: Behavior }[];

  constructor(spec: DistributionSpec) {
    this.spec = spec;
    this.patterns = spec.behaviors.map((behavior) => ({
      // A pattern may leave out the slash every path begins with.
      pattern: wildcard(`/${behavior.pathPattern.replace(/^\//, '')}`),
      behavior,
    }));
  }

  async handle(request: HttpRequest): Promise<HttpResponse> {
    const behavior = this.behaviorFor(request.path);
    const response = await this.respond(behavior, request);
    return { ...response, headers: withPolicy(response.headers, behavior.headersPolicy) };
  }

  /** An answer that no origin gave, with the headers that pages have. */
  asPage(response: HttpResponse): HttpResponse {
    const policy = this.spec.behaviors.at(-1)?.headersPolicy;
    return { ...response, headers: withPolicy(response.headers, policy) };
  }

  private async respond(behavior: Behavior, request: HttpRequest): Promise<HttpResponse> {
    if (!behavior.allowedMethods.includes(request.method)) {
      const body =
        'This distribution is not configured to allow the HTTP request method that was used for this request.';
      return { statusCode: 403, headers: { 'content-type': 'text/html' }, body };
    }
    const outcome = (await behavior.viewerRequest?.run(request)) ?? { request };
    if ('response' in outcome) return outcome.response;
    return this.replaceError(await this.fetch(behavior.origin, outcome.request), request);
  }

  private fetch(origin: Origin, request: HttpRequest): Promise<HttpResponse> {
    const isRoot = origin.isBucket && request.path === '/';
    const path = origin.path + (isRoot ? `/${this.spec.defaultRootObject}` : request.path);
    const { 'x-forwarded-for': forwardedFor, ...headers } = request.headers;
    return origin.handle({
      ...request,
      path,
      headers: {
        ...headers,
        host: origin.host,
        via: '1.1 local.cloudfront.net (CloudFront)',
        'x-amz-cf-id': randomUUID(),
        'x-forwarded-for': [forwardedFor, request.sourceIp].filter(Boolean).join(', '),
        ...origin.headers,
      },
    });
  }

  /** Custom error responses count for the answers of every origin, so an API's 404 can become a page here too. */
  private async replaceError(response: HttpResponse, request: HttpRequest): Promise<HttpResponse> {
    const custom = this.spec.errorResponses.find(({ errorCode }) => errorCode === response.statusCode);
    if (!custom?.pagePath) return response;
    const pageRequest = { ...request, method: 'GET', path: custom.pagePath, query: '', headers: {} };
    const page = await this.fetch(this.behaviorFor(custom.pagePath).origin, pageRequest);
    if (page.statusCode !== 200) return response;
    return { ...page, statusCode: custom.responseCode ?? response.statusCode };
  }

  private behaviorFor(path: string): Behavior {
    const found = this.patterns.find(({ pattern }) => pattern.test(path));
    if (!found) throw new Error('The default behavior matches every path');
    return found.behavior;
  }
}

function withPolicy(
  headers: Record<string, string>,
  policy: HeadersPolicy | undefined,
): Record<string, string> {
  if (!policy) return headers;
  const result = { ...headers };
  for (const name of policy.remove) delete result[name.toLowerCase()];
  for (const { name, value, override } of policy.add) {
    if (override || !(name.toLowerCase() in result)) result[name.toLowerCase()] = value;
  }
  return result;
}
