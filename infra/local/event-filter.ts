import { StartFailure } from './errors.ts';

/** Whether an event is let through. */
export type EventFilter = (event: unknown) => boolean;

/** Compiles the patterns of a `FilterCriteria`: an event passes if any of them matches; none lets all pass. */
export function eventFilter(patterns: string[]): EventFilter {
  const matchers = patterns.map((pattern) => matcher(JSON.parse(pattern), 'pattern'));
  return (event) => matchers.length === 0 || matchers.some((matches) => matches(event));
}

/** A pattern is an object of patterns, or a list of which one has to match the value. */
function matcher(pattern: unknown, path: string): EventFilter {
  if (Array.isArray(pattern)) {
    const alternatives = pattern.map((alternative) => valueMatcher(alternative, path));
    return (value) => alternatives.some((matches) => matches(value));
  }
  if (typeof pattern !== 'object' || pattern === null) {
    throw new StartFailure(`Filter ${path}: a value has to stand in a list.`);
  }
  const parts = Object.entries(pattern).map(([key, part]) => [key, matcher(part, `${path}.${key}`)] as const);
  return (value) =>
    parts.every(([key, matches]) => matches((value as Record<string, unknown> | undefined)?.[key]));
}

const comparisons: Record<string, (operand: unknown) => EventFilter> = {
  exists: (wanted) => (value) => (value !== undefined) === wanted,
  prefix: (prefix) => (value) => typeof value === 'string' && value.startsWith(String(prefix)),
};

function valueMatcher(alternative: unknown, path: string): EventFilter {
  if (typeof alternative !== 'object' || alternative === null) return (value) => value === alternative;
  const [[operator, operand] = ['nothing', undefined]] = Object.entries(alternative);
  const comparison = comparisons[operator];
  if (!comparison) throw new StartFailure(`Filter ${path}: comparison ${operator} is not supported locally.`);
  return comparison(operand);
}
