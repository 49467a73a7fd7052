import { parseCaseNumber } from '../case/case-number.ts';

/** A message as the queue gives it. */
export interface RawMessage {
  id: string;
  sentAt: string;
  attempts: number;
  body: string;
  /** Names and texts of its attributes. */
  attributes: Readonly<Record<string, string>>;
}

/** What of a message may be shown: which work it asks for, and how it failed. */
export interface DeadMessage {
  id: string;
  sentAt: string;
  attempts: number;
  /** The number of the case that it is about. */
  case: string | null;
  /** The step of the case, for notices. */
  version: number | null;
  /** How it failed, as a code; where a queue only counts tries nobody has written it down. */
  error: string | null;
  /** The invocation to look for in the log. */
  request: string | null;
}

const CODE = /^[\w.-]{1,80}$/;

/**
 * What may be shown of a message. Only what is known to be an id or a code passes: what a carrier delivered lies in the
 * queue with words and phone, and keys of texts and files may hold what people wrote.
 */
export function shownMessage({ id, sentAt, attempts, body, attributes }: RawMessage): DeadMessage {
  const sent = jsonOf(body);
  const context = objectOf(sent.requestContext);
  const request = attributes.RequestID ?? context.requestId;
  return {
    id,
    sentAt,
    attempts,
    case: typeof sent.number === 'string' ? (parseCaseNumber(sent.number) ?? null) : null,
    version: Number.isInteger(sent.version) ? Number(sent.version) : null,
    // Of the scheduler, of Lambda's asynchronous calls, of streams.
    error: codeOf(attributes.ERROR_CODE ?? attributes.ErrorCode ?? context.condition),
    request: codeOf(request),
  };
}

const codeOf = (value: unknown) => (typeof value === 'string' && CODE.test(value) ? value : null);

function jsonOf(body: string): Record<string, unknown> {
  try {
    return objectOf(JSON.parse(body));
  } catch {
    return {};
  }
}

const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
