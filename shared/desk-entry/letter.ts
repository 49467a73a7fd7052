/** A place in the pasted text. */
export interface Range {
  start: number;
  end: number;
}

/** The parts of a letter that are no story: who signs, with which phone, on which day. */
export interface Signature {
  /** Where the signature begins: the end of the story. */
  start: number;
  name?: Range | undefined;
  day?: Range | undefined;
}

// The hundred commonest and the commonest of two characters (Ministry of Public Security, 全国姓名报告): who has another
// one is filled in by hand, nobody is made up.
const SURNAMES =
  '欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向常汤洪施樊俞章鲍翁柳葛岑竺裘应励乐虞费]';
const NAME = `(?:${SURNAMES})[\\p{Script=Han}·]{1,3}`;

const SIGNED_NAME = new RegExp(`^[\\s\\u3000]*(?<name>${NAME})(?:（[^）]{0,8}）)?[\\s\\u3000]*$`, 'u');
const SIGNED_DAY = /^[\s\u3000]*(?<day>\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?)[\s\u3000]*$/;
const CLOSING =
  /^[\s\u3000]*(?:特?此致|敬礼|致礼|谢谢|感谢|顺祝|祝好|盼复|望回复)[！!。，,\s\u3000]*(?:敬礼)?[！!。\s\u3000]*$/;
// To whom the letter goes stands below 此致.
const ADDRESSEE = /^[\s\u3000]*\p{Script=Han}{2,20}(?:局|所|委员会|协会|中心)[：:。]?[\s\u3000]*$/u;
const EMPTY = /^[\s\u3000]*$/;

/** A signature is short. */
const MOST_LINES = 10;

/**
 * The signature at the end of a letter: 此致 敬礼, name, day, labelled lines.
 * @param labelled offsets at which labels begin
 */
export function findSignature(pasted: string, labelled: readonly number[]): Signature {
  const signature: Signature = { start: pasted.length };
  let end = pasted.length;
  for (let line = 0; line < MOST_LINES && end > 0; line += 1) {
    const start = pasted.lastIndexOf('\n', end - 1) + 1;
    const words = pasted.slice(start, end);
    const name = SIGNED_NAME.exec(words)?.groups?.name;
    const day = SIGNED_DAY.exec(words)?.groups?.day;
    const isLabel = labelled.some(
      (from) => from >= start && from < end && EMPTY.test(pasted.slice(start, from)),
    );
    const isClosing = CLOSING.test(words) || ADDRESSEE.test(words) || EMPTY.test(words);
    if (name === undefined && day === undefined && !isLabel && !isClosing) break;
    if (name !== undefined) signature.name = at(words, name, start);
    if (day !== undefined) signature.day = at(words, day, start);
    // A letter is more than its signature.
    if (start === 0) return { start: pasted.length };
    if (!EMPTY.test(words)) signature.start = start;
    end = start - 1;
  }
  return signature;
}

function at(line: string, words: string, start: number): Range {
  const from = start + line.indexOf(words);
  return { start: from, end: from + words.length };
}

const SELF = new RegExp(
  `(?:我的?(?:名字|姓名)?(?:叫做?|是|为)|本人(?:姓名)?[:：]?|投诉人[:：]?)\\s*(?<name>${NAME}?)(?=[，,。.；;、\\s\\u3000（(]|(?:电话|手机|家住|住在))`,
  'du',
);

/** 我叫…, 本人…: who writes, in his own words. 我是消费者 is no name. */
export function findSelf(words: string): Range | undefined {
  const match = SELF.exec(words);
  const range = match?.indices?.groups?.name;
  return range === undefined ? undefined : { start: range[0], end: range[1] };
}

const PHONE =
  /(?<![\d.])(?:(?:\+|00)?86[- ]?)?(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}|[48]00[- ]?\d{3}[- ]?\d{4})(?!\d)/g;
const OF_BUSINESS =
  /(?:商家|店家|店里|店铺|店主|老板|对方|商户|经营者|客服|公司|卖家|厂家|师傅|经理|销售|快递|平台|热线)[^，,。；;\n]{0,12}$/;
const OF_WRITER = /(?:我|本人|联系|回复|手机|电话|致电|号码|来电人?|投诉人)[^，,。；;\n]{0,8}$/;

/** Phones in running words, each with whose it seems to be. */
export function findPhones(words: string): (Range & { of: 'writer' | 'business' | 'somebody' })[] {
  return [...words.matchAll(PHONE)].map(({ index, 0: phone }) => {
    const before = words.slice(Math.max(0, index - 24), index);
    const of = OF_BUSINESS.test(before) ? 'business' : OF_WRITER.test(before) ? 'writer' : 'somebody';
    return { start: index, end: index + phone.length, of };
  });
}

const WISH =
  /[^，,。！？!?；;\n]*?(?:要求|希望|请求|恳请|诉求|盼望|望贵局|请贵局|请帮|请协调|帮忙)[^。！？!?；;\n]*/g;

/** The sentence in which the writer says what he wants; the last one, where letters come to it. */
export function findWish(words: string): Range | undefined {
  const last = [...words.matchAll(WISH)].at(-1);
  if (last === undefined) return undefined;
  const blanks = /^[\s\u3000]*/.exec(last[0])?.[0].length ?? 0;
  return { start: last.index + blanks, end: last.index + last[0].length };
}
