import { forget, keep, kept } from '../components/storage.ts';

/*
 * What a person leaves on the phone: a draft, what waits to be sent, the receipt, which case is tracked. One list, so
 * that one tap can take all of it away.
 */

type Area = 'localStorage' | 'sessionStorage';

const TRACES = {
  /** What stands in the form. */
  draft: 'localStorage',
  /** The message that was sent last, with its key: a repeat of it bears the same one. */
  sent: 'localStorage',
  /** Since when it waits for a network. */
  waiting: 'localStorage',
  /** Only for this tab: others may use the phone. */
  receipt: 'sessionStorage',
  tracked: 'sessionStorage',
} as const satisfies Record<string, Area>;

type Trace = keyof typeof TRACES;

export const keepTrace = (name: Trace, value: unknown): void => keep(TRACES[name], name, value);
export const traceOf = (name: Trace): unknown => kept(TRACES[name], name);

export function forgetTraces(...names: Trace[]): void {
  for (const name of names) forget(TRACES[name], name);
}

/** Takes everything away, and gives what puts it back. */
export function clearTraces(): () => void {
  const names = Object.keys(TRACES) as Trace[];
  const before = names.map((name) => [name, traceOf(name)] as const);
  forgetTraces(...names);
  return () => {
    for (const [name, value] of before) if (value !== undefined) keepTrace(name, value);
  };
}
