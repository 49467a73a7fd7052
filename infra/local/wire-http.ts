import { ViewerRequestFunction } from './cloudfront-function.ts';
import { type Behavior, type DistributionSpec, Edge, type HeadersPolicy, type Origin } from './edge.ts';
import { StartFailure } from './errors.ts';
import { HttpApi, type RouteSpec } from './http-api.ts';
import { JwtAuthorizer } from './jwt-authorizer.ts';
import { PagesBucket } from './pages.ts';
import { region } from './resolver.ts';
import type { Resolved, Template } from './template.ts';
import type { LocalFunctions } from './wire-functions.ts';

interface ThrottleProperties {
  ThrottlingBurstLimit?: number;
  ThrottlingRateLimit?: number;
}

interface StageProperties {
  AccessLogSettings?: { Format: string };
  ApiId: string;
  DefaultRouteSettings?: ThrottleProperties;
  RouteSettings?: Record<string, ThrottleProperties>;
  StageName: string;
}

interface RouteProperties {
  ApiId: string;
  AuthorizationScopes?: string[];
  AuthorizationType?: string;
  AuthorizerId?: string;
  RouteKey: string;
  Target: string;
}

interface IntegrationProperties {
  IntegrationType: string;
  IntegrationUri: string;
  PayloadFormatVersion?: string;
  TimeoutInMillis?: number;
}

interface AuthorizerProperties {
  AuthorizerType: string;
  IdentitySource: string[];
  JwtConfiguration: { Audience: string[]; Issuer: string };
}

/** An HTTP API that runs, with the stage it is served under. */
export interface WiredApi {
  api: HttpApi;
  /** `/api` for a stage of that name, nothing for `$default`. */
  stagePath: string;
}

/** Makes the HTTP API of the template; `longestIntegrationMs` shortens API Gateway's limit in tests. */
export function wireApi(
  template: Template,
  { resource }: Resolved<object>,
  functions: LocalFunctions,
  writeAccessLog: (line: string) => void,
  longestIntegrationMs: number,
): WiredApi {
  const ofThisApi = ({ properties }: Resolved<{ ApiId: string }>) => properties.ApiId === resource.logicalId;
  const [stage, ...others] = template.ofType<StageProperties>('AWS::ApiGatewayV2::Stage').filter(ofThisApi);
  if (!stage || others.length > 0)
    throw new StartFailure(`${resource.logicalId}: an HTTP API needs one stage here.`);

  const integrations = new Map(
    template
      .ofType<IntegrationProperties>('AWS::ApiGatewayV2::Integration')
      .map((integration) => [integration.name, checkedIntegration(integration)]),
  );
  const authorizers = new Map(
    template
      .ofType<AuthorizerProperties>('AWS::ApiGatewayV2::Authorizer')
      .map((authorizer) => [authorizer.name, authorizerOf(authorizer)]),
  );
  const routes = template
    .ofType<RouteProperties>('AWS::ApiGatewayV2::Route')
    .filter(ofThisApi)
    .map(({ name, properties }): RouteSpec => {
      const integration = integrations.get(properties.Target.replace('integrations/', ''));
      const authorizer = authorizers.get(properties.AuthorizerId ?? '');
      const authorizationType = properties.AuthorizationType ?? 'NONE';
      if (!integration) throw new StartFailure(`${name}: route ${properties.RouteKey} has no integration.`);
      if (authorizationType !== 'NONE' && !(authorizationType === 'JWT' && authorizer)) {
        throw new StartFailure(`${name}: authorization ${authorizationType} is not supported locally.`);
      }
      return {
        routeKey: properties.RouteKey,
        sandboxes: functions.find(integration.IntegrationUri).sandboxes,
        timeoutMs: Math.min(integration.TimeoutInMillis ?? longestIntegrationMs, longestIntegrationMs),
        authorizer: authorizationType === 'JWT' ? authorizer : undefined,
        scopes: properties.AuthorizationScopes ?? [],
        throttle: throttleOf(stage.properties, properties.RouteKey),
      };
    });
  const { StageName, AccessLogSettings } = stage.properties;
  const accessLog = AccessLogSettings && { format: AccessLogSettings.Format, write: writeAccessLog };
  return {
    api: new HttpApi({ apiId: resource.logicalId, stage: StageName, routes, accessLog }),
    stagePath: StageName === '$default' ? '' : `/${StageName}`,
  };
}

function checkedIntegration({ name, properties }: Resolved<IntegrationProperties>): IntegrationProperties {
  const { IntegrationType, PayloadFormatVersion } = properties;
  if (IntegrationType !== 'AWS_PROXY' || PayloadFormatVersion !== '2.0') {
    throw new StartFailure(
      `${name}: integration ${IntegrationType} ${PayloadFormatVersion} is not supported locally.`,
    );
  }
  return properties;
}

function authorizerOf({ name, properties }: Resolved<AuthorizerProperties>): JwtAuthorizer {
  const { AuthorizerType, IdentitySource, JwtConfiguration } = properties;
  if (AuthorizerType !== 'JWT' || String(IdentitySource) !== '$request.header.Authorization') {
    throw new StartFailure(
      `${name}: authorizer ${AuthorizerType} on ${IdentitySource.join(', ')} is not supported locally.`,
    );
  }
  return new JwtAuthorizer({ issuer: JwtConfiguration.Issuer, audience: JwtConfiguration.Audience });
}

function throttleOf(stage: StageProperties, routeKey: string): RouteSpec['throttle'] {
  const { ThrottlingRateLimit, ThrottlingBurstLimit } = {
    ...stage.DefaultRouteSettings,
    ...stage.RouteSettings?.[routeKey],
  };
  if (ThrottlingRateLimit === undefined) return undefined;
  return { rate: ThrottlingRateLimit, burst: ThrottlingBurstLimit ?? ThrottlingRateLimit };
}

interface BehaviorProperties {
  AllowedMethods?: string[];
  FunctionAssociations?: { EventType: string; FunctionARN: string }[];
  PathPattern?: string;
  ResponseHeadersPolicyId?: string;
  TargetOriginId: string;
}

interface DistributionProperties {
  DistributionConfig: {
    CacheBehaviors?: BehaviorProperties[];
    CustomErrorResponses?: { ErrorCode: number; ResponseCode?: number; ResponsePagePath?: string }[];
    DefaultCacheBehavior: BehaviorProperties;
    DefaultRootObject?: string;
    Origins: {
      DomainName: string;
      Id: string;
      OriginCustomHeaders?: { HeaderName: string; HeaderValue: string }[];
      OriginPath?: string;
    }[];
  };
}

/** Makes the distribution of the template, if it has one. `apis`: the hosts an HTTP API answers under. */
export function wireEdge(template: Template, apis: Map<string, HttpApi>): Edge | undefined {
  const [distribution, ...others] = template.ofType<DistributionProperties>('AWS::CloudFront::Distribution');
  if (others.length > 0) throw new StartFailure('Only one distribution runs locally: there is one port.');
  if (!distribution) return undefined;
  const config = distribution.properties.DistributionConfig;
  const buckets = bucketsByHost(template);
  const policies = headersPolicies(template);
  const functions = viewerRequestFunctions(template);
  const origins = new Map(
    config.Origins.map((origin): [string, Origin] => {
      const headers = (origin.OriginCustomHeaders ?? []).map(({ HeaderName, HeaderValue }) => [
        HeaderName.toLowerCase(),
        HeaderValue,
      ]);
      const bucket = buckets.get(origin.DomainName);
      const api = apis.get(origin.DomainName);
      if (!bucket && !api)
        throw new StartFailure(`Origin ${origin.DomainName} is neither a bucket nor an API here.`);
      return [
        origin.Id,
        {
          handle: async (request) => bucket?.handle(request) ?? (api as HttpApi).handle(request),
          path: origin.OriginPath ?? '',
          headers: Object.fromEntries(headers),
          host: origin.DomainName,
          isBucket: bucket !== undefined,
        },
      ];
    }),
  );
  const behaviorOf = (behavior: BehaviorProperties): Behavior => ({
    pathPattern: behavior.PathPattern ?? '*',
    origin: found(origins, behavior.TargetOriginId, 'origin'),
    allowedMethods: behavior.AllowedMethods ?? ['GET', 'HEAD'],
    viewerRequest: viewerRequestOf(behavior, functions),
    headersPolicy:
      behavior.ResponseHeadersPolicyId === undefined
        ? undefined
        : found(policies, behavior.ResponseHeadersPolicyId, 'response headers policy'),
  });
  const spec: DistributionSpec = {
    defaultRootObject: config.DefaultRootObject ?? '',
    behaviors: [...(config.CacheBehaviors ?? []), config.DefaultCacheBehavior].map(behaviorOf),
    errorResponses: (config.CustomErrorResponses ?? []).map(
      ({ ErrorCode, ResponseCode, ResponsePagePath }) => ({
        errorCode: ErrorCode,
        responseCode: ResponseCode,
        pagePath: ResponsePagePath,
      }),
    ),
  };
  return new Edge(spec);
}

function viewerRequestOf(behavior: BehaviorProperties, functions: Map<string, ViewerRequestFunction>) {
  const [association, ...others] = behavior.FunctionAssociations ?? [];
  if (!association) return undefined;
  if (others.length > 0 || association.EventType !== 'viewer-request') {
    throw new StartFailure(
      `CloudFront Functions run locally on viewer-request only, not ${association.EventType}.`,
    );
  }
  return found(functions, association.FunctionARN, 'CloudFront Function');
}

function found<T>(things: Map<string, T>, id: string, what: string): T {
  const thing = things.get(id);
  if (!thing) throw new StartFailure(`There is no ${what} ${id} in the template.`);
  return thing;
}

interface DeploymentProperties {
  DestinationBucketKeyPrefix?: string;
  DestinationBucketName: string;
  Exclude?: string[];
  Include?: string[];
  SourceMarkers?: Record<string, string>[];
  SourceMarkersConfig?: { jsonEscape?: boolean }[];
  SourceObjectKeys: string[];
  SystemMetadata?: Record<string, string>;
}

function bucketsByHost(template: Template): Map<string, PagesBucket> {
  const deployments = template.ofType<DeploymentProperties>('Custom::CDKBucketDeployment');
  const policies = template.resources.filter(({ type }) => type === 'AWS::S3::BucketPolicy');
  return new Map(
    template.ofType('AWS::S3::Bucket').map(({ resource, name }) => {
      const ofThisBucket = deployments.filter(({ properties }) => properties.DestinationBucketName === name);
      const listable = policies.some(({ stack, properties }) => {
        const bucket = (properties.Bucket as { Ref?: string }).Ref;
        return (
          stack === resource.stack &&
          bucket === resource.logicalId &&
          JSON.stringify(properties).includes('s3:ListBucket')
        );
      });
      const contents = ofThisBucket.map((deployment) => contentsOf(template, deployment));
      return [`${name}.s3.${region}.amazonaws.com`, new PagesBucket(contents, listable)];
    }),
  );
}

function contentsOf(template: Template, { name, properties }: Resolved<DeploymentProperties>) {
  return {
    sources: properties.SourceObjectKeys.map((key, index) => {
      const dir = template.assembly.assets.get(key);
      if (!dir) throw new StartFailure(`${name}: source ${key} is not in the assembly.`);
      return {
        dir,
        markers: properties.SourceMarkers?.[index] ?? {},
        jsonEscape: properties.SourceMarkersConfig?.[index]?.jsonEscape ?? false,
      };
    }),
    keyPrefix: properties.DestinationBucketKeyPrefix ?? '',
    exclude: properties.Exclude ?? [],
    include: properties.Include ?? [],
    metadata: properties.SystemMetadata ?? {},
  };
}

interface CloudFrontFunctionProperties {
  FunctionCode: string;
  FunctionConfig: { Runtime: string };
  Name: string;
}

function viewerRequestFunctions(template: Template): Map<string, ViewerRequestFunction> {
  return new Map(
    template
      .ofType<CloudFrontFunctionProperties>('AWS::CloudFront::Function')
      .map(({ resource, properties: { Name, FunctionCode, FunctionConfig } }) => {
        if (FunctionConfig.Runtime !== 'cloudfront-js-2.0') {
          throw new StartFailure(
            `CloudFront Function ${Name}: runtime ${FunctionConfig.Runtime} does not run locally.`,
          );
        }
        const arn = template.resolver.identity(resource, 'FunctionARN');
        return [String(arn), new ViewerRequestFunction(Name, FunctionCode)];
      }),
  );
}

interface HeadersPolicyProperties {
  ResponseHeadersPolicyConfig: {
    CustomHeadersConfig?: { Items: { Header: string; Value: string; Override: boolean }[] };
    RemoveHeadersConfig?: { Items: { Header: string }[] };
    SecurityHeadersConfig?: Record<string, Record<string, unknown> & { Override: boolean }>;
  };
}

/** How each security header is written. */
const securityHeaders: Record<string, { name: string; value: (config: Record<string, unknown>) => string }> =
  {
    ContentSecurityPolicy: {
      name: 'content-security-policy',
      value: ({ ContentSecurityPolicy }) => String(ContentSecurityPolicy),
    },
    ContentTypeOptions: { name: 'x-content-type-options', value: () => 'nosniff' },
    FrameOptions: { name: 'x-frame-options', value: ({ FrameOption }) => String(FrameOption) },
    ReferrerPolicy: { name: 'referrer-policy', value: ({ ReferrerPolicy }) => String(ReferrerPolicy) },
    StrictTransportSecurity: {
      name: 'strict-transport-security',
      value: ({ AccessControlMaxAgeSec, IncludeSubdomains, Preload }) =>
        [
          `max-age=${String(AccessControlMaxAgeSec)}`,
          IncludeSubdomains && 'includeSubDomains',
          Preload && 'preload',
        ]
          .filter(Boolean)
          .join('; '),
    },
    XSSProtection: {
      name: 'x-xss-protection',
      value: ({ Protection, ModeBlock }) => `${Protection ? 1 : 0}${ModeBlock ? '; mode=block' : ''}`,
    },
  };

function headersPolicies(template: Template): Map<string, HeadersPolicy> {
  return new Map(
    template
      .ofType<HeadersPolicyProperties>('AWS::CloudFront::ResponseHeadersPolicy')
      .map(({ name, properties: { ResponseHeadersPolicyConfig: config } }) => {
        const security = Object.entries(config.SecurityHeadersConfig ?? {}).map(([key, value]) => {
          const header = securityHeaders[key];
          if (!header) throw new StartFailure(`${name}: security header ${key} is not supported locally.`);
          return { name: header.name, value: header.value(value), override: value.Override };
        });
        const custom = (config.CustomHeadersConfig?.Items ?? []).map(({ Header, Value, Override }) => ({
          name: Header,
          value: Value,
          override: Override,
        }));
        const remove = (config.RemoveHeadersConfig?.Items ?? []).map(({ Header }) => Header);
        return [name, { add: [...security, ...custom], remove }];
      }),
  );
}
