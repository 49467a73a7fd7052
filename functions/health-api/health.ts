import { type Clock, shanghaiDate } from '../../shared/dates.ts';
import type { Asked, Measured, Metrics } from '../../shared/health/metrics.ts';
import { monthCost } from '../../shared/health/month-cost.ts';
import {
  ENDS,
  QUEUE_NAMES,
  QUEUES,
  type QueueName,
  SCHEDULED,
  STREAM_READERS,
  type WatchedFunction,
} from '../../shared/health/watched.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import type { Log } from '../../shared/logging.ts';
import { mayAdminister } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import type { WatchedQueues } from '../../shared/queue/watched-queues.ts';
import { month } from '../../shared/statistics/periods.ts';
import type { NotedStore } from '../../shared/store/noted-store.ts';
import type { ProofStore } from '../../shared/store/proof-store.ts';
import { readPeriod } from '../../shared/store/read-period.ts';
import type { StatisticsStore } from '../../shared/store/statistics-store.ts';

export interface HealthDependencies {
  bureau: string;
  /** Deployed names: of a dead-letter queue, and of the queue whose it is. */
  queues: Readonly<Record<QueueName, { dead: string; source?: string | undefined }>>;
  functions: Readonly<Record<WatchedFunction, string>>;
  watched: WatchedQueues;
  metrics: Metrics;
  proofs: Pick<ProofStore, 'latest'>;
  statistics: Pick<StatisticsStore, 'countsOfDay' | 'rollUps' | 'rollUpsOf'>;
  noted: Pick<NotedStore, 'note'>;
  now: Clock;
  log: Log;
}

const DAY = 86_400;
const PROOFS_SHOWN = 14;

/** How the system stands: queues, streams, what runs by the clock, the proof of the figures, what the month costs. */
export async function showHealth(staff: Staff, deps: HealthDependencies): Promise<Answer> {
  if (!mayAdminister('see', staff, deps.bureau)) throw new Problem('forbidden');
  const { asked, figures } = questions(deps);
  const [queues, measured, proofs, cost] = await Promise.all([
    Promise.all(QUEUE_NAMES.map(async (name) => numbersOf(name, deps))),
    deps.metrics.read(asked, deps.now()),
    deps.proofs.latest(PROOFS_SHOWN),
    costOfMonth(deps),
  ]);
  const found = (key: string): Measured | undefined => {
    const place = figures.indexOf(key);
    return place < 0 ? undefined : measured?.[place];
  };
  const runs = (
    Object.entries(SCHEDULED) as [keyof typeof SCHEDULED, (typeof SCHEDULED)['sweep-texts']][]
  ).map(([name, words]) => ({
    name,
    ...words,
    // The last hour, or five minutes, in which it ran.
    last: found(`runs ${name}`)?.find(({ value }) => value > 0)?.at ?? null,
    failed: sumOf(found(`failures ${name}`)),
  }));
  return {
    status: 200,
    body: {
      at: deps.now().toISOString(),
      measured: measured !== undefined,
      queues: queues.map((queue) => ({
        ...queue,
        oldestSeconds: found(`age ${queue.name}`)?.[0]?.value ?? null,
      })),
      streams: Object.entries(STREAM_READERS).map(([name, words]) => ({
        name,
        ...words,
        lagSeconds: lagOf(found(`lag ${name}`)),
      })),
      runs,
      proofs,
      cost,
    },
  };
}

async function numbersOf(name: QueueName, { queues, watched }: HealthDependencies) {
  const { dead, source } = queues[name];
  const [waiting, given] = await Promise.all([
    source === undefined ? null : watched.numbers(source),
    watched.numbers(dead),
  ]);
  return {
    name,
    ...QUEUES[name],
    waiting,
    dead: given.visible + given.inFlight,
    redrivable: !(name in ENDS),
  };
}

const lagOf = (lag: Measured | undefined) => {
  const last = lag?.[0];
  return last === undefined ? null : Math.round(last.value / 1000);
};
const sumOf = (all: Measured | undefined) => all?.reduce((sum, { value }) => sum + value, 0) ?? null;

/** What only the services measure, each with a key by which it is found in the answer. */
function questions({ queues, functions }: HealthDependencies): { asked: Asked[]; figures: string[] } {
  const ofQueue = (name: QueueName): [string, Asked][] => {
    const { source } = queues[name];
    if (source === undefined) return [];
    const dimension = { name: 'QueueName', value: source } as const;
    const metric = 'ApproximateAgeOfOldestMessage';
    const rest = { statistic: 'Maximum', period: 60, within: 900 } as const;
    return [[`age ${name}`, { namespace: 'AWS/SQS', metric, dimension, ...rest }]];
  };
  const ofFunction = (key: string, name: WatchedFunction, metric: string, rest: Rest): [string, Asked] => [
    `${key} ${name}`,
    {
      namespace: 'AWS/Lambda',
      metric,
      dimension: { name: 'FunctionName', value: functions[name] },
      ...rest,
    },
  ];
  const daily: Rest = { statistic: 'Sum', period: 300, within: DAY + 3600 };
  const all = [
    ...QUEUE_NAMES.flatMap(ofQueue),
    ...(Object.keys(STREAM_READERS) as WatchedFunction[]).map((name) =>
      ofFunction('lag', name, 'IteratorAge', { statistic: 'Maximum', period: 60, within: 900 }),
    ),
    ...(Object.keys(SCHEDULED) as WatchedFunction[]).flatMap((name) => [
      ofFunction('runs', name, 'Invocations', daily),
      ofFunction('failures', name, 'Errors', daily),
    ]),
  ];
  return { asked: all.map(([, one]) => one), figures: all.map(([key]) => key) };
}

type Rest = Pick<Asked, 'statistic' | 'period' | 'within'>;

async function costOfMonth({ bureau, statistics, now }: HealthDependencies) {
  const today = shanghaiDate(now());
  const period = month(today.slice(0, 7));
  const { counts } = await readPeriod({ unit: bureau, bureau, today, statistics }, period, { cuts: false });
  return { month: today.slice(0, 7), ...monthCost(counts) };
}
