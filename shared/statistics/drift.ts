import { COUNTERS, type Counter, type Increment } from './counters.ts';

/** A counter that is not what the history says. */
export interface Drift {
  unit: string;
  day: string;
  counter: Counter;
  stored: number;
  recounted: number;
}

/** Compares the stored counters with those recounted from the history; empty when they are equal. */
export function driftBetween(stored: readonly Increment[], recounted: readonly Increment[]): Drift[] {
  const key = ({ unit, day }: Increment) => `${unit} ${day}`;
  const left = new Map(stored.map((line) => [key(line), line]));
  const right = new Map(recounted.map((line) => [key(line), line]));
  return [...new Set([...left.keys(), ...right.keys()])].sort().flatMap((line) => {
    const [unit = '', day = ''] = line.split(' ');
    return COUNTERS.map((counter) => ({
      unit,
      day,
      counter,
      stored: left.get(line)?.counts[counter] ?? 0,
      recounted: right.get(line)?.counts[counter] ?? 0,
    })).filter((drift) => drift.stored !== drift.recounted);
  });
}
