import { isLocalDate } from '../dates.ts';
import type { Reason } from '../desk-entry/values.ts';
import type { Column } from './columns.ts';

/** What a cell holds; undefined for none. */
type Read = { value: unknown } | { reason: Reason };

const refuse = (zh: string, en: string) => ({ reason: { zh, en } });

/** Between several values of one cell; a value that has one inside bears a backslash before it. */
const BETWEEN = '；';
const SPLIT = /(?<!\\)(?:\\\\)*[；;|]/;

/** Reads a cell by its column. Blanks around a value do not count. */
export function readCell({ type, empty, options = {} }: Column, written: string): Read {
  const text = written.trim();
  if (text === '') {
    if (empty === 'filled') return refuse('不能为空，请补填', 'must not be empty: fill it in');
    if (empty === 'optional') return { value: undefined };
    return { value: type === 'texts' || type === 'choices' ? [] : '' };
  }
  // Spreadsheets show long numbers so, and keep no more than 15 digits of them.
  if (/^\d(?:\.\d+)?E\+\d{2}$/i.test(text)) {
    return refuse(
      `“${text}”是被 Excel 改坏的长数字，请改回原来的代码；建议用 XLSX 编辑`,
      `“${text}” is a long number that Excel has spoilt: put the code back; better edit the XLSX`,
    );
  }
  return READERS[type](text, options);
}

type Options = NonNullable<Column['options']>;

const READERS: Readonly<Record<Column['type'], (text: string, options: Options) => Read>> = {
  text: (text) => ({ value: text }),
  texts: (text) => ({ value: parts(text) }),
  whole: (text) =>
    /^\d{1,9}$/.test(text)
      ? { value: Number(text) }
      : refuse(`“${text}”不是整数，请只写数字`, `“${text}” is no whole number: write digits only`),
  day: readDay,
  shops: readShops,
  choice: readChoice,
  choices(text, options) {
    const read = parts(text).map((one) => readChoice(one, options));
    const wrong = read.find((one) => 'reason' in one);
    return wrong ?? { value: read.flatMap((one) => ('value' in one ? [one.value] : [])) };
  },
};

function readDay(text: string): Read {
  const [, year = '', month = '', day = ''] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? [];
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isLocalDate(value)
    ? { value }
    : refuse(
        `“${text}”不是日期，请写成 2026-01-31`,
        `“${text}” is no day of the calendar: write it as 2026-01-31`,
      );
}

/** 美团：某某面馆 */
function readShops(text: string): Read {
  const read = parts(text).map((written) => /^([^:：]+)[:：](.+)$/u.exec(written));
  const wrong = read.findIndex((one) => one === null);
  if (wrong >= 0) {
    const written = parts(text)[wrong] ?? '';
    return refuse(
      `“${written}”没有写明平台，请写成 美团：店铺名称`,
      `“${written}” names no platform: write it as platform: shop`,
    );
  }
  return {
    value: read.flatMap((one) =>
      one === null ? [] : [{ platform: (one[1] ?? '').trim(), shop: (one[2] ?? '').trim() }],
    ),
  };
}

function readChoice(text: string, options: Options): Read {
  const wanted = text.toLowerCase();
  const found = Object.entries(options).find(([key, { zh, en }]) =>
    [key, zh, en].some((name) => name.toLowerCase() === wanted),
  );
  if (found !== undefined) return { value: found[0] };
  const all = Object.entries(options);
  return refuse(
    `“${text}”不在可选值中，请写：${all.map(([, { zh }]) => zh).join('、')}`,
    `“${text}” is none of: ${all.map(([key]) => key).join(', ')}`,
  );
}

function parts(text: string): string[] {
  const found: string[] = [];
  let rest = text;
  for (let at = SPLIT.exec(rest); at !== null; at = SPLIT.exec(rest)) {
    const end = at.index + at[0].length;
    found.push(rest.slice(0, end - 1));
    rest = rest.slice(end);
  }
  return [...found, rest]
    .map((part) => part.trim().replace(/\\([；;|\\])/g, '$1'))
    .filter((part) => part !== '');
}

const TEXTS: Column = { at: '', zh: '', en: '', type: 'texts' };

/** Writes a value as `readCell` reads it. */
export function writeCell({ type, options = {} }: Column, value: unknown): string {
  if (type === 'shops') {
    const shops = (value ?? []) as { platform: string; shop: string }[];
    return writeCell(
      { ...TEXTS, type: 'texts' },
      shops.map(({ platform, shop }) => `${platform}：${shop}`),
    );
  }
  const values = [value].flat().filter((one) => one !== undefined) as (string | number)[];
  const words = values.map(String);
  if (type === 'texts') return words.map((one) => one.replace(/[；;|\\]/g, '\\$&')).join(BETWEEN);
  return words.map((one) => options[one]?.zh ?? one).join(BETWEEN);
}
