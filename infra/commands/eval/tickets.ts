import { admissibilityOf } from '../../../shared/understanding/admissibility.ts';
import { createJudges, understand } from '../../../shared/understanding/understand.ts';
import { CommandFailure } from '../command-line.ts';
import { gazetteer } from '../knowledge.ts';
import { type Answer, confusionTable, measureClasses, perClassTable, round } from './measures.ts';
import type { Task } from './task.ts';

/**
 * Short acceptance cases: is it a matter of market supervision, is it ready to be accepted or must a person look, and
 * on which ground of Art. 16. Lines have problem_text, expected_is_market, expected_accept_suggestion and perhaps
 * expected_reason_type.
 */
export const tickets: Task = {
  zh: '受理判断:是否属于市场监管、可否受理、依据哪一项',
  en: 'acceptance: a matter of market supervision, ready to be accepted, on which ground',
  run: ({ lines, startProgress }) => {
    const knowledge = { gazetteer: gazetteer(), judges: createJudges() };
    const progress = startProgress('受理 / acceptance', lines.length);
    const read = lines.map((line) => {
      const { problem_text: text } = line;
      if (typeof text !== 'string') {
        throw new CommandFailure(`没有 problem_text / has no problem_text: ${String(line.id)}`);
      }
      const understood = understand({ text }, knowledge);
      const { suggestion, ground } = admissibilityOf(understood, text);
      progress.advance();
      return { line, text, market: ground !== 'out-of-scope', suggestion, ground };
    });
    progress.stop();
    const market = read.map(
      ({ line, market: got }): Answer => ({ expected: String(line.expected_is_market), got: String(got) }),
    );
    const suggestion = read.map(
      ({ line, suggestion: got }): Answer => ({ expected: String(line.expected_accept_suggestion), got }),
    );
    const ground = read
      .filter(({ line }) => line.expected_reason_type !== undefined)
      .map(
        ({ line, ground: got }): Answer => ({
          expected: groundOf(String(line.expected_reason_type)),
          got: got ?? 'none',
        }),
      );
    return {
      figures: {
        is_market_accuracy: round(measureClasses(market).accuracy),
        suggestion_accuracy: round(measureClasses(suggestion).accuracy),
        ground_accuracy: round(measureClasses(ground).accuracy),
        ground_macro_f1: round(measureClasses(ground).macroF1),
      },
      tables: [
        perClassTable('suggestion', suggestion),
        confusionTable('market (rows: right, columns: answered)', market),
        confusionTable('ground', ground),
      ],
      mistakes: read
        .filter(
          (one) =>
            String(one.line.expected_accept_suggestion) !== one.suggestion ||
            one.line.expected_is_market !== one.market,
        )
        .map(({ line, text, ...got }) => ({
          id: String(line.id),
          expected: [line.expected_is_market, line.expected_accept_suggestion, line.expected_reason_type],
          got: [got.market, got.suggestion, got.ground],
          text,
        })),
    };
  },
};

const GROUNDS: readonly [RegExp, string][] = [
  [/_1_/, 'out-of-scope'],
  [/_2_/, 'already-handled'],
  [/_5_/, 'missing-material'],
];

const groundOf = (type: string) => GROUNDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'none';
