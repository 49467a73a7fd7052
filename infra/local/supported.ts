/**
 * What the local runtime does with each resource type.
 *
 * `runs`: the property paths it honours, and those that change nothing on one machine. A path covers
 * everything below it. Any other property stops the start, because ignoring it would make the local
 * system behave otherwise than the deployed one.
 */
interface RunType {
  honoured: string[];
  inert: string[];
}

const table: RunType = {
  honoured: [
    'TableName',
    'AttributeDefinitions',
    'KeySchema',
    'BillingMode',
    'GlobalSecondaryIndexes',
    'LocalSecondaryIndexes',
    'StreamSpecification.StreamViewType',
  ],
  // DynamoDB Local never deletes by time to live, and has neither backups nor encryption.
  inert: [
    'ContributorInsightsSpecification',
    'DeletionProtectionEnabled',
    'OnDemandThroughput',
    'PointInTimeRecoverySpecification',
    'ProvisionedThroughput',
    'Replicas',
    'SSESpecification',
    'StreamSpecification.ResourcePolicy',
    'TableClass',
    'Tags',
    'TimeToLiveSpecification',
    'WarmThroughput',
    'WriteOnDemandThroughputSettings',
  ],
};

const cacheBehavior = (path: string): RunType => ({
  honoured: [
    'PathPattern',
    'TargetOriginId',
    'AllowedMethods',
    'FunctionAssociations',
    'ResponseHeadersPolicyId',
  ].map((property) => `${path}.${property}`),
  // Nothing is cached, compressed or encrypted between two programs on one machine.
  inert: ['CachePolicyId', 'CachedMethods', 'Compress', 'OriginRequestPolicyId', 'ViewerProtocolPolicy'].map(
    (property) => `${path}.${property}`,
  ),
});

export const runTypes: Record<string, RunType> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::SQS::Queue': {
    honoured: [
      'QueueName',
      'DelaySeconds',
      'MaximumMessageSize',
      'MessageRetentionPeriod',
      'ReceiveMessageWaitTimeSeconds',
      'RedrivePolicy.deadLetterTargetArn',
      'RedrivePolicy.maxReceiveCount',
      'VisibilityTimeout',
    ],
    inert: [
      'KmsDataKeyReusePeriodSeconds',
      'KmsMasterKeyId',
      'RedriveAllowPolicy',
      'SqsManagedSseEnabled',
      'Tags',
    ],
  },
  'AWS::Lambda::Function': {
    honoured: [
      'Code.S3Key',
      'DeadLetterConfig.TargetArn',
      'Environment.Variables',
      'FunctionName',
      'Handler',
      'MemorySize',
      'ReservedConcurrentExecutions',
      'Runtime',
      'Timeout',
    ],
    inert: [
      'Architectures',
      'Code.S3Bucket',
      'Description',
      'EphemeralStorage',
      'KmsKeyArn',
      'LoggingConfig',
      'RecursiveLoop',
      'Role',
      'RuntimeManagementConfig',
      'Tags',
      'TracingConfig',
    ],
  },
  'AWS::Lambda::EventSourceMapping': {
    honoured: [
      'BatchSize',
      'BisectBatchOnFunctionError',
      'DestinationConfig.OnFailure.Destination',
      'Enabled',
      'EventSourceArn',
      'FilterCriteria.Filters',
      'FunctionName',
      'FunctionResponseTypes',
      'MaximumBatchingWindowInSeconds',
      'MaximumRecordAgeInSeconds',
      'MaximumRetryAttempts',
      'ParallelizationFactor',
      'ScalingConfig.MaximumConcurrency',
      'StartingPosition',
    ],
    inert: ['KmsKeyArn', 'LoggingConfig', 'MetricsConfig', 'Tags'],
  },
  'AWS::Lambda::EventInvokeConfig': {
    honoured: ['DestinationConfig.OnFailure.Destination', 'FunctionName', 'MaximumRetryAttempts'],
    inert: ['MaximumEventAgeInSeconds', 'Qualifier'],
  },
  'AWS::ApiGatewayV2::Api': {
    honoured: ['ProtocolType'],
    inert: ['Description', 'IpAddressType', 'Name', 'Tags'],
  },
  'AWS::ApiGatewayV2::Stage': {
    honoured: [
      'AccessLogSettings.Format',
      'ApiId',
      'AutoDeploy',
      'DefaultRouteSettings.ThrottlingBurstLimit',
      'DefaultRouteSettings.ThrottlingRateLimit',
      'RouteSettings',
      'StageName',
    ],
    inert: [
      'AccessLogSettings.DestinationArn',
      'DefaultRouteSettings.DetailedMetricsEnabled',
      'Description',
      'Tags',
    ],
  },
  'AWS::ApiGatewayV2::Route': {
    honoured: ['ApiId', 'AuthorizationScopes', 'AuthorizationType', 'AuthorizerId', 'RouteKey', 'Target'],
    inert: ['OperationName'],
  },
  'AWS::ApiGatewayV2::Integration': {
    honoured: ['ApiId', 'IntegrationType', 'IntegrationUri', 'PayloadFormatVersion', 'TimeoutInMillis'],
    inert: ['Description', 'IntegrationMethod'],
  },
  'AWS::ApiGatewayV2::Authorizer': {
    honoured: [
      'ApiId',
      'AuthorizerType',
      'IdentitySource',
      'JwtConfiguration.Audience',
      'JwtConfiguration.Issuer',
    ],
    inert: ['Name'],
  },
  'AWS::CloudFront::Distribution': {
    honoured: [
      'DistributionConfig.CustomErrorResponses',
      'DistributionConfig.DefaultRootObject',
      'DistributionConfig.Origins.DomainName',
      'DistributionConfig.Origins.Id',
      'DistributionConfig.Origins.OriginCustomHeaders',
      'DistributionConfig.Origins.OriginPath',
      ...cacheBehavior('DistributionConfig.CacheBehaviors').honoured,
      ...cacheBehavior('DistributionConfig.DefaultCacheBehavior').honoured,
    ],
    inert: [
      'DistributionConfig.Comment',
      'DistributionConfig.Enabled',
      'DistributionConfig.HttpVersion',
      'DistributionConfig.IPV6Enabled',
      'DistributionConfig.Logging',
      'DistributionConfig.Origins.ConnectionAttempts',
      'DistributionConfig.Origins.ConnectionTimeout',
      'DistributionConfig.Origins.CustomOriginConfig',
      'DistributionConfig.Origins.OriginAccessControlId',
      'DistributionConfig.Origins.S3OriginConfig',
      'DistributionConfig.PriceClass',
      'DistributionConfig.ViewerCertificate',
      ...cacheBehavior('DistributionConfig.CacheBehaviors').inert,
      ...cacheBehavior('DistributionConfig.DefaultCacheBehavior').inert,
      'Tags',
    ],
  },
  'AWS::CloudFront::Function': {
    honoured: ['FunctionCode', 'FunctionConfig.Runtime', 'Name'],
    inert: ['AutoPublish', 'FunctionConfig.Comment', 'Tags'],
  },
  'AWS::CloudFront::ResponseHeadersPolicy': {
    honoured: [
      'ResponseHeadersPolicyConfig.CustomHeadersConfig.Items',
      'ResponseHeadersPolicyConfig.RemoveHeadersConfig.Items',
      ...['ContentSecurityPolicy', 'ContentTypeOptions', 'FrameOptions', 'ReferrerPolicy'].map(
        (header) => `ResponseHeadersPolicyConfig.SecurityHeadersConfig.${header}`,
      ),
      'ResponseHeadersPolicyConfig.SecurityHeadersConfig.StrictTransportSecurity',
      'ResponseHeadersPolicyConfig.SecurityHeadersConfig.XSSProtection',
    ],
    inert: ['ResponseHeadersPolicyConfig.Comment', 'ResponseHeadersPolicyConfig.Name'],
  },
  'AWS::S3::Bucket': {
    honoured: [
      'BucketName',
      'CorsConfiguration.CorsRules.AllowedHeaders',
      'CorsConfiguration.CorsRules.AllowedMethods',
      'CorsConfiguration.CorsRules.AllowedOrigins',
      'CorsConfiguration.CorsRules.ExposedHeaders',
      'CorsConfiguration.CorsRules.MaxAge',
      'NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled',
    ],
    // Nothing here grows so old that it would expire, and an object put twice keeps its last state only.
    inert: [
      'AccessControl',
      'BucketEncryption',
      'LifecycleConfiguration',
      'LoggingConfiguration',
      'OwnershipControls',
      'PublicAccessBlockConfiguration',
      'Tags',
      'VersioningConfiguration',
    ],
  },
  'AWS::Events::Rule': {
    honoured: ['EventPattern', 'State', 'Targets.Arn', 'Targets.InputPath'],
    // Delivery to a queue on the same machine cannot fail.
    inert: ['Description', 'Name', 'Tags', 'Targets.DeadLetterConfig', 'Targets.Id', 'Targets.RetryPolicy'],
  },
  'AWS::SNS::Topic': {
    honoured: ['TopicName'],
    inert: ['DisplayName', 'KmsMasterKeyId', 'SignatureVersion', 'Tags', 'TracingConfig'],
  },
  'AWS::SNS::Subscription': {
    honoured: ['Endpoint', 'FilterPolicy', 'FilterPolicyScope', 'Protocol', 'RawMessageDelivery', 'TopicArn'],
    // As with rules.
    inert: ['RedrivePolicy', 'Region'],
  },
  'Custom::CDKBucketDeployment': {
    honoured: [
      'DestinationBucketKeyPrefix',
      'DestinationBucketName',
      'Exclude',
      'Include',
      'SourceMarkers',
      'SourceMarkersConfig',
      'SourceObjectKeys',
      'SystemMetadata',
    ],
    inert: [
      'DestinationBucketArn',
      'DistributionId',
      'DistributionPaths',
      'OutputObjectKeys',
      'Prune',
      'RetainOnDelete',
      'ServiceTimeout',
      'ServiceToken',
      'SourceBucketNames',
      'WaitForDistributionInvalidation',
    ],
  },
  'AWS::Scheduler::Schedule': {
    honoured: [
      'Name',
      'ScheduleExpression',
      'ScheduleExpressionTimezone',
      'State',
      'Target.Arn',
      'Target.Input',
    ],
    // Delivery to a function on the same machine cannot fail, so there is nothing to retry or to set aside;
    // a function that throws is retried as an asynchronous invocation (see asynchronous.ts).
    inert: [
      'Description',
      'FlexibleTimeWindow',
      'GroupName',
      'Target.DeadLetterConfig',
      'Target.RetryPolicy',
      'Target.RoleArn',
    ],
  },
};

/** Types that do nothing on one machine, whatever their properties. `*` ends a name that stands for many. */
export const inertTypes = [
  'AWS::CDK::Metadata',
  'AWS::CloudFront::CachePolicy',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudFront::OriginRequestPolicy',
  // Alarms on the depth of a queue are watched (alarms.ts); the others are only listed.
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::IAM::*',
  'AWS::KMS::Alias',
  'AWS::KMS::Key',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::ResourcePolicy',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::ScheduleGroup',
  'Custom::LogRetention',
  'Custom::S3AutoDeleteObjects',
];
