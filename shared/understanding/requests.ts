import { createLexicon } from './lexicon.ts';
import { type Source, spanOf } from './source.ts';
import { type Field, type MessageKind, type Pair, REQUESTS, type Request } from './understanding.ts';
import { ASKED, ASKING, WISHED } from './words/request-words.ts';

type Group = `asked:${Request}` | `wished:${Request}` | 'asking';

const prefixed = (prefix: string, groups: Readonly<Partial<Record<Request, string>>>) =>
  Object.fromEntries(Object.entries(groups).map(([name, words]) => [`${prefix}:${name}`, words]));

const find = createLexicon({
  ...prefixed('asked', ASKED),
  ...prefixed('wished', WISHED),
  asking: ASKING,
} as Record<Group, string>);

/** A wish stands close behind the word of asking. */
const REACH = 30;
const SENTENCE_END = /[。!?;\n]/g;
/** 不要求退款, 无需赔偿: no wish. */
const NOT_WISHED = /(?:不|没有?|并非|无需|不用|不必|不需要?|放弃)$/;
const LOOKED_BACK = 3;
const IMPLIED: Readonly<Partial<Record<MessageKind, { request: Request; confidence: number; why: Pair }>>> = {
  report: {
    request: 'investigate',
    confidence: 0.8,
    why: { zh: '举报即要求查处', en: 'a report asks for an investigation' },
  },
  both: {
    request: 'investigate',
    confidence: 0.8,
    why: { zh: '举报部分即要求查处', en: 'its report asks for an investigation' },
  },
  other: { request: 'other', confidence: 0.6, why: { zh: '其他诉求', en: 'another wish' } },
  inquiry: {
    request: 'answer',
    confidence: 0.9,
    why: { zh: '咨询即要求答复', en: 'an inquiry asks for an answer' },
  },
};
/** How often a request of this kind of evidence was one, on messages that two people had read. */
const SURE = { asked: 0.75, wished: 0.7 } as const;

/**
 * What the writer asks for, in the order of the list of requests.
 * @param kind what the message is: a report asks for an investigation and an inquiry for an answer without saying so
 */
export function findRequests(source: Source, kind: MessageKind): Field<Request>[] {
  const { folded } = source;
  const ends = [...folded.matchAll(SENTENCE_END)].map(({ index }) => index);
  const found = new Map<Request, Field<Request>>();
  let sentence = 0;
  let asking: number | undefined;
  for (const { group, start, end } of find(folded)) {
    while ((ends[sentence] ?? Number.POSITIVE_INFINITY) < start) {
      sentence += 1;
      asking = undefined;
    }
    const isDenied = NOT_WISHED.test(folded.slice(Math.max(0, start - LOOKED_BACK), start));
    if (group === 'asking') {
      asking = isDenied ? undefined : start;
      continue;
    }
    if (isDenied) continue;
    const [how, request] = group.split(':') as ['asked' | 'wished', Request];
    if (how === 'wished' && (asking === undefined || start - asking > REACH)) continue;
    const span = spanOf(source, how === 'wished' ? (asking ?? start) : start, end);
    const before = found.get(request);
    if (before !== undefined) {
      const last = before.spans.at(-1);
      if (last?.in !== span.in || last.end !== span.end) before.spans.push(span);
      continue;
    }
    found.set(request, {
      value: request,
      confidence: SURE[how],
      spans: [span],
      why:
        how === 'asked'
          ? { zh: '直接写明了这项请求', en: 'asked for in so many words' }
          : { zh: '写在“要求、希望”之后', en: 'stands behind a word of asking' },
    });
  }
  const implied = IMPLIED[kind];
  const isSilent = kind !== 'other' || found.size === 0;
  if (implied !== undefined && isSilent && !found.has(implied.request)) {
    found.set(implied.request, {
      value: implied.request,
      confidence: implied.confidence,
      spans: [],
      why: implied.why,
    });
  }
  // "Help me" alone is a request; beside a plain one it says nothing more.
  if (found.size > 1) found.delete('other');
  return REQUESTS.flatMap((request) => found.get(request) ?? []);
}
