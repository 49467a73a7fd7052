import { randomUUID } from 'node:crypto';
import { basename, extname } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { LOCAL_PARAMETERS } from '../../local/parameters.ts';
import { bucketOf, type LocalSystem, tokenFor, topicOf } from '../connection.ts';
import { signHuawei, signTwilio } from './sign-push.ts';

/** A file to be played: its name and what is in it, as it is. */
interface Example {
  path: string;
  content: Buffer;
}

/** What the system answered. */
interface Played {
  /** HTTP status, or 202 where nothing but the taking is answered. */
  status: number;
  answer: string;
}

/** Plays an example into the running system, as its sender would. */
export type Play = (example: Example, system: LocalSystem) => Promise<Played>;

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
const typeOf = ({ path }: Example) => (extname(path) === '.form' ? FORM : JSON_TYPE);

/** How examples are played, by the folder they lie in (events/examples). */
export const PLAYS: Readonly<Record<string, Play>> = {
  submission: (example, { api }) => post(`${api}/complaints`, example, { 'idempotency-key': randomUUID() }),
  transcript: playTranscript,
  'sms-aliyun': (example, { api }) =>
    post(`${api}/channels/sms/aliyun?token=${LOCAL_PARAMETERS.AliyunSmsTokens}`, example),
  'sms-huawei': (example, { api }) => {
    const url = new URL(`${api}/channels/sms/huawei`);
    const request = { path: url.pathname, body: String(example.content), type: typeOf(example) };
    return post(url.href, example, signHuawei(request, new Date(), LOCAL_PARAMETERS.HuaweiSmsKeys));
  },
  'sms-twilio': (example, { api }) => {
    const url = new URL(`${api}/channels/sms/twilio`);
    // It is called by its public address, which has TLS; the local one has not.
    const signed = `https://${url.host}${url.pathname}`;
    const signature = signTwilio(signed, String(example.content), LOCAL_PARAMETERS.TwilioAuthTokens);
    return post(url.href, example, { 'x-twilio-signature': signature });
  },
  'sms-aws': publish,
  'open311-request': (example, { api }) => post(`${api}/open311/v2/requests.json`, example),
  'desk-entry': async (example, system) => {
    const sub = 'dispatcher-330200-1';
    const token = await tokenFor(system, { role: 'dispatcher', unit: '330200', sub });
    return post(`${system.api}/desk/entries`, example, {
      authorization: `Bearer ${token}`,
      'idempotency-key': randomUUID(),
    });
  },
};

async function post(url: string, example: Example, headers: Record<string, string> = {}): Promise<Played> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': typeOf(example), ...headers },
    body: new Uint8Array(example.content),
    signal: AbortSignal.timeout(30_000),
  });
  return { status: response.status, answer: await response.text() };
}

/** A file put into the bucket of calls, under a name of its own each time. */
async function playTranscript({ path, content }: Example, system: LocalSystem): Promise<Played> {
  const Key = `calls/${randomUUID()}-${basename(path)}`;
  await new S3Client({}).send(
    new PutObjectCommand({ Bucket: bucketOf(system, 'Calls'), Key, Body: content, ContentType: JSON_TYPE }),
  );
  return { status: 202, answer: Key };
}

/** A message published to the topic that AWS End User Messaging publishes to. */
async function publish({ content }: Example, system: LocalSystem): Promise<Played> {
  const response = await fetch(system.sqs, {
    method: 'POST',
    body: new URLSearchParams({
      Action: 'Publish',
      Version: '2010-03-31',
      TopicArn: topicOf(system, 'SmsTopic'),
      Message: String(content),
    }),
  });
  return { status: response.status, answer: await response.text() };
}
