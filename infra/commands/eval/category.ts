import { type Classification, createClassifier } from '../../../shared/understanding/learning/classify.ts';
import { TRAIN_DEFAULTS, trainModel } from '../../../shared/understanding/learning/train.ts';
import { classesOf, labelledExampleOf, measureLearned } from './learned.ts';
import type { Line, Task, TaskInput } from './task.ts';

/** The class of a bureau's own taxonomy, learnt from its labelled messages or word lists. */
export const category: Task = {
  zh: '按训练集学得的类别(没有 --train 时在文件内交叉验证)',
  en: "the class of a bureau's taxonomy, learnt from --train files (else cross-validated in the file)",
  run: (input) => measureLearned(input, labelledExampleOf, TRAIN_DEFAULTS),
};

/** A classifier learnt from the lines of labelled files; takes some ten seconds for ten thousand lines. */
export function trainCategory(
  training: readonly (readonly Line[])[],
  startProgress: TaskInput['startProgress'],
): (message: { title?: string | undefined; text: string }) => Classification {
  const examples = training.flat().map(labelledExampleOf);
  const progress = startProgress('训练 / training', examples.length);
  const model = trainModel({ name: 'category', classes: classesOf(examples) }, examples);
  progress.advance(examples.length);
  progress.stop();
  return createClassifier(model);
}
