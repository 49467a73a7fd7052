import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { outcomeOfError, SENDING } from './aws-outcome.ts';
import { type Messenger, OutcomeUnknown, type OutgoingMessage, type SendOutcome } from './messenger.ts';

/** What is wrong with the message itself or its address. */
const REFUSALS = new Set(['BadRequestException', 'MessageRejected']);

/** Tags may hold letters, digits, `_` and `-` only. */
const tagOf = (reference: string) => reference.replaceAll(/[^A-Za-z0-9_-]/g, '_');

/** Sends plain e-mails with Amazon SES. Endpoint, region and credentials come from the environment. */
export function createAwsEmail(from: {
  /** Address of a verified identity, or `name <address>`. */
  address: string;
  /** Where delivery reports go. */
  configurationSet?: string | undefined;
}): Messenger {
  const client = new SESv2Client(SENDING);
  return {
    async send({ to, subject = '', body, reference }: OutgoingMessage): Promise<SendOutcome> {
      const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
      const command = new SendEmailCommand({
        FromEmailAddress: from.address,
        Destination: { ToAddresses: [to] },
        Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(body) } } },
        ConfigurationSetName: from.configurationSet,
        EmailTags: [{ Name: 'reference', Value: tagOf(reference) }],
      });
      const answer = await client.send(command).catch((error: unknown) => outcomeOfError(error, REFUSALS));
      if ('kind' in answer) return answer;
      if (answer.MessageId === undefined) throw new OutcomeUnknown('no-message-id');
      return { kind: 'sent', providerId: answer.MessageId };
    },
  };
}
