/** How a notice can go out by itself. */
export const CHANNELS = ['sms', 'email'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Which text it is, and the values that stand in it. */
export interface Template {
  /** Of a notice, or of a reply by SMS. */
  id: string;
  values: Readonly<Record<string, string>>;
}

/** A message to one person. */
export interface OutgoingMessage {
  channel: Channel;
  /** `+86` and eleven digits for an SMS, an address for an e-mail. */
  to: string;
  /** E-mail only. */
  subject?: string | undefined;
  body: string;
  /** What the body was made of, for providers that send templates they know and no other text. */
  template?: Template | undefined;
  /** What the provider keeps with the message for its delivery reports: ids, nothing personal. */
  reference: string;
}

/** What a provider answered. Reasons are codes, never words that could quote a number or a text. */
export type SendOutcome =
  /** It has the message; `segments` is what an SMS is billed as, if the provider or we can tell, and what that costs. */
  | { kind: 'sent'; providerId: string; segments?: number | undefined; milliFen?: number | undefined }
  /** It will never take this message for this person. */
  | { kind: 'rejected'; reason: string }
  /** It surely has not taken the message and may take it later: too fast, over a quota, not configured yet. */
  | { kind: 'try-again'; reason: string };

/** A provider of messages, or several behind one face. */
export interface Messenger {
  /**
   * Hands over one message, once: an implementation must not try again by itself.
   * @throws OutcomeUnknown when the provider may have taken the message. Callers treat every other error alike.
   */
  send(message: OutgoingMessage): Promise<SendOutcome>;
}

/** The request went out and no clear answer came back: the message may be on its way. */
export class OutcomeUnknown extends Error {
  override name = 'OutcomeUnknown';
  /** A code such as `TimeoutError`; nothing personal. */
  readonly reason: string;
  constructor(reason: string) {
    super(`outcome unknown: ${reason}`);
    this.reason = reason;
  }
}

/** One messenger that leaves each channel to its own. */
export function byChannel(messengers: Readonly<Record<Channel, Messenger>>): Messenger {
  return { send: (message) => messengers[message.channel].send(message) };
}
