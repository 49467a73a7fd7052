import type { CaseEvent } from '../case/case.ts';
import type { CaseNumber } from '../case/case-number.ts';
import type { ReturnReason } from '../case/grounds.ts';
import type { Instant } from '../dates.ts';
import { type Decision, decide, explanationSchema } from './explanation.ts';

const HOUR_MS = 3_600_000;

/** A unit handed a case back to the hub (退回). */
export interface Return {
  number: CaseNumber;
  unit: string;
  reason: ReturnReason;
  /** The rule that had sent it there; `dispatcher` when a person had. */
  rule: string;
  returnedAt: Instant;
  /** From when it was sent to the unit until somebody else had it; until now while nobody has. In hours. */
  hoursLost: number;
  /** The unit that has it now, if it went on to another one. */
  endedWith?: string | undefined;
}

/** The returns of one case, in order. Pure: the history alone says them. */
export function returnsOf(history: readonly CaseEvent[], now: Instant): Return[] {
  const sent = history.filter(({ type }) => type === 'distributed');
  return history
    .filter(({ type }) => type === 'returned')
    .flatMap((returned) => {
      const from = sent.findLast(({ version }) => version < returned.version);
      const next = sent.find(({ version }) => version > returned.version);
      if (from === undefined) return [];
      const last = sent.at(-1);
      const until = next?.at ?? now;
      const unit = String(from.facts.unit);
      const endedWith = last === undefined || last === from ? undefined : String(last.facts.unit);
      return [
        {
          number: returned.number,
          unit,
          reason: returned.facts.reason as ReturnReason,
          rule: ruleOf(from),
          returnedAt: returned.at,
          hoursLost: (Date.parse(until) - Date.parse(from.at)) / HOUR_MS,
          ...(endedWith === undefined || endedWith === unit ? {} : { endedWith }),
        },
      ];
    });
}

/** The rule by which a case was sent on; cases from before there were rules say by which kind of fact. */
function ruleOf({ facts, actor }: CaseEvent): string {
  if (actor.role !== 'system') return 'dispatcher';
  const explanation = explanationSchema.safeParse(facts.routing);
  const decision: Decision | undefined = explanation.success ? decide(explanation.data) : undefined;
  const basis = typeof facts.basis === 'string' ? facts.basis : 'unknown';
  return decision?.found === true ? decision.rule : basis;
}

/** Returns of one kind. */
export interface Lost {
  key: string;
  returns: number;
  hoursLost: number;
}

/** Returns and hours lost by what `keyOf` says, the most hours first. */
export function lostBy(returns: readonly Return[], keyOf: (one: Return) => string): Lost[] {
  return [...Map.groupBy(returns, keyOf)]
    .map(([key, group]) => ({
      key,
      returns: group.length,
      hoursLost: group.reduce((sum, { hoursLost }) => sum + hoursLost, 0),
    }))
    .sort((a, b) => b.hoursLost - a.hoursLost || (a.key < b.key ? -1 : 1));
}

/** A rule whose cases come back again and again, and end with one other unit. */
export interface Suspect {
  rule: string;
  from: string;
  to: string;
  /** Cases by number, at most ten. */
  cases: readonly CaseNumber[];
  returns: number;
}

/** So many returns to the same other unit, and this share of the rule's returns, are no accident. */
export const LEAST_RETURNS = 3;
export const LEAST_SHARE = 0.6;
const SHOWN_CASES = 10;

/** Rules that ought to be looked at, the most returns first. What a person sent by hand accuses no rule. */
export function suspectRules(returns: readonly Return[]): Suspect[] {
  const bySystem = returns.filter(({ rule, endedWith }) => rule !== 'dispatcher' && endedWith !== undefined);
  const all = Map.groupBy(bySystem, ({ rule, unit }) => `${rule} ${unit}`);
  return [...Map.groupBy(bySystem, ({ rule, unit, endedWith }) => `${rule} ${unit} ${endedWith}`).values()]
    .flatMap((group) => {
      const [first] = group;
      if (first?.endedWith === undefined || group.length < LEAST_RETURNS) return [];
      const { rule, unit, endedWith } = first;
      if (group.length / (all.get(`${rule} ${unit}`)?.length ?? 1) < LEAST_SHARE) return [];
      const cases = group.map(({ number }) => number).slice(0, SHOWN_CASES);
      return [{ rule, from: unit, to: endedWith, cases, returns: group.length }];
    })
    .sort((a, b) => b.returns - a.returns || (a.rule < b.rule ? -1 : 1));
}
