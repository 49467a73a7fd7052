import type * as z from 'zod';
import type { BULK_RESULTS, bulkRequest } from '../../events/desk-work.ts';
import type { Case } from '../../shared/case/case.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import {
  type BulkOrder,
  factsOf,
  isOf,
  isUndoable,
  mayBegin,
  UNDO_MINUTES,
  undoes,
  undoOf,
} from '../../shared/desk-work/bulk.ts';
import { Problem, type ProblemCode } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { viewOf } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import { sha256 } from '../../shared/sha256.ts';
import { act } from './act.ts';
import type { DeskDependencies } from './desk.ts';

/** Cases worked on at once: fifty are done in about two seconds of the ten that a request has. */
const AT_ONCE = 5;

type Result = (typeof BULK_RESULTS)[number];
interface CaseResult {
  number: CaseNumber;
  result: Result;
  version: number | null;
  why: { zh: string; en: string } | null;
}
type Ordered = BulkOrder['cases'][number];

/**
 * One action on many cases, each a unit of work of its own: what was done stays done, whatever becomes of the rest. A
 * repeat with the same key finds by the history what was done, and tries the others once more.
 */
export async function doBulk(
  request: z.output<typeof bulkRequest>,
  idempotencyKey: string,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  const { action, cases, sent } = request;
  const payloadHash = sha256(JSON.stringify(request));
  const id = sha256(`${staff.id}#${idempotencyKey}`).slice(0, 32);
  // Kept before the first step: whatever is done can be found and undone.
  const order = await deps.deskWork.keepBulk({
    id,
    staff: staff.id,
    action,
    at: deps.now().toISOString(),
    payloadHash,
    cases,
  });
  if (order.payloadHash !== payloadHash) throw new Problem('key-reused');
  const results = await each(cases, async (one) => doOne(order, one, sent, staff, deps));
  deps.log('bulk-done', { staff: staff.id, action, bulk: id, cases: cases.length });
  return answer(order, results, 'done');
}

async function doOne(
  { id, action }: BulkOrder,
  { number, version }: Ordered,
  sent: Readonly<Record<string, unknown>>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<CaseResult> {
  const found = await deps.cases.case(number);
  if (found === undefined || viewOf(found, staff) === 'none') return failed(number, 'not-found');
  if (found.version > version && isOf(id, await deps.cases.event(number, version + 1))) {
    return { number, result: 'done', version: version + 1, why: null };
  }
  if (found.version === version && !mayBegin(action, found)) return failed(number, 'refused', FROM_HUB_ONLY);
  return attempt(number, 'done', () =>
    act(number, action, { ...sent, ...factsOf(id, found), version }, staff, deps),
  );
}

/**
 * Takes an order back where nothing has happened since: on each case a step of its own, after the one that it takes back.
 * Sent twice it is done once.
 */
export async function undoBulk(id: string, staff: Staff, deps: DeskDependencies): Promise<Answer> {
  const order = await deps.deskWork.bulk(id);
  // Whose order it was is nobody else's business.
  if (order === undefined || order.staff !== staff.id) throw new Problem('not-found');
  if (!isUndoable(order, deps.now().toISOString())) {
    throw new Problem('conflict', [
      {
        field: 'id',
        zh: `超过 ${UNDO_MINUTES} 分钟，不能整批撤销，请逐件办理`,
        en: `More than ${UNDO_MINUTES} minutes ago; please take each case back by itself`,
      },
    ]);
  }
  const results = await each(order.cases, async (one) => undoOne(order, one, staff, deps));
  deps.log('bulk-undone', { staff: staff.id, bulk: id, cases: order.cases.length });
  return answer(order, results, 'undone');
}

async function undoOne(
  { id }: BulkOrder,
  { number, version }: Ordered,
  staff: Staff,
  deps: DeskDependencies,
): Promise<CaseResult> {
  const found = await deps.cases.case(number);
  if (found === undefined || viewOf(found, staff) === 'none') return failed(number, 'not-found');
  const done = await deps.cases.event(number, version + 1);
  if (done === undefined || !isOf(id, done)) return failed(number, 'nothing', WAS_NOT_DONE);
  if (found.version > version + 1) return afterwards(id, found, version, deps);
  const undo = undoOf(id, found, done);
  if (undo === undefined) return failed(number, 'refused', NO_WAY_BACK);
  return attempt(number, 'undone', () =>
    act(number, undo.action, { ...undo.sent, version: version + 1 }, staff, deps),
  );
}

/** Something has happened since: the undoing itself, by a request whose answer was lost, or work that is not thrown away. */
async function afterwards(
  id: string,
  { number, version: present }: Case,
  version: number,
  deps: DeskDependencies,
): Promise<CaseResult> {
  const next = await deps.cases.event(number, version + 2);
  if (undoes(id, next)) return { number, result: 'undone', version: version + 2, why: null };
  return failed(number, 'conflict', {
    zh: `此后已有办理（现为第 ${present} 版），不再撤销`,
    en: `Something has been done since (version ${present}); it stays`,
  });
}

const FROM_HUB_ONLY = {
  zh: '批量分送只限尚在中心、未分送的案件',
  en: 'Only what still lies at the hub is handed out in bulk',
};
const WAS_NOT_DONE = { zh: '本批没有办成此件', en: 'It was not done by this order' };
const NO_WAY_BACK = {
  zh: '原有多名承办人，不能自动恢复',
  en: 'Several people were on it; it cannot be put back by itself',
};
const NOT_POSSIBLE = { zh: '不能办理', en: 'Not possible' };

/** What a refusal of one case means among many. */
const RESULT_OF: Partial<Record<ProblemCode, Result>> = {
  conflict: 'conflict',
  'try-again': 'conflict',
  forbidden: 'not-allowed',
  'not-found': 'not-found',
};

async function attempt(
  number: CaseNumber,
  result: 'done' | 'undone',
  take: () => Promise<Answer>,
): Promise<CaseResult> {
  try {
    const { body } = await take();
    return { number, result, version: (body as { version: number }).version, why: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return failed(number, RESULT_OF[error.code] ?? 'refused', error.errors[0]);
  }
}

function failed(number: CaseNumber, result: Result, why: { zh: string; en: string } = NOT_POSSIBLE) {
  return { number, result, version: null, why: { zh: why.zh, en: why.en } };
}

/** A few at a time, answered in the order of the request. */
async function each(
  cases: readonly Ordered[],
  take: (one: Ordered) => Promise<CaseResult>,
): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (let start = 0; start < cases.length; start += AT_ONCE) {
    results.push(...(await Promise.all(cases.slice(start, start + AT_ONCE).map(take))));
  }
  return results;
}

function answer({ id, at }: BulkOrder, results: readonly CaseResult[], wanted: Result): Answer {
  const undoUntil = new Date(Date.parse(at) + UNDO_MINUTES * 60_000).toISOString();
  const done = results.filter(({ result }) => result === wanted).length;
  return { status: 200, body: { id, undoUntil, done, results } };
}
