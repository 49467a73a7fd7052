import { setTimeout as delay } from 'node:timers/promises';
import { allEntriesOf } from '../../shared/statistics/ledger.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import {
  createDynamoDbStatisticsStore,
  GENERATIONS_LAST_MS,
} from '../../shared/store/dynamodb-statistics-store.ts';
import { histories, isClean, recount } from '../../shared/store/recount.ts';
import { runCommand } from './command-line.ts';
import { ENDPOINTS_OPTION, tablesOf } from './connection.ts';
import { countEvents } from './progress.ts';
import { announceWaiting, describeRecount } from './recount/describe.ts';

/** Entries counted in one go. */
const BATCH = 40;

await runCommand(
  {
    usage: 'npm run rebuild-statistics [-- --cases-table X --statistics-table Y]',
    zh: '从案件历史把全部统计数字重建为新的一代：系统照常运行，新旧两代同时计数，核对一致后切换。退出码：0 已切换，1 核对不一致（不切换）。',
    en: 'Builds all figures anew from the history, as a new generation beside the live one, without stopping: what comes in meanwhile counts in both. Goes live when it equals a recount. Exit code: 0 live, 1 not equal (nothing switched).',
    positionals: 0,
    options: {
      'keep-old': { type: 'boolean', zh: '保留旧的一代', en: 'keep the generation that was live' },
      'cases-table': {
        type: 'string',
        value: 'NAME',
        zh: '已部署系统的案件表',
        en: 'a deployed system’s cases table',
      },
      'statistics-table': {
        type: 'string',
        value: 'NAME',
        zh: '已部署系统的统计表',
        en: 'its statistics table; credentials and region come from the environment',
      },
      endpoints: ENDPOINTS_OPTION,
    },
  },
  async (options) => {
    const tables = tablesOf(
      ['cases', 'statistics'],
      { cases: options['cases-table'], statistics: options['statistics-table'] },
      options.endpoints,
    );
    const client = createDocumentClient();
    const cases = createDynamoDbCaseStore(client, { cases: tables.cases });
    const statistics = createDynamoDbStatisticsStore(client, tables.statistics);
    const { live } = await statistics.generations();
    const building = await statistics.beginGeneration();
    process.stderr.write(
      `第 ${live} 代在用，重建第 ${building} 代 / generation ${live} is live, building ${building}\n`,
    );

    // Functions learn of the new generation within this time; what they counted before lies in the history.
    await delay(GENERATIONS_LAST_MS + 5_000);
    const reading = countEvents('重建 / rebuilding');
    let open = [];
    for await (const history of histories(cases)) {
      open.push(...allEntriesOf(history));
      reading.advance(history.length);
      while (open.length >= BATCH) await statistics.tally(open.splice(0, BATCH));
    }
    await statistics.tally(open);
    reading.stop();

    const found = await recount(cases, statistics, { generation: building, onWaiting: announceWaiting });
    process.stdout.write(`${describeRecount(found).join('\n')}\n`);
    if (!isClean(found)) return 1;
    await statistics.goLive(building);
    process.stderr.write(`第 ${building} 代已启用 / generation ${building} is live\n`);
    if (!options['keep-old'] && live !== building) {
      // Functions read the old generation for as long as they know of no other.
      await delay(GENERATIONS_LAST_MS + 5_000);
      await statistics.dropGeneration(live);
    }
    return 0;
  },
);
