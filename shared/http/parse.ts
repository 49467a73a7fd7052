import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { type CaseNumber, parseCaseNumber } from '../case/case-number.ts';
import { type FieldProblem, Problem } from './problem.ts';

/** Far above any honest complaint (10,000 characters), far below what could hurt. */
export const LARGEST_BODY = 128 * 1024;
/** A table that staff bring, in base64 with what stands around it; Lambda takes 6 MB. */
export const LARGEST_FILE = 4 * 1024 * 1024;

/**
 * Reads a JSON body by its schema, or throws a problem that names each wrong field.
 * @param largest bytes the body may have
 */
export function parseBody<Schema extends z.ZodType>(
  event: APIGatewayProxyEventV2,
  schema: Schema,
  largest = LARGEST_BODY,
): z.output<Schema> {
  const raw = event.body ?? '';
  const body = event.isBase64Encoded ? Buffer.from(raw, 'base64').toString('utf8') : raw;
  if (Buffer.byteLength(body) > largest) {
    const limit = `${largest / 1024} KB`;
    throw new Problem('too-large', [
      {
        field: 'body',
        zh: `请求正文超过 ${limit}，请缩短内容`,
        en: `The body is over ${limit}; please shorten it`,
      },
    ]);
  }
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new Problem('bad-request', [
      { field: 'body', zh: '请求正文不是有效的 JSON', en: 'The body is not valid JSON' },
    ]);
  }
  return parseValue(value, schema);
}

/** Reads a value by its schema, or throws a problem that names each wrong field by its JSON pointer. */
export function parseValue<Schema extends z.ZodType>(value: unknown, schema: Schema): z.output<Schema> {
  return parse(value, schema, jsonPointer);
}

/** Reads query or path parameters, or headers, by their schema; problems bear the parameter's name. */
export function parseParameters<Schema extends z.ZodType>(value: unknown, schema: Schema): z.output<Schema> {
  return parse(value, schema, (path) => path.join('.') || 'parameters');
}

type FieldName = (path: readonly PropertyKey[]) => string;

/** RFC 6901; the body as a whole is called `body`. */
const jsonPointer: FieldName = (path) =>
  path.length === 0
    ? 'body'
    : `/${path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;

function parse<Schema extends z.ZodType>(
  value: unknown,
  schema: Schema,
  nameOf: FieldName,
): z.output<Schema> {
  // With its input an issue tells a missing field from one of the wrong type; the input goes no further.
  const parsed = schema.safeParse(value, { reportInput: true });
  if (!parsed.success)
    throw new Problem(
      'bad-request',
      parsed.error.issues.flatMap((issue) => describeIssue(issue, nameOf)),
    );
  return parsed.data;
}

/** Messages for what zod finds by itself; schemas bring their own as `中文 / English`. */
function describeIssue(issue: z.core.$ZodIssue, nameOf: FieldName): FieldProblem[] {
  const field = nameOf(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, 10).map((key) => ({
        field: nameOf([...issue.path, key.slice(0, 60)]),
        zh: '没有这个字段，请删除',
        en: 'There is no such field; please remove it',
      }));
    case 'invalid_type':
      return [
        issue.input === undefined
          ? { field, zh: '缺少此项，请填写', en: 'This is missing; please fill it in' }
          : issue.expected === 'int'
            ? {
                field,
                zh: '请填整数；金额以分为单位',
                en: 'A whole number is needed; sums are in fen (1/100 yuan)',
              }
            : { field, zh: `类型不对，应为 ${issue.expected}`, en: `Wrong type, expected ${issue.expected}` },
      ];
    case 'too_big':
      return [{ field, zh: `超过上限 ${issue.maximum}`, en: `Above the limit of ${issue.maximum}` }];
    case 'too_small':
      return [{ field, zh: `不足下限 ${issue.minimum}`, en: `Below the minimum of ${issue.minimum}` }];
    case 'invalid_value':
      return [
        {
          field,
          zh: `只能是：${issue.values.join('、')}`,
          en: `Must be one of: ${issue.values.join(', ')}`,
        },
      ];
    default: {
      const [zh = issue.message, en = issue.message] = issue.message.split(' / ');
      return [{ field, zh, en }];
    }
  }
}

/** Reads one header by its schema; header names arrive in lower case. */
export function parseHeader<Schema extends z.ZodType>(
  event: APIGatewayProxyEventV2,
  name: string,
  schema: Schema,
): z.output<Schema> {
  return parseParameters({ [name]: event.headers[name] }, z.object({ [name]: schema }))[
    name
  ] as z.output<Schema>;
}

/** The case number in the path, or a problem that says what a number looks like. */
export function caseNumberOf(event: APIGatewayProxyEventV2): CaseNumber {
  const number = parseCaseNumber(event.pathParameters?.number ?? '');
  if (number === undefined) {
    throw new Problem('bad-request', [
      {
        field: 'number',
        zh: '编号不对，请核对：13 位数字，如 261121-483729-2',
        en: 'This is not a case number, please check it: 13 digits such as 261121-483729-2',
      },
    ]);
  }
  return number;
}

/**
 * The network address a request comes from. The edge writes it into a header of ours (infra/stacks/pages-stack.ts);
 * who calls the API past the edge can write there what he likes, and has the limits of his phone and of the stage.
 */
export function viewerAddress(event: APIGatewayProxyEventV2): string {
  return event.headers['x-viewer-address'] ?? event.requestContext.http.sourceIp;
}
