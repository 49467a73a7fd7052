import { type IncomingNames, type Reading, type ReadingContext, readIncoming } from '../incoming.ts';
import type { Body } from '../payload.ts';

const NAMES: IncomingNames = {
  id: ['inboundmessageid'],
  from: ['originationnumber', 'originationphonenumber'],
  to: ['destinationnumber', 'destinationphonenumber'],
  text: ['messagebody'],
  sentAt: [],
  media: [],
  international: true,
};

/**
 * Two-way SMS of AWS End User Messaging: the SNS message in the body of an SQS record, with its SNS envelope or
 * without (raw message delivery), as JSON, as a JSON string or in base64; a whole SQS or SNS event is read, too.
 * The time is that of the envelope: the message has none. Pass the SQS message id as `deliveryId`: it serves when
 * raw delivery leaves no other.
 *
 * Source: AWS End User Messaging SMS User Guide, "Example of a two-way SMS message payload for Amazon SNS topics".
 */
export function readAwsSms(body: Body, context: ReadingContext): Reading {
  return readIncoming('aws', body, NAMES, context);
}
