import type { AwsJson } from './aws-json.ts';
import { pause } from './pause.ts';
import type { FunctionSandboxes } from './sandbox.ts';

/** Lambda tries a failed asynchronous invocation again after one minute, and once more after two. */
const retryDelaysMs = [60_000, 120_000];

/** What becomes of an asynchronous invocation that fails. */
export interface AsynchronousPolicy {
  maximumRetryAttempts: number;
  /** Queue of the function's `DeadLetterConfig` or of its `EventInvokeConfig`'s OnFailure destination. */
  onFailureQueueUrl: string | undefined;
}

/** Invokes a function as Scheduler and other services do: nobody waits, and failures are tried again. */
export async function invokeAsynchronously(
  sandboxes: FunctionSandboxes,
  event: unknown,
  policy: AsynchronousPolicy,
  sqs: AwsJson,
  signal: AbortSignal,
  notice: (line: string) => void,
): Promise<void> {
  const delays = retryDelaysMs.slice(0, policy.maximumRetryAttempts);
  for (const retryDelay of [...delays, undefined]) {
    const { functionError, requestId } = await sandboxes.invoke(event);
    if (!functionError) return;
    notice(`${sandboxes.spec.name} ${requestId} failed: ${functionError.errorMessage}`);
    if (retryDelay === undefined) break;
    await pause(retryDelay, signal);
    if (signal.aborted) return;
  }
  if (!policy.onFailureQueueUrl) return;
  await sqs('SendMessage', { QueueUrl: policy.onFailureQueueUrl, MessageBody: JSON.stringify(event) });
}
