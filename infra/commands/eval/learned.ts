import { createClassifier } from '../../../shared/understanding/learning/classify.ts';
import { type Example, type TrainOptions, trainModel } from '../../../shared/understanding/learning/train.ts';
import { CommandFailure } from '../command-line.ts';
import {
  calibrationError,
  calibrationTable,
  confusionTable,
  measureClasses,
  perClassTable,
  round,
} from './measures.ts';
import type { Line, Report, TaskInput } from './task.ts';

/** A labelled line as an example, with the id to name it by. */
export type LabelledExample = Example & { id: string };

interface Judged {
  id: string;
  text: string;
  expected: string;
  got: string;
  confidence: number;
  right: boolean;
}

const FOLDS = 5;

/**
 * Measures a learned class: trained on the lines of the --train files; without them on four fifths of the file
 * itself for each fifth (a line goes to the fold of its place, modulo five).
 * @throws CommandFailure for a line without label, or without text and tokens
 */
export function measureLearned(
  { lines, train, startProgress }: TaskInput,
  exampleOf: (line: Line) => LabelledExample,
  options: TrainOptions,
): Report {
  const examples = lines.map(exampleOf);
  const given = train.flat().map(exampleOf);
  const progress = startProgress('训练与判断 / training, answering', examples.length);
  const judge = (learnt: readonly LabelledExample[], asked: readonly LabelledExample[]): Judged[] => {
    const classify = createClassifier(
      trainModel({ name: 'eval', classes: classesOf(learnt) }, learnt, options),
    );
    return asked.map((example) => {
      progress.advance();
      const text = example.text ?? example.tokens ?? '';
      const { label: got, confidence } = classify({ title: example.title, text });
      const shown = [example.title, text].filter((part) => part !== undefined).join('\n');
      return {
        id: example.id,
        text: shown,
        expected: example.label,
        got,
        confidence,
        right: got === example.label,
      };
    });
  };
  const judged =
    given.length > 0
      ? judge(given, examples)
      : Array.from({ length: FOLDS }, (_, fold) =>
          judge(
            examples.filter((_example, at) => at % FOLDS !== fold),
            examples.filter((_example, at) => at % FOLDS === fold),
          ),
        ).flat();
  progress.stop();
  return reportOf(judged, given.length);
}

/** The classes that occur, in the order of their names. */
export const classesOf = (examples: readonly Example[]): { id: string }[] =>
  [...new Set(examples.map(({ label }) => label))].sort().map((id) => ({ id }));

/** A line `{ label, tokens }` or `{ label, text, title? }`. */
export function labelledExampleOf(line: Line): LabelledExample {
  const { id, title, text, tokens, label } = line;
  if (typeof label !== 'string') throw new CommandFailure(`没有 label / has no label: ${String(id)}`);
  if (typeof text !== 'string' && typeof tokens !== 'string') {
    throw new CommandFailure(`没有 text 或者 tokens / has no text or tokens: ${String(id)}`);
  }
  return {
    id: String(id),
    label,
    title: typeof title === 'string' ? title : undefined,
    text: typeof text === 'string' ? text : undefined,
    tokens: typeof tokens === 'string' ? tokens : undefined,
  };
}

function reportOf(judged: readonly Judged[], trainedOn: number): Report {
  const { macroF1, accuracy } = measureClasses(judged);
  return {
    figures: {
      n: judged.length,
      macro_f1: round(macroF1),
      accuracy: round(accuracy),
      calibration_error: round(calibrationError(judged)),
      trained_on: trainedOn,
      method: trainedOn > 0 ? 'train files' : `${FOLDS}-fold cross-validation in the file itself`,
    },
    tables: [
      perClassTable('by class', judged),
      confusionTable('confusion (rows: right, columns: answered)', judged),
      calibrationTable('calibration', judged),
    ],
    mistakes: judged
      .filter(({ right }) => !right)
      .sort((one, other) => other.confidence - one.confidence)
      .map(({ id, expected, got, confidence, text }) => ({
        id,
        field: 'label',
        expected,
        got,
        confidence: round(confidence),
        text,
      })),
  };
}
