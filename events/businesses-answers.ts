import * as z from 'zod';
import { GRADES } from '../shared/businesses/business.ts';
import { caseSummary } from './answers.ts';

/*
 * What the routes of events/businesses.ts answer: apart from the requests, so that the function need not carry it.
 */

const both = { zh: z.string(), en: z.string() };
const day = z.string().meta({ format: 'date' });
const grade = z.enum(GRADES);
const patrol = z.strictObject({ timesAYear: z.number().int(), ...both }).describe('How often it is visited');
const reason = z.strictObject({ code: z.string(), ...both });

const business = {
  creditCode: z.string(),
  name: z.string(),
  aliases: z.array(z.string()),
  shops: z.array(z.strictObject({ platform: z.string(), shop: z.string() })),
  address: z.string(),
  division: z.string(),
  grade,
  patrol,
  from: day.nullable(),
  to: day.nullable(),
  phone: z.string().nullable(),
};

/** One entry of the watch-list. */
export const watchView = z.strictObject({
  creditCode: z.string(),
  name: z.string(),
  since: day,
  until: day,
  why: z.array(reason),
  note: z.string().nullable(),
  by: z.string(),
  version: z.number().int(),
  ended: z.strictObject({ on: day, by: z.string(), why: z.string() }).nullable(),
});

/** A class that is proposed, or was decided. */
export const proposalView = z.strictObject({
  creditCode: z.string(),
  name: z.string(),
  from: grade,
  to: grade,
  patrol,
  proposedOn: day,
  reasons: z.array(
    z.strictObject({
      ...reason.shape,
      people: z.number().int(),
      days: z.number().int(),
      cases: z.array(z.string()).describe('Those behind it that this person may see'),
    }),
  ),
  decided: z
    .strictObject({ decision: z.enum(['accepted', 'declined']), by: z.string(), on: day, why: z.string() })
    .nullable(),
});

/** GET /desk/businesses/{creditCode} */
export const businessAnswer = z.strictObject({
  ...business,
  watch: watchView.nullable().describe('The latest entry of the watch-list, also when it has ended'),
  isWatched: z.boolean(),
  proposal: proposalView.nullable(),
  actions: z.array(z.enum(['decide-class', 'watch'])),
  cases: z.array(caseSummary).describe('Its cases that this person may see, the newest first'),
  complete: z.boolean().describe('False: there are older ones'),
});

/** POST /desk/businesses/find */
export const findBusinessAnswer = z.strictObject({
  outcome: z.strictObject({ code: z.enum(['one', 'several', 'none', 'too-common']), ...both }),
  candidates: z.array(
    z.strictObject({
      ...business,
      score: z.number(),
      why: z.array(z.strictObject({ ...reason.shape, points: z.number() })),
    }),
  ),
});

/** GET /desk/class-proposals */
export const proposalList = z.strictObject({
  proposals: z.array(proposalView),
  next: z.string().nullable().describe('Give as `after`; a page may be shorter than it could be'),
});

/** GET /desk/watch-list */
export const watchList = z.strictObject({ entries: z.array(watchView) });
