import { createHash } from 'node:crypto';
import type { Submission } from '../../events/submission.ts';
import type { Case } from '../../shared/case/case.ts';
import { handlingUnit, nextLegalDate, stateView } from '../../shared/case/case-view.ts';
import { register } from '../../shared/case/steps.ts';
import { hashTrackingSecret, makeTrackingSecret } from '../../shared/case/tracking-secret.ts';
import type { Clock } from '../../shared/dates.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { findStation } from '../../shared/jurisdiction/find-station.ts';
import type { Calendar } from '../../shared/law/calendar.ts';
import type { Log } from '../../shared/logging.ts';
import type { CaseStore, Receipt } from '../../shared/store/case-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';

export interface SubmitDependencies {
  cases: CaseStore;
  registry: RegistryStore;
  calendar: Calendar;
  bureau: string;
  now: Clock;
  /** Integer from 0 up to, not including, the bound. */
  randomInt: (bound: number) => number;
  randomBytes: (count: number) => Uint8Array;
  log: Log;
}

// Numbers are drawn at random: at 100,000 cases a day one draw in ten is taken, five in a row one time in 100,000.
const DRAWS = 5;

/**
 * Registers a complaint once. A repeat with the same idempotency key gets the first answer again; the same
 * key with another message is refused (422). When this returns, case, history and identity are kept.
 */
export async function submit(
  submission: Submission,
  idempotencyKey: string | undefined,
  deps: SubmitDependencies,
): Promise<Answer> {
  const keyHash = idempotencyKey === undefined ? undefined : sha256(idempotencyKey);
  const payloadHash = sha256(JSON.stringify(submission));

  const earlier = keyHash === undefined ? undefined : await deps.cases.receipt(keyHash);
  if (earlier !== undefined) return answerAgain(earlier, payloadHash, deps);

  const { complainant, ...complaint } = submission;
  const secret = makeTrackingSecret(deps.randomBytes(10));
  for (let draw = 1; draw <= DRAWS; draw += 1) {
    const step = register(
      complaint,
      {
        channel: 'web',
        bureau: deps.bureau,
        draw: deps.randomInt(1_000_000),
        secretHash: hashTrackingSecret(secret),
      },
      { actor: { role: 'consumer', id: 'complainant' }, now: deps.now, calendar: deps.calendar },
    );
    const { number } = step.after;
    const receipt = keyHash === undefined ? undefined : { keyHash, payloadHash, number, secret };
    // Before the commit, as everything that may fail: what is kept must also be answered.
    const station = await handledBy(step.after, deps);
    const outcome = await deps.cases.register(step, complainant, receipt);
    if (outcome === 'registered') {
      deps.log('complaint-registered', { number, channel: step.after.channel });
      return { status: 201, body: answer(step.after, secret, station) };
    }
    if (outcome === 'key-taken') return answerTwin(keyHash ?? '', payloadHash, deps);
  }
  throw new Problem('try-again');
}

/**
 * Who has the case; before its triage, whom the triage is going to find, so that the consumer need not wait
 * for it to learn who will call.
 */
async function handledBy(found: Case, deps: SubmitDependencies) {
  try {
    const registry = await deps.registry.read();
    if (found.state !== 'received') return handlingUnit(found, registry.units);
    const finding = findStation(found.complaint.business, registry);
    return finding.found ? handlingUnit({ unitPath: [finding.station] }, registry.units) : null;
  } catch {
    // An intake never waits for a register that cannot be read; the triage will see to it.
    return null;
  }
}

/** The same message arrived twice at the same moment, and the other one won. */
async function answerTwin(keyHash: string, payloadHash: string, deps: SubmitDependencies): Promise<Answer> {
  const twin = await deps.cases.receipt(keyHash);
  if (twin === undefined) throw new Problem('try-again');
  return answerAgain(twin, payloadHash, deps);
}

async function answerAgain(receipt: Receipt, payloadHash: string, deps: SubmitDependencies): Promise<Answer> {
  if (receipt.payloadHash !== payloadHash) {
    throw new Problem('key-reused', [
      {
        field: 'idempotency-key',
        zh: '此幂等键已用于另一份投诉，请换一个新的键',
        en: 'This key was used for another complaint; please choose a new one',
      },
    ]);
  }
  const found = await deps.cases.case(receipt.number);
  if (found === undefined) throw new Problem('try-again');
  return { status: 200, body: answer(found, receipt.secret, await handledBy(found, deps)) };
}

function answer(found: Case, secret: string, station: ReturnType<typeof handlingUnit>) {
  return {
    number: found.number,
    secret,
    state: stateView(found),
    receivedOn: found.receivedOn,
    handledBy: station,
    nextLegalDate: nextLegalDate(found),
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
