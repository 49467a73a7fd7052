import { App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { AdministrationStack } from './stacks/administration-stack.ts';
import { FiguresStack } from './stacks/figures-stack.ts';
import { PagesStack } from './stacks/pages-stack.ts';
import { SignInStack } from './stacks/sign-in-stack.ts';
import { StatefulStack } from './stacks/stateful-stack.ts';
import { StatelessStack } from './stacks/stateless-stack.ts';

/*
 * cdk deploy -c stage=test hotline-test-stateful …   docs/deploy.md has the whole sequence.
 */

const app = new App();
const stage = String(app.node.tryGetContext('stage') ?? 'prod');

const stateful = new StatefulStack(app, `hotline-${stage}-stateful`, {
  description: '12315 hotline: tables, files and keys',
});
const stateless = new StatelessStack(app, `hotline-${stage}-stateless`, {
  description: '12315 hotline: functions, queues and the API',
  stateful,
});
const figures = new FiguresStack(app, `hotline-${stage}-figures`, {
  description: '12315 hotline: roll-ups, the daily recount and the API of figures',
  stateful,
  api: stateless.api,
  staff: stateless.staff,
  topic: stateless.topic,
  replies: stateless.replies,
});
new AdministrationStack(app, `hotline-${stage}-administration`, {
  description: '12315 hotline: health, dead-letter queues, register and settings for the administrator',
  stateful,
  watched: [stateless, figures],
  api: stateless.api,
  staff: stateless.staff,
  topic: stateless.topic,
});
new PagesStack(app, `hotline-${stage}-pages`, {
  description: '12315 hotline: pages and the edge',
  api: stateless.api,
  evidence: stateful.evidence,
});
new SignInStack(app, `hotline-${stage}-sign-in`, {
  description: '12315 hotline: sign-in of staff by Amazon Cognito (not in the China regions)',
  stage,
});

Tags.of(app).add('application', 'hotline-12315');
Tags.of(app).add('stage', stage);

Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
