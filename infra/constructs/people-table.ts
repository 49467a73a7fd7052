import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Key } from 'aws-cdk-lib/aws-kms';

/** A table of people's data under a key of its own. */
export interface PeopleTable {
  table: Table;
  key: Key;
}
