import type * as z from 'zod';
import type {
  businessAnswerRequest,
  businessAnswerView,
  reviewAnswerRequest,
} from '../../events/open-data.ts';
import type { Clock } from '../../shared/dates.ts';
import { type FieldProblem, Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import type { Log } from '../../shared/logging.ts';
import {
  type AnswerRefusal,
  type BusinessAnswer,
  enterAnswer,
  reviewAnswer,
} from '../../shared/open-data/business-answer.ts';
import { mayOnAnswers } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import type { OpenDataStore } from '../../shared/store/open-data-store.ts';

export interface AnswerDependencies {
  openData: Pick<OpenDataStore, 'answer' | 'answers' | 'saveAnswer'>;
  now: Clock;
  log: Log;
}

/** Answers that wait for a second person, the oldest first. */
export async function listWaiting(staff: Staff, deps: AnswerDependencies): Promise<Answer> {
  if (!mayOnAnswers('enter', staff)) throw new Problem('forbidden');
  const waiting = (await deps.openData.answers())
    .filter((one) => one.waiting !== undefined)
    .toSorted((a, b) => ((a.waiting?.at ?? '') < (b.waiting?.at ?? '') ? -1 : 1));
  return { status: 200, body: { answers: waiting.map(viewOf) } };
}

/** The business answers, by the hand of the desk. */
export async function enter(
  creditCode: string,
  { year, text, version }: z.output<typeof businessAnswerRequest>,
  staff: Staff,
  deps: AnswerDependencies,
): Promise<Answer> {
  if (!mayOnAnswers('enter', staff)) throw new Problem('forbidden');
  const before = (await deps.openData.answer(creditCode, year)) ?? { creditCode, year, version: 0 };
  return save(before, version, enterAnswer(before, text, mark(staff, deps)), staff, deps);
}

/** A second person read it: it is shown, or declined with the reason. */
export async function review(
  creditCode: string,
  { year, version, ...decided }: z.output<typeof reviewAnswerRequest>,
  staff: Staff,
  deps: AnswerDependencies,
): Promise<Answer> {
  if (!mayOnAnswers('review', staff)) throw new Problem('forbidden');
  const before = await deps.openData.answer(creditCode, year);
  if (before === undefined) throw new Problem('not-found');
  return save(before, version, reviewAnswer(before, decided, mark(staff, deps)), staff, deps);
}

const mark = ({ id }: Staff, { now }: AnswerDependencies) => ({ by: id, at: now().toISOString() });

async function save(
  before: BusinessAnswer,
  looked: number,
  after: BusinessAnswer | AnswerRefusal,
  staff: Staff,
  { openData, log }: AnswerDependencies,
): Promise<Answer> {
  if (before.version !== looked) throw moved();
  if (typeof after === 'string') throw refusals[after]();
  if ((await openData.saveAnswer(after)) === 'conflict') throw moved();
  const { creditCode, year, version } = after;
  log('business-answer-kept', { staff: staff.id, creditCode, year, version });
  return { status: 200, body: viewOf(after) };
}

const moved = () =>
  refused('/version', '内容已有变化，请重新查看', 'It has changed meanwhile; please look again');
const refused = (field: string, zh: string, en: string, code: 'conflict' | 'bad-request' = 'conflict') =>
  new Problem(code, [{ field, zh, en } satisfies FieldProblem]);

const refusals: Readonly<Record<AnswerRefusal, () => Problem>> = {
  'names-contacts': () =>
    refused(
      '/text',
      '回应中有电话、证件号码、邮箱或者案件编号，请删除后再提交',
      'There is a phone, an identity number, an e-mail or a case number in it; please take it out',
      'bad-request',
    ),
  'nothing-waits': () => refused('/version', '没有待审核的回应', 'No answer waits to be read'),
  'own-entry': () =>
    refused(
      '/decision',
      '不能审核自己录入的回应，请由他人审核',
      'Whoever entered it cannot review it; ask another person',
    ),
  'no-reason': () => refused('/why', '不予显示请写明理由', 'To decline, please say why', 'bad-request'),
};

const viewOf = ({
  waiting,
  shown,
  declined,
  ...answer
}: BusinessAnswer): z.output<typeof businessAnswerView> => ({
  ...answer,
  waiting: waiting ?? null,
  shown: shown ?? null,
  declined: declined ?? null,
});
