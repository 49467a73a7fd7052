import * as z from 'zod';
import { type filterRequest, MOST_FILTERS, savedFilter } from '../../events/desk-work.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import type { Staff } from '../../shared/people/roles.ts';
import { sha256 } from '../../shared/sha256.ts';
import type { KeptList } from '../../shared/store/desk-work-store.ts';
import type { DeskDependencies } from './desk.ts';

type Filter = z.output<typeof savedFilter>;

/** Saved filters of this person. */
export async function listFilters(staff: Staff, deps: DeskDependencies): Promise<Answer> {
  return answer(await read(staff, deps));
}

/** Saves a filter; one of the same name is replaced. Sent twice it is there once. */
export async function saveFilter(
  { name, filter, version }: z.output<typeof filterRequest>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  // The id stands in addresses, a name that a person wrote does not.
  const id = sha256(name).slice(0, 12);
  return change(version, staff, deps, (filters) => {
    const others = filters.filter((one) => one.id !== id);
    if (others.length >= MOST_FILTERS) {
      throw new Problem('bad-request', [
        {
          field: '/name',
          zh: `最多保存 ${MOST_FILTERS} 个筛选，请先删除不用的`,
          en: `At most ${MOST_FILTERS} filters are kept; please delete one first`,
        },
      ]);
    }
    return [...others, { id, name, filter }];
  });
}

/** Deletes a filter; one that is gone is gone. */
export async function deleteFilter(
  id: string,
  version: number,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  return change(version, staff, deps, (filters) => filters.filter((one) => one.id !== id));
}

async function change(
  version: number,
  staff: Staff,
  deps: DeskDependencies,
  changed: (filters: readonly Filter[]) => readonly Filter[],
): Promise<Answer> {
  const before = await read(staff, deps);
  const items = changed(before.items);
  // A repeat of what was done is no conflict.
  if (before.version === version + 1 && isSame(items, before.items)) return answer(before);
  const after = { version: version + 1, items };
  const saved =
    before.version === version && (await deps.deskWork.saveList({ filtersOf: staff.id }, after)) === 'saved';
  if (!saved) throw staleList(before.version);
  return answer(after);
}

const isSame = (one: readonly Filter[], other: readonly Filter[]) =>
  JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
const inOrder = (filters: readonly Filter[]) =>
  [...filters].sort((one, other) => (one.name < other.name ? -1 : 1));

async function read(staff: Staff, deps: DeskDependencies): Promise<KeptList & { items: readonly Filter[] }> {
  const { version, items } = await deps.deskWork.list({ filtersOf: staff.id });
  return { version, items: z.array(savedFilter).parse(items) };
}

function answer({ version, items }: { version: number; items: readonly Filter[] }): Answer {
  return { status: 200, body: { version, filters: inOrder(items) } };
}

/** The list has moved on, in another window perhaps. */
export function staleList(version: number): Problem {
  return new Problem('conflict', [
    {
      field: 'version',
      zh: `列表已有变动（现为第 ${version} 版），请刷新后再改`,
      en: `The list has moved on (version ${version}); please reload it`,
    },
  ]);
}
