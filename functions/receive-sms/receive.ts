import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { type KeepTextsDependencies, keepTexts } from '../../shared/intake/keep-texts.ts';
import { CONDUCT } from '../../shared/sms/conduct.ts';
import type { Gates, Push, WebhookProvider } from './gates.ts';

export interface ReceiveDependencies extends KeepTextsDependencies {
  gates: Gates;
  /** Tells an error of ours, without what it may quote. */
  fault: (code: string, error: unknown) => void;
}

/**
 * Takes a push of texts: checks that it comes from the provider, keeps each text, then answers as the provider expects. A
 * repeat is answered as the first time.
 * @throws Problem `not-found` for a provider that the bureau has not opened
 */
export async function receive(push: Push, deps: ReceiveDependencies): Promise<Answer> {
  return take(push, 'texts', deps);
}

/** Takes a push of delivery reports likewise. */
export async function receiveReports(push: Push, deps: ReceiveDependencies): Promise<Answer> {
  return take(push, 'reports', deps);
}

async function take(push: Push, as: 'texts' | 'reports', deps: ReceiveDependencies): Promise<Answer> {
  const provider = OPEN.find((one) => one === push.provider);
  const check = provider && deps.gates[provider];
  if (provider === undefined || check === undefined) throw new Problem('not-found');
  const { accepted, again, refused } = CONDUCT[provider];
  const checked = check(push);
  if (!checked.ok) {
    deps.log('sms-refused', { provider, reason: checked.refusal.code });
    return bytes(refused);
  }
  try {
    const { onlyTooOld } = await keepTexts(provider, { body: push.body, as }, deps);
    return bytes(onlyTooOld ? refused : accepted);
  } catch (error) {
    deps.fault('sms-not-kept', error);
    return bytes(again);
  }
}

const OPEN = ['aliyun', 'huawei', 'twilio'] as const satisfies readonly WebhookProvider[];

/** Each provider reads an answer of its own: no JSON of ours. */
function bytes({
  status,
  contentType,
  body,
}: {
  status: number;
  contentType?: string;
  body: string;
}): Answer {
  return {
    status,
    body: Buffer.from(body),
    headers: contentType === undefined ? {} : { 'content-type': contentType },
  };
}
