import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { responseSchemaFor, responseSchemas } from '../../infra/docs/responses.ts';

/*
 * Holds every answer of the running system against the published document. `system.ts` sends each one through here,
 * so no integration test can see an answer that the document does not promise.
 */

const known = responseSchemas();
const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addFormat('date', /^\d{4}-\d{2}-\d{2}$/);
ajv.addFormat('date-time', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/);
const validators = new Map<object, ValidateFunction>();

/** Addresses that no route has: API Gateway answers them by itself, and the document says nothing of them. */
const isRouted = (url: string) =>
  known.some(({ path }) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(url));

/** Throws when the document does not describe this answer, or describes another. */
export function holdAgainstDocument(
  method: string,
  path: string,
  status: number,
  contentType: string,
  body: unknown,
): void {
  const [url = ''] = path.split('?');
  // Nothing new: there is no body to hold against anything.
  if (!isRouted(url) || status === 304) return;
  const where = `${method} ${url} ${status} ${contentType}`;
  const response = responseSchemaFor({ method, url, status, contentType }, known);
  if (response === undefined) throw new Error(`the OpenAPI document does not know ${where}`);
  if (response.schema === undefined) return;
  const validate = validators.get(response.schema) ?? ajv.compile(response.schema);
  validators.set(response.schema, validate);
  if (!validate(body)) {
    throw new Error(`${where} is not what the OpenAPI document says: ${ajv.errorsText(validate.errors)}`);
  }
}
