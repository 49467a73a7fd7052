import type { Submission } from '../../events/submission.ts';
import type { Case, Complaint, Identity, Kind } from '../../shared/case/case.ts';
import { handlingUnit, nextLegalDate, stateView } from '../../shared/case/case-view.ts';
import { type RegisterContext, register } from '../../shared/case/register.ts';
import { hashTrackingSecret, makeTrackingSecret } from '../../shared/case/tracking-secret.ts';
import type { Clock } from '../../shared/dates.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { findStation } from '../../shared/jurisdiction/find-station.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import type { Log } from '../../shared/logging.ts';
import { sha256 } from '../../shared/sha256.ts';
import type { CalendarStore } from '../../shared/store/calendar-store.ts';
import type { CaseStore, Receipt, Registration } from '../../shared/store/case-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';

export interface SubmitDependencies {
  cases: CaseStore;
  registry: RegistryStore;
  calendar: CalendarStore;
  bureau: string;
  now: Clock;
  /** Integer from 0 up to, not including, the bound. */
  randomInt: (bound: number) => number;
  randomBytes: (count: number) => Uint8Array;
  salt: () => string;
  log: Log;
}

// Numbers are drawn at random: at 100,000 cases a day one draw in ten is taken, five in a row one time in 100,000.
const DRAWS = 5;

/**
 * Registers a message once: as a case, or as two when it both complains and reports (Art. 9). A repeat with the
 * same idempotency key gets the first answer again; the same key with another message is refused (422). When this
 * returns, cases, history and identities are kept.
 */
export async function submit(
  submission: Submission,
  idempotencyKey: string | undefined,
  deps: SubmitDependencies,
): Promise<Answer> {
  const keyHash = idempotencyKey === undefined ? undefined : sha256(idempotencyKey);
  const payloadHash = sha256(JSON.stringify(submission));
  // Before the commit, as everything that may fail: what is kept must also be answered.
  const registry = await readRegistry(deps);

  const earlier = keyHash === undefined ? undefined : await deps.cases.receipt(keyHash);
  if (earlier !== undefined) return answerAgain(earlier, payloadHash, registry, deps);

  const secret = makeTrackingSecret(deps.randomBytes(10));
  const context: RegisterContext = {
    actor: { role: 'consumer', id: 'complainant' },
    now: deps.now,
    salt: deps.salt,
    calendar: await deps.calendar.read(),
    settings: settingsOf(registry?.settings),
  };
  for (let draw = 1; draw <= DRAWS; draw += 1) {
    const [first, report] = registrationsOf(submission, secret, context, deps);
    const { number } = first.step.after;
    const receipt: Receipt | undefined =
      keyHash === undefined
        ? undefined
        : { keyHash, payloadHash, number, secret, report: report?.step.after.number };
    const registrations = report === undefined ? [first] : [first, report];
    const outcome = await deps.cases.commit({ registrations, receipt });
    if (outcome === 'committed') {
      // The report's number is not logged beside the complaint's: whoever reads logs must not see that they belong together.
      for (const { step } of registrations) {
        deps.log('case-registered', { number: step.after.number, channel: step.after.channel });
      }
      return { status: 201, body: answer(first.step.after, report?.step.after.number, secret, registry) };
    }
    if (outcome === 'key-taken') return answerTwin(keyHash ?? '', payloadHash, registry, deps);
  }
  throw new Problem('try-again');
}

/** The case, and the report that came with it: separate numbers, the same secret, apart in everything else. */
function registrationsOf(
  submission: Submission,
  secret: string,
  context: RegisterContext,
  deps: SubmitDependencies,
): [Registration, Registration?] {
  const { kind, complainant, joint, agent, report, ...content } = submission;
  const make = (of: Kind, complaint: Complaint, identity: Identity | undefined, linkedTo?: string) => ({
    step: register(
      complaint,
      {
        kind: of,
        channel: 'web',
        bureau: deps.bureau,
        draw: deps.randomInt(1_000_000),
        secretHash: hashTrackingSecret(secret),
        identity,
        linkedTo,
      },
      context,
    ),
    identity,
  });
  const together = joint?.map(({ consents, ...person }) => person);
  const identity =
    complainant === undefined
      ? undefined
      : {
          ...complainant,
          ...(together === undefined ? {} : { joint: together }),
          ...(agent === undefined ? {} : { agent }),
        };
  const first = make(kind, content, identity);
  if (report === undefined) return [first];
  const informer = report.anonymous === true ? undefined : complainant;
  const { business, occurredOn } = content;
  const clue: Complaint = {
    text: report.text,
    business,
    ...(occurredOn === undefined ? {} : { occurredOn }),
  };
  return [first, make('report', clue, informer, first.step.after.number)];
}

/** An intake never waits for a register that cannot be read; the triage will see to it. */
async function readRegistry(deps: SubmitDependencies): Promise<Registry | undefined> {
  try {
    return await deps.registry.read();
  } catch {
    return undefined;
  }
}

/**
 * Who has the case; before its triage, whom the triage is going to find, so that the consumer need not wait
 * for it to learn who will call.
 */
function handledBy(found: Case, registry: Registry | undefined) {
  if (registry === undefined) return null;
  if (found.state !== 'received') return handlingUnit(found, registry.units);
  const finding = findStation(found.complaint.business, registry);
  return finding.found
    ? handlingUnit({ unitPath: [registry.bureau, finding.station] }, registry.units)
    : null;
}

/** The same message arrived twice at the same moment, and the other one won. */
async function answerTwin(
  keyHash: string,
  payloadHash: string,
  registry: Registry | undefined,
  deps: SubmitDependencies,
): Promise<Answer> {
  const twin = await deps.cases.receipt(keyHash);
  if (twin === undefined) throw new Problem('try-again');
  return answerAgain(twin, payloadHash, registry, deps);
}

async function answerAgain(
  receipt: Receipt,
  payloadHash: string,
  registry: Registry | undefined,
  deps: SubmitDependencies,
): Promise<Answer> {
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
  return { status: 200, body: answer(found, receipt.report, receipt.secret, registry) };
}

function answer(found: Case, report: string | undefined, secret: string, registry: Registry | undefined) {
  return {
    number: found.number,
    kind: found.kind,
    secret,
    state: stateView(found),
    receivedOn: found.receivedOn,
    handledBy: handledBy(found, registry),
    nextLegalDate: nextLegalDate(found, { settings: settingsOf(registry?.settings) }),
    report: report === undefined ? null : { number: report },
  };
}
