import { REQUESTS, type Request } from '../../../shared/understanding/understanding.ts';
import { CommandFailure } from '../command-line.ts';
import type { Line } from './task.ts';

/** A message with what careful readers wrote down; lists hold every accepted value. */
export interface Labelled {
  id: string;
  time: string | undefined;
  title: string | undefined;
  text: string;
  kind: string[];
  problem: (string | null)[];
  subject: (string | null)[];
  scope: string[];
  respondent: (string | null)[];
  place: (string | null)[];
  paid: (number | null)[];
  claimed: (number | null)[];
  amounts: Amount[];
  /** Found by one reader only: neither right nor wrong. */
  optional: Amount[];
  requests: { both: Request[]; either: Request[] };
}

interface Amount {
  s: string;
  yuan: number | null;
}

/**
 * Reads a labelled line, with one reader (plain values) or with two (lists of accepted values).
 * @throws CommandFailure when it has no text or no `gold`
 */
export function labelledOf(line: Line): Labelled {
  const gold = line.gold as Record<string, unknown> | undefined;
  if (typeof line.text !== 'string' || typeof gold !== 'object' || gold === null) {
    throw new CommandFailure(`没有 text 或者 gold / has no text or no gold: ${String(line.id)}`);
  }
  const both = list<Request>(requestsOf(gold.requests).both);
  return {
    id: String(line.id),
    time: typeof line.time === 'string' ? line.time : undefined,
    title: typeof line.title === 'string' ? line.title : undefined,
    text: line.text,
    kind: list(gold.kind),
    problem: list(gold.problem),
    subject: list(gold.subject),
    scope: list(gold.scope),
    respondent: list(gold.respondent),
    place: list(gold.place),
    paid: list(gold.paid_yuan),
    claimed: list(gold.claimed_yuan),
    amounts: (gold.amounts ?? []) as Amount[],
    optional: (gold.amounts_optional ?? []) as Amount[],
    requests: { both, either: [...both, ...list<Request>(requestsOf(gold.requests).either)] },
  };
}

interface Requests {
  both?: unknown;
  either?: unknown;
}

function requestsOf(value: unknown): Requests {
  if (Array.isArray(value)) return { both: value.filter((one) => REQUESTS.includes(one as Request)) };
  return value === undefined || value === null ? {} : value;
}

function list<T>(value: unknown): T[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]) as T[];
}

/** Complaint, report or both in every accepted reading: only these have a problem and a subject. */
export const isConsumers = ({ kind }: Labelled): boolean =>
  kind.length > 0 && kind.every((one) => ['complaint', 'report', 'both'].includes(one));
