import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { keyOf, parseIdentity, parseRead, readItem } from './case-items.ts';
import type { IdentityStore } from './case-store.ts';

/** Reads who complained (or informed) from its table, and keeps who read it and why. */
export function createDynamoDbIdentityStore(client: DynamoDBDocumentClient, table: string): IdentityStore {
  const query = async (pk: string, begins: string, newestFirst: boolean, limit?: number) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :begins)',
        ExpressionAttributeValues: { ':pk': pk, ':begins': begins },
        ScanIndexForward: !newestFirst,
        ConsistentRead: true,
        ...(limit === undefined ? {} : { Limit: limit }),
      }),
    );
    return Items;
  };

  return {
    async identity(number) {
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: keyOf.identity(number), ConsistentRead: true }),
      );
      return Item === undefined ? undefined : parseIdentity(Item);
    },
    async peopleOf(number) {
      const items = await query(keyOf.personOf(number, '').pk, 'PERSON#', false);
      return items.map(({ phoneHash, nameHash }) => ({
        phoneHash: String(phoneHash),
        nameHash: String(nameHash),
      }));
    },
    async casesOfPhone(phoneHash, limit) {
      const items = await query(keyOf.person(phoneHash, '').pk, 'CASE#', true, limit);
      return items.map(({ number, nameHash }) => ({ number: String(number), nameHash: String(nameHash) }));
    },
    async recordRead(read) {
      await client.send(new PutCommand({ TableName: table, Item: readItem(read) }));
    },
    async reads(number) {
      const items = await query(keyOf.case(number).pk, 'READ#', false);
      return items.map(parseRead);
    },
  };
}
