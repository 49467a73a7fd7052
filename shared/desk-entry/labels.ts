import { type EntryFieldName, fieldCalled, LABELS, OTHER_LABELS } from './fields.ts';

/** A label in pasted text with what stands behind it. Offsets are UTF-16 units of the pasted text. */
export interface Labelled {
  field: EntryFieldName;
  /** Where the label begins, and where its value begins and ends. */
  at: number;
  start: number;
  end: number;
}

// A word of two characters is a label only where one can begin: 样例商户：… is none.
const BEGINS = '(?<=^|[\\s\\u3000，,。；;、|）)】\\]\\d.])';
// In forms the two characters of a label stand apart, 姓 名, to be as wide as four.
const NAMES = [...LABELS, ...OTHER_LABELS]
  .toSorted((one, other) => other.length - one.length)
  .map((name) => (name.length <= 2 ? BEGINS : '') + Array.from(name, escaped).join('[ \\u3000]*'))
  .join('|');
const HINT = '(?:[(（][^()（）\\n]{0,12}[)）])?';
/**
 * 姓名：, 【诉求内容】, 1. 投诉人(必填): – and the two columns of a table copied from a page: a label with a tab or the
 * end of the line behind it.
 */
const LABEL = new RegExp(
  `[【\\[](?<bracketed>${NAMES})[】\\]][ \\t]*[：:]?` +
    `|(?<colon>${NAMES})[ \\t\\u3000]*${HINT}[ \\t\\u3000]*[：:]` +
    `|(?<=^|[\\n\\t])[ \\u3000]*(?<column>${NAMES})[ \\u3000]*(?=\\t|\\n)`,
  'g',
);
function escaped(character: string): string {
  return character.replace(/[$()*+.?[\\\]^{|}-]/, '\\$&');
}

/** Fields whose value may run over several lines. */
const LONG: ReadonlySet<EntryFieldName> = new Set(['text', 'request']);
/** 商家电话 is the business's even where a blank or 的 stands between. */
const BUSINESS_BEFORE = /(?:商家|店家|店铺|老板|对方|商户|经营者|企业|公司|单位|卖家)的?[ \u3000]*$/;
const OF_BUSINESS: Partial<Record<EntryFieldName, EntryFieldName>> = {
  phone: 'businessPhone',
  address: 'businessAddress',
  name: 'businessName',
};
const ABOUT_BUSINESS: ReadonlySet<EntryFieldName> = new Set([
  'businessName',
  'businessAddress',
  'businessPhone',
]);
/** 电话, 地址 alone belong to whom the label before them was about. */
const PLAIN_ADDRESS = /^[\s\u3000]*地[ \u3000]*址/;
const PLAIN_PHONE = /^[\s\u3000]*(?:联系)?(?:电[ \u3000]*话|方式|手[ \u3000]*机)/;

/** Finds the labels of a work order or form with their values; what runs on without labels gives none. */
export function findLabels(pasted: string): Labelled[] {
  const found = [...pasted.matchAll(LABEL)].map(({ index, 0: all, groups = {} }) => ({
    at: index,
    start: index + all.length,
    name: groups.bracketed ?? groups.colon ?? groups.column ?? '',
  }));
  const named: (Omit<Labelled, 'end' | 'field'> & { field?: EntryFieldName })[] = [];
  let about: 'person' | 'business' | undefined;
  for (const { at, start, name } of found) {
    const called = fieldCalled(name.replace(/\u3000/g, ''));
    if (called === undefined) {
      named.push({ at, start });
      continue;
    }
    const field = belongsTo(called, name, pasted.slice(Math.max(0, at - 5), at), about);
    if (ABOUT_BUSINESS.has(field)) about = 'business';
    else if (field === 'name' || field === 'phone' || field === 'address') about = 'person';
    named.push({ field, at, start });
  }
  return named.flatMap(({ field, at, start }, index) =>
    field === undefined
      ? []
      : [{ field, at, start, end: endOf(pasted, { field, at, start }, named.slice(index + 1)) }],
  );
}

function belongsTo(
  field: EntryFieldName,
  name: string,
  before: string,
  about: 'person' | 'business' | undefined,
): EntryFieldName {
  if (BUSINESS_BEFORE.test(before)) return OF_BUSINESS[field] ?? field;
  if (field === 'businessAddress' && PLAIN_ADDRESS.test(name)) return about === 'person' ? 'address' : field;
  if (field === 'phone' && PLAIN_PHONE.test(name)) return about === 'business' ? 'businessPhone' : field;
  return field;
}

/** Where a value ends: a short one with its line or at the next label, a long one at the next label that begins a line. */
function endOf(
  pasted: string,
  { field, at, start }: Omit<Labelled, 'end'>,
  later: readonly { at: number }[],
): number {
  if (!LONG.has(field)) {
    const next = later[0]?.at ?? pasted.length;
    // The value of a table's column may stand on the line below.
    const from = start + (/^\s*/.exec(pasted.slice(start, next))?.[0].length ?? 0);
    const line = pasted.indexOf('\n', from);
    return line < 0 ? next : Math.min(next, line);
  }
  const isOnOneLine = !beginsLine(pasted, at);
  const next = later.find(
    (label) =>
      beginsLine(pasted, label.at) ||
      (isOnOneLine && /[\s\u3000，,；;。|【】[\]]/.test(pasted.charAt(label.at - 1))),
  );
  return next?.at ?? pasted.length;
}

const beginsLine = (pasted: string, at: number) =>
  /^[\s\u3000\d.、]*$/.test(pasted.slice(pasted.lastIndexOf('\n', at - 1) + 1, at));
