import { randomUUID } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import * as z from 'zod';
import { parseParameters, parseValue } from '../../../shared/http/parse.ts';
import { Problem, problemAnswer } from '../../../shared/http/problem.ts';
import { mobileOf } from '../../../shared/notices/reach.ts';
import type { CallOutcome } from '../../../shared/store/call-store.ts';
import { LARGEST_FILE } from '../../../shared/transcripts/call.ts';
import { readTranscript } from '../../../shared/transcripts/read-transcript.ts';
import type { HttpHandler, HttpRequest, HttpResponse } from '../http-messages.ts';
import type { SentMessage } from '../messaging.ts';
import { type ProviderName, PUSHES, type Push } from './texts.ts';

/** What the simulator does its work with; the keys of the providers stay behind these. */
export interface SimulatorDependencies {
  /** Pushes a text as its provider would, signed. */
  push: (push: Push) => Promise<{ status: number }>;
  /** Puts a file into the bucket of calls, as a telephone system does. */
  putCall: (key: string, content: Buffer) => Promise<void>;
  /** What became of a call, by the id that its file bears; undefined while nobody knows. */
  outcomeOf: (callId: string) => Promise<CallOutcome | undefined>;
  /** Everything that the system sent since it was started. */
  sent: readonly SentMessage[];
  /** Files of the page, by their paths. */
  files: ReadonlyMap<string, { type: string; content: Buffer | string }>;
  now: () => Date;
}

/** A line of a conversation. */
interface Line {
  at: string;
  by: 'phone' | 'hotline';
  text: string;
}

interface UploadedCall {
  id: string;
  name: string;
  at: string;
  /** Ids of the calls in the file, and who called. */
  calls: { callId: string; phone: string | null }[];
}

const EXAMPLES = resolve(import.meta.dirname, '../../../events/examples/transcript');
/** Kept in memory: as many as anybody looks at while trying. */
const MOST_KEPT = 1_000;

const phone = z.string().transform((written, context) => {
  const mobile = mobileOf(written);
  if (mobile !== undefined) return mobile;
  context.addIssue({
    code: 'custom',
    message: '请填写大陆手机号码 / Please give a mobile number of the mainland',
  });
  return z.NEVER;
});
const textRequest = z.strictObject({
  phone,
  text: z.string().trim().min(1).max(1_000),
  provider: z.enum(Object.keys(PUSHES) as [ProviderName, ...ProviderName[]]).default('aliyun'),
});
const conversationQuery = z.strictObject({ phone });
const callRequest = z.strictObject({
  name: z
    .string()
    .regex(
      /^[\w.-]{1,100}$/,
      '文件名只能含字母、数字、点、横线 / A name of letters, digits, dots and dashes is needed',
    ),
  content: z.string().min(1).max(LARGEST_FILE),
});

/**
 * The telephone simulator: phones that text and callers whose transcripts are delivered, so that the channels can be tried
 * without a provider. Runs on this machine only; what it does, anybody on this machine may do.
 */
export function createSimulator(deps: SimulatorDependencies): HttpHandler {
  const texted = new Map<string, Line[]>();
  const uploaded: UploadedCall[] = [];

  const routes: Readonly<Record<string, (request: HttpRequest) => Promise<unknown>>> = {
    'GET /simulator/api/phones': async () => ({ phones: phonesOf(texted, deps.sent) }),

    'GET /simulator/api/conversation': async ({ query }) => {
      const asked = parseParameters(Object.fromEntries(new URLSearchParams(query)), conversationQuery);
      return { phone: asked.phone, lines: conversation(asked.phone, texted, deps.sent) };
    },

    'POST /simulator/api/texts': async (request) => {
      const sent = parseValue(await bodyOf(request), textRequest);
      const at = deps.now();
      const { status } = await deps.push(PUSHES[sent.provider]({ ...sent, at }));
      const lines = texted.get(sent.phone) ?? [];
      lines.push({ at: at.toISOString(), by: 'phone', text: sent.text });
      texted.set(sent.phone, lines.slice(-MOST_KEPT));
      return { phone: sent.phone, taken: status < 300 };
    },

    'GET /simulator/api/transcripts': async () => ({ transcripts: examples() }),

    'POST /simulator/api/calls': async (request) => {
      const { name, content } = parseValue(await bodyOf(request), callRequest);
      const id = randomUUID();
      const at = deps.now();
      const key = `calls/${id}-${name}`;
      const bytes = Buffer.from(content);
      // Read here as well, so that the case can be found by the call's id.
      const { calls } = readTranscript({ bytes, key });
      await deps.putCall(key, bytes);
      const found = calls.map((call) => ({
        callId: call.callId ?? key,
        phone: mobileOf(call.callerNumber ?? '') ?? null,
      }));
      uploaded.unshift({ id, name, at: at.toISOString(), calls: found });
      uploaded.splice(MOST_KEPT);
      return { id };
    },

    'GET /simulator/api/calls': async () => ({
      calls: await Promise.all(
        uploaded.slice(0, 20).map(async ({ calls, ...file }) => ({
          ...file,
          calls: await Promise.all(
            calls.map(async ({ callId, phone: caller }) => ({
              phone: caller,
              outcome: (await deps.outcomeOf(callId)) ?? null,
            })),
          ),
        })),
      ),
    }),
  };

  return async (request) => {
    const file = deps.files.get(request.path);
    if (file !== undefined && ['GET', 'HEAD'].includes(request.method)) {
      return { statusCode: 200, headers: { 'content-type': file.type }, body: file.content };
    }
    const route = routes[`${request.method} ${request.path}`];
    try {
      if (route === undefined) throw new Problem('not-found');
      const body = JSON.stringify(await route(request));
      return { statusCode: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { statusCode = 500, headers = {}, body = '' } = problemAnswer(error);
      return { statusCode, headers: headers as HttpResponse['headers'], body };
    }
  };
}

/** A page of another site cannot send this type without asking first, and is refused. */
async function bodyOf(request: HttpRequest): Promise<unknown> {
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
    throw new Problem('bad-request', [
      { field: 'content-type', zh: '应为 application/json', en: 'Must be application/json' },
    ]);
  }
  const body = await request.readBody(2 * LARGEST_FILE);
  if (body === undefined) throw new Problem('too-large');
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new Problem('bad-request', [
      { field: 'body', zh: '请求正文不是有效的 JSON', en: 'The body is not valid JSON' },
    ]);
  }
}

/** Phones that texted or were texted to, the latest first. */
function phonesOf(texted: ReadonlyMap<string, readonly Line[]>, sent: readonly SentMessage[]) {
  const phones = new Set([...texted.keys(), ...sent.filter(isSms).map(({ to }) => to)]);
  return [...phones]
    .map((number) => ({ phone: number, last: conversation(number, texted, sent).at(-1) }))
    .toSorted((a, b) => ((a.last?.at ?? '') < (b.last?.at ?? '') ? 1 : -1))
    .slice(0, 50);
}

function conversation(
  number: string,
  texted: ReadonlyMap<string, readonly Line[]>,
  sent: readonly SentMessage[],
): Line[] {
  const received = sent
    .filter((message) => isSms(message) && message.to === number)
    .map(({ at, body }): Line => ({ at, by: 'hotline', text: body }));
  return [...(texted.get(number) ?? []), ...received].toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

const isSms = ({ channel }: SentMessage) => channel === 'sms';

/** Examples that are taken, to begin with. */
function examples() {
  return globSync('good*.json', { cwd: EXAMPLES })
    .toSorted()
    .map((name) => ({ name: basename(name), content: readFileSync(resolve(EXAMPLES, name), 'utf8') }));
}
