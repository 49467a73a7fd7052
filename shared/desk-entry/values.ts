import { addDays, isLocalDate, type LocalDate } from '../dates.ts';
import { LARGEST_FEN } from '../money.ts';
import { CHANNEL_WORDS, DESK_CHANNELS, type DeskChannel } from './fields.ts';

/** Why a value cannot be taken, and what to do about it. */
export interface Reason {
  zh: string;
  en: string;
}

export type Read<T> = { value: T } | { reason: Reason };

const refuse = (zh: string, en: string) => ({ reason: { zh, en } });

const KIND_WORDS = [
  ['report', /举报|report/i],
  ['complaint', /投诉|complain/i],
  ['inquiry', /咨询|inquiry|question/i],
] as const;
type EnteredKind = (typeof KIND_WORDS)[number][0];

/** 投诉, 举报, 咨询, however it is written around: 消费投诉. Both in one is for a person to part. */
export function readKind(written: string): Read<EnteredKind> {
  const fitting = KIND_WORDS.filter(([, words]) => words.test(written));
  const [first] = fitting;
  return first !== undefined && fitting.length === 1
    ? { value: first[0] }
    : refuse('类型只能是投诉、举报、咨询之一', 'The kind must be one of complaint, report, inquiry');
}

/** How a message came to the desk: 12345热线转办, 群众来信, 来访 … */
export function readChannel(written: string): Read<DeskChannel> {
  const code = DESK_CHANNELS.find((channel) => channel === written.trim());
  const found = code ?? CHANNEL_WORDS.find(([, words]) => words.test(written.normalize('NFKC')))?.[0];
  return found === undefined
    ? refuse(
        '来源渠道请写来访、来信、信箱、12345 或全国12315平台',
        'Write the channel as walk-in, letter, mailbox, hotline-12345 or national-platform',
      )
    : { value: found };
}

const FEN_OF = { 元: 100, 块: 100, 万元: 1_000_000, 万: 1_000_000 } as const;
export type MoneyUnit = keyof typeof FEN_OF;

/**
 * A sum in fen, exactly: `1,234.5`, `￥300`, `0.5万元`. Half fen, other currencies and ranges are refused, never rounded.
 * @param unit what a number without a unit of its own counts
 */
export function readFen(written: string, unit: MoneyUnit = '元'): Read<number> {
  const plain = written.normalize('NFKC').replace(/\s/g, '');
  const match =
    /^(?:人民币|rmb|cny|¥)?(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.(\d{1,8}))?(万元|万|元|块)?整?$/i.exec(
      plain,
    );
  if (match === null) {
    return refuse('请写成以元为单位的金额，例如 1234.50', 'Write the sum in yuan, such as 1234.50');
  }
  const [, whole = '', part = '', own] = match;
  // Counted with whole numbers: 0.29 × 100 is no integer in floating point.
  const scaled =
    BigInt(whole.replaceAll(',', '') + part.padEnd(8, '0')) * BigInt(FEN_OF[(own ?? unit) as MoneyUnit]);
  if (scaled % 100_000_000n !== 0n) return refuse('金额最多两位小数', 'A sum has two decimals at the most');
  const fen = Number(scaled / 100_000_000n);
  return fen <= LARGEST_FEN
    ? { value: fen }
    : refuse('金额太大，请核对', 'The sum is too large; please check it');
}

const DAY_FORMS = [
  /^(?<y>\d{4})[-/.年](?<m>\d{1,2})[-/.月](?<d>\d{1,2})日?/,
  /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})(?!\d)/,
] as const;

/** A day: `2026-11-03`, `2026/11/3 14:20`, `2026年11月3日`, `20261103`. 3/11/2026 may be two days and is refused. */
export function readDay(written: string): Read<LocalDate> {
  const plain = written
    .normalize('NFKC')
    .replace(/\s*([-/.年月日])\s*/g, '$1')
    .trim();
  for (const form of DAY_FORMS) {
    const match = form.exec(plain);
    if (match === null || !/^(?:$|[T\s(星周上下晚早]|\d{1,2}[:时])/.test(plain.slice(match[0].length)))
      continue;
    const { y, m = '', d = '' } = match.groups ?? {};
    const day = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
    if (isLocalDate(day)) return { value: day };
  }
  return refuse('请写成 2026-11-03 这样的日期', 'Write the day as 2026-11-03');
}

/**
 * The day of a serial number of a spreadsheet (ECMA-376 part 1, 18.17.4.1): days since 1899-12-30, or since 1904-01-01
 * in a workbook with that epoch. Undefined outside of 1990 to 2099.
 */
export function dayOfSerial(serial: number, epoch1904 = false): LocalDate | undefined {
  if (!Number.isFinite(serial) || serial < 1 || serial > 80_000) return undefined;
  const day = addDays(epoch1904 ? '1904-01-01' : '1899-12-30', Math.floor(serial));
  return day >= '1990-01-01' && day <= '2099-12-31' ? day : undefined;
}

/** What a spreadsheet makes of a long number when it forgets that it is none: 1.38E+10 has lost its last digits. */
const ROUNDED = /^\d(?:\.\d+)?e\+?\d+$/i;

/** A number of a phone or a work order as written; one that a spreadsheet has rounded is refused. */
export function readDigits(written: string): Read<string> {
  const plain = written.normalize('NFKC').trim();
  if (!ROUNDED.test(plain)) return { value: written.trim() };
  return refuse(
    '表格软件把号码变成了科学计数，末尾几位已经丢失；请把这一列设为文本再重新填写',
    'The spreadsheet turned the number into 1.38E+10 and lost its last digits; format the column as text and enter it again',
  );
}
