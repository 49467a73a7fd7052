import type { Registry } from '../../../shared/jurisdiction/registry.ts';
import type { Outcomes, RuleTrial, Trial } from '../../../shared/jurisdiction/trial.ts';

const SHOWN = 20;

/** A trial in lines for people; units by their names. */
export function describeTrial(trial: Trial, { units }: Pick<Registry, 'units'>): string[] {
  const names = new Map(units.map(({ code, name }) => [code, name]));
  const called = (unit: string | undefined) =>
    unit === undefined ? '人工分派 / dispatcher' : `${unit} ${names.get(unit) ?? ''}`.trim();
  const { cases, known, moved, toDispatcher, fromDispatcher, returned, returnsSaved, returnsCaused } = trial;
  return [
    `案件 / cases: ${cases}，其中已知最终单位 / right unit known: ${known}，曾被退回 / returned: ${returned}`,
    `改派 / would move: ${moved}，新转人工 / newly to the dispatcher: ${toDispatcher}，不再转人工 / no longer: ${fromDispatcher}`,
    `可免退回 / returns saved: ${returnsSaved}，新增退回 / returns caused: ${returnsCaused}`,
    outcomesLine('现行 / in force', trial.before),
    outcomesLine('拟改 / proposed', trial.after),
    ...headed(
      '去向 / ways:',
      trial.ways.map((way) => `  ${called(way.from)} → ${called(way.to)}: ${way.cases}`),
    ),
    ...headed('规则 / rules:', trial.rules.filter((rule) => rule.moved > 0).map(ruleLine)),
    ...headed(
      '例 / examples:',
      trial.examples.map(
        ({ number, from, to, ended, rules }) =>
          `  ${number}: ${called(from)} → ${called(to)}${ended === undefined ? '' : `，最终 / ended ${called(ended)}`} (${rules.join(' ')})`,
      ),
    ),
  ];
}

const outcomesLine = (which: string, { right, wrong, dispatcher }: Outcomes) =>
  `${which}: 正确 / right ${right}，错误 / wrong ${wrong}，转人工 / dispatcher ${dispatcher}`;

const ruleLine = (one: RuleTrial) =>
  `  ${one.rule}: 确定 / decides ${one.decides}，改派 / moves ${one.moved}，转人工 / to dispatcher ${one.toDispatcher}，由错变对 / gains ${one.gained}，由对变错 / loses ${one.lost}，可免退回 / saves ${one.returnsSaved}，新增退回 / causes ${one.returnsCaused}`;

function headed(head: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > SHOWN ? [`  … +${lines.length - SHOWN}`] : [];
  return [head, ...lines.slice(0, SHOWN), ...more];
}
