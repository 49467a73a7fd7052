import { createJudges, understand } from '../../../shared/understanding/understand.ts';
import { CommandFailure } from '../command-line.ts';
import { gazetteer } from '../knowledge.ts';
import { round, share } from './measures.ts';
import type { Task } from './task.ts';

/**
 * Everyday texts that must not become cases. A line with `concerns: true` is one that must; those are counted apart.
 */
export const sms: Task = {
  zh: '日常短信有多少被误登记为案件',
  en: 'how many everyday texts would be registered as cases',
  run: ({ lines, startProgress }) => {
    const knowledge = { gazetteer: gazetteer(), judges: createJudges() };
    const progress = startProgress('短信 / texts', lines.length);
    const read = lines.map(({ id, text, concerns }) => {
      if (typeof text !== 'string') throw new CommandFailure(`没有 text / has no text: ${String(id)}`);
      const got = understand({ text, channel: 'sms' }, knowledge);
      progress.advance();
      return { id: String(id), text, expected: concerns === true, got };
    });
    progress.stop();
    const everyday = read.filter(({ expected }) => !expected);
    const wrong = everyday.filter(({ got }) => got.concerns);
    const concerning = read.filter(({ expected }) => expected);
    const kinds = [...new Set(read.map(({ got }) => got.kind.value))].sort();
    return {
      figures: {
        everyday: everyday.length,
        false_registrations: wrong.length,
        false_registration_rate: round(share(wrong.length, everyday.length)),
        concerning: concerning.length,
        missed: concerning.filter(({ got }) => !got.concerns).length,
      },
      tables: [
        {
          title: 'kind of the everyday texts',
          head: ['kind', 'n', 'registered'],
          rows: kinds.map((kind) => {
            const ofKind = everyday.filter(({ got }) => got.kind.value === kind);
            return [kind, ofKind.length, ofKind.filter(({ got }) => got.concerns).length];
          }),
        },
      ],
      mistakes: read
        .filter(({ got, expected }) => got.concerns !== expected)
        .sort((one, other) => other.got.kind.confidence - one.got.kind.confidence)
        .map(({ id, text, got, expected }) => ({
          id,
          field: 'concerns',
          expected,
          got: got.kind.value,
          confidence: round(got.kind.confidence),
          text,
        })),
    };
  },
};
