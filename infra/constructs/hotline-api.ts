import { CfnOutput, Duration } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { addAlarm } from './alarm.ts';
import type { AnyFunction, House } from './hotline-function.ts';

/** The first part of every address of the API: `https://…/api/complaints`. */
export const API_STAGE = 'api';

/** Who may call a route: anyone, or staff with a token. */
export type Route = readonly [
  method: 'GET' | 'POST' | 'DELETE',
  path: `/${string}`,
  fn: AnyFunction,
  open: 'anyone' | 'staff',
];

/**
 * The integration of a function, which any route of this API may invoke: a permission for each route would fill the
 * function's policy, 20 KB at the most, with some forty routes.
 */
const integrationOf = (id: string, { lambda }: AnyFunction): HttpLambdaIntegration =>
  new HttpLambdaIntegration(id, lambda, { scopePermissionToRoute: false });

/** The HTTP API with its routes, who lets staff in, its log without personal data, and its alarm. */
export function hotlineApi(
  scope: Construct,
  house: House,
  { issuer, audience }: { issuer: string; audience: string },
  routes: readonly Route[],
): { api: HttpApi; staff: HttpJwtAuthorizer } {
  const api = new HttpApi(scope, 'Api', { description: '12315 hotline', createDefaultStage: false });
  const accessLog = new LogGroup(scope, 'AccessLog', { retention: house.logRetentionDays as RetentionDays });
  const stage = new HttpStage(scope, 'ApiStage', {
    httpApi: api,
    stageName: API_STAGE,
    autoDeploy: true,
    // Twice the twenty-fold burst of the whole nation (28 a second, law/README): abuse ends here.
    throttle: { rateLimit: 200, burstLimit: 400 },
    accessLogSettings: {
      destination: new LogGroupLogDestination(accessLog),
      // No path (it holds a case number) and no address of the caller.
      format: AccessLogFormat.custom(
        JSON.stringify({
          requestId: '$context.requestId',
          time: '$context.requestTime',
          routeKey: '$context.routeKey',
          status: '$context.status',
          latency: '$context.responseLatency',
          error: '$context.integrationErrorMessage',
        }),
      ),
    },
  });

  const staff = new HttpJwtAuthorizer('Staff', issuer, { jwtAudience: [audience] });
  const integrations = new Map<AnyFunction, HttpLambdaIntegration>();
  for (const [method, path, fn, open] of routes) {
    const integration = integrations.get(fn) ?? integrationOf(`Integration${integrations.size}`, fn);
    integrations.set(fn, integration);
    const [route] = api.addRoutes({
      path,
      methods: [HttpMethod[method]],
      integration,
      ...(open === 'anyone' ? {} : { authorizer: staff }),
    });
    if (route !== undefined && open === 'anyone') {
      acknowledge(route, {
        'AwsSolutions-APIG4':
          'Open by law: anyone may complain (Order 121 Art. 3), a case opens by its secret, figures are published (Art. 38).',
      });
    }
  }
  addAlarm(scope, 'ApiFaults', {
    metric: api.metricServerError({ period: Duration.minutes(5) }),
    threshold: 1,
    impact: 'Somebody was told that we are at fault',
    topic: house.topic,
  });
  new CfnOutput(scope, 'ApiUrl', { value: stage.url, description: 'Address of the API, behind the pages' });
  return { api, staff };
}

/** Adds routes to an API that another stack has. */
export function addRoutes(
  scope: Construct,
  httpApi: HttpApi,
  staff: IHttpRouteAuthorizer,
  routes: readonly Route[],
): void {
  const integrations = new Map<AnyFunction, HttpLambdaIntegration>();
  for (const [method, path, fn, open] of routes) {
    const integration = integrations.get(fn) ?? integrationOf(`${fn.node.id}Integration`, fn);
    integrations.set(fn, integration);
    const route = new HttpRoute(scope, `${method} ${path}`.replace(/[^a-zA-Z]+/g, '-'), {
      httpApi,
      routeKey: HttpRouteKey.with(path, HttpMethod[method]),
      integration,
      ...(open === 'staff' ? { authorizer: staff } : {}),
    });
    if (open === 'anyone') {
      acknowledge(route, {
        'AwsSolutions-APIG4':
          'Open: consumer warnings are for everybody, subscribing needs a code of the phone.',
      });
    }
  }
}
