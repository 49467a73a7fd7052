import * as z from 'zod';
import { QUEUE_NAMES, WATCHED_FUNCTIONS } from './watched.ts';

const name = z.string().min(1);

/** Deployed names of every queue, its dead-letter queue first, as the function's configuration has them. */
export const deployedQueues = z.record(
  z.enum(QUEUE_NAMES),
  z
    .tuple([name])
    .rest(name)
    .transform(([dead, source]) => ({ dead, source })),
);

/** Likewise of every function that is watched. */
export const deployedFunctions = z.record(
  z.enum(WATCHED_FUNCTIONS),
  z.tuple([name]).transform(([one]) => one),
);
