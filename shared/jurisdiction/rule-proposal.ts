import * as z from 'zod';
import { addDays, type Instant, type LocalDate } from '../dates.ts';
import { sha256 } from '../sha256.ts';
import type { Registry } from './registry.ts';
import { STANDINGS } from './review-rules.ts';
import { type RoutingRule, storedRule } from './routing-rule.ts';
import type { Trial } from './trial.ts';

/** Where a proposed change comes from. */
export const PROPOSAL_KINDS = {
  learnt: { zh: '从办结案件学到', en: 'Learnt from cases' },
  returns: { zh: '反复退回', en: 'Repeated returns' },
} as const satisfies Record<string, { zh: string; en: string }>;

export const PROPOSAL_STATES = {
  open: { zh: '待审', en: 'To be reviewed' },
  accepted: { zh: '已采纳', en: 'Accepted' },
  declined: { zh: '不采纳', en: 'Declined' },
  undone: { zh: '采纳后撤回', en: 'Accepted and taken back' },
} as const satisfies Record<string, { zh: string; en: string }>;

const MOST_WAYS = 20;
const MOST_CASES = 10;
const keysOf = <T extends object>(names: T) => Object.keys(names) as [keyof T & string];
const count = z.int().min(0);
const outcomes = z.object({ right: count, wrong: count, dispatcher: count });

/** What a trial on past cases said, without the cases. */
const keptTrial = z.object({
  days: count,
  on: z.iso.date(),
  cases: count,
  known: count,
  moved: count,
  ways: z.array(z.object({ from: z.string().optional(), to: z.string().optional(), cases: count })),
  toDispatcher: count,
  fromDispatcher: count,
  returned: count,
  returnsSaved: count,
  returnsCaused: count,
  before: outcomes,
  after: outcomes,
});

/** A change of rules for a person to decide about; nothing of it acts before. */
export const ruleProposal = z.object({
  id: z.string(),
  kind: z.enum(keysOf(PROPOSAL_KINDS)),
  standing: z.enum(keysOf(STANDINGS)).optional(),
  /** Rules in force that end with it, by id. */
  ends: z.array(z.string()),
  /** Rules that begin; one of the id of a rule in force takes its place. */
  rules: z.array(storedRule),
  /** What is thought of it: `decline` where the trial leads more cases astray than right. */
  advice: z.enum(['accept', 'decline']),
  evidence: z.object({
    /** Cases with its words that ended with its unit, elsewhere, and how many of all a dispatcher had sent. */
    here: count,
    elsewhere: count,
    byPeople: count,
    returns: count,
    hoursLost: z.number(),
    /** Returns by reason. */
    reasons: z.record(z.string(), count),
    /** Where the returned cases ended. */
    units: z.array(z.object({ unit: z.string(), cases: count })),
    cases: z.array(z.string()),
  }),
  trial: keptTrial,
  computedAt: z.string(),
  /** Version of the register that it was made for. */
  register: z.int(),
  version: z.int().positive(),
  state: z.enum(keysOf(PROPOSAL_STATES)),
  decided: z
    .object({
      by: z.string(),
      at: z.string(),
      /** First day in force, and the version of the register that has it. */
      from: z.iso.date().optional(),
      register: z.int().optional(),
      reason: z.string().optional(),
    })
    .optional(),
});

export type RuleProposal = z.output<typeof ruleProposal>;
export type RuleChange = Pick<RuleProposal, 'ends' | 'rules'>;

/** What a trial keeps for the proposal. */
export function trialToKeep(trial: Trial, on: LocalDate, days: number): RuleProposal['trial'] {
  return keptTrial.parse({ ...trial, on, days, ways: trial.ways.slice(0, MOST_WAYS) });
}

/** A proposal as it is first kept. The same change has the same id, whenever it is computed. */
export function newProposal(found: Omit<RuleProposal, 'id' | 'version' | 'state' | 'decided'>): RuleProposal {
  const key = JSON.stringify([
    found.kind,
    [...found.ends].sort(),
    found.rules.map(({ precision, word, within, numbers, unit, decidedBy }) => [
      precision,
      word,
      within,
      numbers,
      unit,
      decidedBy,
    ]),
  ]);
  const cases = found.evidence.cases.slice(0, MOST_CASES);
  return {
    ...found,
    evidence: { ...found.evidence, cases },
    id: sha256(key).slice(0, 20),
    version: 1,
    state: 'open',
  };
}

/** The rules that a change writes, each by its id: those that end with their last day, those that begin with their first. */
export function rulesOfChange(
  { ends, rules }: RuleChange,
  registry: Pick<Registry, 'rules'>,
  from: LocalDate,
): RoutingRule[] {
  const begins = new Set(rules.map(({ id }) => id));
  const last = addDays(from, -1);
  const ended = registry.rules
    .filter(({ id, to }) => (ends.includes(id) || begins.has(id)) && (to === undefined || to > last))
    .map((rule) => ({
      ...rule,
      // What takes its place has its id; until that day the old one goes on under another.
      id: begins.has(rule.id) ? `${rule.id}~${from}` : rule.id,
      to: last,
    }));
  return [...ended, ...rules.map((rule) => ({ ...rule, from }))];
}

/** A register as it would be with a change, in force at once: what a trial asks. */
export function withChange(registry: Registry, { ends, rules }: RuleChange): Registry {
  const gone = new Set([...ends, ...rules.map(({ id }) => id)]);
  return { ...registry, rules: [...registry.rules.filter(({ id }) => !gone.has(id)), ...rules] };
}

interface Decision {
  by: string;
  at: Instant;
}

/** True while somebody may still accept it. */
export const isOpen = ({ state }: Pick<RuleProposal, 'state'>) => state === 'open' || state === 'undone';

export function accept(
  found: RuleProposal,
  decision: Decision & { from: LocalDate; register: number },
): RuleProposal {
  return { ...found, version: found.version + 1, state: 'accepted', decided: decision };
}

export function decline(found: RuleProposal, decision: Decision & { reason: string }): RuleProposal {
  return { ...found, version: found.version + 1, state: 'declined', decided: decision };
}

/** What had been accepted is no longer in force: the register went back to the version before. */
export function takeBack(found: RuleProposal, decision: Decision & { register: number }): RuleProposal {
  return { ...found, version: found.version + 1, state: 'undone', decided: decision };
}

/**
 * What is kept when the same change is computed again: newer figures of what is still open; what people have decided
 * stays as it was decided.
 */
export function renewed(known: RuleProposal | undefined, fresh: RuleProposal): RuleProposal | undefined {
  if (known === undefined) return fresh;
  if (!isOpen(known)) return undefined;
  return { ...fresh, version: known.version + 1, state: known.state, decided: known.decided };
}
