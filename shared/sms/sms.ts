import type { Instant } from '../dates.ts';

export type Provider = 'aws' | 'aliyun' | 'huawei' | 'twilio';

/** A text somebody sent us, whoever carried it. */
export interface IncomingSms {
  provider: Provider;
  /** The provider's id: the same for each delivery of the same message. Made from the message when there is none. */
  id: string;
  /**
   * Eleven digits for a mobile of the mainland, E.164 for other countries, as written for short numbers, land lines
   * and masked numbers (`1381111****`), to which no answer can go.
   */
  from: string;
  /** Our number or extension as the provider writes it; empty when it does not say. */
  to: string;
  text: string;
  sentAt?: Instant;
  /** This is part `number` (from 1) of `of`. Parts without a reference of the provider's bear an empty one. */
  part?: SmsPart;
}

export interface SmsPart {
  reference: string;
  number: number;
  of: number;
}
