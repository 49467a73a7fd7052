import { StartFailure } from './errors.ts';
import type { QueueServer } from './queues.ts';
import { region } from './resolver.ts';
import type { Template } from './template.ts';

interface SubscriptionProperties {
  Endpoint: string;
  FilterPolicy?: object;
  FilterPolicyScope?: string;
  Protocol: string;
  RawMessageDelivery?: boolean;
  TopicArn: string;
}

/** Creates the topics with the queues that subscribe to them. Mail subscribers get nothing here: alarms are printed. */
export function createTopics(template: Template, topics: QueueServer['topics']): void {
  for (const { name } of template.ofType('AWS::SNS::Topic')) topics.createTopic(name, {}, {}, region);
  for (const { name, properties } of template.ofType<SubscriptionProperties>('AWS::SNS::Subscription')) {
    const { Endpoint, FilterPolicy, FilterPolicyScope, Protocol, RawMessageDelivery, TopicArn } = properties;
    if (Protocol === 'email') continue;
    if (Protocol !== 'sqs') throw new StartFailure(`${name}: protocol ${Protocol} does not run locally.`);
    topics.subscribe(TopicArn, Protocol, Endpoint, {
      RawMessageDelivery: String(RawMessageDelivery ?? false),
      ...(FilterPolicy && { FilterPolicy: JSON.stringify(FilterPolicy) }),
      ...(FilterPolicyScope && { FilterPolicyScope }),
    });
  }
}
