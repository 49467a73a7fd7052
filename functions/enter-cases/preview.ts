import type * as z from 'zod';
import type { DeskEntry, importFile } from '../../events/desk-entry.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import { readPasted } from '../../shared/desk-entry/read-pasted.ts';
import {
  type Draft,
  type DraftRow,
  inColumn,
  type RowProblem,
  readRows,
} from '../../shared/desk-entry/read-rows.ts';
import { readTable } from '../../shared/desk-entry/read-table.ts';
import type { Reason } from '../../shared/desk-entry/values.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import type { Staff } from '../../shared/people/roles.ts';
import { sha256 } from '../../shared/sha256.ts';
import type { Knowledge } from '../../shared/understanding/understand.ts';
import { type EnterDependencies, refuseOthers } from './enter.ts';
import { contentKey, handOverKey } from './entry-keys.ts';

export interface PreviewDependencies extends EnterDependencies {
  knowledge: Knowledge;
  /** Reads an entry by its contract; throws a problem that names what is wrong. */
  parseEntry: (draft: unknown) => DeskEntry;
}

/** Fills the form in from a letter or work order; nothing is kept. */
export async function readPaste(
  { text }: { text: string },
  staff: Staff,
  deps: Pick<PreviewDependencies, 'knowledge' | 'now'>,
): Promise<Answer> {
  refuseOthers(staff);
  const fields = readPasted(text, shanghaiDate(deps.now()), deps.knowledge);
  return { status: 200, body: { fields } };
}

/**
 * Reads a table and says of each row what would be registered, what is wrong with it, and what is there already: in a row
 * above, or as a case. Nothing is kept.
 */
export async function previewImport(
  request: z.output<ReturnType<typeof importFile>>,
  staff: Staff,
  deps: PreviewDependencies,
): Promise<Answer> {
  refuseOthers(staff);
  const { channel, receivedOn = shanghaiDate(deps.now()) } = request;
  const read = readTable(Buffer.from(request.file, 'base64'), request.sheet);
  if ('reason' in read) throw refused(read.reason);
  const draft = readRows(read.table, { channel, receivedOn });
  if ('reason' in draft) throw refused(draft.reason);

  const seen = new Map<string, number>();
  const rows = draft.rows.map((row) => {
    const { entry, problems } = checked(row, draft.columns, deps);
    const key = entry === undefined ? undefined : (handOverKey(entry) ?? contentKey(entry));
    const sameAs = key === undefined ? undefined : seen.get(key);
    if (key !== undefined && sameAs === undefined) seen.set(key, row.row);
    return { row: row.row, cells: row.cells, entry: entry ?? null, problems, key, sameAs: sameAs ?? null };
  });
  const registered = await numbersOf([...seen.keys()], deps);
  return {
    status: 200,
    body: {
      columns: draft.columns,
      sheets: read.table.sheets,
      rows: rows.map(({ key, ...row }) => ({ ...row, registered: registered.get(key ?? '') ?? null })),
    },
  };
}

const refused = (reason: Reason) => new Problem('bad-request', [{ field: '/file', ...reason }]);

/** The entry, or everything that is wrong with the row, each in the words of its column. */
function checked(
  { draft, problems }: DraftRow,
  columns: Draft['columns'],
  { parseEntry }: PreviewDependencies,
) {
  try {
    const entry = parseEntry(draft);
    return problems.length === 0 ? { entry, problems } : { problems };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const more = error.errors
      .map((one) => inColumn(one, columns, problems))
      .filter((one): one is RowProblem => one !== undefined);
    return { problems: [...problems, ...more] };
  }
}

const AT_ONCE = 50;

/** The cases that these keys stand for. */
async function numbersOf(
  keys: readonly string[],
  { cases }: PreviewDependencies,
): Promise<Map<string, string>> {
  const numbers = new Map<string, string>();
  for (let start = 0; start < keys.length; start += AT_ONCE) {
    const some = keys.slice(start, start + AT_ONCE);
    const receipts = await Promise.all(some.map((key) => cases.receipt(sha256(key))));
    for (const [index, key] of some.entries()) {
      const number = receipts[index]?.number;
      if (number !== undefined) numbers.set(key, number);
    }
  }
  return numbers;
}
