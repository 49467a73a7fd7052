import { OutcomeUnknown, type SendOutcome } from './messenger.ts';

/**
 * How a client of a sending service is made. Neither service takes an idempotency token, so that nothing may send
 * a request twice: the SDK's own retries are off. A connection kept open while a sandbox is frozen is dead when
 * it wakes, which looks like a cut after sending: each request gets a connection of its own.
 */
export const SENDING = {
  maxAttempts: 1,
  requestHandler: {
    requestTimeout: 10_000,
    throwOnRequestTimeout: true,
    httpAgent: { keepAlive: false },
    httpsAgent: { keepAlive: false },
  },
} as const;

/** Errors from before the request left: no name found, nobody listening, no credentials. */
const NOT_SENT_CALLS = new Set(['connect', 'getaddrinfo']);
const NOT_SENT_ERRORS = new Set(['CredentialsProviderError']);

interface ServiceError {
  name: string;
  $metadata?: { httpStatusCode?: number };
  /** A code that the SMS service adds to its errors. */
  Reason?: string;
  syscall?: string;
  /** Of a name with several addresses: one error for each that was tried. */
  errors?: ServiceError[];
}

const neverLeft = ({ name, syscall = '', errors = [] }: ServiceError): boolean =>
  NOT_SENT_ERRORS.has(name) || NOT_SENT_CALLS.has(syscall) || (errors.length > 0 && errors.every(neverLeft));

/**
 * What an error of a sending call means.
 * @param refusals names of errors, or `<name>.<Reason>`, that mean the message will never be taken for this person
 * @throws OutcomeUnknown unless it is certain that the message was not taken
 */
export function outcomeOfError(thrown: unknown, refusals: ReadonlySet<string>): SendOutcome {
  const error = (thrown instanceof Error ? thrown : new Error()) as ServiceError;
  const { name, $metadata = {}, Reason } = error;
  const reason = Reason === undefined ? name : `${name}.${Reason}`;
  if (neverLeft(error)) return { kind: 'try-again', reason };
  const { httpStatusCode = 0 } = $metadata;
  // A service that failed (5xx) may have failed after it took the message. What it refuses, it has not taken.
  if (httpStatusCode < 400 || httpStatusCode >= 500) throw new OutcomeUnknown(reason);
  // Refused for what we are or how we asked (rights, quota, speed, an unknown sender): somebody mends it, then it goes.
  return refusals.has(name) || refusals.has(reason)
    ? { kind: 'rejected', reason }
    : { kind: 'try-again', reason };
}
