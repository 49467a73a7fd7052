import type { Registry } from '../../../shared/jurisdiction/registry.ts';
import type { Lost, Suspect } from '../../../shared/jurisdiction/returns.ts';
import type { RuleProposal } from '../../../shared/jurisdiction/rule-proposal.ts';
import { describeProposal } from './describe-proposal.ts';

/** What `npm run returns` prints. */
interface Figures {
  days: number;
  returns: number;
  hoursLost: number;
  byRule: readonly Lost[];
  byUnit: readonly Lost[];
  byReason: readonly Lost[];
  suspects: readonly Suspect[];
  proposals: readonly RuleProposal[];
}

const SHOWN = 10;

/** The figures in lines for people. */
export function describeReturns(
  { days, returns, hoursLost, byRule, byUnit, byReason, suspects, proposals }: Figures,
  registry: Pick<Registry, 'units'>,
): string[] {
  const table = (title: string, rows: readonly Lost[]) => [
    '',
    title,
    ...rows.slice(0, SHOWN).map((row) => `  ${row.returns}\t${row.hoursLost.toFixed(1)} h\t${row.key}`),
  ];
  return [
    `最近 ${days} 天退回 ${returns} 件，耽误 ${hoursLost.toFixed(1)} 小时 / ${returns} returns in the last ${days} days, ${hoursLost.toFixed(1)} hours lost`,
    ...(returns === 0
      ? []
      : [
          ...table('按规则 / by rule', byRule),
          ...table('按单位 / by unit', byUnit),
          ...table('按原因 / by reason', byReason),
        ]),
    ...suspects.flatMap(({ rule, from, to, returns: times, cases }) => [
      '',
      `建议核对规则 / look at the rule: ${rule}`,
      `  ${from} 退回 ${times} 件，最终归 ${to} / sent back ${times} times by ${from}, ended with ${to}`,
      `  ${cases.join(' ')}`,
    ]),
    ...proposals.flatMap((one) => ['', ...describeProposal(one, registry)]),
  ];
}
