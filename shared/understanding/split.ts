import { createLexicon } from './lexicon.ts';
import { type Source, type Span, spanOf } from './source.ts';
import { KIND_WORDS } from './words/kind-words.ts';

/** The parts of a message that is complaint and report in one. */
export interface Parts {
  /** What the business may learn: the writer's own dispute. */
  complaint: Span[];
  /** What it must not: that and what was reported (Order 121 Art. 37). */
  report: Span[];
}

const { bought, refund, compensation, negotiated, cheatedMe, investigate, reporting, violation, many } =
  KIND_WORDS;
/** What only an informer writes: that he wants to stay unknown, and what should happen to the business. */
const INFORMERS = '匿名 保密 不要透露 别透露 不要泄露 不要告诉 别告诉 立案 罚款 没收 查办 法办 拘留';

/** What the writer bought himself, however little he says of the buying. */
const OWN_PURCHASE = '买的 买到 吃的 喝的 点的 订的';

const find = createLexicon({
  own: [OWN_PURCHASE, bought, refund, compensation, negotiated, cheatedMe].join(' '),
  accusing: [investigate, reporting, INFORMERS].join(' '),
  violation,
  others: many,
});

/** A clause goes on to the next comma; sentences are too long, people put both wishes into one. */
const CLAUSE = /[^,。!?;\n]+[,。!?;\n]*/g;
const SENTENCE_END = /[。!?;\n]\s*$/;

/**
 * Splits a message into what belongs to the complaint and what to the report. Nothing that accuses or asks for an
 * investigation is in the complaint's part, whatever else the clause says: the business reads that part. A violation
 * that is also the writer's own dispute stands in both.
 */
export function splitParts(source: Source): Parts {
  const complaint: Span[] = [];
  const report: Span[] = [];
  let goesOn = false;
  for (const { 0: clause, index } of source.folded.matchAll(CLAUSE)) {
    const groups = new Set(find(clause).map(({ group }) => group));
    const span = spanOf(source, index, index + clause.length);
    // The break between title and text belongs to no part.
    if (span.end <= span.start) continue;
    const accuses = groups.has('accusing') || (groups.has('violation') && groups.has('others'));
    const own = groups.has('own');
    // A clause that says neither goes with the one before it in the same sentence.
    const toReport: boolean = accuses || (goesOn && !own) || (groups.has('violation') && !own);
    if (toReport) add(report, span);
    else add(complaint, span);
    if (!toReport && groups.has('violation')) add(report, span);
    goesOn = toReport && !SENTENCE_END.test(clause);
  }
  return { complaint, report };
}

/** Appends a span, joined with the one before it when nothing lies between. */
function add(spans: Span[], span: Span): void {
  const last = spans.at(-1);
  if (last !== undefined && last.in === span.in && last.end === span.start) last.end = span.end;
  else spans.push({ ...span });
}
