import type { CaseEvent } from '../case/case.ts';
import { HUB_REASONS } from '../case/grounds.ts';
import { authorityOf, COMPETENCE } from './competence.ts';
import { decide, explanationSchema, READ, VERDICTS, verdicts } from './explanation.ts';
import { byCode, type Registry } from './registry.ts';
import { PRECISIONS } from './routing-rule.ts';

/**
 * Why a case went where the system sent it, in words: each fact that was weighed, what became of it, the alternatives; and
 * the authority elsewhere to which people are to be sent. As the system weighed it last, also where a person decided otherwise;
 * null where it never did, or did before there were rules.
 * @param events of the case, in any order
 */
export function explanationView(events: readonly CaseEvent[], { units, authorities = [] }: Registry) {
  const [latest] = events
    .filter(({ facts }) => facts.routing !== undefined)
    .toSorted((a, b) => b.version - a.version);
  const parsed = explanationSchema.safeParse(latest?.facts.routing);
  if (!parsed.success) return null;
  const explanation = parsed.data;
  const decision = decide(explanation);
  const became = verdicts(explanation);
  const known = byCode(units);
  const unitOf = (code: string) => ({ code, name: known.get(code)?.name ?? code });
  /** With whom to ask for, and when somebody is there. */
  const unitToCall = (code: string) => {
    const { phone = '', contact, dutyHours } = known.get(code) ?? {};
    return { ...unitOf(code), phone, contact: contact ?? null, dutyHours: dutyHours ?? null };
  };
  const { elsewhere, ground, threshold, version } = explanation;
  return {
    version,
    threshold,
    ground: { code: ground, ...COMPETENCE[ground] },
    decided: decision.found ? { ...unitToCall(decision.unit), confidence: decision.confidence } : null,
    reason: decision.found ? null : { code: decision.reason, ...HUB_REASONS[decision.reason] },
    proposals: decision.found ? [] : decision.candidates.map(unitToCall),
    matches: explanation.matches.map(({ rule, precision, unit, confidence, fact }, index) => ({
      rule,
      precision: { code: precision, ...PRECISIONS[precision] },
      unit: unitOf(unit),
      confidence,
      fact,
      verdict: VERDICTS[became[index] ?? 'less-close'],
    })),
    read: (explanation.read ?? []).map(({ what, ...reading }) => ({
      what: { code: what, ...READ[what] },
      ...reading,
    })),
    elsewhere:
      elsewhere === undefined
        ? null
        : { division: elsewhere, authority: authorityOf(elsewhere, authorities) ?? null },
  };
}
