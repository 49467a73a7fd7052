import { createLexicon } from './lexicon.ts';
import { type Source, spanOf } from './source.ts';
import { type Field, URGENCIES, type Urgency } from './understanding.ts';
import { URGENCY_WORDS } from './words/urgency-words.ts';

const find = createLexicon<Urgency>(URGENCY_WORDS);

/** 没有造成人员受伤: between such a word and the cause may only stand who and how, not 无证食堂中毒. */
const DENIED =
  /(?:没有?|未|无|不会|不至于)(?:任何|造成|导致|引起|发生|出现|有|人员?|什么|严重|明显|再|受到){0,3}$/;
/** 避免中毒, 万一触电, 差点摔伤: what did not happen is not urgent. */
const NOT_HAPPENED =
  /(?:避免|防止|预防|以防|谨防|以免|免得|担心|害怕|(?<![可恐])怕|万一|一旦|如果|要是|差一?点|险些|(?:可能|容易|会)(?:会|让人|使人|导致|造成|引发|引起))[^。,!?;]{0,3}$/;
const LOOKED_BACK = 12;
/** 学生证, 住院部, 三起火灾 (起火): words that only look like a cause. */
const HARMLESS: Readonly<Partial<Record<Urgency, RegExp>>> = {
  children: /^(?:学生证|学生卡|儿童节|儿童票|学生票|小孩子气)/,
  injury:
    /^(?:住院(?:部|费|报销|补|押金|医)|急诊(?:科|室|部|门)|抢救费|死亡(?:证明|威胁)|过敏(?:体质|原|性鼻)|出血热)/,
  'danger-going-on': /^(?:起火灾|着火车)/,
};
/** Children are only a cause where something happened to them. */
const NEEDS_ANOTHER: ReadonlySet<Urgency> = new Set(['children', 'many-people']);

const WHY: Readonly<Record<Urgency, { zh: string; en: string }>> = {
  injury: { zh: '提到有人受伤或者送医', en: 'somebody was hurt or taken to hospital' },
  'food-poisoning': { zh: '提到吃后身体不适', en: 'somebody fell ill after eating' },
  'many-people': { zh: '涉及多人', en: 'many people are concerned' },
  children: { zh: '涉及儿童或者孕妇', en: 'children or an expectant mother are concerned' },
  'danger-going-on': { zh: '危险或者侵害仍在继续', en: 'the danger or the harm goes on' },
};

/** What cannot wait, with the words that say so. */
export function findUrgency(source: Source): Field<Urgency>[] {
  const { folded } = source;
  const found = new Map<Urgency, Field<Urgency>>();
  for (const { group, start, end } of find(folded)) {
    const head = folded.slice(Math.max(0, start - LOOKED_BACK), start);
    if (DENIED.test(head) || NOT_HAPPENED.test(head)) continue;
    if (HARMLESS[group]?.test(folded.slice(start, start + 5)) === true) continue;
    const span = spanOf(source, start, end);
    const before = found.get(group);
    if (before === undefined) {
      found.set(group, { value: group, confidence: 0.8, spans: [span], why: WHY[group] });
    } else before.spans.push(span);
  }
  const grave = [...found.keys()].some((one) => !NEEDS_ANOTHER.has(one));
  return URGENCIES.flatMap((one) => {
    const field = found.get(one);
    return field === undefined || (NEEDS_ANOTHER.has(one) && !grave) ? [] : [field];
  });
}
