import { randomBytes, randomInt, randomUUID } from 'node:crypto';

/** What a registration takes from outside when it is no test: the time, and chance. */
export const CHANCE = {
  now: (): Date => new Date(),
  randomInt: (bound: number): number => randomInt(bound),
  randomBytes: (count: number): Uint8Array => randomBytes(count),
  salt: (): string => randomUUID(),
} as const;
