import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { openApiDocument } from '../../infra/docs/openapi.ts';
import { OPERATIONS } from '../../infra/docs/operations.ts';
import { responseSchemaFor, responseSchemas } from '../../infra/docs/responses.ts';
import { ASSEMBLY } from '../synthesize.ts';

/** Route keys of the synthesized API, `GET /desk/cases/{number}`. */
function deployedRoutes(): string[] {
  const files = readdirSync(ASSEMBLY, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.template.json'))
    .flatMap((file) =>
      Object.values<{ Type: string; Properties: { RouteKey: string } }>(
        JSON.parse(readFileSync(resolve(ASSEMBLY, file), 'utf8')).Resources ?? {},
      ),
    )
    .filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Route')
    .map(({ Properties }) => Properties.RouteKey);
}

/** True when API Gateway sends this operation along that route. */
function goesAlong(operation: string, route: string): boolean {
  if (operation === route) return true;
  return operation.startsWith('POST ') && route === operation.replace(/\/[^/{]+$/, '/{action}');
}

interface Parameter {
  name: string;
  in: string;
}

test('the document is valid OpenAPI 3.1', async () => {
  const result = await new Validator().validate(openApiDocument());
  expect(result).toMatchObject({ valid: true });
});

test('every name in a path is described', () => {
  const { paths } = openApiDocument() as {
    paths: Record<string, Record<string, { parameters?: Parameter[] }>>;
  };
  const undescribed = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { parameters = [] }]) =>
      [...path.matchAll(/\{(\w+)\}/g)]
        .map(([, name]) => name)
        .filter((name) => !parameters.some((one) => one.in === 'path' && one.name === name))
        .map((name) => `${method} ${path}: ${name}`),
    ),
  );
  expect(undescribed).toEqual([]);
});

describe('the document and the API', () => {
  // Described by its own specification and docs/open311.md: XML, forms and formats in the address are beyond the document.
  const routes = deployedRoutes().filter((route) => !route.endsWith(' /open311/v2/{proxy+}'));
  const operations = Object.keys(OPERATIONS);

  test('every route is described', () => {
    expect(routes.filter((route) => !operations.some((operation) => goesAlong(operation, route)))).toEqual(
      [],
    );
  });

  test('nothing is described that is no route', () => {
    expect(operations.filter((operation) => !routes.some((route) => goesAlong(operation, route)))).toEqual(
      [],
    );
  });
});

test('operation ids are unique names in camel case: clients are generated from them', () => {
  const ids = Object.values(OPERATIONS).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z][A-Za-z]+$/.test(id))).toEqual([]);
  // A handful that must not change by accident.
  expect(ids).toEqual(expect.arrayContaining(['submitComplaint', 'trackCase', 'acceptCase', 'askProofCase']));
});

describe('the schema of a response', () => {
  const known = responseSchemas();
  const json = 'application/json; charset=utf-8';
  const find = (method: string, url: string, status: number, contentType = json) =>
    responseSchemaFor({ method, url, status, contentType }, known);

  test('tells a good answer from a bad one', () => {
    const schema = find('GET', '/desk/reports/261121-483729-2/informer', 200)?.schema;
    const parser = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
    expect(parser.safeParse({ informer: { name: '某甲', phone: '1' } }).success).toBe(true);
    expect(parser.safeParse({ informer: null }).success).toBe(true);
    expect(parser.safeParse({ informer: null, more: 1 }).success).toBe(false);
    expect(parser.safeParse({}).success).toBe(false);
  });

  test('is found for refusals, faults and files', () => {
    const problem = 'application/problem+json; charset=utf-8';
    expect(find('POST', '/desk/cases/261121-483729-2/accept', 409, problem)?.status).toBe('409');
    expect(find('POST', '/complaints', 503, problem)?.status).toBe('default');
    const file = find('GET', '/desk/cases/261121-483729-2/forms/form-5', 200, 'application/pdf');
    expect(file).toMatchObject({ path: '/desk/cases/{number}/forms/{form}', schema: undefined });
  });

  test('is not found for what the document does not promise', () => {
    expect(find('GET', '/desk/cases/261121-483729-2', 302)).toBeUndefined();
    expect(find('GET', '/desk/nothing', 200)).toBeUndefined();
  });
});
