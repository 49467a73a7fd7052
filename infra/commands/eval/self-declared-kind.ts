import { FEW_EXAMPLES } from '../../../shared/understanding/learning/train.ts';
import { CommandFailure } from '../command-line.ts';
import { type LabelledExample, measureLearned } from './learned.ts';
import type { Line, Task } from './task.ts';

/** What the writer called the message (投诉, 举报, 咨询, 建议); not the legal kind, which `fields` measures. */
export const kind: Task = {
  zh: '写信人自称的性质(没有 --train 时在文件内交叉验证)',
  en: "the writer's own word for the message, learnt from --train files (else cross-validated in the file)",
  run: (input) => measureLearned(input, exampleOf, FEW_EXAMPLES),
};

function exampleOf({ id, title_without_cue: title, text, intent }: Line): LabelledExample {
  if (typeof text !== 'string' || typeof intent !== 'string') {
    throw new CommandFailure(`没有 text 或者 intent / has no text or intent: ${String(id)}`);
  }
  return { id: String(id), title: typeof title === 'string' ? title : undefined, text, label: intent };
}
