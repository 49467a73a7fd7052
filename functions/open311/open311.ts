import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { idempotencyKey } from '../../events/idempotency-key.ts';
import type { submission } from '../../events/submission.ts';
import { parseCaseNumber } from '../../shared/case/case-number.ts';
import { parseParameters, viewerAddress } from '../../shared/http/parse.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { COMPLAINANT, type FileMessageDependencies, fileMessage } from '../../shared/intake/file-message.ts';
import { admit, type GuardDependencies } from '../../shared/intake/guard.ts';
import { type BureauSettings, settingsOf } from '../../shared/law/bureau-settings.ts';
import { parsePostComment } from '../../shared/open311/post-comment.ts';
import { parsePostRequest } from '../../shared/open311/post-request.ts';
import { nextOf, type PublicCase } from '../../shared/open311/public-case.ts';
import { parseRequestsQuery, wantsExtensions } from '../../shared/open311/query.ts';
import { readPublicCase } from '../../shared/open311/read-public-case.ts';
import {
  BUSY,
  FAULT,
  isSome,
  KEY_REUSED,
  NO_SUCH_REQUEST,
  NO_SUCH_RESOURCE,
  NO_SUCH_SERVICE,
  type Refusal,
  refuse,
  TOO_LARGE,
  TOO_MANY,
  type Wrong,
  wrongJurisdiction,
} from '../../shared/open311/refusal.ts';
import {
  noticeOf,
  renderCommented,
  renderDiscovery,
  renderErrors,
  renderPosted,
  renderRequests,
  renderServiceDefinition,
  renderServices,
  renderToken,
} from '../../shared/open311/render.ts';
import { parseResource, type Resource } from '../../shared/open311/resource.ts';
import { findService } from '../../shared/open311/services.ts';
import { CONTENT_TYPES } from '../../shared/open311/write.ts';
import { sha256 } from '../../shared/sha256.ts';
import type { PublicCaseStore } from '../../shared/store/public-case-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import { addComment } from './add-comment.ts';

export interface Open311Dependencies extends FileMessageDependencies, GuardDependencies {
  registry: RegistryStore;
  publicCases: Pick<PublicCaseStore, 'case' | 'select'>;
  /** The contract of a message. */
  schema: ReturnType<typeof submission>;
  /** Told of our own faults; the answer does not show them. */
  failed: (error: unknown) => void;
}

/** What a client asks for. */
export interface Asked {
  method: string;
  /** Below the endpoint: `requests/261121-483729-2.xml`. */
  path: string;
  /** Names in lower case, as GeoReport does not care for it. */
  query: Readonly<Record<string, string | undefined>>;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  body: Uint8Array;
  /** The endpoint as it was called. */
  url: string;
  /** Network address of the client. */
  address: string;
}

type Reply =
  | { text: string; maxAgeSeconds?: number; headers?: Readonly<Record<string, string>> }
  | { refusal: Refusal; headers?: Readonly<Record<string, string>> };
type Call = (asked: Asked, resource: Resource, deps: Open311Dependencies) => Promise<Reply>;

/** Day of the last change to services, attributes or this endpoint, for clients that keep them. */
const CHANGESET = '2026-11-22T00:00:00+08:00';
const HOUR_SECONDS = 60 * 60;
const MINUTE_SECONDS = 60;
/** Lambda answers with 6 MB at the most, and bytes travel in base64. */
const LARGEST_ANSWER = 4_000_000;

/** Reads what API Gateway hands over. */
export function askedOf(event: APIGatewayProxyEventV2): Asked {
  const { http, domainName, stage } = event.requestContext;
  return {
    method: http.method,
    path: event.pathParameters?.proxy ?? '',
    query: Object.fromEntries(
      Object.entries(event.queryStringParameters ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    headers: event.headers,
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    url: `https://${domainName}/${stage}/open311/v2`,
    address: viewerAddress(event),
  };
}

/**
 * Answers as Open311 GeoReport v2 says (docs/open311.md): the format that the address asks for, also of refusals and of
 * our own faults. Never throws.
 */
export async function open311(asked: Asked, deps: Open311Dependencies): Promise<Answer> {
  const resource = parseResource(asked.path);
  const format = resource?.format ?? (/\.json$/i.test(asked.path) ? 'json' : 'xml');
  const reply = await replyTo(asked, resource, deps);
  const headers = { 'content-type': CONTENT_TYPES[format], ...reply.headers };
  if ('refusal' in reply) {
    return { status: reply.refusal.status, headers, body: bytes(renderErrors(reply.refusal, format)) };
  }
  const { text, maxAgeSeconds } = reply;
  if (maxAgeSeconds === undefined) return { status: 200, headers, body: bytes(text) };
  // Many programs ask for the same list again and again: what has not changed is not sent again.
  const etag = `"${sha256(text).slice(0, 32)}"`;
  const known = (asked.headers['if-none-match'] ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  const kept = { ...headers, etag, 'cache-control': `public, max-age=${maxAgeSeconds}` };
  return known.includes(etag)
    ? { status: 304, headers: kept, body: bytes('') }
    : { status: 200, headers: kept, body: bytes(text) };
}

const bytes = (text: string) => new TextEncoder().encode(text);

async function replyTo(
  asked: Asked,
  resource: Resource | undefined,
  deps: Open311Dependencies,
): Promise<Reply> {
  const call = CALLS[`${asked.method} ${resource?.name}`];
  if (resource === undefined || call === undefined) return refuse(NO_SUCH_RESOURCE);
  const elsewhere = wrongJurisdiction(asked.query.jurisdiction_id, deps.bureau);
  if (elsewhere !== undefined) return refuse(elsewhere);
  try {
    return await call(asked, resource, deps);
  } catch (error) {
    if (error instanceof Problem) return refusalOf(error);
    deps.failed(error);
    return refuse(FAULT);
  }
}

/** What other rooms refuse, in the words of GeoReport. */
function refusalOf({ code, errors, retryAfter }: Problem): Reply {
  const reason = code === 'phone-not-proven' ? code : 'bad-value';
  const wrong = errors.map((error): Wrong => ({ code: reason, ...error }));
  const told = isSome(wrong) ? refuse(...wrong) : refuse(TOO_MANY);
  return retryAfter === undefined ? told : { ...told, headers: { 'retry-after': String(retryAfter) } };
}

const discovery: Call = async ({ url }, { format }, { registry }) => {
  const { contact, keyService, keys, ...told } = settingsOf((await registry.read()).settings).open311;
  const text = renderDiscovery(
    {
      url: told.url ?? url,
      changeset: CHANGESET,
      contact: contact ?? '电话 12315 / Telephone 12315',
      keyService:
        keyService ??
        (keys.length === 0 ? '不需要密钥 / No key is needed' : '请向本局申请 / Please ask the bureau'),
      type: 'production',
    },
    format,
  );
  return { text, maxAgeSeconds: HOUR_SECONDS };
};

const services: Call = async (_, { format }) => ({
  text: renderServices(format),
  maxAgeSeconds: HOUR_SECONDS,
});

const service: Call = async (_, { id = '', format }) => {
  const found = findService(id);
  if (found === undefined) return refuse(NO_SUCH_SERVICE);
  return { text: renderServiceDefinition(found, format), maxAgeSeconds: HOUR_SECONDS };
};

const requests: Call = async ({ query: sent }, { format }, { publicCases, bureau, now }) => {
  const asked = parseRequestsQuery(sent, { now: now(), jurisdiction: bureau });
  if ('refusal' in asked) return asked;
  const { cases, next } = await publicCases.select(asked.query);
  const text = renderRequests(cases, format, asked.query);
  if (Buffer.byteLength(text) > LARGEST_ANSWER) return refuse(TOO_LARGE);
  const link = new URLSearchParams({ ...(sent as Record<string, string>), page: String(next) });
  return {
    text,
    maxAgeSeconds: MINUTE_SECONDS,
    ...(next === undefined ? {} : { headers: { link: `<?${link}>; rel="next"` } }),
  };
};

const request: Call = async ({ query }, { id = '', format }, deps) => {
  const found = await publicCaseOf(id, deps);
  if (found === undefined) return refuse(NO_SUCH_REQUEST);
  const extensions = wantsExtensions(query.extensions);
  return { text: renderRequests([found], format, { extensions }), maxAgeSeconds: MINUTE_SECONDS };
};

/** All services are `realtime`, so nobody is ever given a token; who asks with the number itself is answered. */
const token: Call = async (_, { id = '', format }, deps) => {
  const found = await publicCaseOf(id, deps);
  return found === undefined ? refuse(NO_SUCH_REQUEST) : { text: renderToken(found.number, id, format) };
};

/** A case that was just filed is not in the list yet: whoever has its number sees it all the same. */
async function publicCaseOf(id: string, deps: Open311Dependencies): Promise<PublicCase | undefined> {
  const number = parseCaseNumber(id);
  if (number === undefined) return undefined;
  return (await deps.publicCases.case(number)) ?? (await readPublicCase(number, deps))?.shown;
}

const postRequest: Call = async ({ body, headers, query, address }, { format }, deps) => {
  const settings = settingsOf((await deps.registry.read()).settings);
  const posting = parsePostRequest(body, headers['content-type'], {
    schema: deps.schema,
    jurisdiction: deps.bureau,
    mayPost: (key) => isClient(key, settings),
    query,
    idempotencyKey: parseParameters(
      { 'Idempotency-Key': headers['idempotency-key'] },
      z.object({ 'Idempotency-Key': idempotencyKey }),
    )['Idempotency-Key'],
  });
  if ('refusal' in posting) return posting;
  const { submission: message, details, repeatKey } = posting;
  const { accountId, deviceId: _, ...chosen } = details;
  const filed = await fileMessage(
    { ...message, open311: chosen },
    {
      channel: 'open311',
      actor: COMPLAINANT,
      key: `open311:${repeatKey}`,
      settings,
      // A client with a key of its own speaks for many people, and answers for them.
      ...(settings.open311.keys.length > 0
        ? {}
        : { admit: () => admit(message, { address, code: headers['x-phone-code'] }, settings, deps) }),
    },
    deps,
  );
  if (filed.outcome === 'busy') return busy();
  if (filed.outcome === 'key-reused') return refuse(KEY_REUSED);
  const { found, secret } = filed;
  const next = nextOf(found, settings);
  const notice = next === undefined ? undefined : noticeOf(next);
  const extensions = wantsExtensions(query.extensions);
  return { text: renderPosted({ number: found.number, notice, accountId, secret }, format, { extensions }) };
};

/** Whether this key may post: any of the bureau's clients, or everybody where it has given out none. */
function isClient(key: string | undefined, { open311: { keys } }: BureauSettings): boolean {
  return keys.length === 0 || (key !== undefined && keys.some((client) => client.sha256 === sha256(key)));
}

const postComment: Call = async ({ body, headers }, { id = '', format }, deps) => {
  const read = parsePostComment(id, body, headers['content-type']);
  if ('refusal' in read) return read;
  const refused = await addComment(read.comment, deps);
  if (refused === BUSY) return busy();
  return refused === undefined ? { text: renderCommented(read.comment.number, format) } : refuse(refused);
};

const busy = (): Reply => ({ ...refuse(BUSY), headers: { 'retry-after': '1' } });

const CALLS: Readonly<Record<string, Call>> = {
  'GET discovery': discovery,
  'GET services': services,
  'GET service': service,
  'GET requests': requests,
  'GET request': request,
  'GET token': token,
  'POST requests': postRequest,
  'POST comments': postComment,
};
