import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { awsJsonClient } from '../../infra/local/aws-json.ts';
import { startDynamoDbLocal } from '../../infra/local/dynamodb-local.ts';
import { ensureTable, type TableProperties } from '../../infra/local/tables.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { ASSEMBLY } from '../synthesize.ts';

const TABLES = ['Cases', 'Identities', 'Informers', 'Registry', 'Statistics', 'PublicCases'] as const;

type Table = (typeof TABLES)[number];

/** DynamoDB Local in memory, with empty tables as the synthesized template describes them. */
export interface Tables {
  client: DynamoDBDocumentClient;
  /** Makes a new set of empty tables and gives their names; all of the template's, if none are named. */
  create<T extends Table = Table>(...wanted: T[]): Promise<Record<T, string>>;
  /** Makes one empty table and gives its name. */
  table(wanted: Table): Promise<string>;
  stop(): Promise<void>;
}

export async function startTables(): Promise<Tables> {
  const definitions = tableDefinitions();
  const server = await startDynamoDbLocal(undefined);
  // The client that the functions use, told where to go as they are.
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: server.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  const client = createDocumentClient();
  const dynamoDb = awsJsonClient(server.endpoint, 'DynamoDB_20120810');
  let made = 0;
  const table = async (wanted: Table) => {
    made += 1;
    const name = `${wanted}-${made}`;
    await ensureTable(dynamoDb, name, definitions[wanted]);
    return name;
  };
  return {
    client,
    table,
    async create<T extends Table = Table>(...wanted: T[]) {
      const names: Partial<Record<Table, string>> = {};
      for (const one of wanted.length === 0 ? TABLES : wanted) names[one] = await table(one);
      return names as Record<T, string>;
    },
    async stop() {
      client.destroy();
      await server.stop();
    },
  };
}

interface Resource {
  Type: string;
  Properties: TableProperties;
}

/** The tables of the template, by the construct that made them. */
function tableDefinitions(): Record<Table, TableProperties> {
  const found = {} as Record<Table, TableProperties>;
  const templates = readdirSync(ASSEMBLY, { recursive: true, encoding: 'utf8' });
  for (const file of templates.filter((name) => name.endsWith('.template.json'))) {
    const { Resources = {} } = JSON.parse(readFileSync(resolve(ASSEMBLY, file), 'utf8'));
    for (const [id, { Type, Properties }] of Object.entries<Resource>(Resources)) {
      const table = TABLES.find((name) => new RegExp(`^${name}[0-9A-F]{8}$`).test(id));
      if (Type === 'AWS::DynamoDB::Table' && table !== undefined) found[table] = Properties;
    }
  }
  for (const table of TABLES) if (found[table] === undefined) throw new Error(`the template has no ${table}`);
  return found;
}
