import type { Case } from '../../shared/case/case.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import { stateView } from '../../shared/case/case-view.ts';
import { rowsFor } from '../../shared/case/life-cycle.ts';
import { pointsGiven } from '../../shared/case/rating.ts';
import { planStep, takeStep } from '../../shared/case/take-step.ts';
import type { Clock } from '../../shared/dates.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { openedBy } from '../../shared/http/tracked-case.ts';
import { COMPLAINANT } from '../../shared/intake/file-message.ts';
import type { Log } from '../../shared/logging.ts';
import type { CalendarStore } from '../../shared/store/calendar-store.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import { type Decision, stepContext, stepOnCase } from '../../shared/store/step-on-case.ts';

export interface ConsumerStepDependencies {
  cases: CaseStore;
  registry: RegistryStore;
  calendar: CalendarStore;
  now: Clock;
  salt: () => string;
  log: Log;
}

/**
 * The steps that a consumer may take: withdraw; of a settlement offered first, confirm it or insist on the authority; add
 * to what was said; rate how it was handled; ask that it be taken up again.
 */
export type ConsumerAction =
  | 'withdraw'
  | 'insist'
  | 'confirm-settlement'
  | 'add-words'
  | 'rate'
  | 'ask-reopen';

/** What comes with a step. */
type Sent = Readonly<Partial<Record<'text' | 'points' | 'remark' | 'reason', string | undefined>>>;

const STEPS_LOOKED_AT = 100;

/** The triage and an officer may move the case at the same moment; most conflicts are over at the second look. */
const TRIES = 4;
/** These answer an offer: when anything has moved, the person looks again at what it is now. */
const ANSWERS: readonly ConsumerAction[] = ['confirm-settlement', 'insist'];

/** Takes a step of the consumer's own. A repeat of a step that was taken is answered like the first. */
export async function takeConsumerStep(
  number: CaseNumber,
  secret: string,
  action: ConsumerAction,
  deps: ConsumerStepDependencies,
  sent: Sent = {},
): Promise<Answer> {
  const answerOf = (found: Case, withdrawalAsked: boolean): Answer => ({
    status: 200,
    body: { number, state: stateView(found), withdrawalAsked },
  });
  const decide = async (read: Case | undefined): Promise<Decision<{ answer: Answer; isNew: boolean }>> => {
    const found = openedBy(secret, read);
    if (await isDone(found, action, sent, deps)) {
      const answer = answerOf(found, action === 'withdraw' || found.withdrawalAsked === true);
      return { end: { answer, isNew: false } };
    }
    if (!rowsFor(found.kind, found.state, action).some(({ by }) => by.includes('consumer'))) {
      throw notNow();
    }
    const context = await stepContext(COMPLAINANT, await deps.registry.read(), deps);
    const { problems } = planStep(found, action, sent, context);
    if (problems.length > 0) throw new Problem('bad-request', problems);
    const step = takeStep(found, action, sent, context);
    const { withdrawalAsked = action === 'withdraw' } = step.after;
    return { step, meaning: { answer: answerOf(step.after, withdrawalAsked), isNew: true } };
  };
  const tries = ANSWERS.includes(action) ? 1 : TRIES;
  const outcome = await stepOnCase(number, decide, { cases: deps.cases, tries });
  if (outcome === 'overtaken') throw notNow();
  if (outcome.isNew) deps.log('consumer-step-taken', { number, action });
  return outcome.answer;
}

/** True when the step was taken before: its answer may have been lost on the way. */
async function isDone(
  found: Case,
  action: ConsumerAction,
  { text, points }: Sent,
  { cases }: ConsumerStepDependencies,
) {
  if (action === 'withdraw') return found.state === 'withdrawn' || found.withdrawalAsked === true;
  if (action === 'confirm-settlement') return found.state === 'reconciled';
  if (action === 'ask-reopen') return found.reopenAsked === true;
  if (action === 'rate') {
    const given = pointsGiven(await cases.latestEvents(found.number, STEPS_LOOKED_AT));
    if (given !== undefined && String(given) !== points) throw ratedBefore();
    return given !== undefined;
  }
  const [last] = await cases.latestEvents(found.number, 1);
  if (action === 'add-words') return last?.type === 'words-added' && last.words?.text === text;
  return last?.type === 'insisted';
}

function notNow(): Problem {
  return new Problem('conflict', [
    {
      field: 'number',
      zh: '案件当前状态不能办理，请刷新查看进度',
      en: 'The case has moved on; please look how it stands now',
    },
  ]);
}

/** One person's word counts once: a second thought would count beside the first. */
function ratedBefore(): Problem {
  return new Problem('conflict', [
    {
      field: '/points',
      zh: '您已经评价过了；还有意见可以请求重新办理，或者打电话',
      en: 'You have rated it already; you may ask to have it taken up again, or call',
    },
  ]);
}
