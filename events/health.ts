import * as z from 'zod';
import { QUEUE_NAMES, WATCHED_FUNCTIONS } from '../shared/health/watched.ts';

/*
 * How the system stands, for its administrator: /administrator/health, /administrator/queues.
 */

const both = { zh: z.string(), en: z.string() };
const instant = z.string().meta({ format: 'date-time' });
const queue = z.enum(QUEUE_NAMES);
const micro = z.int().describe('Millionths of a US dollar, at list prices');

/** /administrator/queues/{queue} */
export const queuePath = z.strictObject({ queue });

/** POST /administrator/queues/{queue}/redrive */
export const redriveRequest = z.strictObject({
  most: z
    .int()
    .min(1)
    .max(100, '一次最多 100 条，其余请再送 / 100 at a time, ask again for the rest')
    .default(100)
    .describe('How many messages to bring back with this request'),
});

/** GET /administrator/health */
export const healthAnswer = z.strictObject({
  at: instant,
  measured: z.boolean().describe('False where nobody measures ages, lags and runs, as on one machine'),
  queues: z.array(
    z.strictObject({
      name: queue,
      ...both,
      waiting: z
        .strictObject({ visible: z.int(), inFlight: z.int(), delayed: z.int() })
        .nullable()
        .describe('null: only an end, of a stream or a schedule'),
      oldestSeconds: z.number().nullable().describe('null: not measured, or nothing waits'),
      dead: z.int().describe('Messages that were given up'),
      redrivable: z.boolean(),
    }),
  ),
  streams: z.array(
    z.strictObject({
      name: z.enum(WATCHED_FUNCTIONS),
      ...both,
      lagSeconds: z.number().nullable().describe('null: not measured, or nothing to read'),
    }),
  ),
  runs: z.array(
    z.strictObject({
      name: z.enum(WATCHED_FUNCTIONS),
      ...both,
      everyMinutes: z.int(),
      last: instant
        .nullable()
        .describe('Beginning of the last five minutes in which it ran; null: not measured'),
      failed: z.int().nullable().describe('Runs that failed within a day; null: not measured'),
    }),
  ),
  proofs: z
    .array(
      z.strictObject({
        at: instant,
        events: z.int(),
        drift: z.int().describe('Places in which figures differ from the history'),
        places: z.record(z.string(), z.int()),
      }),
    )
    .describe('Nightly recounts, the latest first'),
  cost: z.strictObject({
    month: z.string(),
    received: z.int(),
    handled: z.int(),
    lines: z.array(z.strictObject({ ...both, count: z.int(), microDollars: micro })),
    fixedMicroDollars: micro,
    microDollars: micro,
    smsMicroDollars: micro.describe('Assumed; not in the sum'),
  }),
});

/** GET /administrator/queues/{queue} */
export const deadLetters = z.strictObject({
  name: queue,
  ...both,
  dead: z.int(),
  messages: z.array(
    z.strictObject({
      id: z.string(),
      sentAt: instant,
      attempts: z.int(),
      case: z.string().nullable(),
      version: z.int().nullable(),
      error: z.string().nullable(),
      request: z.string().nullable(),
    }),
  ),
});

/** POST /administrator/queues/{queue}/redrive */
export const redriven = z.strictObject({ name: queue, moved: z.int(), left: z.int() });
