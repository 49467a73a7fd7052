import * as z from 'zod';
import * as answers from '../../events/answers.ts';
import { deskListQuery, deskRequests } from '../../events/desk-requests.ts';
import { statisticsQuery } from '../../events/statistics-query.ts';
import { submission } from '../../events/submission.ts';

type Json = Record<string, unknown>;

const number = {
  name: 'number',
  in: 'path',
  required: true,
  description: 'Case number, with or without hyphens',
  schema: { type: 'string' },
};
const staffOnly = [{ staff: [] }];

/** The HTTP contract as an OpenAPI 3.1 document, made from the schemas that the functions parse with. */
export function openApiDocument(): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: '12315 hotline',
      version: '1',
      description:
        'Complaints in, stations find them, figures out. Every refusal is application/problem+json.',
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
      },
    },
    paths: {
      '/complaints': {
        post: {
          operationId: 'submitComplaint',
          summary: 'Register a complaint (投诉登记)',
          parameters: [
            header(
              'Idempotency-Key',
              false,
              'The same for every repeat of one message; a repeat gets the first answer',
            ),
          ],
          requestBody: jsonBody(submission(() => '')),
          responses: {
            201: json('Registered', answers.registeredAnswer),
            200: json('A repeat: the first answer again', answers.registeredAnswer),
            ...refusals(400, 413, 422, 429, 503),
          },
        },
      },
      '/complaints/{number}': {
        get: {
          operationId: 'trackCase',
          summary: 'How a case stands (查询进度)',
          parameters: [number, header('Tracking-Secret', true, 'The secret given with the number')],
          responses: { 200: json('The case', answers.trackingAnswer), ...refusals(400, 403, 429) },
        },
      },
      '/desk/cases': {
        get: {
          operationId: 'listCases',
          summary: 'Open cases of a unit, the next legal date first',
          security: staffOnly,
          parameters: queryOf(deskListQuery),
          responses: { 200: json('A page', answers.caseList), ...refusals(400, 401, 403, 429) },
        },
      },
      '/desk/cases/{number}': {
        get: {
          operationId: 'showCase',
          summary: 'One case with its history; reading who complained is logged',
          security: staffOnly,
          parameters: [number],
          responses: { 200: json('The case', answers.caseDetail), ...refusals(400, 401, 404, 429) },
        },
      },
      ...Object.fromEntries(
        Object.entries(deskRequests).map(([action, request]) => [
          `/desk/cases/{number}/${action}`,
          {
            post: {
              operationId: `${action}Case`,
              summary: `Take the step "${action}" (docs/life-cycle.md)`,
              security: staffOnly,
              parameters: [number],
              requestBody: jsonBody(request),
              responses: {
                200: json('Done', answers.caseSummary),
                ...refusals(400, 401, 403, 404, 409, 429),
              },
            },
          },
        ]),
      ),
      '/statistics': {
        get: {
          operationId: 'statistics',
          summary: 'Figures of a unit over a month or between two days',
          parameters: queryOf(statisticsQuery),
          responses: { 200: json('Figures', answers.statisticsAnswer), ...refusals(400, 404, 429) },
        },
      },
      '/units': {
        get: {
          operationId: 'listUnits',
          summary: 'The units of the bureau',
          responses: { 200: json('Units', answers.unitList), ...refusals(429) },
        },
      },
    },
  };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io }) as Json;
  return rest;
}

function json(description: string, schema: z.ZodType): Json {
  return { description, content: { 'application/json': { schema: schemaOf(schema, 'output') } } };
}

function jsonBody(schema: z.ZodType): Json {
  return { required: true, content: { 'application/json': { schema: schemaOf(schema, 'input') } } };
}

function header(name: string, required: boolean, description: string): Json {
  return { name, in: 'header', required, description, schema: { type: 'string' } };
}

function queryOf(schema: z.ZodType): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: property,
  }));
}

/** Statuses below 500 and 503; what API Gateway itself answers (401, 429) is plain JSON with a message. */
function refusals(...statuses: number[]): Json {
  const problem = {
    description: 'Refused: which field, why, and what to do, in Chinese and English',
    content: { 'application/problem+json': { schema: schemaOf(answers.problemAnswer, 'output') } },
  };
  const gateway = {
    description: 'Refused by API Gateway',
    content: {
      'application/json': { schema: { type: 'object', properties: { message: { type: 'string' } } } },
    },
  };
  return Object.fromEntries(
    statuses.map((status) => [status, status === 401 || status === 429 ? gateway : problem]),
  );
}
