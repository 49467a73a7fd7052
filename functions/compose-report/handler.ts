import { composeRequest } from '../../events/reports.ts';
import { readConfig } from '../../shared/config.ts';
import { loadFonts } from '../../shared/forms/fonts.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { createLogger } from '../../shared/logging.ts';
import { sqsFunction } from '../../shared/queue/sqs-function.ts';
import { createDynamoDbAlarmStore } from '../../shared/store/alarm-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbStatisticsStore } from '../../shared/store/dynamodb-statistics-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { createS3ReportFiles } from '../../shared/store/report-files.ts';
import { createDynamoDbReportStore } from '../../shared/store/report-store.ts';
import { type ComposeDependencies, composeReport } from './compose-report.ts';

const config = readConfig('compose-report');
const logger = createLogger('compose-report');
const client = createDocumentClient();
const alarms = createDynamoDbAlarmStore(client, config.REGISTRY_TABLE, config.BUREAU);
const deps: ComposeDependencies = {
  reports: createDynamoDbReportStore(client, config.STATISTICS_TABLE),
  files: createS3ReportFiles(config.REPORTS_BUCKET),
  statistics: createDynamoDbStatisticsStore(client, config.STATISTICS_TABLE),
  registry: createDynamoDbRegistryStore(client, config.REGISTRY_TABLE, config.BUREAU, CHANCE.now),
  alarms: (from) => alarms.alarms(from),
  fonts: loadFonts(),
  now: CHANCE.now,
  log: (code, facts) => logger.info(code, facts),
};

/** SQS orders of reports → files of work summaries, briefs and public reports. */
export const handler = sqsFunction(logger, composeRequest, (request) => composeReport(request, deps));
