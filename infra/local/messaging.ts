import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { type HttpRequest, type HttpResponse, listen } from './http-messages.ts';

const maxRequestBytes = 1024 * 1024;

/** A message a service took, as the outbox keeps it. */
export interface SentMessage {
  at: string;
  channel: 'sms' | 'email';
  messageId: string;
  from: string | undefined;
  to: string;
  subject?: string;
  body: string;
  reference: string | undefined;
}

/**
 * What a service does with a message instead of taking it: `throttle-once` refuses the first one to an address,
 * `reject` each one, `fail` answers 500 without taking it, `cut` takes it and closes the connection unanswered.
 */
type Misfortune = 'throttle-once' | 'reject' | 'fail' | 'cut';

/** Which messages go wrong: by how the number, or the address before its `@`, ends. */
export type Misfortunes = Readonly<Record<string, Misfortune>>;

/** Stands for AWS End User Messaging SMS and Amazon SES v2, on one address. Nothing leaves the machine. */
export interface MessagingServer {
  endpoint: string;
  /** Everything that was taken since the start. */
  sent: readonly SentMessage[];
  stop(): Promise<void>;
}

/** The one operation of each service that runs here, in that service's protocol. */
interface Operation {
  /** The message in a request; a text says what is wrong with it. */
  read: (input: never) => Omit<SentMessage, 'at' | 'messageId'> | string;
  invalid: string;
  /** Name and facts of the service's own error, as the real one gives it. */
  refusals: Record<'throttle-once' | 'reject' | 'fail', { status: number; name: string; facts?: object }>;
}

interface TextMessageInput {
  DestinationPhoneNumber?: string;
  OriginationIdentity?: string;
  MessageBody?: string;
  Context?: Record<string, string>;
}

interface EmailInput {
  FromEmailAddress?: string;
  Destination?: { ToAddresses?: string[]; CcAddresses?: string[]; BccAddresses?: string[] };
  Content?: { Simple?: { Subject: { Data: string }; Body: { Text?: { Data: string }; Html?: object } } };
  EmailTags?: { Name: string; Value: string }[];
}

const sendTextMessage: Operation = {
  read: ({ DestinationPhoneNumber = '', OriginationIdentity, MessageBody, Context }: TextMessageInput) => {
    if (!/^\+[1-9]\d{5,14}$/.test(DestinationPhoneNumber)) return 'DestinationPhoneNumber is not E.164';
    if (!MessageBody || MessageBody.length > 1600) return 'MessageBody needs 1 to 1600 characters';
    return {
      channel: 'sms',
      from: OriginationIdentity,
      to: DestinationPhoneNumber,
      body: MessageBody,
      reference: Context?.reference,
    };
  },
  invalid: 'ValidationException',
  refusals: {
    'throttle-once': { status: 400, name: 'ThrottlingException' },
    reject: {
      status: 400,
      name: 'ConflictException',
      facts: { Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT' },
    },
    fail: { status: 500, name: 'InternalServerException' },
  },
};

const sendEmail: Operation = {
  read: ({ FromEmailAddress, Destination = {}, Content, EmailTags = [] }: EmailInput) => {
    const [to, ...others] = Object.values(Destination).flat();
    const text = Content?.Simple?.Body.Text;
    if (!FromEmailAddress) return 'FromEmailAddress is missing';
    if (to === undefined || others.length > 0) return 'not one destination: several do not run locally';
    if (text === undefined || Content?.Simple?.Body.Html)
      return 'Content is not simple text: nothing else runs locally';
    if (EmailTags.some(({ Value }) => !/^[A-Za-z0-9_-]{1,256}$/.test(Value)))
      return 'a tag has a forbidden letter';
    return {
      channel: 'email',
      from: FromEmailAddress,
      to,
      subject: Content?.Simple?.Subject.Data ?? '',
      body: text.Data,
      reference: EmailTags.find(({ Name }) => Name === 'reference')?.Value,
    };
  },
  invalid: 'BadRequestException',
  refusals: {
    'throttle-once': { status: 429, name: 'TooManyRequestsException' },
    reject: { status: 400, name: 'MessageRejected' },
    fail: { status: 500, name: 'InternalServiceErrorException' },
  },
};

/** By the target of AWS's JSON protocol, or by method and path. */
const operations: Record<string, Operation> = {
  'PinpointSMSVoiceV2.SendTextMessage': sendTextMessage,
  'POST /v2/email/outbound-emails': sendEmail,
};

/**
 * Starts both services on a free port of the loopback.
 * @param outboxFile gets a line of JSON for every message taken: phones and words, so only its owner may read it
 * @param misfortunes for tests; without it every message is taken
 */
export async function startMessaging(
  outboxFile: string | undefined,
  notice: (line: string) => void,
  misfortunes: Misfortunes = {},
): Promise<MessagingServer> {
  const server = await listen(0, notice);
  const sent: SentMessage[] = [];
  const throttled = new Set<string>();

  const take = (message: Omit<SentMessage, 'at' | 'messageId'>): HttpResponse => {
    const taken = { at: new Date().toISOString(), messageId: randomUUID(), ...message };
    sent.push(taken);
    if (outboxFile) appendFileSync(outboxFile, `${JSON.stringify(taken)}\n`, { mode: 0o600 });
    return json(200, { MessageId: taken.messageId });
  };

  server.handle(async (request: HttpRequest) => {
    const name = request.headers['x-amz-target'] ?? `${request.method} ${request.path}`;
    const operation = operations[name];
    if (!operation) return failure(400, 'UnknownOperationException', `${name} does not run locally.`);
    const body = (await request.readBody(maxRequestBytes))?.toString() ?? '';
    const message = operation.read(JSON.parse(body) as never);
    if (typeof message === 'string') return failure(400, operation.invalid, message);

    const misfortune = misfortuneOf(message.to, misfortunes);
    if (misfortune === 'cut') {
      const answer = take(message);
      request.cut();
      return answer;
    }
    const passed = misfortune === 'throttle-once' && throttled.has(message.to);
    if (misfortune === undefined || passed) return take(message);
    throttled.add(message.to);
    const refusal = operation.refusals[misfortune];
    return failure(refusal.status, refusal.name, `As ${misfortune} asks for.`, refusal.facts);
  });
  return { endpoint: server.origin, sent, stop: () => server.stop() };
}

function misfortuneOf(to: string, misfortunes: Misfortunes): Misfortune | undefined {
  const [local = ''] = to.split('@');
  return Object.entries(misfortunes).find(([ending]) => local.endsWith(ending))?.[1];
}

function failure(statusCode: number, name: string, message: string, facts: object = {}): HttpResponse {
  const answer = json(statusCode, { __type: name, message, ...facts });
  return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': name } };
}

function json(statusCode: number, body: object): HttpResponse {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
