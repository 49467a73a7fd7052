import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface HotlineAlarmProps {
  metric: IMetric;
  /** The alarm goes off when the metric is at or above this. */
  threshold: number;
  evaluationPeriods?: number;
  /** What it means for people when this goes off; docs/runbook.md has a section of the alarm's id. */
  impact: string;
  topic: ITopic;
}

/** House rule: every alarm tells its impact and reaches the alarm address. */
export function addAlarm(scope: Construct, id: string, props: HotlineAlarmProps): Alarm {
  const alarm = new Alarm(scope, id, {
    metric: props.metric,
    threshold: props.threshold,
    evaluationPeriods: props.evaluationPeriods ?? 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: `${props.impact} → docs/runbook.md#${id.toLowerCase()}`,
  });
  alarm.addAlarmAction(new SnsAction(props.topic));
  return alarm;
}
