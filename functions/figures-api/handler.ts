import { readConfig } from '../../shared/config.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createLogger } from '../../shared/logging.ts';
import { createSqsReportQueue } from '../../shared/queue/report-queue.ts';
import { createDynamoDbAlarmStore } from '../../shared/store/alarm-store.ts';
import { bureauStores } from '../../shared/store/bureau-stores.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbStatisticsStore } from '../../shared/store/dynamodb-statistics-store.ts';
import { createS3ReportFiles } from '../../shared/store/report-files.ts';
import { createDynamoDbReportStore } from '../../shared/store/report-store.ts';
import { reportRoutes } from './report-routes.ts';
import { figuresRoutes } from './routes.ts';

const config = readConfig('figures-api');
const logger = createLogger('figures-api');
const client = createDocumentClient();

const deps = {
  statistics: createDynamoDbStatisticsStore(client, config.STATISTICS_TABLE),
  cases: createDynamoDbCaseStore(client, { cases: config.CASES_TABLE }),
  ...bureauStores(client, config, CHANCE.now),
  alarms: createDynamoDbAlarmStore(client, config.REGISTRY_TABLE, config.BUREAU),
  reports: createDynamoDbReportStore(client, config.STATISTICS_TABLE),
  files: createS3ReportFiles(config.REPORTS_BUCKET),
  queue: createSqsReportQueue(config.REPORTS_QUEUE_URL),
  ...CHANCE,
  log: (code: string, facts: Record<string, unknown>) => logger.info(code, facts),
};

/** Figures, the cases behind them, units compared, reports, alarms and warnings; API Gateway has verified the token. */
export const handler = httpFunction(logger, { ...figuresRoutes(deps), ...reportRoutes(deps) });
