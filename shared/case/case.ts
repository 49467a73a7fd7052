import type { Instant, LocalDate } from '../dates.ts';
import type { ClockId } from '../law/rule-packs.ts';
import type { CaseNumber } from './case-number.ts';
import type { HubReason, RefusalGround, ReturnReason, TerminationGround } from './grounds.ts';
import type { State } from './life-cycle.ts';

/** How a message reached the bureau. */
export type Channel = 'web';

/** What the consumer says happened. Names and phones of the consumer are not in here: see `Identity`. */
export interface Complaint {
  text: string;
  request?: string | undefined;
  business: { name?: string | undefined; address?: string | undefined; divisionCode?: string | undefined };
  paidFen?: number | undefined;
  claimedFen?: number | undefined;
  occurredOn?: LocalDate | undefined;
}

/** Who complains (Order 121 Art. 10): kept apart from the case, few may read it, each reading is logged. */
export interface Identity {
  name: string;
  phone: string;
  address?: string | undefined;
}

/** A running or stopped legal clock of the case. */
export interface RunningClock {
  start: LocalDate;
  due: LocalDate;
  provisional: boolean;
  /** The day the owed step was taken; absent while it runs. */
  stopped?: LocalDate | undefined;
  /** County authority whose duty this is; a new competent authority gets a period of its own (Art. 15). */
  authority: string;
}

/** Money recovered for the consumer (挽回经济损失): agreed is the bureaus' headline, proven is paid in fact. */
export interface Recovered {
  agreedFen: number;
  provenFen: number;
}

/** The state of a complaint after all its events. `version` counts the events. */
export interface Case {
  number: CaseNumber;
  version: number;
  state: State;
  channel: Channel;
  complaint: Complaint;
  receivedAt: Instant;
  receivedOn: LocalDate;
  /** From the city bureau down to the unit that has the case now, e.g. `['330200', '330203', '33020301']`. */
  unitPath: readonly string[];
  /** The area (片区) below the station, and its named officer, if known. */
  area?: string | undefined;
  clocks: Readonly<Partial<Record<ClockId, RunningClock>>>;
  /** Why the case is with the dispatcher. */
  hubReason?: HubReason | ReturnReason | undefined;
  ground?: RefusalGround | TerminationGround | undefined;
  recovered?: Recovered | undefined;
  secretHash: string;
}

/** Who took a step. */
export interface Actor {
  role: 'consumer' | 'system' | 'officer' | 'dispatcher' | 'manager';
  /** Subject of the token for staff; the function's name for the system; never a name. */
  id: string;
}

/** What each kind of event adds to what is known. */
export interface EventFacts {
  registered: { channel: Channel; claimedFen?: number | undefined };
  distributed: { area?: string | undefined; basis: string };
  referred: { reason: HubReason; candidates: readonly string[] };
  returned: { reason: ReturnReason; note?: string | undefined };
  accepted: { note?: string | undefined };
  refused: { ground: RefusalGround; note?: string | undefined };
  settled: Recovered & { note?: string | undefined };
  terminated: { ground: TerminationGround; note?: string | undefined };
}

/** The kinds of events, for whoever reads them from outside. */
export const EVENT_TYPES = [
  'registered',
  'distributed',
  'referred',
  'returned',
  'accepted',
  'refused',
  'settled',
  'terminated',
] as const satisfies readonly (keyof EventFacts)[];

export type EventType = (typeof EVENT_TYPES)[number];

/** One line of a case's history. The history is the truth: state and statistics are rebuilt from it. */
export type CaseEvent = {
  [Type in EventType]: {
    /** `<case number>.<version>`: the same step of the same case always bears the same id. */
    id: string;
    number: CaseNumber;
    version: number;
    type: Type;
    at: Instant;
    on: LocalDate;
    actor: Actor;
    /** Units that this step counts for, from the city down. */
    unitPath: readonly string[];
    facts: EventFacts[Type];
  };
}[EventType];
