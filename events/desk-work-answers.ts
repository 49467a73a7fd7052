import * as z from 'zod';
import { HINTS, type HintId } from '../shared/desk-work/hints.ts';
import { ROLES, type Role } from '../shared/people/roles.ts';
import { caseSummary } from './answers.ts';
import { BULK_RESULTS, savedFilter, storedAbsence } from './desk-work.ts';

/*
 * What the routes of events/desk-work.ts answer: apart from the requests, so that the function need not carry it.
 */

const both = { zh: z.string(), en: z.string() };
const instant = z.string().meta({ format: 'date-time' });

/** GET, POST, DELETE /desk/filters */
export const filterList = z.strictObject({
  version: z.number().int().describe('Send it back with the next change'),
  filters: z.array(savedFilter),
});

/** POST /desk/search */
export const searchAnswer = z.strictObject({
  by: z.enum(['number', 'phone', 'business', 'words']),
  cases: z.array(caseSummary),
  looked: z.number().int().describe('Cases that were looked at, shown or not'),
  rcu: z.number().describe('Read units it cost, estimated'),
  complete: z.boolean().describe('False: there may be more'),
  stoppedAt: z
    .string()
    .nullable()
    .describe('Words are looked for in open cases, the most urgent first: due date up to which it came'),
  next: z.string().nullable().describe('Give as `after` to look further'),
});

/** POST, DELETE /desk/cases/{number}/lease */
export const leaseAnswer = z.strictObject({
  number: z.string(),
  workingOn: z.strictObject({ staff: z.string(), until: instant }).nullable(),
});

/** POST /desk/bulk, POST /desk/bulk/{id}/undo */
export const bulkAnswer = z.strictObject({
  id: z.string(),
  undoUntil: instant.describe('Until then it may be undone where nothing has happened since'),
  done: z.number().int().describe('Cases on which it was done, or undone'),
  results: z.array(
    z.strictObject({
      number: z.string(),
      result: z.enum(BULK_RESULTS),
      version: z.number().int().nullable().describe('Of the case afterwards, where it was done'),
      why: z.strictObject(both).nullable(),
    }),
  ),
});

/** GET, POST /desk/absences */
export const absenceList = z.strictObject({
  unit: z.string(),
  version: z.number().int(),
  absences: z.array(storedAbsence),
});

const move = z.strictObject({
  number: z.string(),
  version: z.number().int(),
  from: z.string(),
  to: z.string(),
  weight: z.number().int(),
});
const moves = z.array(move).describe('Orders for POST /desk/bulk: assign each to `to`');

/** GET /desk/due-ahead */
export const dueAheadAnswer = z.strictObject({
  unit: z.string(),
  today: z.string(),
  nextWorkingDay: z.string(),
  until: z.string().describe('The fifth working day from today; nothing later is counted'),
  complete: z.boolean().describe('False: more are due than were counted; the most urgent were'),
  units: z
    .array(
      z.strictObject({
        code: z.string(),
        name: z.string(),
        overdue: z.number().int(),
        today: z.number().int(),
        nextWorkingDay: z.number().int(),
        soon: z.number().int().describe('Later, up to the last day'),
      }),
    )
    .describe('The units right below that have something due, and the unit itself for what lies with it'),
  first: z
    .array(z.strictObject({ number: z.string(), due: z.string(), unit: z.string() }))
    .describe('The most urgent cases'),
});

/** GET /desk/load */
export const loadAnswer = z.strictObject({
  unit: z.string(),
  today: z.string(),
  looked: z.number().int(),
  complete: z.boolean().describe('False: more cases lie here than were looked at; the most urgent were'),
  weights: z
    .array(z.strictObject({ atMost: z.number().int().nullable(), weight: z.number().int() }))
    .describe('What a case weighs by its working days left; null: any number'),
  officers: z.array(
    z.strictObject({
      officer: z.string(),
      cases: z.number().int(),
      weight: z.number().int(),
      overdue: z.number().int(),
      dueToday: z.number().int(),
      dueTomorrow: z.number().int(),
      absent: z.boolean(),
      standIn: z.string().nullable(),
    }),
  ),
  unassigned: z.strictObject({ cases: z.number().int(), weight: z.number().int() }),
  sealed: z
    .strictObject({ cases: z.number().int(), weight: z.number().int() })
    .describe('Reports that this person is not on: with whom they lie is sealed (Art. 37)'),
  dueTomorrow: z.number().int(),
  rebalance: z.strictObject({
    tolerance: z.number().int().describe('Loads this near to each other are left alone'),
    moves,
    why: z.strictObject(both),
  }),
  handOver: z.array(
    z.strictObject({ officer: z.string(), until: z.string(), standIn: z.string().nullable(), moves }),
  ),
  surge: z.strictObject({
    arrivals: z.number().int(),
    factor: z.number().int(),
    officers: z.number().int(),
    perOfficer: z.number().int(),
    limitDays: z.number().int(),
    breaksOn: z
      .number()
      .int()
      .nullable()
      .describe('Working day after the day itself; null: every limit is kept'),
    lateThen: z.number().int(),
    officersNeeded: z.number().int().nullable(),
    clearedAfter: z.number().int().nullable(),
  }),
});

/** GET /desk/staff */
export const staffList = z.strictObject({
  unit: z.string(),
  staff: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        role: z.enum(Object.keys(ROLES) as [Role, ...Role[]]),
        unit: z.string(),
      }),
    )
    .describe('Of the unit, of those below it and of those above it'),
});

/** GET /desk/hints */
export const hintsAnswer = z.strictObject({
  today: z.string(),
  open: z.number().int().describe('Open cases that the hints are drawn from'),
  complete: z.boolean().describe('False: only the first 500 were looked at'),
  hints: z.array(
    z.strictObject({
      id: z.enum(Object.keys(HINTS) as [HintId, ...HintId[]]),
      ...both,
      numbers: z.array(z.string()),
    }),
  ),
});
