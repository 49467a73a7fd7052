import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbStatisticsStore } from '../../shared/store/dynamodb-statistics-store.ts';
import { isClean, recount } from '../../shared/store/recount.ts';
import { runCommand, wholeNumber } from './command-line.ts';
import { ENDPOINTS_OPTION, tablesOf } from './connection.ts';
import { countEvents } from './progress.ts';
import { announceWaiting, describeRecount } from './recount/describe.ts';

await runCommand(
  {
    usage: 'npm run recount [-- --repair] [--json] [--cases-table X --statistics-table Y]',
    zh: '从案件历史重算统计数字，列出每一处差异。退出码：0 一致，1 有差异。会读取整张案件表。',
    en: 'Rebuilds the statistics from the history and prints every difference. Exit code: 0 equal, 1 not. Scans the cases table.',
    positionals: 0,
    options: {
      repair: {
        type: 'boolean',
        zh: '把尚未计入的事件补计',
        en: 'count the events that were not counted, as the stream does; changes no other figure',
      },
      json: { type: 'boolean', zh: '以 JSON 输出', en: 'print JSON' },
      wait: {
        type: 'string',
        value: 'SECONDS',
        default: '60',
        zh: '尚未计入的事件等待多久',
        en: 'how long events may wait to be counted',
      },
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
    const waitMs = wholeNumber(options.wait, '--wait', 0) * 1000;
    const tables = tablesOf(
      ['cases', 'statistics'],
      { cases: options['cases-table'], statistics: options['statistics-table'] },
      options.endpoints,
    );
    const client = createDocumentClient();
    const reading = countEvents('重算 / recounting');
    const found = await recount(
      createDynamoDbCaseStore(client, { cases: tables.cases }),
      createDynamoDbStatisticsStore(client, tables.statistics),
      {
        waitMs,
        repair: options.repair,
        onEvents: (count) => reading.advance(count),
        onWaiting: announceWaiting,
      },
    );
    reading.stop();
    process.stdout.write(
      options.json ? `${JSON.stringify(found)}\n` : `${describeRecount(found).join('\n')}\n`,
    );
    return isClean(found) ? 0 : 1;
  },
);
