import { type Clock, type Instant, shanghaiDate } from '../dates.ts';
import type { Actor, Case, CaseEvent, Channel, Complaint, Identity, Kind, NoticeOrder } from './case.ts';
import { makeCaseNumber } from './case-number.ts';
import { contentHash, sealEvent } from './chain.ts';
import { STARTED_ON_RECEIPT } from './life-cycle.ts';
import { eventId, type Step } from './take-step.ts';
import { type Counting, clocksOnReceipt } from './turn-clocks.ts';
import { watchAtOf } from './watch.ts';

/** Where a new case comes from. */
export interface Origin {
  kind: Kind;
  channel: Channel;
  /** Code of the bureau whose hub has it first. */
  bureau: string;
  /** Integer from 0 to 999,999, drawn at random, for the case number. */
  draw: number;
  secretHash: string;
  /** When the message first came in, for a case that goes on as another one; absent for a new message. */
  receivedAt?: Instant | undefined;
  /** A message, which the hub has had since it came in; a case that goes on as another one is new to the hub. */
  isMessage?: true | undefined;
  /** Only on a report: the complaint that it came with. */
  linkedTo?: string | undefined;
  /** A violation found while mediating (Art. 27) has the period of its own, counted from its discovery. */
  foundInMediation?: true | undefined;
  identity?: Identity | undefined;
  /** The number of who handed it over. */
  externalNumber?: string | undefined;
  /** Codes that the history keeps of how it came in; never words. */
  facts?: Readonly<Record<string, unknown>> | undefined;
  /** Tells the person the number of a case that staff opened from his message, or that came in by telephone. */
  notice?: NoticeOrder | undefined;
}

/** What a registration needs from outside. */
export interface RegisterContext extends Counting {
  actor: Actor;
  now: Clock;
  /** Random text that keeps the hash of what people wrote from being guessed. */
  salt: () => string;
}

/** Registers a case: the first event of its history, at the hub of the bureau. */
export function register(complaint: Complaint, origin: Origin, context: RegisterContext): Step {
  const at = context.now().toISOString();
  const on = shanghaiDate(at);
  const number = makeCaseNumber(on, origin.draw);
  const unitPath = [origin.bureau];
  const receivedAt = origin.receivedAt ?? at;
  const receivedOn = shanghaiDate(receivedAt);
  const claimed = complaint.claimedFen ?? 0;
  const money = origin.kind === 'complaint' && claimed > 0 ? { claimed } : {};
  const started = STARTED_ON_RECEIPT[origin.kind].map((clock) =>
    origin.foundInMediation === true && clock === 'verify-report' ? ('verify-clue' as const) : clock,
  );
  const salt = context.salt();
  const event: CaseEvent = sealEvent(
    {
      id: eventId(number, 1),
      number,
      version: 1,
      kind: origin.kind,
      type: 'registered',
      at,
      on,
      actor: context.actor,
      unitPath,
      facts: {
        channel: origin.channel,
        contentHash: contentHash({ complaint, linkedTo: origin.linkedTo }, salt),
        ...(origin.receivedAt === undefined ? {} : { receivedAt }),
        ...(origin.externalNumber === undefined ? {} : { externalNumber: origin.externalNumber }),
        ...origin.facts,
      },
      words: { salt },
      notices: origin.notice === undefined ? undefined : [origin.notice],
      ...(claimed > 0 && origin.kind === 'complaint' ? { money } : {}),
    },
    undefined,
  );
  const registered: Case = {
    kind: origin.kind,
    number,
    version: 1,
    state: 'received',
    channel: origin.channel,
    externalNumber: origin.externalNumber,
    complaint,
    receivedAt,
    receivedOn,
    unitPath,
    officers: [],
    coUnits: [],
    clocks: clocksOnReceipt(
      started,
      { receivedOn, unitPath },
      origin.isMessage === true ? receivedOn : on,
      context,
    ),
    money,
    linkedTo: origin.linkedTo,
    joined: [],
    told: {},
    consents: consentsOf(complaint, origin),
    forms: [],
    hash: event.hash,
    secretHash: origin.secretHash,
  };
  return { after: { ...registered, watchAt: watchAtOf(registered, context) }, event };
}

/** What the person agreed to on filing; only what is true is kept. */
function consentsOf({ consents }: Complaint, { kind, identity }: Origin): Record<string, boolean> {
  return {
    ...(consents?.publish === true ? { publish: true } : {}),
    ...(consents?.entrust === true ? { entrust: true } : {}),
    ...((identity?.joint?.length ?? 0) > 0 ? { joint: true } : {}),
    ...(identity?.agent === undefined ? {} : { agent: true }),
    ...(kind === 'report' && identity === undefined ? { anonymous: true } : {}),
  };
}
