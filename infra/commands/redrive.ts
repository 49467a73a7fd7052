import { SQSClient } from '@aws-sdk/client-sqs';
import { messagesIn, redriveMessages, sqsRedriveQueues } from '../../shared/queue/redrive-messages.ts';
import { runCommand, WrongUsage, wholeNumber } from './command-line.ts';
import { ENDPOINTS_OPTION, findLocalSystem, queueOf, useLocalServices } from './connection.ts';
import { startProgress } from './progress.ts';
import { QUEUES } from './redrive/queues.ts';

await runCommand(
  {
    usage:
      'npm run redrive -- triage|notices|informer-notices|calls|texts|aws-sms|replies|public-cases [--limit N] [--queue-url URL --dlq-url URL]',
    zh: '把死信队列里的消息送回原队列。先修好原因，再执行；通知不会重复发送。统计用 npm run recount -- --repair 补计。',
    en: 'Brings messages from a dead-letter queue back to their queue, after the fault was mended; no notice is sent twice. (Events of the statistics: npm run recount -- --repair.)',
    positionals: 1,
    options: {
      limit: { type: 'string', value: 'N', zh: '最多送回几条', en: 'bring back at most N' },
      'queue-url': { type: 'string', value: 'URL', zh: '已部署系统的队列', en: 'queue of a deployed system' },
      'dlq-url': {
        type: 'string',
        value: 'URL',
        zh: '它的死信队列',
        en: 'its dead-letter queue; credentials and region come from the environment',
      },
      endpoints: ENDPOINTS_OPTION,
    },
  },
  async (options, [queue = '']) => {
    const limit = wholeNumber(options.limit, '--limit', 1) ?? Number.POSITIVE_INFINITY;
    const urls = urlsOf(queue, options['queue-url'], options['dlq-url'], options.endpoints);
    const client = new SQSClient({});
    const progress = startProgress(
      '送回 / redriving',
      Math.min(limit, await messagesIn(client, urls.deadLetter)),
    );
    const queues = sqsRedriveQueues(client, urls.deadLetter, urls.source);
    const moved = await redriveMessages(queues, limit, progress.advance);
    progress.stop();
    process.stdout.write(`送回 ${moved} 条消息 / ${moved} message(s) brought back to ${queue}\n`);
    return 0;
  },
);

function urlsOf(
  queue: string,
  source: string | undefined,
  deadLetter: string | undefined,
  endpoints: string,
) {
  const names = QUEUES[queue];
  if (names === undefined) {
    throw new WrongUsage(
      `没有队列 ${queue} / There is no queue ${queue} to redrive; choose one of: ${Object.keys(QUEUES).join(', ')}`,
    );
  }
  if (source !== undefined && deadLetter !== undefined) return { source, deadLetter };
  if (source !== undefined || deadLetter !== undefined) {
    throw new WrongUsage('两个地址要一起给出 / Give both --queue-url and --dlq-url');
  }
  const system = findLocalSystem(endpoints);
  useLocalServices(system);
  return { source: queueOf(system, names.source), deadLetter: queueOf(system, names.deadLetter) };
}
