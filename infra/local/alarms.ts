import type { AwsJson } from './aws-json.ts';
import { pause } from './pause.ts';

const evaluationMs = 2000;

/** An alarm on the number of messages visible in a queue. */
export interface QueueAlarm {
  name: string;
  queueUrl: string;
  comparison: string;
  threshold: number;
}

/** CloudWatch's comparison operators. */
export const comparisons: Record<string, (value: number, threshold: number) => boolean> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
};

/**
 * Watches the alarms until `signal` aborts, keeping each one's state in `states` and telling every change.
 * Periods are not waited for: on one machine a message in a dead-letter queue should be seen at once.
 */
export async function watchAlarms(
  alarms: QueueAlarm[],
  states: Record<string, 'OK' | 'ALARM'>,
  sqs: AwsJson,
  signal: AbortSignal,
  notice: (line: string) => void,
): Promise<void> {
  while (!signal.aborted) {
    for (const alarm of alarms) {
      const visible = await visibleMessages(sqs, alarm.queueUrl).catch(() => undefined);
      if (visible === undefined || signal.aborted) continue;
      const state = comparisons[alarm.comparison]?.(visible, alarm.threshold) ? 'ALARM' : 'OK';
      if (state !== states[alarm.name]) {
        notice(`Alarm ${alarm.name}: ${states[alarm.name]} → ${state} (${visible} message(s) visible)`);
      }
      states[alarm.name] = state;
    }
    await pause(evaluationMs, signal);
  }
}

/** How many messages wait in a queue, to be received. */
export async function visibleMessages(sqs: AwsJson, queueUrl: string): Promise<number> {
  const AttributeNames = ['ApproximateNumberOfMessages'];
  const answer = await sqs('GetQueueAttributes', { QueueUrl: queueUrl, AttributeNames });
  const { Attributes } = answer as { Attributes: Record<string, string> };
  return Number(Attributes.ApproximateNumberOfMessages);
}
