import type * as z from 'zod';
import type { endWatchRequest, watchRequest } from '../../events/businesses.ts';
import { unitPathOfBusiness } from '../../shared/businesses/places.ts';
import {
  isWatched,
  LONGEST_WATCH_DAYS,
  putOnWatch,
  takeOffWatch,
  type WatchEntry,
} from '../../shared/businesses/watch-list.ts';
import { addDays, shanghaiDate } from '../../shared/dates.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { mayOnBusinesses } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import { ofOwnUnit, readBusiness, watchView } from './businesses-shown.ts';
import type { DeskDependencies } from './desk.ts';

/** Who is on the watch-list today, of the businesses of this person's unit or below. */
export async function listWatched(staff: Staff, deps: DeskDependencies): Promise<Answer> {
  if (!mayOnBusinesses('see', staff, [staff.unit])) throw new Problem('forbidden');
  const entries = await deps.businesses.watched(shanghaiDate(deps.now()));
  const own = await ofOwnUnit(entries, staff, await deps.registry.read(), deps);
  return { status: 200, body: { entries: own.map(watchView) } };
}

/** Puts a business on the watch-list, or keeps it there longer. */
export async function watchBusiness(
  creditCode: string,
  { version, ...wanted }: z.output<typeof watchRequest>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  const { name, before, today } = await forWatching(creditCode, staff, deps);
  const last = addDays(today, LONGEST_WATCH_DAYS);
  if (wanted.until < today || wanted.until > last) {
    throw new Problem('bad-request', [
      {
        field: '/until',
        zh: `应在今天至 ${last} 之间`,
        en: `Must lie between today and ${last}`,
      },
    ]);
  }
  const isDone = (entry: WatchEntry) =>
    entry.ended === undefined &&
    entry.by === staff.id &&
    entry.until === wanted.until &&
    entry.why.join() === wanted.why.join() &&
    entry.note === wanted.note;
  return keep(before, version, isDone, staff, deps, () =>
    putOnWatch(before, { creditCode, name, ...wanted, by: staff.id }, today),
  );
}

/** Takes a business off the watch-list before its time. */
export async function endWatch(
  creditCode: string,
  { version, why }: z.output<typeof endWatchRequest>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  const { before, today } = await forWatching(creditCode, staff, deps);
  if (before === undefined) throw new Problem('not-found');
  const isDone = (entry: WatchEntry) => entry.ended?.by === staff.id && entry.ended.why === why;
  if (!isWatched(before, today) && !isDone(before)) throw moved(before);
  return keep(before, version, isDone, staff, deps, () =>
    takeOffWatch(before, { on: today, by: staff.id, why }),
  );
}

async function forWatching(creditCode: string, staff: Staff, deps: DeskDependencies) {
  const business = await readBusiness(creditCode, deps);
  const unitPath = unitPathOfBusiness(business, await deps.registry.read());
  if (!mayOnBusinesses('watch', staff, unitPath)) throw new Problem('forbidden');
  const before = await deps.businesses.watch(creditCode);
  return { name: business.name, before, today: shanghaiDate(deps.now()) };
}

/**
 * Keeps a change on the version that the person looked at.
 * @param isDone whether an entry is what he wants: a repeat is no conflict
 */
async function keep(
  before: WatchEntry | undefined,
  version: number,
  isDone: (entry: WatchEntry) => boolean,
  staff: Staff,
  deps: DeskDependencies,
  change: () => WatchEntry,
): Promise<Answer> {
  if (before !== undefined && before.version === version + 1 && isDone(before)) {
    return { status: 200, body: watchView(before) };
  }
  if ((before?.version ?? 0) !== version) throw moved(before);
  const after = change();
  if ((await deps.businesses.keepWatch(after)) === 'conflict') throw moved(before);
  deps.log('watch-list-changed', { staff: staff.id, business: after.creditCode, until: after.until });
  return { status: 200, body: watchView(after) };
}

function moved(before: WatchEntry | undefined): Problem {
  const version = before?.version ?? 0;
  return new Problem('conflict', [
    {
      field: '/version',
      zh: `名单已有变动（现为第 ${version} 版），请刷新后再改`,
      en: `The entry has moved on (version ${version}); please reload it`,
    },
  ]);
}
