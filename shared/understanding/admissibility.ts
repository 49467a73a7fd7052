import { fold } from './source.ts';
import type { Understanding } from './understand.ts';
import type { Urgency } from './understanding.ts';

/** Grounds of Order 121 Art. 16 that a text itself can point to; whether they hold a person decides. */
type Ground = 'out-of-scope' | 'already-handled' | 'missing-material';

/** A hint for the officer, never a decision: accepting and refusing are a person's acts. */
export interface Admissibility {
  suggestion: 'ACCEPT' | 'REVIEW';
  ground: Ground | undefined;
}

/** Art. 16(2): a court, an association, another authority has it or has decided it. */
const HANDLED =
  /(?:已经?|曾|早已|此前)[^。,!?;不未没无拒]{0,12}(?:受理|处理过|处理完|调解过|调解终结|答复|办结|立案|仲裁|判决|结案)|重复投诉|再次投诉|再次要求|又来投诉|(?:法院|仲裁|消协|12345|信访)[^。,]{0,10}(?:已|受理|判决|调解|处理过)|不满意结果|多次投诉.{0,10}已/;
/** Art. 10, 16(5): without the name and place of the business nothing can be done. */
const LACKING =
  /(?:无法|不能|没法|没有|未能|拒绝|不愿)(?:提供|说明|说清|描述)[^。]{0,24}(?:名称|店名|地址|位置|凭证|订单|信息|证据|发票|小票|材料)|(?:没有|没)(?:店名|发票|凭证|小票|订单|地址)|(?:地址|店名|商家|名称|位置)(?:不详|不明|不清|未知|不存在|记不清)|地址不存在|虚假(?:信息|材料|地址|身份)|仅凭记忆|记不(?:清|得)/;
/** Secrets, threats, crowds: what must go to a person at once, whatever else it is. */
const DELICATE =
  /涉密|国家(?:安全|秘密)|机密|上访|群体性|集体(?:上访|维权|抗议)|爆炸|炸(?:掉|了|毁)|自杀|跳楼(?![价大甩清特])|轻生|自焚|同归于尽|极端(?:行为|手段|方式)|报复社会|砍(?![价单头一])|杀(?:人|了|死)|聚众|游行|静坐|私下联系/;
/** Words of a test, a greeting, nothing. */
const NOTHING =
  /^(?:你好|您好|在吗|有人吗|测试|test|hello|hi|喂|[\d\s\p{P}]*)[。.!！?？~\s]*$|随便写|测试一下/iu;
const LEAST_WORDS = 6;
/** Whoever is responsible in the end, nobody is sent away with this. */
const HURT: ReadonlySet<Urgency> = new Set(['injury', 'food-poisoning']);

/** Whether a message looks ready to be accepted, and which ground of Art. 16 it points to. */
export function admissibilityOf(understood: Understanding, text: string): Admissibility {
  const folded = fold(text);
  if (DELICATE.test(folded) || NOTHING.test(folded) || folded.length < LEAST_WORDS) return review(undefined);
  if (HANDLED.test(folded)) return review('already-handled');
  if (understood.urgency.some(({ value }) => HURT.has(value))) return review(undefined);
  if (isElsewhere(understood, folded)) return review('out-of-scope');
  if (LACKING.test(folded)) return review('missing-material');
  return { suggestion: understood.concerns ? 'ACCEPT' : 'REVIEW', ground: undefined };
}

/** In one or two sentences a word names the matter; in a long story it may only stand beside it. */
const FEW_SENTENCES = 100;

/** Another authority's alone, by its words; in a long story only if the judge of scope does not contradict. */
function isElsewhere({ scope }: Understanding, folded: string): boolean {
  if (scope.authorities[0]?.alone !== true) return false;
  return scope.value !== 'yes' || folded.length <= FEW_SENTENCES;
}

const review = (ground: Ground | undefined): Admissibility => ({ suggestion: 'REVIEW', ground });
