import { createLexicon } from './lexicon.ts';
import { type Source, type Span, spanOf } from './source.ts';

import { AUTHORITIES, type Authority } from './words/authority-words.ts';

const find = createLexicon(Object.fromEntries(AUTHORITIES.map(({ id, words }) => [id, words])));
const TITLE = 3;

/**
 * Who else may be responsible, by the words of the message, the likeliest first; at most three.
 * What is outside the bureau's duties is not accepted, and the consumer is told the right way (Order 121 Art. 16(1)).
 */
export function otherAuthorities(source: Source): { authority: Authority; spans: Span[] }[] {
  const found = new Map<string, { score: number; spans: Span[] }>();
  for (const { group, start, end } of find(source.folded)) {
    const before = found.get(group) ?? { score: 0, spans: [] };
    const score = before.score + (start < source.textStart ? TITLE : 1);
    found.set(group, { score, spans: [...before.spans, spanOf(source, start, end)] });
  }
  return [...found]
    .sort(([, one], [, other]) => other.score - one.score)
    .slice(0, 3)
    .flatMap(([id, { spans }]) =>
      AUTHORITIES.filter((authority) => authority.id === id).map((authority) => ({ authority, spans })),
    );
}
