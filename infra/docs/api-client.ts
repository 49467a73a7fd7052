import type { Json } from './openapi.ts';

/*
 * The types of the API for the pages, from the OpenAPI document: what each operation takes and answers.
 * openapi-typescript does this for everybody, but it needs the compiler's API, and TypeScript 7 has none.
 */

const HEAD = `/*
 * What each operation of the API takes and answers. Generated from docs/openapi.json by \`npm run docs\`; do not edit.
 */
`;

/** web/api/operations.ts: what each operation takes and answers, by method and path. */
export function apiClientTypes(document: Json): string {
  const { paths, components } = document as {
    paths: Record<string, Record<string, Json>>;
    components: { schemas: Record<string, Json> };
  };
  const schemas = Object.entries(components.schemas).map(([name, schema]) => `  ${name}: ${typeOf(schema)};`);
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) => `  '${method.toUpperCase()} ${path}': ${operationOf(operation)};`,
    ),
  );
  return `${HEAD}
interface Schemas {
${schemas.join('\n')}
}

export interface Operations {
${operations.join('\n')}
}
`;
}

interface Parameter {
  name: string;
  in: string;
  required: boolean;
}

function operationOf({ parameters = [], requestBody, responses }: Json): string {
  const named = (place: string) => (parameters as Parameter[]).filter((one) => one.in === place);
  const parts = [
    ...groupOf('path', named('path')),
    ...groupOf('query', named('query')),
    ...groupOf('headers', named('header')),
    ...(requestBody === undefined ? [] : [`body: ${typeOf(contentOf(requestBody as Json)?.schema as Json)}`]),
    `answer: ${answerOf(responses as Record<string, Json>)}`,
  ];
  return `{ ${parts.join('; ')} }`;
}

/** Values travel as text: their names are checked here, what they may be is the service's to say. */
function groupOf(group: string, parameters: readonly Parameter[]): string[] {
  if (parameters.length === 0) return [];
  const one = ({ name, required }: Parameter) => member(name, 'string | number', required);
  const mayLack = parameters.every(({ required }) => !required);
  return [`${group}${mayLack ? '?' : ''}: { ${parameters.map(one).join('; ')} }`];
}

function answerOf(responses: Record<string, Json>): string {
  const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  const types = good.map(([, response]) => {
    const json = contentOf(response)?.schema;
    return json === undefined ? 'unknown' : typeOf(json as Json);
  });
  return [...new Set(types)].join(' | ');
}

function contentOf({ content }: Json): Json | undefined {
  return (content as Record<string, Json> | undefined)?.['application/json'];
}

/** The TypeScript type of a JSON schema, of the keywords that zod writes. */
function typeOf(schema: Json): string {
  if (typeof schema.$ref === 'string') return `Schemas['${schema.$ref.split('/').at(-1)}']`;
  if ('const' in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (Array.isArray(schema.type))
    return (schema.type as string[]).map((type) => typeOf({ ...schema, type })).join(' | ');
  const choices = (schema.oneOf ?? schema.anyOf) as Json[] | undefined;
  if (choices !== undefined) return `(${choices.map(typeOf).join(' | ')})`;
  if (Array.isArray(schema.allOf)) return `(${(schema.allOf as Json[]).map(typeOf).join(' & ')})`;
  return SIMPLE[String(schema.type)] ?? structureOf(schema);
}

const SIMPLE: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
};

function structureOf(schema: Json): string {
  if (schema.type === 'array') return arrayOf(schema);
  if (schema.type !== 'object') return 'unknown';
  const required = new Set(schema.required as string[] | undefined);
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Json>).map(([name, value]) =>
    member(name, typeOf(value), required.has(name)),
  );
  const others = schema.additionalProperties;
  const mayHaveOthers = typeof others === 'object' && others !== null;
  if (properties.length === 0)
    return mayHaveOthers ? `{ [name: string]: ${typeOf(others as Json)} }` : 'object';
  // Beside named ones TypeScript wants a type that fits these, too.
  return `{ ${[...properties, ...(mayHaveOthers ? ['[name: string]: unknown'] : [])].join('; ')} }`;
}

function arrayOf({ items, prefixItems }: Json): string {
  if (Array.isArray(prefixItems)) return `[${(prefixItems as Json[]).map(typeOf).join(', ')}]`;
  return items === undefined ? 'unknown[]' : `(${typeOf(items as Json)})[]`;
}

function member(name: string, type: string, required: boolean): string {
  const key = /^\w+$/.test(name) ? name : `'${name}'`;
  return required ? `${key}: ${type}` : `${key}?: ${type} | undefined`;
}
