import { CfnParameter, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
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
import { HttpMethods } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { PeopleTable } from '../constructs/people-table.ts';
import { PrivateBucket } from '../constructs/private-bucket.ts';

/** House rule for a table: pay per request, recovery to any second of 35 days, cannot be deleted by accident. */
const HOUSE_RULES = {
  partitionKey: { name: 'pk', type: AttributeType.STRING },
  sortKey: { name: 'sk', type: AttributeType.STRING },
  billingMode: BillingMode.PAY_PER_REQUEST,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  deletionProtection: true,
  removalPolicy: RemovalPolicy.RETAIN,
} as const satisfies TableProps;

/** What must outlive every deployment: the tables, the files and the keys to people's data. docs/data-model.md explains them. */
export class StatefulStack extends Stack {
  readonly cases: Table;
  readonly identities: PeopleTable;
  /** Kept apart from the complainants, so that no function of the complaint side has a right to read them. */
  readonly informers: PeopleTable;
  readonly registry: Table;
  readonly statistics: Table;
  /** What strangers may read of cases (Open311); made from the cases, and can be made again. */
  readonly publicCases: Table;
  /** Transcripts of phone calls, below `calls/`. */
  readonly calls: PrivateBucket;
  /** What people upload: `incoming/` until it is checked, `checked/` from then on. */
  readonly evidence: PrivateBucket;
  /** Work summaries and other reports, below `reports/`; kept, for what was published must stay as it was. */
  readonly reports: PrivateBucket;

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
    index('partner', ['offeredTo', 'deskOrder'], keysOnly);
    index('watch', ['watchBureau', 'watchAt'], keysOnly);
    index('retention', ['eraseBureau', 'eraseOn'], keysOnly);

    const keyTo = (owner: string, description: string) =>
      new Key(this, `${owner}Key`, {
        description: `12315 hotline: ${description}`,
        enableKeyRotation: true,
        removalPolicy: RemovalPolicy.RETAIN,
      });
    const people = (tableId: string, description: string) => {
      const key = keyTo(tableId, description);
      const encryption = { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key };
      return {
        key,
        table: new Table(this, tableId, { ...HOUSE_RULES, ...encryption, timeToLiveAttribute: 'expiresAt' }),
      };
    };
    this.identities = people('Identities', 'names, phones and addresses of complainants');
    // Texts, talks and parts that wait for the sweep; only while they do.
    this.identities.table.addGlobalSecondaryIndex({
      indexName: 'due',
      partitionKey: { name: 'due', type: AttributeType.STRING },
      sortKey: { name: 'dueAt', type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ['lastText'],
    });
    this.informers = people('Informers', 'names, phones and addresses of informers');
    this.registry = new Table(this, 'Registry', { ...HOUSE_RULES, encryption: TableEncryption.AWS_MANAGED });
    this.statistics = new Table(this, 'Statistics', {
      ...HOUSE_RULES,
      encryption: TableEncryption.AWS_MANAGED,
    });

    this.publicCases = new Table(this, 'PublicCases', {
      ...HOUSE_RULES,
      encryption: TableEncryption.AWS_MANAGED,
      timeToLiveAttribute: 'expiresAt',
    });
    for (const by of ['requested', 'updated']) {
      this.publicCases.addGlobalSecondaryIndex({
        indexName: by,
        partitionKey: { name: `${by}Month`, type: AttributeType.STRING },
        sortKey: { name: `${by}Order`, type: AttributeType.STRING },
        // What a list is filtered by; the page itself is then read by number.
        projectionType: ProjectionType.INCLUDE,
        nonKeyAttributes: ['number', 'service', 'status', 'requestedAt'],
      });
    }

    const pages = new CfnParameter(this, 'PagesUrl', {
      description: 'Address of the pages (Url of the pages stack); deploy this stack again once it is known',
      default: 'https://localhost',
      allowedPattern: 'https?://[^/]+',
    }).valueAsString;
    this.calls = new PrivateBucket(this, 'Calls', {
      key: keyTo('Calls', 'transcripts of phone calls'),
      versioned: false,
      // What was said is kept with its case by then.
      expires: [{ prefix: 'calls/', days: 180 }],
    });
    // Sums only, of nobody: no key of their own.
    this.reports = new PrivateBucket(this, 'Reports', { versioned: false, expires: [] });
    this.evidence = new PrivateBucket(this, 'Evidence', {
      key: keyTo('Evidence', 'evidence that people upload'),
      versioned: false,
      // What nobody attached to a case.
      expires: [{ prefix: 'incoming/', days: 7 }],
      cors: [
        {
          allowedOrigins: [pages],
          allowedMethods: [HttpMethods.PUT, HttpMethods.POST, HttpMethods.GET],
          allowedHeaders: ['*'],
          exposedHeaders: ['ETag'],
          maxAge: 3600,
        },
      ],
    });
  }
}
