import { shownMessage } from '../../shared/health/dead-message.ts';
import { QUEUES, type QueueName } from '../../shared/health/watched.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { mayAdminister } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import { redriveMessages } from '../../shared/queue/redrive-messages.ts';
import type { HealthDependencies } from './health.ts';

const SHOWN = 20;

/** Some messages of a dead-letter queue, without taking them and without anything that people wrote. */
export async function showDeadLetters(
  queue: QueueName,
  staff: Staff,
  { bureau, queues, watched }: HealthDependencies,
): Promise<Answer> {
  if (!mayAdminister('see', staff, bureau)) throw new Problem('forbidden');
  const { dead } = queues[queue];
  const [{ visible, inFlight }, messages] = await Promise.all([
    watched.numbers(dead),
    watched.look(dead, SHOWN),
  ]);
  return {
    status: 200,
    body: {
      name: queue,
      ...QUEUES[queue],
      dead: visible + inFlight,
      messages: messages.map(shownMessage),
    },
  };
}

/**
 * Brings messages back to their queue, so many that the request is answered in time: who wants more asks again.
 * What is worked on twice changes nothing.
 */
export async function redrive(
  queue: QueueName,
  { most }: { most: number },
  staff: Staff,
  { bureau, queues, watched, noted, now, log }: HealthDependencies,
): Promise<Answer> {
  if (!mayAdminister('change', staff, bureau)) throw new Problem('forbidden');
  const { dead, source } = queues[queue];
  if (source === undefined) throw nothingToBringBackTo();
  // Before, not after: nothing is done that is not noted.
  const facts = { queue, most };
  await noted.note({ at: now().toISOString(), by: staff.id, what: 'queue-redriven', facts });
  const moved = await redriveMessages(watched.between(dead, source), most);
  log('queue-redriven', { staff: staff.id, queue, moved });
  const { visible, inFlight } = await watched.numbers(dead);
  return { status: 200, body: { name: queue, moved, left: visible + inFlight } };
}

const nothingToBringBackTo = () =>
  new Problem('conflict', [
    {
      field: '/queue',
      zh: '这里的消息不用送回：下一次运行会补做；原因见运行手册',
      en: 'Nothing is brought back from here: the next run does what was left; docs/runbook.md tells the cause',
    },
  ]);
