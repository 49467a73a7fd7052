import type { Resource } from './assembly.ts';
import { accountId, type IdentityOf, type Resolver, region } from './resolver.ts';

/** Addresses of the servers that stand for the services. */
export interface Places {
  sqs: string;
  pages: string;
  /** Construct id (`<stack>/<logicalId>`) of each HTTP API → its own address. */
  apis: Map<string, string>;
}

/** The property a type's physical name comes from. */
const nameProperty: Record<string, string> = {
  'AWS::CloudFront::Function': 'Name',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::Scheduler::Schedule': 'Name',
};

/** `Ref` (under that key) and attributes of a type, from its physical name. */
type Attributes = (name: string, places: Places, resource: Resource) => Record<string, unknown>;

const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${accountId}:${rest}`;

const table: Attributes = (name) => ({
  Ref: name,
  Arn: arn('dynamodb', `table/${name}`),
  StreamArn: arn('dynamodb', `table/${name}/stream/local`),
  TableId: name,
});

const attributesOf: Record<string, Attributes> = {
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::DynamoDB::Table': table,
  'AWS::SQS::Queue': (name, places) => ({
    Ref: `${places.sqs}/${accountId}/${name}`,
    Arn: arn('sqs', name),
    QueueName: name,
    QueueUrl: `${places.sqs}/${accountId}/${name}`,
  }),
  'AWS::SNS::Topic': (name) => ({ Ref: arn('sns', name), TopicArn: arn('sns', name), TopicName: name }),
  'AWS::Lambda::Function': (name) => ({ Ref: name, Arn: arn('lambda', `function:${name}`) }),
  'AWS::ApiGatewayV2::Api': (_, places, resource) => ({
    Ref: resource.logicalId,
    ApiId: resource.logicalId,
    ApiEndpoint: places.apis.get(`${resource.stack}/${resource.logicalId}`),
  }),
  'AWS::ApiGatewayV2::Authorizer': (name) => ({ Ref: name, AuthorizerId: name }),
  'AWS::CloudFront::Distribution': (name, places) => ({
    Ref: name,
    Id: name,
    DomainName: new URL(places.pages).host,
  }),
  'AWS::CloudFront::Function': (name) => {
    const functionArn = `arn:aws:cloudfront::${accountId}:function/${name}`;
    return { Ref: functionArn, FunctionARN: functionArn };
  },
  'AWS::S3::Bucket': (name) => ({
    Ref: name,
    Arn: `arn:aws:s3:::${name}`,
    DomainName: `${name}.s3.amazonaws.com`,
    RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
  }),
};

/** The host name API Gateway would give an API, by which a template can also name it as an origin. */
export const apiHost = (apiId: string) => `${apiId}.execute-api.${region}.amazonaws.com`;

/** Resources that do nothing here still have a name and an ARN, which others may mention. */
const otherAttributes: Attributes = (name, _, resource) => {
  const [, service = 'local'] = resource.type.split('::');
  return { Ref: name, Arn: arn(service.toLowerCase(), name) };
};

/**
 * The name a resource has on this machine: the one it was given, otherwise `<stack>-<logicalId>`,
 * which is the same at every start, so that persisted tables are found again.
 */
export function physicalName(resource: Resource, resolver: Resolver): string {
  const given = resolver.property(resource, nameProperty[resource.type] ?? '');
  if (typeof given === 'string') return given;
  const name = `${resource.stack}-${resource.logicalId}`;
  // Names of buckets have no capitals.
  return resource.type === 'AWS::S3::Bucket' ? name.toLowerCase() : name;
}

/** How `Ref` and `Fn::GetAtt` are answered once the servers' addresses are known. */
export function identities(places: Places): IdentityOf {
  return (resource, attribute, resolver) => {
    const name = physicalName(resource, resolver);
    const attributes = (attributesOf[resource.type] ?? otherAttributes)(name, places, resource);
    // An attribute that only an inert resource has (a key id, a version) may be any stable text.
    return attributes[attribute] ?? `${name}.${attribute}`;
  };
}
