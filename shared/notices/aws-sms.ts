import { PinpointSMSVoiceV2Client, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { outcomeOfError, SENDING } from './aws-outcome.ts';
import { type Messenger, OutcomeUnknown, type OutgoingMessage, type SendOutcome } from './messenger.ts';
import { smsSegments } from './segments.ts';

/** This number takes no messages from us, or not this text. */
const REFUSALS = new Set([
  'ValidationException.DESTINATION_COUNTRY_BLOCKED',
  'ValidationException.INVALID_PARAMETER',
  'ValidationException.MAXIMUM_SIZE_EXCEEDED',
  'ConflictException.DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION',
  'ConflictException.DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE',
  'ConflictException.DESTINATION_PHONE_NUMBER_OPTED_OUT',
]);

/** Sends SMS with AWS End User Messaging. Endpoint, region and credentials come from the environment. */
export function createAwsSms(from: {
  /** Id or ARN of a phone number, pool or sender id. */
  originationIdentity: string;
  /** Where delivery reports go. */
  configurationSet?: string | undefined;
}): Messenger {
  const client = new PinpointSMSVoiceV2Client(SENDING);
  return {
    async send({ to, body, reference }: OutgoingMessage): Promise<SendOutcome> {
      const command = new SendTextMessageCommand({
        DestinationPhoneNumber: to,
        OriginationIdentity: from.originationIdentity,
        ConfigurationSetName: from.configurationSet,
        MessageBody: body,
        MessageType: 'TRANSACTIONAL',
        Context: { reference },
      });
      const answer = await client.send(command).catch((error: unknown) => outcomeOfError(error, REFUSALS));
      if ('kind' in answer) return answer;
      if (answer.MessageId === undefined) throw new OutcomeUnknown('no-message-id');
      return { kind: 'sent', providerId: answer.MessageId, segments: smsSegments(body).segments };
    },
  };
}
