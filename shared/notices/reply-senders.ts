import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SenderConfig } from '../config.ts';
import { createDynamoDbNoticeStore } from '../store/dynamodb-notice-store.ts';
import type { SendTextReplyDependencies } from './send-text-reply.ts';
import { sendersOf } from './senders.ts';

/** Proofs of replies lie by the text, for as long as it is known: it must not be answered again. */
const REPLIES = { prefix: 'REPLY#', keptDays: 365 };

/** Who sends replies to texts, and where it is kept that they went. */
export function replySenders(
  client: DynamoDBDocumentClient,
  config: SenderConfig & { IDENTITIES_TABLE: string },
): Pick<SendTextReplyDependencies, 'store' | 'messenger' | 'open'> {
  return { store: createDynamoDbNoticeStore(client, config.IDENTITIES_TABLE, REPLIES), ...sendersOf(config) };
}
