import type { Registry } from '../jurisdiction/registry.ts';
import type { Words } from '../law/rule-packs.ts';
import { writeCell } from './cells.ts';
import { type Column, SHEETS, type Sheet } from './columns.ts';
import { valueAt } from './sheets.ts';

/** What one list of a register has gained, lost and changed, in the words in which people edit it. */
export interface ListDifference extends Words {
  list: string;
  added: Entry[];
  removed: Entry[];
  changed: (Entry & { fields: (Words & { before: string; after: string })[] })[];
}

interface Entry {
  id: string;
  name: string;
}

/** Lists that are compared, and by which column their entries are told apart. */
const COMPARED = {
  units: 'code',
  divisions: 'code',
  officers: 'id',
  rules: 'id',
  platforms: 'name',
  authorities: 'division',
} as const;

/** What a register would change of the one in force; lists without a difference are left out. */
export function compareRegisters(before: Registry, after: Omit<Registry, 'version'>): ListDifference[] {
  const lists = (Object.keys(COMPARED) as (keyof typeof COMPARED)[]).map((list) =>
    compareLists(list, before[list] ?? [], after[list] ?? []),
  );
  return [...lists, compareSettings(before, after)].filter(
    ({ added, removed, changed }) => added.length + removed.length + changed.length > 0,
  );
}

function compareLists(
  list: keyof typeof COMPARED,
  before: readonly object[],
  after: readonly object[],
): ListDifference {
  const { zh, en, columns }: Sheet = SHEETS[list];
  const idOf = (entry: object) => textAt(entry, COMPARED[list]) ?? '';
  // A township with two stations stands there twice.
  const keyed = (entries: readonly object[]) => {
    const seen = new Map<string, number>();
    return new Map(
      entries.map((entry) => {
        const id = idOf(entry);
        const times = seen.get(id) ?? 0;
        seen.set(id, times + 1);
        return [`${id}#${times}`, entry] as const;
      }),
    );
  };
  const [old, next] = [keyed(before), keyed(after)];
  const entryOf = (entry: object): Entry => ({
    id: idOf(entry),
    name: textAt(entry, 'name') ?? textAt(entry, 'word') ?? '',
  });
  return {
    list,
    zh,
    en,
    added: [...next].filter(([key]) => !old.has(key)).map(([, entry]) => entryOf(entry)),
    removed: [...old].filter(([key]) => !next.has(key)).map(([, entry]) => entryOf(entry)),
    changed: [...next].flatMap(([key, entry]) => {
      const former = old.get(key);
      const fields = former === undefined ? [] : fieldsOf(columns, former, entry);
      return fields.length === 0 ? [] : [{ ...entryOf(entry), fields }];
    }),
  };
}

function textAt(entry: object, at: string): string | undefined {
  const value = valueAt(entry, at);
  return typeof value === 'string' ? value : undefined;
}

function fieldsOf(columns: readonly Column[], before: object, after: object) {
  return columns.flatMap((column) => {
    const [old, next] = [before, after].map((entry) => writeCell(column, valueAt(entry, column.at)));
    return old === next ? [] : [{ zh: column.zh, en: column.en, before: old ?? '', after: next ?? '' }];
  });
}

function compareSettings(before: Registry, after: Omit<Registry, 'version'>): ListDifference {
  const old = { city: before.city, ...before.settings } as Record<string, unknown>;
  const next = { city: after.city, ...after.settings } as Record<string, unknown>;
  const names = [...new Set([...Object.keys(old), ...Object.keys(next)])].sort();
  const text = (value: unknown) => (value === undefined ? '' : JSON.stringify(value));
  return {
    list: 'settings',
    zh: '本局设置',
    en: 'settings',
    added: [],
    removed: [],
    changed: names
      .filter((name) => text(old[name]) !== text(next[name]))
      .map((name) => ({
        id: name,
        name,
        fields: [{ zh: '值', en: 'value', before: text(old[name]), after: text(next[name]) }],
      })),
  };
}
