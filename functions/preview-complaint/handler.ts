import { complaintPreview } from '../../events/preview.ts';
import { readConfig } from '../../shared/config.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import { parseBody, viewerAddress } from '../../shared/http/parse.ts';
import { httpFunction } from '../../shared/http/stack.ts';
import { createBureauJudges } from '../../shared/intake/bureau-judges.ts';
import { CHANCE } from '../../shared/intake/chance.ts';
import { gazetteerIn } from '../../shared/intake/create-understand.ts';
import { createReadWhole } from '../../shared/intake/read-complaint.ts';
import { createLogger } from '../../shared/logging.ts';
import { bureauStores } from '../../shared/store/bureau-stores.ts';
import { createDynamoDbBusinessStore } from '../../shared/store/business-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbGuardStore } from '../../shared/store/guard-store.ts';
import { createDynamoDbModelStore } from '../../shared/store/model-store.ts';
import { type PreviewDependencies, preview } from './preview.ts';

const config = readConfig('preview-complaint');
const schema = complaintPreview(() => shanghaiDate(CHANCE.now()));
const logger = createLogger('preview-complaint');
const log: PreviewDependencies['log'] = (code, facts) => logger.info(code, facts);
const client = createDocumentClient();
const models = createDynamoDbModelStore(client, config.REGISTRY_TABLE, config.BUREAU);
const deps: PreviewDependencies = {
  ...bureauStores(client, config, CHANCE.now),
  businesses: createDynamoDbBusinessStore(client, config.REGISTRY_TABLE, config.BUREAU),
  guard: createDynamoDbGuardStore(client, config.IDENTITIES_TABLE),
  read: createReadWhole(gazetteerIn(import.meta.dirname), createBureauJudges(models, CHANCE.now, log)),
  now: CHANCE.now,
  log,
};

/** POST /complaints/preview: nothing of the words is kept, and none of them is logged. */
export const handler = httpFunction(logger, {
  'POST /complaints/preview': async (event) =>
    preview(parseBody(event, schema), { address: viewerAddress(event) }, deps),
});
