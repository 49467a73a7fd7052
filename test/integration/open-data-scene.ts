import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  businessAnswerList,
  businessAnswerView,
  openBusiness,
  openBusinesses,
  openCatalogue,
  openComplaints,
  openFigures,
} from '../../events/open-data.ts';
import { sampleBusinesses } from '../../infra/local/sample-registry.ts';
import { makeCaseNumber } from '../../shared/case/case-number.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import { monthAfter } from '../../shared/statistics/periods.ts';
import { createDynamoDbOpenDataStore } from '../../shared/store/open-data-store.ts';
import { parsed, type System } from './system.ts';

const COUNT = 7;

/** Published last month, as `publish-cases` stages it: the clock of a running system cannot be moved to the first. */
async function publishedLastMonth(system: System, creditCode: string): Promise<string[]> {
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: system.runtime.endpoints.dynamodb,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
  const store = createDynamoDbOpenDataStore(client, system.runtime.physicalId('PublicCases'));
  const month = monthAfter(shanghaiDate(new Date()).slice(0, 7), -1);
  const numbers = Array.from({ length: COUNT }, (_, draw) => makeCaseNumber(`${month}-02`, 700_000 + draw));
  for (const [at, number] of numbers.entries()) {
    const row = {
      number,
      business: creditCode,
      county: '330203',
      subject: '食品类',
      problem: '质量',
      received: month,
      published: month,
      outcome: at < 5 ? ('settled' as const) : ('ended' as const),
      agreedFen: at < 5 ? 20_000 : 0,
      provenFen: 0,
      days: '8-15' as const,
    };
    await store.stage({ number, version: 1, row }, new Date().toISOString());
  }
  return numbers;
}

/** A night's release, what strangers then read, and what the business answers. @returns all that was open, as text */
export async function openDataReleased(system: System): Promise<{ open: string; numbers: string[] }> {
  const [business] = sampleBusinesses();
  if (business === undefined) throw new Error('the sample has businesses');
  const { creditCode } = business;
  parsed(openCatalogue, await system.api('GET', '/open-data'), 200);
  const numbers = await publishedLastMonth(system, creditCode);
  await system.runtime.invoke('ReleaseOpenData/Function', {});

  const year = `20${numbers[0]?.slice(0, 2)}`;
  const path = `/desk/businesses/${creditCode}/answer`;
  const officer = await system.token('officer', '33020301');
  const manager = await system.token('manager', '330200');
  const entered = { body: { year, text: '我店已整改。', version: 0 }, token: officer };
  parsed(businessAnswerView, await system.api('POST', path, entered), 200);
  parsed(businessAnswerList, await system.api('GET', '/desk/business-answers', { token: manager }), 200);
  const decided = { body: { year, version: 1, decision: 'show' }, token: manager };
  parsed(businessAnswerView, await system.api('POST', `${path}/review`, decided), 200);

  const all = [
    parsed(openCatalogue, await system.api('GET', '/open-data'), 200),
    parsed(openComplaints, await system.api('GET', '/open-data/complaints'), 200),
    parsed(openFigures, await system.api('GET', '/open-data/figures'), 200),
    parsed(openBusinesses, await system.api('GET', '/open-data/businesses?q='), 200),
    parsed(openBusiness, await system.api('GET', `/open-data/businesses/${creditCode}`), 200),
  ];
  return { open: JSON.stringify(all), numbers };
}
