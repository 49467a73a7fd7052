import { PROBLEMS, SUBJECTS } from '../understanding.ts';
import type { Weights } from './judge.ts';

/** What the lexicons alone say: words of a class speak for the class, most of all when they stand out. */
const SCORE = 1.5;
const SHARE = 6;

/** The weights before any message was read. */
export const PRIORS = {
  kind: {},
  problem: lexiconPrior('problem', PROBLEMS),
  subject: lexiconPrior('subject', SUBJECTS),
  scope: {},
} satisfies Record<string, Weights['weights']>;

function lexiconPrior(lexicon: string, labels: readonly string[]): Weights['weights'] {
  return Object.fromEntries(
    labels.flatMap((label) => {
      const row = (weight: number) => labels.map((other) => (other === label ? weight : 0));
      return [
        [`${lexicon}:${label}`, row(SCORE)],
        [`${lexicon}:${label}%`, row(SHARE)],
        [`short:${lexicon}:${label}`, row(SCORE)],
        [`short:${lexicon}:${label}%`, row(SHARE)],
      ];
    }),
  );
}
