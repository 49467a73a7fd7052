import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { deadLetters, healthAnswer, redriven } from '../../events/health.ts';
import { eventually, parsed, type System } from './system.ts';

export const ADMINISTRATOR = 'administrator-330200-1';

/** Puts a message into a queue, as a function would that gave it up. */
export async function putMessage(system: System, queue: string, body: object): Promise<void> {
  const client = new SQSClient({
    endpoint: system.runtime.endpoints.sqs,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const QueueUrl = system.runtime.physicalId(queue);
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
  client.destroy();
}

/** The administrator looks at everything, and brings back what a queue gave up. */
export async function administered(system: System, number: string): Promise<void> {
  const token = await system.token('administrator', '330200', ADMINISTRATOR);
  await putMessage(system, 'Triage/TriageDlq', { number });
  const health = parsed(healthAnswer, await system.api('GET', '/administrator/health', { token }), 200);
  if (health.proofs.length === 0) throw new Error('no proof of the figures is kept');
  const found = await eventually(async () => {
    const dead = await system.api('GET', '/administrator/queues/triage', { token });
    return parsed(deadLetters, dead, 200).messages.at(0);
  });
  if (found.case !== number) throw new Error(`another case: ${found.case}`);
  const redrive = await system.api('POST', '/administrator/queues/triage/redrive', { token, body: {} });
  if (parsed(redriven, redrive, 200).moved !== 1) throw new Error('nothing was brought back');
}
