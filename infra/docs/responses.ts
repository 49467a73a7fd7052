import { type Json, openApiDocument } from './openapi.ts';

/** What the document says of one response: its schema without references, or none for a file. */
export interface ResponseSchema {
  method: string;
  /** As in the document: `/desk/cases/{number}`. */
  path: string;
  status: string;
  contentType: string;
  schema: Json | undefined;
}

/** Every response that the document describes, for tests that hold the running system against it. */
export function responseSchemas(): ResponseSchema[] {
  const document = openApiDocument();
  return entriesOf(document.paths).flatMap(([path, methods]) =>
    entriesOf(methods).flatMap(([method, operation]) =>
      entriesOf(operation.responses).flatMap(([status, response]) =>
        entriesOf(resolve(document, response).content).map(([contentType, media]) => ({
          method: method.toUpperCase(),
          path,
          status,
          contentType,
          schema: media.schema === undefined ? undefined : resolve(document, media.schema as Json),
        })),
      ),
    ),
  );
}

/**
 * What the document says of one answer of the running system.
 * @param url path below the API, without the query: `/desk/cases/261121-483729-2`
 * @returns undefined when the document knows no such response: the system says more than it promises
 */
export function responseSchemaFor(
  { method, url, status, contentType }: { method: string; url: string; status: number; contentType: string },
  known: readonly ResponseSchema[],
): ResponseSchema | undefined {
  const fitting = known.filter(
    (one) =>
      one.method === method &&
      one.contentType === contentType.split(';')[0] &&
      new RegExp(`^${one.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(url),
  );
  return (
    fitting.find((one) => one.status === String(status)) ?? fitting.find((one) => one.status === 'default')
  );
}

const entriesOf = (value: unknown) => Object.entries((value ?? {}) as Record<string, Json>);

/** References in the document stand alone and never point to further ones. */
function resolve(document: Json, value: Json): Json {
  if (typeof value.$ref !== 'string') return value;
  const steps = value.$ref.slice(2).split('/');
  return steps.reduce<Json>((found, step) => found[step] as Json, document);
}
