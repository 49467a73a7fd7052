import * as z from 'zod';

/*
 * What the API answers, for the OpenAPI document and for tests that hold the answers against it.
 */

const both = { zh: z.string(), en: z.string() };
const fen = z.number().int().nonnegative();
const day = z.string().meta({ format: 'date' });

const state = z.strictObject({ code: z.string(), ...both, final: z.boolean() });
const station = z.strictObject({
  code: z.string(),
  name: z.string(),
  phone: z.string(),
  address: z.string(),
});
const nextLegalDate = z
  .strictObject({
    clock: z.enum(['distribute', 'accept', 'mediate']),
    start: day,
    due: day,
    provisional: z
      .boolean()
      .describe('True while the holidays of a year it was counted in are not published'),
    duty: z.strictObject(both),
    basis: z.string().describe('Article'),
    length: z.number().int(),
    unit: z.enum(['WD', 'ND']).describe('WD working days, ND natural days'),
  })
  .nullable();
const recovered = z.strictObject({ agreedFen: fen, provenFen: fen }).nullable();
const ground = z.strictObject({ ...both, basis: z.string() });

/** POST /complaints */
export const registeredAnswer = z.strictObject({
  number: z.string().describe('Case number to be read out, with check digit: 261121-483729-2'),
  secret: z.string().describe('Opens the case together with the number'),
  state,
  receivedOn: day,
  handledBy: station.nullable().describe('The station that will handle it, if already known'),
  nextLegalDate,
});

/** GET /complaints/{number} */
export const trackingAnswer = z.strictObject({
  number: z.string(),
  state,
  receivedOn: day,
  station: station.nullable(),
  nextLegalDate,
  ground: ground.nullable(),
  recovered,
  steps: z.array(z.strictObject({ type: z.string(), on: day })),
});

/** A case in the desk's list, and what a step answers. */
export const caseSummary = z.strictObject({
  number: z.string(),
  version: z.number().int(),
  state,
  channel: z.string(),
  receivedAt: z.string(),
  receivedOn: day,
  business: z.strictObject({
    name: z.string().optional(),
    address: z.string().optional(),
    divisionCode: z.string().optional(),
  }),
  excerpt: z.string(),
  claimedFen: fen.nullable(),
  unitPath: z.array(z.string()),
  station: station.nullable(),
  nextLegalDate,
  hubReason: z.strictObject({ code: z.string(), ...both, basis: z.string().optional() }).nullable(),
  actions: z.array(z.string()).describe('Steps this person may take now'),
});

/** GET /desk/cases */
export const caseList = z.strictObject({
  unit: z.string(),
  cases: z.array(caseSummary),
  next: z.string().nullable().describe('Give as `after` for the next page'),
});

/** GET /desk/cases/{number} */
export const caseDetail = caseSummary.extend({
  complaint: z.looseObject({ text: z.string() }),
  complainant: z
    .strictObject({ name: z.string(), phone: z.string(), address: z.string().optional() })
    .nullable(),
  ground: ground.extend({ code: z.string() }).nullable(),
  recovered,
  clocks: z.record(z.string(), z.looseObject({ start: day, due: day })),
  history: z.array(z.looseObject({ type: z.string(), at: z.string(), on: day })),
});

/** GET /statistics */
export const statisticsAnswer = z.strictObject({
  unit: z.strictObject({ code: z.string(), name: z.string(), kind: z.string() }),
  from: day,
  to: day,
  asOf: z.string(),
  cases: z.record(z.string(), z.number().int()),
  money: z.strictObject({ claimedFen: fen, agreedFen: fen, provenFen: fen }),
  indicators: z.array(
    z.strictObject({
      id: z.string(),
      ...both,
      formula: z.strictObject(both),
      numerator: z.number().int(),
      denominator: z.number().int(),
      rate: z.number().nullable(),
    }),
  ),
  days: z.array(z.looseObject({ day })),
});

/** GET /units */
export const unitList = z.strictObject({
  bureau: z.string(),
  units: z.array(
    z.strictObject({
      code: z.string(),
      kind: z.enum(['city', 'county', 'station']),
      name: z.string(),
      parent: z.string().optional(),
    }),
  ),
});

/** Every refusal (RFC 9457). */
export const problemAnswer = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  errors: z.array(z.strictObject({ field: z.string(), ...both })).optional(),
});
