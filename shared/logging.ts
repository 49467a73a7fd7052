import { Logger } from '@aws-lambda-powertools/logger';

/** Writes one line: a stable code, and ids, counts and codes beside it. */
export type Log = (code: string, facts: Readonly<Record<string, string | number>>) => void;

/**
 * The logger of a function. Messages are stable codes; what is added are ids, counts and codes, never a
 * name, a phone, an address or words of a complaint (test/integration/roles.test.ts searches for them).
 */
export function createLogger(serviceName: string): Logger {
  return new Logger({ serviceName, logLevel: 'INFO' });
}

/** Errors of the SDK bear a message that is safe and needed, except those that quote the request. */
const QUOTING_ERRORS = new Set(['ValidationException', 'SerializationException']);

/**
 * What may be logged of an unexpected error: its name and where it happened. Its message only when it comes
 * from an AWS service: messages of parsers quote what they could not read.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const fromService = '$fault' in error && !QUOTING_ERRORS.has(error.name);
  // The stack begins with the message, and a line of that may begin with "at" too.
  const trace = error.stack?.replace(error.message, '') ?? '';
  const frames = trace.split('\n').filter((line) => line.trimStart().startsWith('at '));
  return { name: error.name, ...(fromService ? { message: error.message } : {}), frames: frames.slice(0, 8) };
}
