import type { Remark } from './call.ts';

/** Each remark in both languages. */
export const REMARKS = {
  empty: ['文件是空的，没有通话内容', 'The file is empty; there is no call in it'],
  'too-large': ['文件超过 5 MB，请分通话导出', 'The file is over 5 MB; export each call by itself'],
  'too-many-turns': [
    '超过 5000 句，请分通话导出',
    'There are more than 5,000 turns; export each call by itself',
  ],
  'not-text': [
    '这不是文本文件（可能是录音、压缩包或文档）',
    'This is not text (a recording, an archive, a document?)',
  ],
  'encoding-unknown': [
    '无法识别文字编码，请用 UTF-8 保存',
    'The encoding cannot be told; please save it as UTF-8',
  ],
  'markup-page': ['这是网页或 XML，不是通话文本', 'This is a web page or XML, not a transcript'],
  'not-json': [
    'JSON 无效，可能传输不完整，请重新导出',
    'The JSON is not valid, perhaps cut off; please export it again',
  ],
  'format-unknown': [
    '没有找到通话的句子，不认识这种格式',
    'No turns of a call were found; this format is not known',
  ],
  'no-turns': ['缺少通话内容这一项', 'The part that holds the turns is missing'],
  'not-finished': [
    '转写尚未完成或已失败，没有文字',
    'The engine has not finished or has failed; there are no words',
  ],
  'bad-contract': [
    '不符合本系统约定的通话 JSON（见 events/transcript.ts）',
    'Does not fit the transcript contract (events/transcript.ts)',
  ],
  silent: ['通话中没有人说话', 'Nobody speaks in this call'],
  'turn-without-words': ['有的句子没有文字，已跳过', 'Some turns have no words and were left out'],
  'turn-unreadable': ['有的句子无法读取，已跳过', 'Some turns cannot be read and were left out'],
  'characters-lost': ['个别文字已损坏', 'A few characters were damaged'],
  'cut-off': ['文件末尾不完整', 'The file breaks off at its end'],
  'engine-failed': [
    '转写引擎中途停止，后面的话缺失',
    'The engine stopped midway; what was said later is missing',
  ],
  'contract-version': ['此版本的通话 JSON 尚不支持', 'This version of the transcript contract is not known'],
} as const satisfies Record<string, readonly [zh: string, en: string]>;

export type RemarkCode = keyof typeof REMARKS;

/** A reason in both languages, and where it is. */
export function remark(code: RemarkCode, field = 'body'): Remark {
  const [zh, en] = REMARKS[code];
  return { code, zh, en, field };
}

/** What cannot be read, thrown by a format's reader and caught in read.ts; it never leaves this folder. */
export class Unreadable extends Error {
  readonly reason: Remark;
  constructor(code: RemarkCode, field?: string) {
    super(code);
    this.reason = remark(code, field);
  }
}
