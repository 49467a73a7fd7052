import * as z from 'zod';
import { problemAnswer } from '../../events/answers.ts';
import { ANSWERS, OPERATIONS, type Opens, type Operation } from './operations.ts';

export type Json = Record<string, unknown>;

const NUMBER = 'Case number, with or without hyphens';
/** What each kind of opening brings: how it is asked for, and the refusals that go with it. */
const OPENS: Readonly<Record<Opens, { security: Json[]; refusals: readonly number[] }>> = {
  anyone: { security: [], refusals: [400, 429] },
  secret: { security: [{ secret: [] }], refusals: [400, 403, 429] },
  partner: { security: [{ link: [] }, { signature: [] }], refusals: [400, 401, 429] },
  staff: { security: [{ staff: [] }], refusals: [400, 401, 429] },
};
/** Refused by API Gateway itself, before any function: plain JSON with a message. Partners are known by our function. */
const isOfGateway = (status: number, opens: Opens) => status === 429 || (status === 401 && opens === 'staff');

/** The HTTP contract as an OpenAPI 3.1 document, made from the schemas that the functions parse with. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const [route, operation] of Object.entries(OPERATIONS)) {
    const [method = '', path = ''] = route.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationObject(path, operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '12315 hotline',
      version: '2',
      description:
        'Complaints, reports and inquiries in; stations find them; every legal step, date and form; figures out. ' +
        'Every refusal of ours is application/problem+json. Days are days in Shanghai, sums are whole fen. ' +
        'Open311 GeoReport v2 under /open311/v2 is described by its specification and docs/open311.md.',
    },
    servers: [{ url: '/api' }],
    components: {
      securitySchemes: {
        staff: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'Claims `role` and `unit`',
        },
        link: {
          type: 'http',
          scheme: 'bearer',
          description: 'What stands behind the # of the link in a notice: opens one case',
        },
        signature: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: '`Partner code=…, time=…, signature=…`, Ed25519 over the request: docs/partners.md',
        },
        secret: {
          type: 'apiKey',
          in: 'header',
          name: 'Tracking-Secret',
          description: 'The secret given with the number',
        },
      },
      schemas: {
        ...Object.fromEntries(
          Object.entries(ANSWERS).map(([name, schema]) => [name, schemaOf(schema, 'output')]),
        ),
        Problem: schemaOf(problemAnswer, 'output'),
      },
      responses: {
        Problem: {
          description: 'Refused: which field, why, and what to do, in Chinese and English',
          content: { 'application/problem+json': { schema: refTo('Problem') } },
        },
        Gateway: {
          description: 'Refused by API Gateway',
          content: {
            'application/json': { schema: { type: 'object', properties: { message: { type: 'string' } } } },
          },
        },
      },
    },
    paths,
  };
}

function operationObject(path: string, operation: Operation): Json {
  const { id, summary, opens, query, headers = {}, body, files = [] } = operation;
  const { security, refusals } = OPENS[opens];
  const statuses = [...refusals, ...(operation.refusals ?? []), ...(body === undefined ? [] : [413])];
  const parameters = [
    ...(path.includes('{number}') ? [parameter('path', 'number', { type: 'string' }, true, NUMBER)] : []),
    ...(operation.path === undefined ? [] : parametersOf('path', operation.path)),
    ...(query === undefined ? [] : parametersOf('query', query)),
    ...Object.entries(headers).map(([name, why]) =>
      parameter('header', name, { type: 'string' }, false, why),
    ),
  ];
  return {
    operationId: id,
    summary,
    ...(security.length === 0 ? {} : { security }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: requestBody(body) }),
    responses: {
      ...Object.fromEntries(
        Object.entries(operation.answers).map(([status, name]) => [status, answer(summary, name, files)]),
      ),
      ...(headers['if-none-match'] === undefined ? {} : { 304: { description: 'Nothing new' } }),
      ...Object.fromEntries(
        statuses.map((status) => [
          status,
          { $ref: `#/components/responses/${isOfGateway(status, opens) ? 'Gateway' : 'Problem'}` },
        ]),
      ),
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });

function answer(description: string, name: string, files: readonly string[]): Json {
  // A file is bytes: OpenAPI 3.1 says so by a media type without a schema.
  const types = Object.fromEntries(files.map((type) => [type, {}]));
  return { description, content: { 'application/json': { schema: refTo(name) }, ...types } };
}

function requestBody(schema: z.ZodType): Json {
  return { required: true, content: { 'application/json': { schema: schemaOf(schema, 'input') } } };
}

function parametersOf(place: 'path' | 'query', schema: z.ZodType): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) =>
    parameter(place, name, property, place === 'path' || required.includes(name)),
  );
}

function parameter(place: string, name: string, schema: Json, required: boolean, description?: string): Json {
  return { name, in: place, required, ...(description === undefined ? {} : { description }), schema };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io }) as Json;
  return rest;
}
