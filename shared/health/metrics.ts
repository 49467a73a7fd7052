import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { Log } from '../logging.ts';

/** A figure that only the service itself measures. */
export interface Asked {
  namespace: 'AWS/SQS' | 'AWS/Lambda';
  metric: string;
  dimension: { name: 'QueueName' | 'FunctionName'; value: string };
  statistic: 'Maximum' | 'Sum';
  /** Seconds of one value, and over how many to look. */
  period: number;
  within: number;
}

/** Values of a figure, the latest first; none where nothing happened. */
export type Measured = readonly { at: string; value: number }[];

/** Reads figures that are measured outside the system. */
export interface Metrics {
  /** In the order asked; undefined where nobody measures, as on one machine. */
  read(asked: readonly Asked[], now: Date): Promise<Measured[] | undefined>;
}

/** CloudWatch; where it does not answer, nothing is made up: the figures are shown as not measured. */
export function createCloudWatchMetrics(log: Log): Metrics {
  const client = new CloudWatchClient({ maxAttempts: 2 });
  return {
    async read(asked, now) {
      const end = now.getTime();
      const longest = Math.max(...asked.map(({ within }) => within));
      try {
        const { MetricDataResults = [] } = await client.send(
          new GetMetricDataCommand({
            StartTime: new Date(end - longest * 1000),
            EndTime: now,
            ScanBy: 'TimestampDescending',
            MetricDataQueries: asked.map(queryOf),
          }),
        );
        const found = new Map(MetricDataResults.map((one) => [one.Id, one]));
        return asked.map(({ within }, index) => {
          const { Timestamps = [], Values = [] } = found.get(idOf(index)) ?? {};
          return Timestamps.map((at, place) => ({ at: at.toISOString(), value: Values[place] ?? 0 })).filter(
            ({ at }) => end - Date.parse(at) <= within * 1000,
          );
        });
      } catch (error) {
        log('metrics-not-read', { name: error instanceof Error ? error.name : 'unknown' });
        return undefined;
      }
    },
  };
}

const idOf = (index: number) => `m${index}`;

function queryOf({ namespace, metric, dimension, statistic, period }: Asked, index: number): MetricDataQuery {
  return {
    Id: idOf(index),
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: metric,
        Dimensions: [{ Name: dimension.name, Value: dimension.value }],
      },
      Period: period,
      Stat: statistic,
    },
  };
}
