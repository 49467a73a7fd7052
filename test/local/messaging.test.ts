import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListSuppressedDestinationsCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RecordedCall, startRecorder } from '../../infra/local/call-recorder.ts';
import type { LocalServer } from '../../infra/local/http-messages.ts';
import { type MessagingServer, startMessaging } from '../../infra/local/messaging.ts';
import { createAwsEmail } from '../../shared/notices/aws-email.ts';
import { createAwsSms } from '../../shared/notices/aws-sms.ts';
import { byChannel, type Messenger, OutcomeUnknown } from '../../shared/notices/messenger.ts';
import { buildFixture } from './fixture/build.ts';
import { startFixture } from './fixture/start.ts';

/*
 * The real SDK clients against the local stand-ins, with the recorder between them as in the test of the roles:
 * what the adapters make of each answer, and that they never ask twice.
 */

const dir = mkdtempSync(join(tmpdir(), 'hotline-'));
const outbox = join(dir, 'outbox.jsonl');
const calls: RecordedCall[] = [];
let server: MessagingServer;
let recorder: LocalServer;
let messenger: Messenger;

/** Tells the SDK where the services are, as functions are told. */
function pointTo(endpoint: string) {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2: endpoint,
    AWS_ENDPOINT_URL_SESV2: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'SendNotices',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  return byChannel({
    sms: createAwsSms({ originationIdentity: 'pool-1', configurationSet: 'notices' }),
    email: createAwsEmail({ address: 'notices@example.com' }),
  });
}

beforeAll(async () => {
  const failure = (line: string) => {
    throw new Error(line);
  };
  server = await startMessaging(outbox, failure, {
    '0001': 'throttle-once',
    '0002': 'reject',
    '0003': 'cut',
    '0004': 'fail',
  });
  recorder = await startRecorder(
    server.endpoint,
    (key) => key,
    (call) => calls.push(call),
    failure,
  );
  messenger = pointTo(recorder.origin);
});

beforeEach(() => {
  calls.length = 0;
});

afterAll(async () => {
  await recorder.stop();
  await server.stop();
  rmSync(dir, { recursive: true });
});

const sms = (ending = '0000') =>
  ({
    channel: 'sms',
    to: `+861380000${ending}`,
    body: '【某局】您的投诉，我局决定受理。',
    reference: 'N.3.accepted.0',
  }) as const;
const email = (ending = '0000') =>
  ({
    channel: 'email',
    to: `zhang${ending}@example.com`,
    subject: '【某局】受理',
    body: '您的投诉，我局决定受理。\n',
    reference: 'N.3.accepted.0',
  }) as const;
/** How many messages to this address a service took. */
const taken = (to: string) => server.sent.filter((message) => message.to === to).length;

describe('a message', () => {
  test('lies in the outbox as it was sent, word for word, with the id the sender got', async () => {
    const outcomes = [await messenger.send(sms()), await messenger.send(email())];
    const lines = readFileSync(outbox, 'utf8').trim().split('\n');
    const kept = lines.map((line) => JSON.parse(line));
    expect(kept).toMatchObject([
      { ...sms(), from: 'pool-1' },
      // Tags of SES may not hold a dot.
      { ...email(), from: 'notices@example.com', reference: 'N_3_accepted_0' },
    ]);
    expect(outcomes).toEqual([
      { kind: 'sent', providerId: kept[0].messageId, segments: 1 },
      { kind: 'sent', providerId: kept[1].messageId },
    ]);
  });

  test('can be read in the outbox by its owner only', () => {
    expect(statSync(outbox).mode & 0o077).toBe(0);
  });

  test('is seen by the recorder as the action of IAM it needs', async () => {
    await messenger.send(sms());
    await messenger.send(email());
    expect(calls).toMatchObject([
      { functionLogicalId: 'SendNotices', service: 'sms-voice', action: 'SendTextMessage', from: 'pool-1' },
      { functionLogicalId: 'SendNotices', service: 'ses', action: 'SendEmail', from: 'notices@example.com' },
    ]);
  });
});

describe.each([
  ['SMS', sms, 'ThrottlingException', 'ConflictException.DESTINATION_PHONE_NUMBER_OPTED_OUT'],
  ['e-mail', email, 'TooManyRequestsException', 'MessageRejected'],
] as const)('%s', (_, message, throttled, rejected) => {
  test('too fast: can be tried again, and then goes; nothing tried again by itself', async () => {
    expect(await messenger.send(message('0001'))).toEqual({ kind: 'try-again', reason: throttled });
    expect(calls).toHaveLength(1);
    expect(await messenger.send(message('0001'))).toMatchObject({ kind: 'sent' });
    expect(taken(message('0001').to)).toBe(1);
  });

  test('refused for good: the reason is a code', async () => {
    expect(await messenger.send(message('0002'))).toEqual({ kind: 'rejected', reason: rejected });
    expect(taken(message('0002').to)).toBe(0);
  });

  test('cut off after it was taken: unknown, and taken once', async () => {
    await expect(messenger.send(message('0003'))).rejects.toThrow(OutcomeUnknown);
    expect(taken(message('0003').to)).toBe(1);
  });

  test('the service failed: unknown, for it may have taken it', async () => {
    await expect(messenger.send(message('0004'))).rejects.toThrow(OutcomeUnknown);
    expect(calls).toHaveLength(1);
  });

  test('nobody there: certainly not sent, can be tried again', async () => {
    const closed = await startMessaging(undefined, () => {});
    await closed.stop();
    const outcome = await pointTo(closed.endpoint).send(message());
    pointTo(recorder.origin);
    expect(outcome.kind).toBe('try-again');
  });
});

test('another operation is refused by name', async () => {
  const client = new SESv2Client({ maxAttempts: 1 });
  await expect(client.send(new ListSuppressedDestinationsCommand({}))).rejects.toThrow(
    'GET /v2/email/suppression/addresses does not run locally',
  );
});

test('functions of a running system are told where the services are, and its outbox holds what they send', async () => {
  const assemblyDir = await buildFixture(join(dir, 'fixture'));
  const runtime = await startFixture(assemblyDir, join(dir, 'data'), {
    inMemory: true,
    misfortunes: { '0002': 'reject' },
    recordCalls: () => {},
  });
  try {
    const { payload } = await runtime.invoke('Echo', { do: 'environment' });
    const { AWS_ENDPOINT_URL_SESV2, AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2 } = payload as Record<
      string,
      string
    >;
    expect((await pointTo(AWS_ENDPOINT_URL_SESV2 ?? '').send(email())).kind).toBe('sent');
    expect((await pointTo(AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2 ?? '').send(sms())).kind).toBe('sent');
    expect((await pointTo(AWS_ENDPOINT_URL_SESV2 ?? '').send(email('0002'))).kind).toBe('rejected');
    expect(runtime.sent.map(({ to }) => to)).toEqual([email().to, sms().to]);
    expect(readFileSync(runtime.outboxFile, 'utf8').trim().split('\n')).toHaveLength(2);
  } finally {
    await runtime.stop();
  }
});
