import {
  endToEndHeaders,
  type HttpHandler,
  type HttpRequest,
  type HttpResponse,
  listen,
} from './http-messages.ts';

/** A call of a function to a service, for comparing what it does with what its role allows. */
export interface RecordedCall {
  /** Logical id of the function that called; undefined for a caller that is no function. */
  functionLogicalId: string | undefined;
  /** `dynamodb`, `sqs`, … as in an IAM action. */
  service: string;
  /** Action as IAM names it; a transaction counts as the actions within it. */
  action: string;
  table?: string;
  index?: string;
  /** How the partition keys begin that the call touches: `CASE#`. Undefined for a scan. */
  leadingKey?: string;
  queueUrl?: string;
  bucket?: string;
  /** Of an object. */
  key?: string;
  /** Who a message is from: the origination identity of an SMS, the address of an e-mail. */
  from?: string;
}

const maxCallBytes = 32 * 1024 * 1024;

/** A proxy before a service that reports every call. Only tests put it in the path. */
export async function startRecorder(
  target: string,
  functionOfAccessKey: (accessKeyId: string) => string | undefined,
  record: (call: RecordedCall) => void,
  notice: (line: string) => void,
) {
  const server = await listen(0, notice);
  const handler: HttpHandler = async (request) => {
    const body = (await request.readBody(maxCallBytes)) ?? Buffer.alloc(0);
    for (const call of callsOf(request, body.toString(), functionOfAccessKey)) record(call);
    try {
      return await forward(target, request, body);
    } catch {
      // The service hung up: so does the recorder, for the caller must see the same.
      request.cut();
      return { statusCode: 502, headers: {}, body: '' };
    }
  };
  server.handle(handler);
  return server;
}

function callsOf(
  request: HttpRequest,
  body: string,
  functionOfAccessKey: (accessKeyId: string) => string | undefined,
): RecordedCall[] {
  const [, accessKeyId = '', service = ''] =
    /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
  const functionLogicalId = functionOfAccessKey(accessKeyId);
  const target = request.headers['x-amz-target'];
  const action = target?.split('.')[1] ?? restActions[`${request.method} ${request.path}`] ?? '';
  const call = { functionLogicalId, service, action };
  const input: CallInput = body.startsWith('{') ? JSON.parse(body) : {};
  if (service !== 'dynamodb') {
    const from = input.OriginationIdentity ?? input.FromEmailAddress;
    return [{ ...call, queueUrl: input.QueueUrl, ...(from === undefined ? {} : { from }) }];
  }
  const parts = partsOf(action, input);
  return parts.map((part) => ({ ...call, ...part }));
}

/** Actions of services that name them by method and path. */
const restActions: Record<string, string> = { 'POST /v2/email/outbound-emails': 'SendEmail' };

type Part = { action: string; table?: string; index?: string; leadingKey?: string };

/** IAM knows no TransactWriteItems: it checks the actions within, and a condition check under its own name. */
const transactionActions: Record<string, string> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
};

/** The parts of a request that tell what it touches. */
interface CallInput extends KeyedInput {
  TableName?: string;
  IndexName?: string;
  QueueUrl?: string;
  OriginationIdentity?: string;
  FromEmailAddress?: string;
  RequestItems?: Record<string, BatchOfTable>;
  TransactItems?: Record<string, KeyedInput & { TableName: string }>[];
}

type BatchOfTable =
  | { Keys: NonNullable<KeyedInput['Key']>[] }
  | { PutRequest?: KeyedInput; DeleteRequest?: KeyedInput }[];

/** Where the partition key stands, if the call has one. */
interface KeyedInput {
  Key?: { pk?: { S?: string } };
  Item?: { pk?: { S?: string } };
  /** Of a query: the key is written `:pk` everywhere in this house. */
  ExpressionAttributeValues?: { ':pk'?: { S?: string } };
}

function leadingKeyOf({ Key, Item, ExpressionAttributeValues }: KeyedInput) {
  const key = Key?.pk?.S ?? Item?.pk?.S ?? ExpressionAttributeValues?.[':pk']?.S;
  return key === undefined ? {} : { leadingKey: key.replace(/#.*/s, '#') };
}

function partsOf(action: string, input: CallInput): Part[] {
  if (input.TransactItems) {
    return input.TransactItems.flatMap((item) =>
      Object.entries(item).map(([kind, { TableName, ...keyed }]) => ({
        action: transactionActions[kind] ?? kind,
        table: TableName,
        ...leadingKeyOf(keyed),
      })),
    );
  }
  if (input.RequestItems) {
    return Object.entries(input.RequestItems).flatMap(([table, requests]) =>
      keyedOf(requests).map((keyed) => ({ action, table, ...leadingKeyOf(keyed) })),
    );
  }
  return [{ action, table: input.TableName, index: input.IndexName, ...leadingKeyOf(input) }];
}

/** The items of a batch, each with its key: of a get its keys, of a write its requests. */
function keyedOf(requests: BatchOfTable): KeyedInput[] {
  if (!Array.isArray(requests)) return requests.Keys.map((Key) => ({ Key }));
  return requests.map(({ PutRequest, DeleteRequest }) => PutRequest ?? DeleteRequest ?? {});
}

async function forward(target: string, request: HttpRequest, body: Buffer): Promise<HttpResponse> {
  const answer = await fetch(target + request.path + (request.query && `?${request.query}`), {
    method: request.method,
    headers: endToEndHeaders(request),
    body: request.method === 'GET' || request.method === 'HEAD' ? undefined : new Uint8Array(body),
  });
  const answerHeaders = Object.fromEntries(answer.headers);
  for (const name of [
    'connection',
    'content-encoding',
    'content-length',
    'keep-alive',
    'transfer-encoding',
  ]) {
    delete answerHeaders[name];
  }
  return { statusCode: answer.status, headers: answerHeaders, body: Buffer.from(await answer.arrayBuffer()) };
}
