import { type IncomingNames, type Reading, type ReadingContext, readIncoming } from '../incoming.ts';
import type { Body } from '../payload.ts';

const NAMES: IncomingNames = {
  id: ['messagesid', 'smsmessagesid', 'smssid'],
  from: ['from'],
  to: ['to'],
  text: ['body'],
  sentAt: [],
  media: ['nummedia'],
  international: true,
};

/**
 * Incoming messages of Twilio: a form (or the query of a GET). Long texts arrive joined; there is no time. A message
 * of pictures only is refused as such, so that the sender can be told.
 *
 * Source: Twilio Docs, "Twilio's request to your incoming message webhook URL".
 */
export function readTwilioSms(body: Body, context: ReadingContext): Reading {
  return readIncoming('twilio', body, NAMES, context);
}
