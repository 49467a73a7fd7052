import type {
  Actor,
  Agent,
  Case,
  Channel,
  Complaint,
  Identity,
  Kind,
  NoticeOrder,
  Person,
} from '../case/case.ts';
import type { CaseNumber } from '../case/case-number.ts';
import { type RegisterContext, register } from '../case/register.ts';
import { hashTrackingSecret, makeTrackingSecret } from '../case/tracking-secret.ts';
import type { Clock, Instant } from '../dates.ts';
import type { BureauSettings } from '../law/bureau-settings.ts';
import type { Log } from '../logging.ts';
import { sha256 } from '../sha256.ts';
import type { CalendarStore } from '../store/calendar-store.ts';
import type { CaseStore, Receipt, Registration } from '../store/case-store.ts';

/** What somebody tells the bureau, whatever the channel: the case to be, who tells, and a report beside a complaint. */
export interface Message extends Complaint {
  kind: Kind;
  complainant?: Person | undefined;
  /** Further complainants in the same dispute, who agreed (Art. 12). */
  joint?: readonly (Person & { consents?: true })[] | undefined;
  agent?: Agent | undefined;
  /** Becomes a sealed case of its own (Art. 9, 37). */
  report?: { text: string; anonymous?: boolean | undefined } | undefined;
}

/** Where a message comes from. */
export interface MessageOrigin {
  channel: Channel;
  /** Who files it: the complainant himself, or the member of staff who enters it. */
  actor: Actor;
  /** The same for each repeat of the message; undefined where the sender has none. */
  key?: string | undefined;
  /** A repeat is known for good, not for a day; its answer has no secret then. */
  lasting?: true | undefined;
  /** The number of who handed it over. */
  externalNumber?: string | undefined;
  /** When it reached the bureau, if that was before now: the legal dates are counted from it. */
  receivedAt?: Instant | undefined;
  settings: BureauSettings;
  /** Codes that the history keeps of how it came in; never words. A report beside a complaint has none of them. */
  facts?: Readonly<Record<string, unknown>> | undefined;
  /** A notice that tells the sender its number. */
  notice?: NoticeOrder | undefined;
  /** Asked before a message is registered that is no repeat; throws to refuse it. */
  admit?: (() => Promise<void>) | undefined;
}

export interface FileMessageDependencies {
  cases: CaseStore;
  calendar: CalendarStore;
  bureau: string;
  now: Clock;
  /** Integer from 0 up to, not including, the bound. */
  randomInt: (bound: number) => number;
  randomBytes: (count: number) => Uint8Array;
  salt: () => string;
  log: Log;
}

/**
 * `new` and `again`: the case, the number of the report beside it, and the secret by which its sender follows it (of a
 * repeat within a day, the first one; later its hash). `key-reused`: the key was used for another message, which stays
 * as it was. `busy`: to be tried again; nothing was kept.
 */
export type Filed =
  | { outcome: 'new' | 'again'; found: Case; report?: CaseNumber | undefined; secret: string }
  | { outcome: 'key-reused'; number: CaseNumber }
  | { outcome: 'busy' };

export const COMPLAINANT: Actor = { role: 'consumer', id: 'complainant' };

// Numbers are drawn at random: at 100,000 cases a day one draw in ten is taken, five in a row one time in 100,000.
const DRAWS = 5;

/**
 * The one way in: registers a message once, as a case, or as two when it both complains and reports (Art. 9). A repeat
 * with the same key gives the first case again. When this returns, cases, history and identities are kept.
 */
export async function fileMessage(
  message: Message,
  origin: MessageOrigin,
  deps: FileMessageDependencies,
): Promise<Filed> {
  const keyHash = origin.key === undefined ? undefined : sha256(origin.key);
  const payloadHash = sha256(JSON.stringify(message));
  if (origin.admit !== undefined) {
    // A repeat is not counted. Where nothing is counted, the commit finds it: repeats are rare.
    const earlier = keyHash === undefined ? undefined : await deps.cases.receipt(keyHash);
    if (earlier !== undefined) return filedBefore(earlier, payloadHash, deps);
    await origin.admit();
  }
  const secret = makeTrackingSecret(deps.randomBytes(10));
  const context: RegisterContext = {
    actor: origin.actor,
    now: deps.now,
    salt: deps.salt,
    calendar: await deps.calendar.read(),
    settings: origin.settings,
  };
  for (let draw = 1; draw <= DRAWS; draw += 1) {
    const [first, report] = registrationsOf(message, origin, secret, context, deps);
    const { number } = first.step.after;
    const receipt: Receipt | undefined =
      keyHash === undefined
        ? undefined
        : {
            keyHash,
            payloadHash,
            number,
            report: report?.step.after.number,
            ...(origin.lasting === true ? { secret: '', lasting: true } : { secret }),
          };
    const registrations = report === undefined ? [first] : [first, report];
    const outcome = await deps.cases.commit({ registrations, receipt });
    if (outcome === 'committed') {
      // The report's number is not logged beside the complaint's: whoever reads logs must not see that they belong together.
      for (const { step } of registrations) {
        deps.log('case-registered', { number: step.after.number, channel: step.after.channel });
      }
      return { outcome: 'new', found: first.step.after, report: report?.step.after.number, secret };
    }
    if (outcome === 'key-taken') {
      // The same message arrived twice at the same moment, and the other one won.
      const twin = await deps.cases.receipt(keyHash ?? '');
      return twin === undefined ? { outcome: 'busy' } : filedBefore(twin, payloadHash, deps);
    }
  }
  return { outcome: 'busy' };
}

async function filedBefore(
  receipt: Receipt,
  payloadHash: string,
  deps: FileMessageDependencies,
): Promise<Filed> {
  if (receipt.payloadHash !== payloadHash) return { outcome: 'key-reused', number: receipt.number };
  const found = await deps.cases.case(receipt.number);
  if (found === undefined) return { outcome: 'busy' };
  return { outcome: 'again', found, report: receipt.report, secret: receipt.secret };
}

/** The case, and the report that came with it: separate numbers, the same secret, apart in everything else. */
function registrationsOf(
  message: Message,
  { channel, externalNumber, receivedAt, facts, notice }: MessageOrigin,
  secret: string,
  context: RegisterContext,
  deps: FileMessageDependencies,
): [Registration, Registration?] {
  const { kind, complainant, joint, agent, report, ...content } = message;
  const make = (of: Kind, complaint: Complaint, identity: Identity | undefined, linkedTo?: string) => ({
    step: register(
      complaint,
      {
        kind: of,
        channel,
        bureau: deps.bureau,
        draw: deps.randomInt(1_000_000),
        secretHash: hashTrackingSecret(secret),
        identity,
        linkedTo,
        receivedAt,
        isMessage: true,
        ...(linkedTo === undefined ? { externalNumber, facts, notice } : {}),
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
