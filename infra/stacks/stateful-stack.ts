import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** House rule for a table: pay per request, recovery to any second of 35 days, cannot be deleted by accident. */
const HOUSE_RULES = {
  partitionKey: { name: 'pk', type: AttributeType.STRING },
  sortKey: { name: 'sk', type: AttributeType.STRING },
  billingMode: BillingMode.PAY_PER_REQUEST,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  deletionProtection: true,
  removalPolicy: RemovalPolicy.RETAIN,
} as const satisfies TableProps;

/** What must outlive every deployment: the tables and the key to people's data. docs/data-model.md explains them. */
export class StatefulStack extends Stack {
  readonly cases: Table;
  readonly identities: Table;
  readonly identitiesKey: Key;
  readonly registry: Table;
  readonly statistics: Table;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    this.cases = new Table(this, 'Cases', {
      ...HOUSE_RULES,
      encryption: TableEncryption.AWS_MANAGED,
      stream: StreamViewType.NEW_IMAGE,
      timeToLiveAttribute: 'expiresAt',
    });
    this.cases.addGlobalSecondaryIndex({
      indexName: 'desk',
      partitionKey: { name: 'deskUnit', type: AttributeType.STRING },
      sortKey: { name: 'deskOrder', type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
    this.cases.addGlobalSecondaryIndex({
      indexName: 'untriaged',
      partitionKey: { name: 'untriaged', type: AttributeType.STRING },
      sortKey: { name: 'untriagedSince', type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });

    this.identitiesKey = new Key(this, 'IdentitiesKey', {
      description: '12315 hotline: names, phones and addresses of complainants',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.identities = new Table(this, 'Identities', {
      ...HOUSE_RULES,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.identitiesKey,
    });
    this.registry = new Table(this, 'Registry', { ...HOUSE_RULES, encryption: TableEncryption.AWS_MANAGED });
    this.statistics = new Table(this, 'Statistics', {
      ...HOUSE_RULES,
      encryption: TableEncryption.AWS_MANAGED,
    });
  }
}
