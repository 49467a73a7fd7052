import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { decode, type HttpRequest, type HttpResponse } from './http-messages.ts';

/** A BucketDeployment: directories of the assembly whose files are copied into a bucket. */
export interface BucketDeployment {
  sources: { dir: string; markers: Record<string, string>; jsonEscape: boolean }[];
  keyPrefix: string;
  exclude: string[];
  include: string[];
  metadata: Record<string, string>;
}

interface StoredObject {
  path: string;
  markers: Record<string, string>;
  headers: Record<string, string>;
}

const contentTypes: Record<string, string> = {
  '.css': 'text/css',
  '.csv': 'text/csv',
  '.gif': 'image/gif',
  '.html': 'text/html',
  '.ico': 'image/vnd.microsoft.icon',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.map': 'application/json',
  '.md': 'text/markdown',
  '.mjs': 'text/javascript',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};

/** Answers GET and HEAD as a private bucket does behind CloudFront. */
export class PagesBucket {
  private readonly objects = new Map<string, StoredObject>();
  private readonly missing: HttpResponse;

  /** `listable`: whether the bucket policy lets CloudFront list it; without that a missing key looks forbidden. */
  constructor(deployments: BucketDeployment[], listable: boolean) {
    for (const deployment of deployments) this.deploy(deployment);
    const [statusCode, code] = listable ? [404, 'NoSuchKey'] : [403, 'AccessDenied'];
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`;
    this.missing = { statusCode, headers: { 'content-type': 'application/xml' }, body };
  }

  handle(request: HttpRequest): HttpResponse {
    const object = this.objects.get(decode(request.path).slice(1));
    if (!object) return this.missing;
    const body = contentOf(object);
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    const headers = { ...object.headers, etag };
    if (request.headers['if-none-match'] === etag) return { statusCode: 304, headers, body: '' };
    return { statusCode: 200, headers, body };
  }

  private deploy({ sources, keyPrefix, exclude, include, metadata }: BucketDeployment): void {
    for (const { dir, markers, jsonEscape } of sources) {
      const texts = Object.entries(markers).map(([marker, value]) => [
        marker,
        jsonEscape ? JSON.stringify(value).slice(1, -1) : value,
      ]);
      for (const file of readdirSync(dir, { recursive: true, withFileTypes: true })) {
        if (!file.isFile()) continue;
        const path = join(file.parentPath, file.name);
        const key = relative(dir, path).split(sep).join('/');
        // As in `aws s3 sync`: of the filters that match, the last one counts, and CDK puts the includes last.
        if (matchesAny(exclude, key) && !matchesAny(include, key)) continue;
        const contentType = contentTypes[extname(file.name)] ?? 'binary/octet-stream';
        this.objects.set([keyPrefix, key].filter(Boolean).join('/'), {
          path,
          markers: Object.fromEntries(texts),
          headers: { 'content-type': contentType, ...metadata },
        });
      }
    }
  }
}

/** The file's content, with deploy-time values in the places CDK marked for them. */
function contentOf({ path, markers }: StoredObject): Buffer {
  const content = readFileSync(path);
  if (Object.keys(markers).length === 0) return content;
  const text = Object.entries(markers).reduce(
    (soFar, [marker, value]) => soFar.replaceAll(marker, value),
    content.toString(),
  );
  return Buffer.from(text);
}

function matchesAny(patterns: string[], key: string): boolean {
  return patterns.some((pattern) => wildcard(pattern).test(key));
}

/** A pattern in which `*` stands for any characters and `?` for one. */
export function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`);
}
