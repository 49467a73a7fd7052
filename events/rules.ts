import * as z from 'zod';
import { isLocalDate } from '../shared/dates.ts';
import { PROPOSAL_KINDS, PROPOSAL_STATES, ruleProposal } from '../shared/jurisdiction/rule-proposal.ts';
import { requiredWords } from './words.ts';

/*
 * Proposed changes of the routing rules, reviewed at the desk: /desk/rules/proposals, /desk/rules/undo.
 */

const keys = <Key extends string>(table: Readonly<Record<Key, unknown>>) =>
  z.enum(Object.keys(table) as [Key, ...Key[]]);
const registerVersion = z
  .int()
  .min(1)
  .describe(
    'Version of the register that the person looked at; a register that has changed since is left alone',
  );

/** GET /desk/rules/proposals */
export const proposalListQuery = z.strictObject({
  state: keys(PROPOSAL_STATES).default('open'),
});

/** POST /desk/rules/proposals/{id} */
export const proposalPath = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{20}$/, '没有这样的编号 / This is not the id of a proposal'),
});
const version = z.int().min(1).describe('Version of the proposal that the person looked at');
export const proposalDecision = z.discriminatedUnion(
  'decision',
  [
    z.strictObject({
      decision: z.literal('accept'),
      version,
      register: registerVersion,
      from: z
        .string()
        .refine(isLocalDate, '日期应写作 2026-11-21 / Write the date as 2026-11-21')
        .optional()
        .describe('First day in force, today or later; today when left out'),
    }),
    z.strictObject({ decision: z.literal('decline'), version, reason: requiredWords(300) }),
  ],
  '请写 accept（采纳）或 decline（不采纳） / Either accept or decline',
);

/** POST /desk/rules/undo */
export const rulesUndo = z.strictObject({ register: registerVersion });

const both = { zh: z.string(), en: z.string() };
const unit = z.strictObject({ code: z.string(), name: z.string() });
const { trial, evidence } = ruleProposal.shape;
const proposal = z.strictObject({
  ...ruleProposal.shape,
  kind: z.strictObject({ code: keys(PROPOSAL_KINDS), ...both }),
  state: z.strictObject({ code: keys(PROPOSAL_STATES), ...both }),
  standing: z.strictObject({ code: z.string(), ...both }).nullable(),
  rules: z.array(
    z.strictObject({
      ...ruleProposal.shape.rules.element.shape,
      unit,
      precision: z.strictObject({ code: ruleProposal.shape.rules.element.shape.precision, ...both }),
    }),
  ),
  evidence: z.strictObject({
    ...evidence.shape,
    reasons: z.array(z.strictObject({ code: z.string(), ...both, returns: z.int() })),
    units: z.array(z.strictObject({ ...unit.shape, cases: z.int() })),
  }),
  trial: z.strictObject({
    ...trial.shape,
    ways: z
      .array(z.strictObject({ from: unit.nullable(), to: unit.nullable(), cases: z.int() }))
      .describe('null: the dispatcher'),
  }),
  decided: ruleProposal.shape.decided.unwrap().nullable(),
  actions: z.array(z.enum(['accept', 'decline'])).describe('What this person may do with it now'),
});

/** GET /desk/rules/proposals */
export const proposalList = z.strictObject({
  register: z.strictObject({
    version: z.int(),
    before: z.int().nullable(),
    next: z.strictObject({ version: z.int(), from: z.string() }).nullable(),
  }),
  mayUndo: z.boolean(),
  proposals: z.array(proposal),
});

/** POST /desk/rules/proposals/{id} */
export const proposalAnswer = proposal;

/** POST /desk/rules/undo */
export const undoAnswer = z.strictObject({
  register: proposalList.shape.register,
  takenBack: z.array(z.string()).describe('Proposals that are no longer in force with it'),
});
