/*
 * Words of a talk by SMS: what the commands are called, and how they are mistyped. Whole texts are compared, never parts
 * of a story.
 */

export type Intent =
  | 'status'
  | 'add'
  | 'withdraw'
  | 'rate'
  | 'help'
  | 'stop'
  | 'start'
  | 'human'
  | 'begin'
  | 'courtesy';

/** Whole texts by what is meant, without the words that are left out (`FILLERS`). */
const WORDS: Readonly<Record<Intent, string>> = {
  status:
    '查询 查 查看 进度 查进度 查询进度 进展 状态 结果 结果呢 有结果 有结果没 有结果没有 有消息没 有消息 有进展 查投诉 查询投诉 查一查 到哪 到哪里 到哪一步 进行到哪 处理到哪 办到哪 怎么样 处理怎么样 办怎么样 处理如何 处理没有 处理没 处理完没 处理完 处理好没 处理进度 处理结果 投诉怎么样 投诉进度 投诉结果 投诉到哪 举报怎么样 举报结果 举报进度 什么时候处理 什么时候有结果 什么时候答复 多久 查进展 查询进展 查结果 查询结果 查状态 催办 催 加急 快点 编号 编号多少 查编号 忘编号 chaxun cx jindu query status',
  add: '补充 再补充 补充内容 补充材料 补充说明 再说一点 再说 还有 还有补充 追加 接着说 buchong bc add',
  withdraw:
    '撤诉 撤回 撤销 撤案 撤掉 撤 撤回投诉 撤销投诉 撤掉投诉 撤投诉 撤回举报 撤销举报 取消 取消投诉 取消举报 不投诉 不举报 不告 不追究 不用处理 不用管 算 不投诉算 算不投诉 放弃投诉 放弃 解决 已解决 已经解决 已经解决不用处理 chesu chehui withdraw',
  rate: '评价 打分 评分 满意度 pingjia rate',
  help: '帮助 怎么用 使用说明 说明 使用方法 怎么投诉 如何投诉 怎么操作 怎么弄 怎么发 指令 菜单 功能 bangzhu bz help menu',
  stop: '退订 td t n 停 停止 停发 取消订阅 别发 不要发 不要再发 别再发 别发短信 不要发短信 别再发短信 不要再发短信 不再接收 拒收 tuiding stop unsubscribe',
  start: '开通 订阅 恢复 恢复接收 重新开通 继续接收 kt kaitong start',
  human:
    '人工 有人 转人工 人工服务 人工客服 找人工 接人工 转人工服务 真人 客服 找客服 打电话 给打电话 电话联系 rengong rg human agent',
  begin: '投诉 举报 维权 要投诉 要举报 有投诉 有举报 投诉举报 投诉商家 投诉一家店 举报一家店 complain',
  courtesy:
    '谢谢 多谢 感谢 非常感谢 辛苦 好 嗯 哦 噢 行 收到 知道 明白 你好 您好 在 在吗 喂 没事 没关系 再见 拜拜 晚安 早上好 呵呵 哈哈 ok okay hi hello thanks',
};

/** Words beside a command that change nothing; the longer ones first. */
const FILLERS =
  /我的|我要|我想|帮我|给我|替我|麻烦|请问|请|能不能|能否|可不可以|可以|一下|同志|工作人员|现在|目前|到底|那个|这个|那|这|你们|你|您|我|想|要|吧|啊|呀|呢|吗|嘛|了|的|得|哈|啦|哦(?=.)|谢谢(?=.)|您好(?=.)|你好(?=.)|喂(?=.)/g;
/** What stands alone as a word. */
const WHOLE = new Set('你好 您好 在吗 谢谢 要投诉 要举报'.split(' '));

/** Characters of the same sound or nearly so, as phones offer them; the first stands for all. */
const SOUNDS =
  '查察插茶叉 询寻旬训讯巡 撤彻澈车扯册 诉素速塑宿述 进近 度渡肚 退腿推蜕 订定丁钉 评平凭苹瓶 价加架假嫁 补捕布步部 充冲虫崇 帮邦棒 助住主注 满慢漫瞒 意义易艺 销消肖 通痛同 停亭庭 仁人 工公功 状壮 态太 果裹 追锥 维围'.split(
    ' ',
  );
const SOUND_OF: ReadonlyMap<string, string> = new Map(
  SOUNDS.flatMap((same) => Array.from(same, (sign) => [sign, same.slice(0, 1)] as const)),
);

/** Same sound, same sign. */
const bySound = (text: string): string => Array.from(text, (sign) => SOUND_OF.get(sign) ?? sign).join('');

/** What remains of a text when signs, fillers and differences of sound are gone. */
function core(folded: string): string {
  const bare = folded.replace(/[^\p{L}\p{N}]/gu, '');
  if (WHOLE.has(bare)) return bySound(bare);
  const kept = bare.replace(FILLERS, '');
  return bySound(kept === '' ? bare : kept);
}

const INTENTS = new Map<string, Intent>(
  (Object.keys(WORDS) as Intent[]).flatMap((intent) =>
    WORDS[intent].split(' ').map((word) => [core(word), intent] as const),
  ),
);

/** A command and what is said around it is not longer. */
export const LONGEST_COMMAND = 24;
/** Shorter words mean something else with one sign changed: 不投诉, 要投诉. */
const LEAST_FOR_SLIP = { han: 4, latin: 5 } as const;
const NEGATES = /[不没别未无]/;

/**
 * What a whole text commands, in so many words or with one slip: a sign wrong, missing, too much, two swapped, or another
 * sign of the same sound.
 */
export function intentOf(folded: string): Intent | undefined {
  if (/^[?？\s]+$/.test(folded)) return 'help';
  if (folded.length > LONGEST_COMMAND) return undefined;
  const said = core(folded);
  if (said === '') return undefined;
  const exact = INTENTS.get(said) ?? INTENTS.get(withoutStutter(said));
  if (exact !== undefined) return exact;
  for (const [word, intent] of INTENTS) {
    if (NEGATES.test(said) === NEGATES.test(word) && isSlip(said, word)) return intent;
  }
  return undefined;
}

/** 查查询, 撤撤诉: a key that stuck. */
const withoutStutter = (said: string) => said.replace(/(\p{L})\1+/gu, '$1');

function isSlip(said: string, word: string): boolean {
  if (said.length === word.length && isSwapped(said, word)) return true;
  const least = /^[a-z]/.test(word) ? LEAST_FOR_SLIP.latin : LEAST_FOR_SLIP.han;
  return word.length >= least && said.length >= least - 1 && isOneEditAway(said, word);
}

function isSwapped(said: string, word: string): boolean {
  const at = firstDifference(said, word);
  return (
    at + 1 < word.length &&
    said[at] === word[at + 1] &&
    said[at + 1] === word[at] &&
    said.slice(at + 2) === word.slice(at + 2)
  );
}

/** One character wrong, missing or too much. */
function isOneEditAway(said: string, word: string): boolean {
  const at = firstDifference(said, word);
  return (
    said.slice(at + 1) === word.slice(at + 1) ||
    said.slice(at) === word.slice(at + 1) ||
    said.slice(at + 1) === word.slice(at)
  );
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
  return at;
}

/** 补充：…, 再说一点，…, 还有…: what stands behind is added. */
export const ADDS =
  /^(?:我)?(?:再|还)?(?:想|要)?(?:[补捕布步部不][充冲虫](?:一下|一点|说明|内容|材料)?|再说(?:一点|一下|几句|两句|一句)|还有(?!什么|结果|消息|没有?|吗)|追加|(?:add|bc)(?=[\s:,]))[\s:：,，。.、;；]*/i;
/** 撤诉 in a short sentence, and what denies it or puts it into another's mouth. */
export const WITHDRAWS =
  /[撤彻澈车扯](?:[诉素速塑述]|回|[销消]|案|掉)|(?:不想|不要|不用|不|别)再?(?:投[诉素述]|举报|追究)了|取消.{0,6}投诉/;
export const NOT_WITHDRAWN =
  /(?:不|没|别|拒绝|让|叫|逼|要求|威胁|才|除非|如果|就).{0,4}(?:[撤彻]|取消)|[撤彻](?:诉|回|销)(?:才|就|后|的话)/;
export const LONGEST_WITHDRAWAL = 16;
/** 我上周投诉的事处理得怎么样了 */
export const ASKS_STATUS =
  /(?:什么时候.{0,3}(?:处理|办|解决|受理|回复|答复|有结果)(?:好|完)?|能不能快点|管不管|没人(?:回|管|联系)我?|(?:投诉|举报|反映|案子|案件|编号|那件?事|处理|办理).{0,14}(?:怎么样|怎样|如何|进展|进度|到哪|到哪一步|结果|多久|什么时候.{0,4}|多少|有消息|(?:处理|办|解决|回复|受理)(?:好|完)?了?(?=吗|没|么))|^(?:我|想|要|请|帮我?|麻烦)*[查问](?:一?下|询)?.{0,10}(?:投诉|举报|进度|进展|结果|案子)的?.{0,4})(?:了|啊|呢|呀|吗|没有|没|么|吧|[?？!！。.\s])*$/;
export const LONGEST_QUESTION = 30;
/** 我要投诉…, 举报一下…: a story begins. */
export const BEGINS = /(?:要|想|来|需要|进行|打算)(?:投诉|举报|维权|反映)|^(?:投诉|举报|维权)/;
/** 另外还要投诉一家: another matter. */
export const ANOTHER =
  /另(?:外)?(?:还|要|想|有)?.{0,6}(?:投诉|举报|一家|一件)|(?:再|还|又)(?:要|想)?(?:投诉|举报)|(?:另|换)一(?:家|件|个商家)|新的?投诉|还有一(?:件|个事|家)/;
/** A text that asks does not answer. */
export const ASKS_BACK = /[?？]\s*$|(?:吗|什么意思|干嘛|为什么|哪位|是谁|谁啊)[。.!！\s]*$/;

export const YES =
  /^(?:是的?|对的?|嗯|好的?|确[定认]|同意|可以|行|没错|1|y|yes|ok|(?:是的?|对|确[定认]|我要)[，,\s]*[撤彻](?:诉|回|销)?|[撤彻]回?吧)(?:了|啊|呀|的|吧)*[。.!！~\s]*$/;
export const NO =
  /^(?:否|不|不是|不要|不用|不[撤彻](?:诉|回|销)?|别[撤彻]?(?:诉|回|销)?|先不|保留|继续(?:处理)?|2|n|no|取消|算了)(?:了|啊|呀|的|吧)*[。.!！~\s]*$/;

/** A rating with a remark; what is longer is a story. */
const LONGEST_RATING = 60;

/** The five steps of the 好差评 of government services (State Council Office, Guobanfa 2019 No. 51), and stars. */
const POINTS_BY_WORD: readonly [RegExp, number][] = [
  [/^(?:非常|很|十分|太|特别|超级?)不满意$|^差评$/, 1],
  [/^不(?:太|大|怎么)?满意$/, 2],
  [/^(?:基本|比较|还算)满意$/, 3],
  [/^满意$/, 4],
  [/^(?:非常|很|十分|太|特别|超级?)满意$|^(?:五星)?好评$/, 5],
];
/** These say so only to who asked. */
const POINTS_WHEN_ASKED: readonly [RegExp, number][] = [
  [/^(?:非常|很|太)差$/, 1],
  [/^不好$|^差$/, 2],
  [/^一般般?$|^还行$|^还可以$/, 3],
  [/^不错$|^挺好$/, 4],
  [/^(?:非常|很|太)好$|^满分$/, 5],
];
const NUMERALS = '零一二三四五六七八九十';
const AS_POINTS =
  /^我?(?:(?:给|打)(?:你们|个)*(?=\S{1,3}[分星颗])|评价?|评分|打分|满意度|rate|pingjia|pj)(?:为|是|个)?[:：,，\s]*(\d{1,3}|[零一二两三四五六七八九十])(?!下|个月|折|\d)\s*(?:分|星|颗星|个星)?(?!\d)/u;
const BARE_POINTS = /^(\d{1,3}|[零一二两三四五六七八九十])\s*(?:分|星|颗星)(?:好评)?[。.!！\s]*$/;

/**
 * The points of a rating: 评价5, 打4分, 五星, 很满意. The number may be out of range.
 * @param isAsked the bureau asked for them: a digit alone is enough
 */
export function pointsOf(folded: string, isAsked: boolean): number | undefined {
  if (folded.length > LONGEST_RATING) return undefined;
  const said = bySound(folded.trim());
  const opening = /^(?:评价|我|对处理结果|对结果|总体|处理)*[:：,，\s]*/.exec(said)?.[0] ?? '';
  const word = said.slice(opening.length).replace(/[。.!！~了的\s]+$/g, '');
  const lists =
    isAsked || opening.startsWith('评价') ? [...POINTS_BY_WORD, ...POINTS_WHEN_ASKED] : POINTS_BY_WORD;
  const byWord = lists.find(([words]) => words.test(word));
  if (byWord !== undefined) return byWord[1];
  const asked = isAsked ? /^(\d{1,3}|[一二两三四五])[。.!！\s]*$/.exec(said)?.[1] : undefined;
  const written = AS_POINTS.exec(said)?.[1] ?? BARE_POINTS.exec(said)?.[1] ?? asked;
  if (written === undefined) return undefined;
  const numeral = NUMERALS.indexOf(written.replace('两', '二'));
  return numeral >= 0 ? numeral : Number(written);
}

/** 2, 第二个, 选2号: which of several. */
const HANDLE =
  /^(?:回复?|选|第|是|案)?\s*(\d{1,3}|[一二两三四五六七八九])\s*(?:个|件|号|条|项|家)?(?:案子|投诉)?[。.!！,，\s]*$/;

/** The handle in words that hold nothing else. */
export function handleIn(folded: string): number | undefined {
  const written = HANDLE.exec(folded.trim())?.[1];
  if (written === undefined) return undefined;
  const numeral = NUMERALS.indexOf(written.replace('两', '二'));
  return numeral >= 0 ? numeral : Number(written);
}
