import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  type GlobalSecondaryIndexProps,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { PeopleTable } from '../constructs/people-table.ts';

/** House rule for a table: pay per request, recovery to any second of 35 days, cannot be deleted by accident. */
const HOUSE_RULES = {
  partitionKey: { name: 'pk', type: AttributeType.STRING },
  sortKey: { name: 'sk', type: AttributeType.STRING },
  billingMode: BillingMode.PAY_PER_REQUEST,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  deletionProtection: true,
  removalPolicy: RemovalPolicy.RETAIN,
} as const satisfies TableProps;

/** What must outlive every deployment: the tables and the keys to people's data. docs/data-model.md explains them. */
export class StatefulStack extends Stack {
  readonly cases: Table;
  readonly identities: PeopleTable;
  /** Kept apart from the complainants, so that no function of the complaint side has a right to read them. */
  readonly informers: PeopleTable;
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
    const index = (
      indexName: string,
      [partition, order]: [string, string],
      projection: Pick<GlobalSecondaryIndexProps, 'projectionType' | 'nonKeyAttributes'>,
    ) =>
      this.cases.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: partition, type: AttributeType.STRING },
        sortKey: { name: order, type: AttributeType.STRING },
        ...projection,
      });
    const keysOnly = { projectionType: ProjectionType.KEYS_ONLY };
    index('desk', ['deskUnit', 'deskOrder'], { projectionType: ProjectionType.ALL });
    index('untriaged', ['untriaged', 'untriagedSince'], keysOnly);
    index('bureau', ['bureau', 'deskOrder'], {
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ['unitPath', 'watchAt', 'provisional'],
    });
    index('watch', ['watchBureau', 'watchAt'], keysOnly);
    index('retention', ['eraseBureau', 'eraseOn'], keysOnly);

    const people = (tableId: string, description: string) => {
      const key = new Key(this, `${tableId}Key`, {
        description: `12315 hotline: ${description}`,
        enableKeyRotation: true,
        removalPolicy: RemovalPolicy.RETAIN,
      });
      const encryption = { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key };
      return {
        key,
        table: new Table(this, tableId, { ...HOUSE_RULES, ...encryption, timeToLiveAttribute: 'expiresAt' }),
      };
    };
    this.identities = people('Identities', 'names, phones and addresses of complainants');
    this.informers = people('Informers', 'names, phones and addresses of informers');
    this.registry = new Table(this, 'Registry', { ...HOUSE_RULES, encryption: TableEncryption.AWS_MANAGED });
    this.statistics = new Table(this, 'Statistics', {
      ...HOUSE_RULES,
      encryption: TableEncryption.AWS_MANAGED,
    });
  }
}
