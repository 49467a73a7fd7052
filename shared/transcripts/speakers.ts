import type { CallTurn, RawTurn, Roles, Speaker } from './call.ts';

const AGENTS =
  /^(?:agent|operator|staff|clerk|service|customerservice|representative|csr|attendant|bot|robot|system|ivr|hotline|callee|interviewer|(?:电话|人工|智能|热线|12315)?(?:客服|坐席|座席|话务员|接线员|接线人|接听员|接听人|受理员|受理人|工作人员|值班员|值班人员|热线|热线员|专席|机器人|系统|语音导航|被叫|话务|接待员|调解员)(?:人员|员|代表|专员)?|1?2315|12345|问)(?:[a-z]?\d{0,6})$/;
const CALLERS =
  /^(?:customer|caller|client|citizen|consumer|user|complainant|guest|enduser|interviewee|(?:市民|群众|客户|用户|顾客|消费者|来电人|来电者|来电|投诉人|举报人|咨询人|诉求人|反映人|居民|主叫|访客|当事人|对方))(?:\d{0,4})$/;

/** Who a label means; nothing when it does not say: `spk_0`, `A`, `ch_1`. */
export function roleOf(label: string | undefined): Speaker | undefined {
  if (label === undefined) return undefined;
  const plain = label
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-·.[\]()（）【】<>]/g, '')
    .replace(/(?:女士|先生|小姐)$/, '');
  if (AGENTS.test(plain)) return 'agent';
  return CALLERS.test(plain) ? 'caller' : undefined;
}

/** What only who answers the telephone says; each with its weight. */
const AGENT_SAYS: readonly (readonly [RegExp, number])[] = [
  [
    /(?:这里是|欢迎(?:致电|拨打|来电)|感谢(?:您的)?(?:致电|来电|拨打)).{0,20}(?:热线|中心|平台|局|客服|12315|12345)?/,
    3,
  ],
  [/(?:很高兴|竭诚)为您服务|为您服务|有什么(?:可以|能)?(?:帮|为)|请问您?需要什么帮助|请讲|请说/, 3],
  [/工号|(?:\d|[零一二三四五六七八九幺])号(?:话务员|客服|坐席|接线员|为您)/, 3],
  [
    /您?贵姓|怎么称呼|(?:您的?|方便).{0,6}(?:姓名|名字|联系(?:电话|方式)|电话号码|手机号|住址|地址).{0,8}(?:[吗呢？?]|是多少|是什么|留|提供|说)/,
    3,
  ],
  [
    /请(?:您)?(?:提供|稍等|稍候|保持|不要挂|放心|保存|留意|对.{0,6}(?:服务|评价))|麻烦您.{0,4}(?:提供|说一下|稍等|报)/,
    2,
  ],
  [
    /(?:帮|给|为)您(?:登记|记录|查询|转接|转|核实|反映|办理|开通|下发|查|看)|(?:登记|记录)(?:下来|好)了|工单|会(?:尽快|转).{0,8}(?:处理|核实|部门)/,
    2,
  ],
  [/个工作日|不客气|祝您|感谢您的|还有(?:什么)?(?:其他|别的).{0,8}(?:帮|需要|吗)|还有其它/, 2],
  [
    /您(?:反映|投诉|举报|说|讲)的(?:是|问题|情况)|(?:是)?哪(?:一)?(?:家|个)(?:店|公司|商家|小区|地方|平台)/,
    1,
  ],
  [
    /\b(?:thank you for (?:calling|contacting)|how (?:can|may) (?:i|we) (?:help|assist)|(?:may|can) i (?:have|get|ask) (?:your|who)|i am (?:very )?sorry to hear|anything else i can)\b/i,
    3,
  ],
];
/** What only who calls says. */
const CALLER_SAYS: readonly (readonly [RegExp, number])[] = [
  [/我(?:就是)?(?:想|要|来)?(?:想|要)?(?:投诉|举报|反映|反应|咨询|问|维权|打听)/, 3],
  [
    /我(?:们)?.{0,10}(?:买|购|订|充|办|交|花|付|点)了|我(?:们)?(?:在|去|从|上次|昨天|前天|今天).{0,16}(?:买|店|消费|办|吃|充)/,
    3,
  ],
  [/(?:他们|商家|老板|店家|店里|公司|物业|房东|平台).{0,12}(?:不|没|说|骗|拒绝|要我|让我)/, 2],
  [/要求.{0,6}(?:退|赔|换)|(?:退|赔)(?:我|给我)|不给(?:退|换|修)|退(?:钱|款|货)/, 2],
  [/我姓|我叫|我(?:的)?(?:电话|手机|名字|地址|家)(?:是|在|号)|我这(?:个|边)|我(?:就)?住/, 2],
  [/(?:你|您)们?(?:能不能|可不可以|帮我|给我|得|要)|怎么办|谢谢(?:你|您)?|麻烦(?:你|您)(?:了|们)/, 1],
  [
    /\b(?:i (?:need|want|would like|lost|bought|ordered|paid)|i'd like|my (?:name|order|account|number|phone|money))\b/i,
    2,
  ],
];

/** From here on the difference between two speakers says who is who. */
const LEAST_MARGIN = 2;
/** Of a speaker who is alone. */
const LEAST_ALONE = 2;
/** Words never make as sure as a label does. */
const SUREST = 0.95;

/** Points for agent (above zero) or caller (below) of all that one speaker says. */
function scoreOf(texts: readonly string[]): number {
  let score = 0;
  for (const [says, weight] of AGENT_SAYS) score += weight * timesSaid(texts, says);
  for (const [says, weight] of CALLER_SAYS) score -= weight * timesSaid(texts, says);
  return score;
}

/** The third time says nothing new. */
function timesSaid(texts: readonly string[], says: RegExp): number {
  let times = 0;
  for (const text of texts) {
    if (says.test(text)) times += 1;
    if (times === 2) break;
  }
  return times;
}

/**
 * Says of each turn who speaks: by label where it names a role; else all that bears the same label is weighed by what it
 * says; what bears no label at all is weighed turn by turn, and only what nobody else would say is given to somebody.
 */
export function nameSpeakers(turns: readonly RawTurn[]): { turns: CallTurn[]; roles: Roles } {
  const groups = Map.groupBy(turns, ({ label }) => label);
  const named = new Map<string | undefined, Speaker>();
  for (const label of groups.keys()) {
    const role = roleOf(label);
    if (role !== undefined) named.set(label, role);
  }
  const open = [...groups].filter(([label]) => label !== undefined && !named.has(label));
  const found = byWords(open, new Set(named.values()), turns[0]?.label);
  const assigned = turns.map((turn): CallTurn => {
    const speaker =
      turn.label === undefined
        ? alone(scoreOf([turn.text]), 3)
        : (named.get(turn.label) ?? found.speakers.get(turn.label) ?? 'unknown');
    return { speaker, ...turn };
  });
  return { turns: assigned, roles: rolesOf(assigned, named, found.confidence) };
}

function byWords(
  groups: readonly (readonly [string | undefined, readonly RawTurn[]])[],
  taken: ReadonlySet<Speaker>,
  first: string | undefined,
): { speakers: Map<string | undefined, Speaker>; confidence: number } {
  // Who picks up the telephone speaks first.
  const scored = groups
    .map(([label, said]) => ({
      label,
      score: scoreOf(said.map(({ text }) => text)) + (label === first ? 1 : 0),
    }))
    .toSorted((one, other) => other.score - one.score);
  const [most] = scored;
  const least = scored.at(-1);
  if (most === undefined || least === undefined) return { speakers: new Map(), confidence: 1 };
  const speakers = new Map<string | undefined, Speaker>();
  if (scored.length === 1) {
    const missing = taken.size === 1 ? (taken.has('agent') ? 'caller' : 'agent') : undefined;
    speakers.set(most.label, missing ?? alone(most.score, LEAST_ALONE));
    return { speakers, confidence: missing === undefined ? sureness(Math.abs(most.score)) / 2 : 0.8 };
  }
  const margin = most.score - least.score;
  if (margin < LEAST_MARGIN) return { speakers, confidence: 0 };
  for (const { label, score } of scored) speakers.set(label, alone(score, LEAST_MARGIN));
  if (!taken.has('agent')) speakers.set(most.label, 'agent');
  if (!taken.has('caller')) speakers.set(least.label, 'caller');
  return { speakers, confidence: sureness(margin) };
}

function alone(score: number, least: number): Speaker {
  if (score >= least) return 'agent';
  return score <= -least ? 'caller' : 'unknown';
}

function sureness(margin: number): number {
  return Math.min(SUREST, Math.round((margin / (margin + 2)) * 100) / 100);
}

/** What no label says is a guess by the single sentence. */
const SINGLE_SENTENCES = 0.4;

function rolesOf(
  turns: readonly CallTurn[],
  named: ReadonlyMap<string | undefined, Speaker>,
  confidence: number,
): Roles {
  const known = turns.filter(({ speaker }) => speaker !== 'unknown').length;
  if (known === 0) return { by: 'nothing', confidence: 0 };
  if (turns.every(({ label }) => named.has(label))) return { by: 'labels', confidence: 1 };
  const guessed = turns.some(({ label }) => label === undefined);
  const sure = (guessed ? Math.min(SINGLE_SENTENCES, confidence) : confidence) * (known / turns.length);
  return { by: 'words', confidence: Math.round(sure * 100) / 100 };
}
