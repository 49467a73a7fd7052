import { evidenceArrived } from '../../events/evidence.ts';
import { readConfig } from '../../shared/config.ts';
import { createLogger } from '../../shared/logging.ts';
import { sqsFunction } from '../../shared/queue/sqs-function.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createS3Evidence } from '../../shared/store/evidence-objects.ts';
import { createDynamoDbEvidenceStore } from '../../shared/store/evidence-store.ts';
import { type CheckDependencies, checkEvidence } from './check-evidence.ts';

const config = readConfig('check-evidence');
const logger = createLogger('check-evidence');
const deps: CheckDependencies = {
  files: createDynamoDbEvidenceStore(createDocumentClient(), config.CASES_TABLE),
  objects: createS3Evidence(config.EVIDENCE_BUCKET),
  now: () => new Date(),
  log: (code, facts) => logger.info(code, facts),
};

/** SQS new files → what is what it claims is kept. */
export const handler = sqsFunction(logger, evidenceArrived, (message) => checkEvidence(message, deps));
