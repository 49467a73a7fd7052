import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { CaseNumber } from '../case/case-number.ts';
import type { Instant } from '../dates.ts';
import type { Lease } from '../desk-work/lease.ts';
import { onVersionBefore } from './dynamodb.ts';

/*
 * Who works on a case, as it lies in the table and in the transaction of a step. Apart from the store of the desk's work:
 * every function that takes a step carries this file, and no more than it needs.
 */

/** Whose work must not be disturbed by a step: a lease of somebody else on one of these cases makes it a conflict. */
export interface UnlessLeased {
  numbers: readonly CaseNumber[];
  staff: string;
  now: Instant;
}

const DAY_SECONDS = 24 * 60 * 60;

export const leaseKey = (number: CaseNumber) => ({ pk: `CASE#${number}`, sk: 'LEASE' });
/** TTL of what is needed for a day at the most. */
export const expiry = (at: Instant) => Math.floor(Date.parse(at) / 1000) + DAY_SECONDS;

export const leaseItem = (lease: Lease) => ({
  ...leaseKey(lease.number),
  schemaVersion: 1,
  entity: 'lease',
  ...lease,
  // Long over by then: what is left is cleared away.
  expiresAt: expiry(lease.until),
});

/** The part of a step's transaction that looks whether somebody else works on the case. */
export function unleasedItem(
  number: CaseNumber,
  { staff, now }: UnlessLeased,
  TableName: string,
): NonNullable<TransactWriteCommandInput['TransactItems']>[number] {
  return {
    ConditionCheck: {
      TableName,
      Key: leaseKey(number),
      ConditionExpression: 'attribute_not_exists(pk) OR #staff = :staff OR #until <= :now',
      ExpressionAttributeNames: { '#staff': 'staff', '#until': 'until' },
      ExpressionAttributeValues: { ':staff': staff, ':now': now },
    },
  };
}

/** The part of a step's transaction that begins or ends a lease. */
export function leasePutItem(
  lease: Lease,
  TableName: string,
): NonNullable<TransactWriteCommandInput['TransactItems']>[number] {
  return { Put: { TableName, Item: leaseItem(lease), ...onVersionBefore(lease.version) } };
}
