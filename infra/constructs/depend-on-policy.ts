import { type CfnElement, type CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * CDK lets a function depend on its role and on the role's policy. The first goes without saying (the function
 * refers to the role; cfn-lint W3005); the second is needed, or the function may start without its rights.
 */
export function dependOnPolicyOnly(lambda: IConstruct, role: IConstruct): void {
  const policies = () =>
    role.node.children
      .filter(({ node }) => node.id === 'DefaultPolicy')
      .map((policy) => Stack.of(policy).getLogicalId(policy.node.defaultChild as CfnElement));
  const resource = (lambda.node.defaultChild ?? lambda) as CfnResource;
  resource.addOverride('DependsOn', Lazy.list({ produce: policies }));
}
