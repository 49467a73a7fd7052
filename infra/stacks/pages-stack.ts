import {
  CfnCondition,
  type CfnElement,
  CfnOutput,
  CfnParameter,
  Duration,
  Fn,
  RemovalPolicy,
  Stack,
  type StackProps,
} from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { LARGEST_BODY, LARGEST_FILE } from '../../shared/http/parse.ts';
import { acknowledge } from '../constructs/acknowledge.ts';
import { bundlePages } from '../constructs/bundle-pages.ts';
import { dependOnPolicyOnly } from '../constructs/depend-on-policy.ts';
import { API_STAGE } from '../constructs/hotline-api.ts';

export interface PagesStackProps extends StackProps {
  api: HttpApi;
  /** Where the pages upload files to. */
  evidence: Bucket;
}

/** The public face: pages from a bucket and the API under one name, so that a browser needs no CORS. */
export class PagesStack extends Stack {
  constructor(scope: Construct, id: string, { api, evidence, ...props }: PagesStackProps) {
    super(scope, id, props);
    const issuer = new CfnParameter(this, 'OidcIssuer', {
      description: 'The same as for the stateless stack: pages may talk to it to sign in',
      allowedPattern: 'https?://.+',
    }).valueAsString;
    const tokenOrigin = new CfnParameter(this, 'OidcTokenOrigin', {
      description:
        'Origin of the issuer’s token endpoint if it is another host (the TokenOrigin of the sign-in stack)',
      default: '',
      allowedPattern: '(https?://[^/ ]+)?',
    }).valueAsString;
    const clientId = new CfnParameter(this, 'OidcClientId', {
      description: 'Client id under which the desk signs in (the audience of its tokens)',
      minLength: 1,
    }).valueAsString;

    const filesOrigin = new CfnParameter(this, 'FilesOrigin', {
      description: 'Origin that the pages upload to, if it is not the bucket itself',
      default: '',
      allowedPattern: '(https?://[^/ ]+)?',
    });
    const uploadsToBucket = new CfnCondition(this, 'UploadsToBucket', {
      expression: Fn.conditionEquals(filesOrigin, ''),
    });
    const files = Fn.conditionIf(
      uploadsToBucket.logicalId,
      `https://${evidence.bucketRegionalDomainName}`,
      filesOrigin,
    ).toString();

    const logs = this.bucket('Logs', { objectOwnership: ObjectOwnership.OBJECT_WRITER });
    acknowledge(logs, { 'AwsSolutions-S1': 'This is the bucket that access logs go to.' });
    const pages = this.bucket('Pages', { serverAccessLogsBucket: logs, serverAccessLogsPrefix: 'pages/' });

    const distribution = new Distribution(this, 'Distribution', {
      comment: '12315 hotline',
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_ALL,
      logBucket: logs,
      logFilePrefix: 'edge/',
      // An error answers one request of one person; CloudFront would give it to everybody for ten seconds.
      errorResponses: [400, 403, 404, 405, 500, 501, 502, 503, 504].map((httpStatus) => ({
        httpStatus,
        ttl: Duration.seconds(0),
      })),
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(pages),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: this.securityHeaders(`${originOf(issuer)} ${tokenOrigin} ${files}`),
        functionAssociations: [this.edgeFunction('PageOfPath', PAGE_OF_PATH)],
      },
      additionalBehaviors: {
        [`/${API_STAGE}/*`]: {
          origin: new HttpOrigin(Fn.select(2, Fn.split('/', api.apiEndpoint))),
          viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: CachePolicy.CACHING_DISABLED,
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
          functionAssociations: [this.edgeFunction('ApiRequest', API_REQUEST)],
        },
      },
    });
    acknowledge(distribution, {
      'AwsSolutions-CFR1': 'Consumers abroad complain too: the hotline is open to every country.',
      'AwsSolutions-CFR2':
        'No WAF by default: the API throttles, bodies are limited at the edge. docs/deploy.md, More protection.',
      'AwsSolutions-CFR4':
        'The default domain has a fixed TLS policy; a bureau sets its own domain and certificate with it (docs/deploy.md).',
    });

    new BucketDeployment(this, 'Deployment', {
      destinationBucket: pages,
      sources: [Source.asset(bundlePages()), Source.jsonData('settings.json', { issuer, clientId })],
      cacheControl: [CacheControl.maxAge(Duration.minutes(5))],
      distribution,
      logGroup: new LogGroup(this, 'DeploymentLog', {
        retention: RetentionDays.ONE_MONTH,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
    });
    this.houseDeployment(pages);
    new CfnOutput(this, 'Url', { value: `https://${distribution.distributionDomainName}` });
  }

  /** CDK's own helper that copies the pages into the bucket while deploying; it is not part of the running system. */
  private houseDeployment(pages: Bucket): void {
    const reason =
      'Helper of CDK (BucketDeployment): runs only while deploying, its policy and runtime are CDK’s.';
    const helper = this.node.children.find(({ node }) => node.id.startsWith('Custom::CDKBucketDeployment'));
    const findings = [
      'AwsSolutions-L1',
      'Serverless-LambdaLatestVersion',
      'Serverless-LambdaDLQ',
      'Serverless-LambdaTracing',
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
      ...[
        'Action::s3:GetBucket*',
        'Action::s3:GetObject*',
        'Action::s3:List*',
        'Action::s3:Abort*',
        'Action::s3:DeleteObject*',
        'Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*',
        `Resource::<${this.getLogicalId(pages.node.defaultChild as CfnElement)}.Arn>/*`,
        'Resource::*',
      ].map((finding) => `AwsSolutions-IAM5[${finding}]`),
    ];
    if (helper === undefined) return;
    dependOnPolicyOnly(helper.node.findChild('Resource'), helper.node.findChild('ServiceRole'));
    acknowledge(helper, Object.fromEntries(findings.map((id) => [id, reason])));
  }

  private bucket(id: string, props: Partial<ConstructorParameters<typeof Bucket>[2]>): Bucket {
    return new Bucket(this, id, {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: id === 'Logs' ? [{ expiration: Duration.days(180) }] : [],
      ...props,
    });
  }

  private edgeFunction(id: string, code: string) {
    return {
      eventType: FunctionEventType.VIEWER_REQUEST,
      function: new EdgeFunction(this, id, {
        code: FunctionCode.fromInline(code),
        runtime: FunctionRuntime.JS_2_0,
      }),
    };
  }

  private securityHeaders(otherOrigins: string): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'SecurityHeaders', {
      customHeadersBehavior: {
        // Photographs come by a file field, which asks for itself; no page needs any of these.
        customHeaders: [
          {
            header: 'permissions-policy',
            value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
            override: true,
          },
        ],
      },
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          override: true,
          contentSecurityPolicy: [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            `connect-src 'self' ${otherOrigins}`,
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
          ].join('; '),
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.SAME_ORIGIN, override: true },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(365),
          includeSubdomains: true,
          override: true,
        },
      },
    });
  }
}

/** A CSP source with a path matches that one address only; discovery lies below the issuer's. */
function originOf(url: string): string {
  const parts = Fn.split('/', url);
  return Fn.join('//', [Fn.select(0, parts), Fn.select(2, parts)]);
}

/** `/desk` is the page `desk.html`; a name with a dot is a file. */
const PAGE_OF_PATH = `
function handler(event) {
  var request = event.request;
  var last = request.uri.split('/').pop();
  if (last !== '' && last.indexOf('.') === -1) request.uri += '.html';
  return request;
}`.trim();

/**
 * Writes the viewer's network address, and the host he called, into headers: API Gateway sees only the edge's. And refuses large bodies: API
 * Gateway answers a body that Lambda cannot take without saying what to do. The edge sees the length first and answers
 * as the functions do (shared/http/problem.ts, shared/open311/render.ts).
 */
const API_REQUEST = `
function handler(event) {
  var request = event.request;
  request.headers['x-viewer-address'] = { value: event.viewer.ip };
  request.headers['x-viewer-host'] = { value: request.headers.host.value };
  var length = request.headers['content-length'];
  var most = /\\/(desk\\/imports|administrator\\/register)/.test(request.uri) ? ${LARGEST_FILE} : ${LARGEST_BODY};
  if (!length || Number(length.value) <= most) return request;
  var geoReport = /\\/open311\\/v2\\/.*\\.(xml|json)$/i.exec(request.uri);
  if (geoReport) {
    var told = 'request: 内容太长，请缩短 / Too long, please shorten it';
    var json = geoReport[1].toLowerCase() === 'json';
    return {
      statusCode: 400,
      statusDescription: 'Bad Request',
      headers: { 'content-type': { value: json ? 'application/json; charset=utf-8' : 'text/xml; charset=utf-8' } },
      body: json
        ? JSON.stringify([{ code: 400, description: told }])
        : '<?xml version="1.0" encoding="utf-8"?>\\n<errors><error><code>400</code><description>' + told + '</description></error></errors>\\n'
    };
  }
  return {
    statusCode: 413,
    statusDescription: 'Content Too Large',
    headers: { 'content-type': { value: 'application/problem+json; charset=utf-8' } },
    body: JSON.stringify({
      type: 'urn:hotline:problem:too-large',
      title: '内容太长，请缩短 / The message is too long; please shorten it',
      status: 413,
      errors: [{
        field: 'body',
        zh: '请求正文超过 ${LARGEST_BODY / 1024} KB，请缩短内容',
        en: 'The body is over ${LARGEST_BODY / 1024} KB; please shorten it'
      }]
    })
  };
}`.trim();
