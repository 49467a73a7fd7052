import * as z from 'zod';
import { KINDS, type Kind } from '../shared/case/case.ts';
import { STATES, type State } from '../shared/case/life-cycle.ts';
import { CLOCKS } from '../shared/law/rule-packs.ts';
import { textSpan, understoodSchema } from '../shared/understanding/understood.ts';

/*
 * What the API answers, for the OpenAPI document and for tests that hold the answers against it.
 */

const both = { zh: z.string(), en: z.string() };
const words = z.strictObject(both);
const fen = z.number().int();
const day = z.string().meta({ format: 'date' });
const instant = z.string().meta({ format: 'date-time' });
const keys = <Key extends string>(table: Readonly<Record<Key, unknown>>) =>
  z.enum(Object.keys(table) as [Key, ...Key[]]);

const kind = keys<Kind>(KINDS);
const state = z.strictObject({ code: keys<State>(STATES), ...both, final: z.boolean() });
const unit = z.strictObject({
  code: z.string(),
  name: z.string(),
  phone: z.string(),
  address: z.string(),
});
const clock = {
  clock: z.enum(CLOCKS),
  start: day,
  due: day,
  provisional: z.boolean().describe('True while the holidays of a year it was counted in are not published'),
  duty: words.describe('What must be done before the period ends'),
  basis: z.string().describe('Article'),
  length: z.number().int(),
  unit: z.enum(['WD', 'ND', 'Y']).describe('WD working days, ND natural days, Y years'),
};
const nextLegalDate = z.strictObject(clock).nullable();
const clockView = z.strictObject({
  ...clock,
  paused: z.boolean().describe('True while a reason goes on that is not counted, e.g. testing (Art. 22)'),
  running: z.boolean(),
  stopped: day.nullable(),
  internal: z.boolean().describe('A period of the bureau’s own, not of the law'),
});
const ground = z.strictObject({ code: z.string(), ...both, basis: z.string() });
const money = z
  .record(z.string(), fen)
  .describe('Sums in fen by entry: claimed, agreed, proven, paid-first, fine …');
const person = z.strictObject({
  name: z.string(),
  phone: z.string(),
  address: z.string().optional(),
  email: z.string().optional(),
  idType: z.string().optional(),
  idNumber: z.string().optional(),
  representative: z.boolean().optional(),
});
const agent = person.extend({
  matter: z.string().optional(),
  powers: z.enum(['general', 'special']),
  until: day.optional(),
});
const identity = person.extend({ joint: z.array(person).optional(), agent: agent.optional() });

/** POST /complaints */
export const registeredAnswer = z.strictObject({
  number: z.string().describe('Case number to be read out, with check digit: 261121-483729-2'),
  kind,
  secret: z.string().describe('Opens the case together with the number'),
  state,
  receivedOn: day,
  handledBy: unit.nullable().describe('The station that will handle it, if already known'),
  nextLegalDate,
  report: z
    .strictObject({ number: z.string() })
    .nullable()
    .describe('The report that came with the complaint: a case of its own, opened by the same secret'),
});

/** GET /complaints/{number} */
export const trackingAnswer = z.strictObject({
  number: z.string(),
  kind,
  state,
  receivedOn: day,
  station: unit.nullable(),
  nextLegalDate,
  ground: ground.nullable(),
  recovered: z.strictObject({ agreedFen: fen, provenFen: fen }).nullable(),
  result: z
    .strictObject({ found: z.string(), done: z.string(), received: z.string(), routes: z.string() })
    .nullable(),
  answer: z.string().nullable().describe('What an inquiry was answered, or where to turn'),
  withdrawalAsked: z.boolean(),
  actions: z.array(z.string()).describe('Steps the consumer may take now: withdraw, insist'),
  steps: z.array(z.strictObject({ type: z.string(), on: day })),
});

/** GET /complaints/{number}/dates, GET /desk/cases/{number}/dates: why this date? */
export const datesAnswer = z.strictObject({
  clocks: z.array(
    clockView.extend({
      set: z.boolean().describe('The last day was set by a person, not counted'),
      explanation: z
        .strictObject({
          start: day,
          due: day,
          provisional: z.boolean(),
          paused: z.boolean(),
          length: z.number().int(),
          unit: z.enum(['WD', 'ND', 'Y']),
          basis: z.string(),
          days: z.array(
            z.strictObject({
              date: day,
              kind: z.enum(['working', 'weekend', 'holiday', 'worked-weekend']),
              counted: z.boolean(),
              n: z.number().int().optional().describe('Running number of a counted day'),
              why: words,
            }),
          ),
        })
        .nullable(),
    }),
  ),
});

/** POST /complaints/{number}/{action} */
export const consumerStepAnswer = z.strictObject({
  number: z.string(),
  state,
  withdrawalAsked: z.boolean(),
});

/** A case in the desk's list, and what a step answers. Of a sealed report only that it exists and is due. */
export const caseSummary = z.strictObject({
  number: z.string(),
  version: z.number().int(),
  kind,
  state,
  channel: z.string(),
  receivedAt: instant,
  receivedOn: day,
  sealed: z
    .boolean()
    .describe('A report that this person is not on: nothing of what it says is shown (Art. 37)'),
  business: z.strictObject({
    name: z.string().optional(),
    address: z.string().optional(),
    divisionCode: z.string().optional(),
    phone: z.string().optional(),
    contact: z.string().optional(),
  }),
  excerpt: z.string(),
  claimedFen: fen.nullable(),
  unitPath: z.array(z.string()),
  unit: unit.nullable(),
  officers: z.array(z.string()),
  leader: z.string().nullable(),
  coUnits: z.array(z.string()),
  due: day.nullable().describe('The next day by which something is owed; also shown of a sealed report'),
  nextLegalDate,
  paused: z.boolean(),
  late: z.array(z.enum(CLOCKS)).describe('Clocks that were not kept'),
  hubReason: z.strictObject({ code: z.string(), ...both, basis: z.string().optional() }).nullable(),
  awaitsApproval: z.boolean(),
  withdrawalAsked: z.boolean().describe('The consumer has withdrawn; an officer ends the mediation'),
  actions: z.array(z.string()).describe('Steps this person may take now'),
});

/** POST /desk/cases/{number}/{action} */
export const stepAnswer = caseSummary.extend({
  opened: z
    .string()
    .nullable()
    .describe('Number of the case that the step opened: a report split off, a clue'),
});

/** GET /desk/cases */
export const caseList = z.strictObject({
  unit: z.string(),
  cases: z.array(caseSummary),
  next: z.string().nullable().describe('Give as `after` for the next page'),
});

const historyEvent = z.strictObject({
  type: z.string(),
  version: z.number().int(),
  at: instant,
  on: day,
  actor: z.strictObject({ role: z.string(), id: z.string() }),
  facts: z.record(z.string(), z.unknown()),
  words: z.record(z.string(), z.string()),
  money,
});
const earlier = z.number().int().nullable().describe('Give as `before` for older events');

const understood = understoodSchema
  .omit({ respondent: true, place: true, parts: true, asks: true })
  .extend({
    respondent: z
      .strictObject({ words: z.string(), confidence: z.number(), spans: z.array(textSpan) })
      .optional(),
    place: z.strictObject({ words: z.string(), confidence: z.number(), spans: z.array(textSpan) }).optional(),
    authorities: z.array(z.strictObject({ id: z.string(), ...both, phone: z.string() })),
    missing: z.array(z.strictObject({ code: z.string(), ...both })),
    questions: z.array(z.strictObject({ about: z.string(), ...both })),
    parts: z
      .strictObject({ complaint: z.string(), report: z.string() })
      .optional()
      .describe('Of a message that is complaint and report in one: the business reads the first part only'),
  })
  .describe('What the system read in the words; `spans` are places in `complaint.text`');

/** GET /desk/cases/{number} */
export const caseDetail = caseSummary.extend({
  complaint: z.looseObject({ text: z.string() }).nullable(),
  understood: understood.nullable(),
  linkedTo: z.string().nullable(),
  lead: z.string().nullable(),
  joined: z.array(z.string()),
  ground: ground.nullable(),
  money,
  promisedOn: day.nullable(),
  told: z.record(z.string(), day).describe('`form-8.business` → the day that party was told'),
  consents: z.record(z.string(), z.boolean()),
  forms: z.array(
    z.strictObject({
      form: z.string(),
      documentNumber: z.string().optional(),
      on: day,
      version: z.number().int(),
    }),
  ),
  result: z
    .strictObject({ found: z.string(), done: z.string(), received: z.string(), routes: z.string() })
    .nullable(),
  proposal: z
    .strictObject({
      action: z.string(),
      facts: z.record(z.string(), z.unknown()),
      words: z.record(z.string(), z.string()),
      by: z.string(),
    })
    .nullable(),
  erased: z.boolean(),
  mayReadIdentity: z.boolean(),
  clocks: z.array(clockView),
  history: z.array(historyEvent),
  earlier,
});

/** GET /desk/cases/{number}/history */
export const historyAnswer = z.strictObject({ history: z.array(historyEvent), earlier });

/** GET /desk/cases/{number}/complainant */
export const complainantAnswer = z.strictObject({ complainant: identity.nullable() });

/** GET /desk/reports/{number}/informer */
export const informerAnswer = z.strictObject({ informer: identity.nullable() });

/** POST /desk/reports/{number}/reclassify */
export const reclassifiedAnswer = z.strictObject({
  number: z.string(),
  version: z.number().int(),
  state,
  taken: z
    .strictObject({ number: z.string(), kind })
    .describe('The case that the message was taken up as; it does not point back to the report'),
});

/** GET /desk/cases/{number}/reads */
export const readsAnswer = z.strictObject({
  reads: z.array(
    z.strictObject({
      number: z.string(),
      at: instant,
      staff: z.string(),
      role: z.string(),
      reason: z.string(),
    }),
  ),
});

/** GET /desk/cases/{number}/signs */
export const signsAnswer = z.strictObject({
  signs: z.array(
    z.strictObject({
      id: z.string(),
      ...both,
      basis: z.string(),
      cases: z.array(z.string()).describe('The cases behind the sign'),
    }),
  ),
});

/** GET /desk/cases/{number}/notices */
export const noticesAnswer = z.strictObject({ notices: z.array(z.looseObject({ id: z.string() })) });

/** GET /statistics */
export const statisticsAnswer = z.strictObject({
  unit: z.strictObject({ code: z.string(), name: z.string(), kind: z.string() }),
  from: day,
  to: day,
  asOf: instant,
  cases: z.record(z.string(), z.number().int()),
  money: z.record(z.string(), fen),
  indicators: z.array(
    z.strictObject({
      id: z.string(),
      ...both,
      formula: words,
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

/** GET /desk/cases/{number}/forms/{form}?format=json: the wording of a form, for a preview. */
export const formPreview = z.strictObject({
  form: z.string(),
  title: z.string(),
  documentNumber: z.string().nullable().describe('Missing on a draft that no step has issued'),
  paragraphs: z.array(
    z.strictObject({
      align: z.enum(['indent', 'left', 'center', 'right']),
      runs: z.array(z.looseObject({ text: z.string() })),
    }),
  ),
  missing: z
    .array(z.strictObject({ key: z.string(), ...both }))
    .describe('Required values that are not known'),
  unrenderable: z.array(z.string()).describe('Characters that no font has'),
});
