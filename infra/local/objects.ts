import { createHash } from 'node:crypto';
import type { RecordedCall } from './call-recorder.ts';
import { decode, endToEndHeaders, type HttpRequest, type HttpResponse } from './http-messages.ts';
import { largestObjectBytes, type ObjectStorage } from './queues.ts';
import { S3Refusal, type UploadForm, verifyForm, verifyPresigned } from './s3-signatures.ts';

/** A rule of a bucket's CORS configuration, named as in CloudFormation. */
export interface CorsRule {
  AllowedHeaders?: string[];
  AllowedMethods: string[];
  AllowedOrigins: string[];
  ExposedHeaders?: string[];
  MaxAge?: number;
}

/** A new object, as S3 tells EventBridge of it. */
export interface ObjectCreated {
  bucket: string;
  key: string;
  size: number;
  etag: string;
  reason: 'PutObject' | 'CopyObject' | 'PostObject' | 'CompleteMultipartUpload';
}

/** What the S3 of this machine needs to know. */
export interface ObjectServerOptions {
  storage: ObjectStorage;
  /** Bucket → its CORS rules. */
  cors: Map<string, CorsRule[]>;
  onCreated: (object: ObjectCreated) => Promise<void>;
  functionOfAccessKey: (accessKeyId: string) => string | undefined;
  record: ((call: RecordedCall) => void) | undefined;
}

/** Parts of a query that fauxqs understands; any other is an operation it would take for another one. */
const knownQueries = (
  'list-type prefix delimiter max-keys continuation-token start-after encoding-type fetch-owner marker ' +
  'uploads uploadId partNumber max-parts delete x-id ' +
  'response-content-type response-content-disposition response-cache-control'
).split(' ');

/** A request to S3, taken apart. */
interface Call {
  request: HttpRequest;
  bucket: string;
  key: string;
  query: URLSearchParams;
  isForm: boolean;
}

/**
 * Answers requests as S3 does: fauxqs stores the objects, and what it leaves out is done here – presigned requests
 * and form uploads are held against what was signed, strangers refused, CORS, list of parts, events of new objects.
 */
export function answerObjects(options: ObjectServerOptions) {
  return async (request: HttpRequest): Promise<HttpResponse> => {
    const [, bucket = '', ...rest] = request.path.split('/');
    const call: Call = {
      request,
      bucket,
      key: decode(rest.join('/')),
      query: new URLSearchParams(request.query),
      isForm: (request.headers['content-type'] ?? '').startsWith('multipart/form-data'),
    };
    const cors = corsHeaders(options.cors.get(bucket) ?? [], request);
    if (request.method === 'OPTIONS') {
      if (cors) return { statusCode: 200, headers: cors, body: '' };
      return errorAnswer(new S3Refusal(403, 'AccessForbidden', 'CORSResponse: not allowed'), {});
    }
    try {
      const answer = await answerCall(call, options);
      return { ...answer, headers: { ...answer.headers, ...cors } };
    } catch (error) {
      if (error instanceof S3Refusal) return errorAnswer(error, cors ?? {});
      throw error;
    }
  };
}

async function answerCall(call: Call, options: ObjectServerOptions): Promise<HttpResponse> {
  const { request, bucket, key, query } = call;
  const unknown = [...query.keys()].find((name) => !knownQueries.includes(name) && !/^x-amz-/i.test(name));
  if (unknown) throw new S3Refusal(501, 'NotImplemented', `${unknown} is not supported locally`);
  const body = await request.readBody(largestObjectBytes);
  if (!body) throw new S3Refusal(400, 'EntityTooLarge', `At most ${largestObjectBytes} bytes here`);
  const form = call.isForm ? await formOf(request, body) : undefined;
  const now = Date.now();
  const signer = form
    ? verifyForm(form, bucket, now)
    : query.has('X-Amz-Signature')
      ? verifyPresigned(request, now)
      : /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1];
  if (signer === undefined) throw new S3Refusal(403, 'AccessDenied', 'Access Denied');
  const functionLogicalId = options.functionOfAccessKey(signer);
  // Others than functions are tests and people, whose rights nobody compares.
  if (functionLogicalId !== undefined) {
    for (const part of actionsOf(call, form, body))
      options.record?.({ functionLogicalId, service: 's3', ...part });
  }

  const { store } = options.storage;
  if (request.method === 'GET' && key && query.has('uploadId')) return partsOf(call, store);
  if (request.method === 'PUT') checkPut(call, store, body);
  const answer = await options.storage.answer({
    method: request.method,
    url: request.path + (request.query && `?${request.query}`),
    // As S3 has it; without one fauxqs would take 11 MiB only.
    headers: { 'content-type': 'binary/octet-stream', ...endToEndHeaders(request) },
    payload: body,
  });
  const reason = createdBy(call);
  if (reason && answer.statusCode < 400) {
    const createdKey = form?.fields.key ?? key;
    const { contentLength, etag } = store.headObject(bucket, createdKey);
    const size = contentLength;
    await options.onCreated({ bucket, key: createdKey, size, etag: etag.replaceAll('"', ''), reason });
  }
  return {
    statusCode: answer.statusCode,
    headers: answerHeaders(answer.headers, call),
    body: answer.rawPayload,
  };
}

/** Objects put shortly before the youngest one: their messages may have been lost with the queues of the last run. */
export function latestObjects({ store }: ObjectStorage, withinMs: number): ObjectCreated[] {
  const objects = store
    .listBuckets()
    .flatMap(({ name }) =>
      store
        .listObjects(name, { maxKeys: Number.MAX_SAFE_INTEGER })
        .objects.map((object) => ({ bucket: name, object })),
    );
  const youngest = Math.max(...objects.map(({ object }) => object.lastModified.getTime()));
  return objects
    .filter(({ object }) => object.lastModified.getTime() >= youngest - withinMs)
    .map(({ bucket, object }) => ({
      bucket,
      key: object.key,
      size: object.contentLength,
      etag: object.etag.replaceAll('"', ''),
      reason: 'PutObject',
    }));
}

async function formOf(request: HttpRequest, body: Buffer): Promise<UploadForm> {
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const form = await new Response(new Uint8Array(body), { headers }).formData().catch(() => undefined);
  if (!form?.has('key'))
    throw new S3Refusal(400, 'MalformedPOSTRequest', 'Not a form in multipart/form-data with a key.');
  const upload: UploadForm = { fields: {}, fileBytes: 0 };
  for (const [name, value] of form) {
    if (typeof value === 'string') upload.fields[name.toLowerCase()] = value;
    else upload.fileBytes = value.size;
  }
  return upload;
}

function createdBy({ request, key, query, isForm }: Call): ObjectCreated['reason'] | undefined {
  if (isForm) return 'PostObject';
  if (request.method === 'POST' && query.has('uploadId')) return 'CompleteMultipartUpload';
  if (request.method !== 'PUT' || !key || query.has('uploadId')) return undefined;
  return request.headers['x-amz-copy-source'] ? 'CopyObject' : 'PutObject';
}

/** What fauxqs does not look at: `If-None-Match: *`, and whether the body is what its checksum says. */
function checkPut({ request, bucket, key }: Call, store: ObjectStorage['store'], body: Buffer): void {
  if (request.headers['if-none-match'] === '*' && objectExists(store, bucket, key)) {
    throw new S3Refusal(412, 'PreconditionFailed', 'There is such an object already.');
  }
  const sha256 = request.headers['x-amz-checksum-sha256'];
  if (sha256 !== undefined && createHash('sha256').update(body).digest('base64') !== sha256) {
    throw new S3Refusal(400, 'BadDigest', 'The body is not what its SHA256 says.');
  }
}

function objectExists(store: ObjectStorage['store'], bucket: string, key: string): boolean {
  try {
    store.headObject(bucket, key);
    return true;
  } catch {
    return false;
  }
}

/** ListParts, which fauxqs has not. */
function partsOf({ bucket, key, query }: Call, store: ObjectStorage['store']): HttpResponse {
  const upload = store['multipartUploads'].get(query.get('uploadId') ?? '');
  if (!upload || upload.bucket !== bucket || upload.key !== key)
    throw new S3Refusal(404, 'NoSuchUpload', 'There is no such upload.');
  const parts = [...upload.parts.values()]
    .toSorted((a, b) => a.partNumber - b.partNumber)
    .map(
      ({ partNumber, etag, body, lastModified }) =>
        `<Part><PartNumber>${partNumber}</PartNumber><LastModified>${lastModified.toISOString()}</LastModified>` +
        `<ETag>${etag.replaceAll('"', '&quot;')}</ETag><Size>${body.length}</Size></Part>`,
    );
  const text =
    `<ListPartsResult><Bucket>${bucket}</Bucket><UploadId>${upload.uploadId}</UploadId>` +
    `<IsTruncated>false</IsTruncated>${parts.join('')}</ListPartsResult>`;
  return { statusCode: 200, headers: { 'content-type': 'application/xml' }, body: text };
}

/** The actions of IAM a request needs, with what they touch. */
function actionsOf({ request, bucket, key, query }: Call, form: UploadForm | undefined, body: Buffer) {
  const on = (action: string, object = key) => ({ action, bucket, key: object });
  const { method, headers } = request;
  if (form) return [on('PutObject', form.fields.key)];
  if (method === 'POST' && query.has('delete'))
    return [...body.toString().matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, name = '']) =>
      on('DeleteObject', name),
    );
  if (!key) return [on('ListBucket', '')];
  if (query.has('uploadId') && method === 'GET') return [on('ListMultipartUploadParts')];
  if (query.has('uploadId') && method === 'DELETE') return [on('AbortMultipartUpload')];
  if (method === 'GET' || method === 'HEAD') return [on('GetObject')];
  if (method === 'DELETE') return [on('DeleteObject')];
  const source = headers['x-amz-copy-source'];
  if (!source) return [on('PutObject')];
  const [from = '', ...name] = decodeURIComponent(source).replace(/^\//, '').split('/');
  return [on('PutObject'), { action: 'GetObject', bucket: from, key: name.join('/') }];
}

/** The headers of an answer to a page of another origin; undefined if no rule lets it in. */
function corsHeaders(
  rules: CorsRule[],
  { method, headers }: HttpRequest,
): Record<string, string> | undefined {
  const { origin } = headers;
  if (!origin) return undefined;
  const wantedMethod = method === 'OPTIONS' ? (headers['access-control-request-method'] ?? '') : method;
  const wantedHeaders = (headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);
  const rule = rules.find(
    ({ AllowedOrigins, AllowedMethods, AllowedHeaders = [] }) =>
      (AllowedOrigins.includes(origin) || AllowedOrigins.includes('*')) &&
      AllowedMethods.includes(wantedMethod) &&
      wantedHeaders.every((name) =>
        AllowedHeaders.some((allowed) => allowed === '*' || allowed.toLowerCase() === name),
      ),
  );
  if (!rule) return undefined;
  return {
    'access-control-allow-origin': rule.AllowedOrigins.includes('*') ? '*' : origin,
    'access-control-allow-methods': rule.AllowedMethods.join(', '),
    ...(wantedHeaders.length > 0 && { 'access-control-allow-headers': wantedHeaders.join(', ') }),
    ...(rule.ExposedHeaders && { 'access-control-expose-headers': rule.ExposedHeaders.join(', ') }),
    ...(rule.MaxAge !== undefined && { 'access-control-max-age': String(rule.MaxAge) }),
    vary: 'Origin',
  };
}

/** Without the length, which is counted anew if there is a body; with what the one who signed a link wants said of the object. */
function answerHeaders(given: object, { request, query }: Call): Record<string, string> {
  const dropped = request.method === 'HEAD' ? ['connection'] : ['connection', 'content-length'];
  const headers = Object.fromEntries(
    Object.entries(given)
      .filter(([name, value]) => !dropped.includes(name) && value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  );
  for (const name of ['content-type', 'content-disposition', 'cache-control']) {
    const wanted = query.get(`response-${name}`);
    if (wanted !== null) headers[name] = wanted;
  }
  return headers;
}

function errorAnswer(
  { statusCode, code, message }: S3Refusal,
  headers: Record<string, string>,
): HttpResponse {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { statusCode, headers: { 'content-type': 'application/xml', ...headers }, body };
}
