import { byCode, type Registry } from '../../../shared/jurisdiction/registry.ts';
import { PRECISIONS } from '../../../shared/jurisdiction/routing-rule.ts';
import { PROPOSAL_KINDS, type RuleProposal } from '../../../shared/jurisdiction/rule-proposal.ts';

/** A proposed change of rules in lines for people, with its trial. */
export function describeProposal(
  { kind, ends, rules, advice, evidence, trial }: RuleProposal,
  { units }: Pick<Registry, 'units'>,
): string[] {
  const names = byCode(units);
  const called = (code: string | undefined) =>
    code === undefined ? '人工分派 / dispatcher' : `${code} ${names.get(code)?.name ?? ''}`.trim();
  const { zh, en } = PROPOSAL_KINDS[kind];
  const advised = advice === 'accept' ? '建议采纳 / accept' : '不建议采纳 / better not';
  return [
    `${zh} / ${en}（${advised}）`,
    ...ends.map((id) => `  停用 / ends: ${id}`),
    ...rules.map(
      ({ precision, word, decidedBy, unit }) =>
        `  改为 / becomes: ${PRECISIONS[precision].zh} ${word} → ${called(decidedBy === undefined ? unit : undefined)}`,
    ),
    `  最终 / ended: ${evidence.units.map(({ unit, cases }) => `${called(unit)} ${cases}`).join('，')}`,
    `  试算最近 ${trial.days} 天 ${trial.cases} 件 / tried on ${trial.cases} cases of ${trial.days} days: 改派 / moved ${trial.moved}，可免退回 / returns saved ${trial.returnsSaved}，新增退回 / returns caused ${trial.returnsCaused}，正确 / right ${trial.before.right} → ${trial.after.right}，错误 / wrong ${trial.before.wrong} → ${trial.after.wrong}`,
    ...trial.ways.map(({ from, to, cases }) => `    ${called(from)} → ${called(to)}: ${cases}`),
  ];
}
