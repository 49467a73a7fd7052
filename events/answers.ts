import * as z from 'zod';
import { RECOGNISED_BY } from '../shared/businesses/recognised.ts';
import { KINDS, type Kind } from '../shared/case/case.ts';
import { STATES, type State } from '../shared/case/life-cycle.ts';
import { ENTRY_FIELDS, type EntryFieldName } from '../shared/desk-entry/fields.ts';
import { UNIT_KINDS, type Unit } from '../shared/jurisdiction/registry.ts';
import { CLOCKS } from '../shared/law/rule-packs.ts';
import { PARTNER_KINDS, WHY_FITTING } from '../shared/partners/partner.ts';
import { URGENCIES } from '../shared/understanding/understanding.ts';
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

/** POST /desk/entries */
export const entryAnswer = z.strictObject({
  number: z.string(),
  kind,
  again: z
    .boolean()
    .describe('It was registered before: by this entry, or the work order was handed over already'),
  channel: z.string(),
  receivedOn: day,
  externalNumber: z.string().nullable(),
  secret: z.string().nullable().describe('For who stands at the desk; null where it cannot be given again'),
  nextLegalDate,
});

const entryField = keys<EntryFieldName>(ENTRY_FIELDS);

/** POST /desk/entries/read */
export const readEntryAnswer = z.strictObject({
  fields: z.array(
    z.strictObject({
      field: entryField,
      value: z.union([z.string(), z.number().int()]).describe('Sums in fen, days YYYY-MM-DD'),
      start: z.number().int().describe('From where to where in the pasted text it was read'),
      end: z.number().int(),
      sure: z.boolean().describe('False: read from running words, to be looked at'),
    }),
  ),
});

/** POST /desk/imports/preview */
export const importPreview = z.strictObject({
  columns: z.array(
    z.strictObject({
      header: z.string(),
      field: entryField.nullable().describe('null: the column is left out'),
    }),
  ),
  sheets: z.array(z.string()),
  rows: z.array(
    z.strictObject({
      row: z.number().int().describe('As the spreadsheet counts'),
      cells: z.array(z.string()),
      entry: z
        .record(z.string(), z.unknown())
        .nullable()
        .describe('For POST /desk/imports; null with problems'),
      problems: z.array(z.strictObject({ column: z.string().nullable(), field: words, ...both })),
      sameAs: z.number().int().nullable().describe('The row above that says the same'),
      registered: z.string().nullable().describe('The case that it already is'),
    }),
  ),
});

/** POST /desk/imports */
export const importAnswer = z.strictObject({
  results: z
    .array(
      z.strictObject({
        number: z.string().nullable().describe('null: to be sent again'),
        again: z.boolean().describe('It was registered before'),
      }),
    )
    .describe('One for each entry, in their order'),
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
  first: z
    .strictObject({
      name: z.string(),
      kind: z.strictObject({ code: keys(PARTNER_KINDS), ...both }),
      offer: z
        .strictObject({
          offeredFen: fen,
          terms: z.string(),
          promisedOn: day.nullable(),
          confirmBy: day.nullable().describe('Last day for the consumer’s word; null when it was given'),
        })
        .nullable(),
    })
    .nullable()
    .describe('The rights station or business that tries to settle first, and what it offers'),
  answer: z.string().nullable().describe('What an inquiry was answered, or where to turn'),
  authority: z
    .strictObject({
      name: z.string(),
      address: z.string(),
      phone: z.string(),
      confirmed: z.boolean().describe('False while the hub still looks at it'),
    })
    .nullable()
    .describe('The authority elsewhere that is competent instead'),
  withdrawalAsked: z.boolean(),
  reopenAsked: z.boolean().describe('The person asked that it be taken up again; a head decides'),
  points: z.number().int().nullable().describe('What the person gave in this round, 1 to 5'),
  actions: z
    .array(z.string())
    .describe(
      'Steps the person may take now: withdraw, insist, confirm-settlement, add-words, rate, ask-reopen',
    ),
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
    platform: z.string().optional(),
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
  reopenAsked: z.boolean().describe('The consumer asks that it be taken up again; why stands in the history'),
  urgent: z.array(z.enum(URGENCIES)).describe('What cannot wait, as the words were understood'),
  mentioned: z.boolean().describe('A note asks this person to look at it'),
  actions: z.array(z.string()).describe('Steps this person may take now'),
  workingOn: z
    .strictObject({ staff: z.string(), until: instant })
    .nullable()
    .describe('Who works on it now: until then steps of others are refused; null also on a sealed report'),
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
  looked: z
    .number()
    .int()
    .describe('Cases that were looked at for this page: with a narrow filter a page may be short, or empty'),
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

const namedUnit = z.strictObject({ code: z.string(), name: z.string() });
const unitToCall = namedUnit.extend({
  phone: z.string(),
  contact: z.string().nullable(),
  dutyHours: z.string().nullable().describe('When somebody is there: 08:30-17:30, Beijing time'),
});
const routing = z
  .strictObject({
    version: z.number().int().describe('Of the register that was asked'),
    threshold: z.number(),
    ground: z.strictObject({ code: z.string(), ...both, basis: z.string() }),
    decided: unitToCall.extend({ confidence: z.number() }).nullable(),
    reason: z.strictObject({ code: z.string(), ...both }).nullable(),
    proposals: z.array(unitToCall).describe('At most three, the likeliest first'),
    matches: z.array(
      z.strictObject({
        rule: z.string(),
        precision: z.strictObject({ code: z.string(), ...both }),
        unit: namedUnit,
        confidence: z.number(),
        fact: z.strictObject({
          in: z.string(),
          start: z.number().int().optional(),
          end: z.number().int().optional(),
        }),
        verdict: z.strictObject({ ...both }),
      }),
    ),
    read: z
      .array(
        z.strictObject({
          what: z.strictObject({ code: z.string(), ...both }),
          start: z.number().int(),
          end: z.number().int(),
          confidence: z.number(),
        }),
      )
      .describe('What was read out of the text to know whose place is asked, and where it stands'),
    elsewhere: z
      .strictObject({
        division: z.string(),
        authority: z
          .strictObject({
            division: z.string(),
            name: z.string(),
            address: z.string(),
            phone: z.string(),
          })
          .nullable(),
      })
      .nullable()
      .describe('Who is competent instead'),
  })
  .describe('Why the system sent it there: all that was weighed, and what became of each');

const understood = understoodSchema
  .omit({ respondent: true, place: true, parts: true, asks: true, business: true })
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

const recognised = z
  .strictObject({
    creditCode: z.string().nullable().describe('The business that is meant; null where nobody knows'),
    name: z.string().nullable(),
    confidence: z.number(),
    by: z.strictObject({ code: keys(RECOGNISED_BY), ...both }),
    candidates: z.array(
      z.strictObject({
        creditCode: z.string(),
        name: z.string().nullable(),
        address: z.string().nullable(),
        score: z.number(),
        why: z.array(z.strictObject({ code: z.string(), points: z.number(), ...both })),
      }),
    ),
  })
  .describe('Which business of the register is meant, with the points and reasons of each candidate');

/** GET /desk/cases/{number} */
export const caseDetail = caseSummary.extend({
  externalNumber: z.string().nullable().describe('Number of who handed it over'),
  complaint: z.looseObject({ text: z.string() }).nullable(),
  understood: understood.nullable(),
  recognised: recognised.nullable(),
  routing: routing.nullable(),
  linkedTo: z.string().nullable(),
  lead: z.string().nullable(),
  joined: z.array(z.string()),
  ground: ground.nullable(),
  money,
  promisedOn: day.nullable(),
  offer: z
    .strictObject({
      partner: z.string(),
      name: z.string(),
      kind: z.strictObject({ code: keys(PARTNER_KINDS), ...both }),
      contactAgreed: z.boolean(),
      offeredFen: fen.nullable(),
      promisedOn: day.nullable(),
    })
    .nullable()
    .describe('The rights station or business that the case was handed to first'),
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

const milliseconds = z.number().int().nullable();

/** GET /desk/cases/{number}/call */
export const callAnswer = z.strictObject({
  call: z
    .strictObject({
      startedAt: instant.nullable(),
      language: z.string().nullable(),
      redacted: z.boolean().describe('Names and numbers were taken out'),
      partial: z.boolean().describe('The engine broke off, or more is to come'),
      roles: z
        .strictObject({ by: z.enum(['labels', 'words', 'nothing']), confidence: z.number() })
        .describe('How the speakers were told apart, and how sure that is'),
      turns: z.array(
        z.strictObject({
          speaker: z.enum(['caller', 'agent', 'unknown']),
          text: z.string(),
          startMs: milliseconds.describe('From the beginning of the recording'),
          endMs: milliseconds,
        }),
      ),
      moments: z
        .array(
          z.strictObject({
            field: z.string(),
            confidence: z.number(),
            span: textSpan.describe('In the text of the complaint'),
            turn: z.number().int(),
            startMs: milliseconds,
            endMs: milliseconds,
            exact: z.boolean().describe('The time of the very words, or of the whole turn'),
          }),
        )
        .describe('When the words were said that a field rests on'),
      problems: z.array(z.strictObject({ code: z.string(), ...both, field: z.string() })),
    })
    .nullable()
    .describe('Null when the case came by another channel, or the words were erased'),
});

/** GET /desk/contacts */
export const contactsAnswer = z.strictObject({
  on: day,
  contacts: z.array(
    z.strictObject({
      channel: z.string(),
      at: instant,
      reason: z.strictObject({ code: z.string(), ...both }).describe('Why it is no case'),
      from: z.string().nullable(),
      text: z.string().describe('The words, cut; of a file that cannot be read its name'),
    }),
  ),
  next: z.string().nullable(),
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
  matters: z
    .array(
      z.strictObject({
        number: z.string(),
        same: z.enum(['yes', 'maybe']),
        why: z.array(z.strictObject({ code: z.string(), ...both })),
        join: z
          .strictObject({ case: z.string(), lead: z.string() })
          .nullable()
          .describe('Which case this person may join under which now'),
      }),
    )
    .describe('Other complaints of the same phone that may be about the same matter'),
});

/** GET /desk/cases/{number}/partners */
export const partnerProposals = z.strictObject({
  partners: z.array(
    z.strictObject({
      code: z.string(),
      name: z.string(),
      kind: z.strictObject({ code: keys(PARTNER_KINDS), ...both }),
      why: z.strictObject({ code: keys(WHY_FITTING), ...both }).nullable(),
    }),
  ),
});

/** A case as the rights station or business sees it that is asked to settle it. */
const partnerCase = z.strictObject({
  number: z.string(),
  state: z.strictObject({ code: z.enum(['open', 'offered', 'settled', 'over']), ...both }),
  offeredOn: day.describe('Day it was handed over'),
  answerBy: day.nullable().describe('Last day for an answer; null when none is awaited'),
  confirmBy: day.nullable().describe('Last day for the consumer’s word on the offer'),
  business: z.string().nullable(),
  claimedFen: fen.nullable(),
});

/** GET /partner/cases */
export const partnerCaseList = z.strictObject({
  cases: z.array(partnerCase),
  next: z.string().nullable().describe('Give as `after` for the next page'),
});

/** GET /partner/cases/{number} */
export const partnerCaseDetail = partnerCase.extend({
  partner: z.strictObject({ code: z.string(), name: z.string(), kind: keys(PARTNER_KINDS) }),
  complaint: z
    .strictObject({
      text: z
        .string()
        .nullable()
        .describe('null where a report stands in the words too, and nobody has told them apart (Art. 37)'),
      request: z.string().nullable(),
      business: z.strictObject({ name: z.string().nullable(), address: z.string().nullable() }),
      occurredOn: day.nullable(),
      receivedOn: day,
      paidFen: fen.nullable(),
      claimedFen: fen.nullable(),
    })
    .nullable()
    .describe('null when the case is not with the partner any more'),
  consumer: z
    .strictObject({ name: z.string(), phone: z.string() })
    .nullable()
    .describe('Only if the consumer agreed to be contacted; each reading is kept'),
  answer: z
    .union([
      z.strictObject({
        answer: z.literal('settle'),
        offeredFen: fen,
        terms: z.string().optional(),
        promisedOn: day.optional(),
        receivedAt: instant,
      }),
      z.strictObject({
        answer: z.literal('hand-back'),
        reason: z.string().optional(),
        receivedAt: instant,
      }),
    ])
    .nullable(),
  unit: z.strictObject({ name: z.string(), phone: z.string() }).nullable().describe('Whom to call'),
});

/** POST /partner/cases/{number}/answer: the same for every repeat of the same answer. */
export const partnerReceipt = z.strictObject({
  number: z.string(),
  answer: z.enum(['settle', 'hand-back']),
  receivedAt: instant,
});

/** GET /desk/cases/{number}/notices */
export const noticesAnswer = z.strictObject({ notices: z.array(z.looseObject({ id: z.string() })) });

/** POST /channels/sms/{provider}, of the providers that read JSON: Aliyun. */
export const pushAnswer = z.strictObject({ code: z.number().int(), msg: z.string() });

/** GET /statistics */
export const statisticsAnswer = z.strictObject({
  unit: z.strictObject({ code: z.string(), name: z.string(), kind: z.string() }),
  from: day,
  to: day,
  asOf: instant,
  roundedTo: z
    .number()
    .int()
    .nullable()
    .describe('Below the bureau counts are rounded to a multiple of this, money to 1,000 yuan; null: exact'),
  cases: z.record(z.string(), z.number().int()),
  money: z.record(z.string(), fen.nullable()).describe('null: too few have a part in it'),
  indicators: z.array(
    z.strictObject({
      id: z.string(),
      ...both,
      formula: words,
      source: z.string(),
      view: z
        .enum(['flow', 'cohort'])
        .describe('cohort: of the cases received in the period, how many by now'),
      numerator: z.number().int(),
      denominator: z.number().int(),
      rate: z.number().nullable(),
      comparable: z.boolean().describe('False: too few cases to compare anybody by it'),
      interval: z.strictObject({ from: z.number(), to: z.number() }).nullable().describe('95 %, Wilson'),
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
      kind: z.enum(Object.keys(UNIT_KINDS) as [Unit['kind'], ...Unit['kind'][]]),
      name: z.string(),
      parent: z.string().optional(),
      place: z
        .strictObject({ column: z.number().int(), row: z.number().int() })
        .optional()
        .describe('Where it lies to the others on a sketch of the bureau'),
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

export const phoneCodeAnswer = z.strictObject({
  needed: z.boolean().describe('False where the bureau wants no proof of the phone'),
  endsAt: instant.optional(),
});
