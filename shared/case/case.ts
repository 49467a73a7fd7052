import type { Instant, LocalDate } from '../dates.ts';
import type { Extension, Pause } from '../law/clocks.ts';
import type { ClockId } from '../law/rule-packs.ts';
import type { Understood } from '../understanding/understood.ts';
import type { Action, EventType } from './actions.ts';
import type { CaseNumber } from './case-number.ts';
import type { State } from './life-cycle.ts';
import type { Money } from './money-entries.ts';

/** What a message is, by Order 121 Art. 3 and 44: only the first two have a procedure of their own. */
export const KINDS = {
  complaint: { zh: '投诉', en: 'Complaint' },
  report: { zh: '举报', en: 'Report' },
  inquiry: { zh: '咨询', en: 'Inquiry' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type Kind = keyof typeof KINDS;

/** How a message reached the bureau (来源). */
export const CHANNELS = {
  web: { zh: '网站', en: 'Web' },
  sms: { zh: '短信', en: 'SMS' },
  phone: { zh: '电话', en: 'Telephone' },
  open311: { zh: '开放接口', en: 'Open311' },
  'walk-in': { zh: '来访', en: 'Walk-in' },
  letter: { zh: '来信', en: 'Letter' },
  mailbox: { zh: '信箱', en: 'Mailbox' },
  'hotline-12345': { zh: '12345 热线转来', en: 'Handed over by 12345' },
  'national-platform': { zh: '全国 12315 平台转来', en: 'Handed over by the national 12315 platform' },
  /** A case that staff opened from another one. */
  desk: { zh: '办案中发现', en: 'Opened from another case' },
} as const satisfies Record<string, { zh: string; en: string }>;
export type Channel = keyof typeof CHANNELS;

/** What somebody says happened. Names and phones of the person are not in here: see `Identity`. */
export interface Complaint {
  text: string;
  request?: string | undefined;
  business: {
    name?: string | undefined;
    address?: string | undefined;
    divisionCode?: string | undefined;
    /** The platform on which it was bought, or that the complaint is about. */
    platform?: string | undefined;
    phone?: string | undefined;
    contact?: string | undefined;
  };
  paidFen?: number | undefined;
  claimedFen?: number | undefined;
  occurredOn?: LocalDate | undefined;
  /** What the person agrees to on filing: publication (Art. 38), mediation by an association (Art. 19). */
  consents?: { publish?: boolean | undefined; entrust?: boolean | undefined } | undefined;
  /** What an Open311 client sent beside the words: WGS 84 in degrees; a link that is kept and never fetched. Not shown to others. */
  open311?:
    | {
        service: string;
        problem?: string | undefined;
        location?: { lat: number; long: number } | undefined;
        mediaUrl?: string | undefined;
      }
    | undefined;
}

export interface Person {
  name: string;
  phone: string;
  address?: string | undefined;
  email?: string | undefined;
  idType?: string | undefined;
  idNumber?: string | undefined;
  /** Chosen in writing by the others to speak for them; two at the most (Art. 12). */
  representative?: boolean | undefined;
}

/** Who complains for somebody else, by a power of attorney that says matter, powers and term (Art. 11). */
export interface Agent extends Person {
  matter?: string | undefined;
  powers: 'general' | 'special';
  until?: LocalDate | undefined;
}

/**
 * Who complains (Order 121 Art. 10), or informs: kept apart from the case, few may read it, each reading is kept.
 * `joint` are further complainants who agreed to be handled together (Art. 12); who files represents them.
 */
export interface Identity extends Person {
  joint?: Person[] | undefined;
  agent?: Agent | undefined;
}

/** A legal clock of the case, running or stopped. */
export interface RunningClock {
  id: ClockId;
  start: LocalDate;
  due: LocalDate;
  provisional: boolean;
  /** County authority whose duty this is; a new competent authority gets a period of its own (Art. 15). */
  authority: string;
  /** The day the owed step was taken; absent while it runs. */
  stopped?: LocalDate | undefined;
  /** The duty passed to somebody else before it was done: another authority, or the lead case. */
  void?: LocalDate | undefined;
  /** The last day was set by a person (form 4, a promise), not counted. */
  set?: boolean | undefined;
  pauses?: Pause[] | undefined;
  extensions?: Extension[] | undefined;
  /** How often the officer has been reminded. */
  reminded?: number | undefined;
  /** How many levels have been told that it is late. */
  escalated?: number | undefined;
  /** Who had the case when the day passed. */
  lateOwner?: { unit: string; officer?: string | undefined } | undefined;
}

/** A numbered form that was issued. */
interface IssuedForm {
  form: string;
  documentNumber?: string | undefined;
  on: LocalDate;
  /** Version of the case whose step it documents. */
  version: number;
}

/** A step that waits for a second pair of eyes. */
interface Proposal {
  action: Action;
  facts: Record<string, unknown>;
  words: Record<string, string>;
  by: string;
}

/** A case in the hands of a rights station or business that tries to settle it first (先行和解). */
export interface Offer {
  /** Code in the register of partners. */
  partner: string;
  kind: 'rights-station' | 'business';
  /** Version of the case with which it was handed over: links are good for this one only. */
  version: number;
  /** The consumer agreed that name and phone are shown. */
  contactAgreed: boolean;
  /** What was offered, in fen; absent until then. */
  offeredFen?: number | undefined;
  promisedOn?: LocalDate | undefined;
}

/** What a case came to, in the four parts a closing must tell (design: no boiler-plate). */
interface Result {
  found: string;
  done: string;
  received: string;
  routes: string;
}

/** The state of a case after all its events. `version` counts the events. */
export interface Case {
  kind: Kind;
  number: CaseNumber;
  version: number;
  state: State;
  channel: Channel;
  /** The number that 12345, the national platform or a register of letters gave it. */
  externalNumber?: string | undefined;
  complaint: Complaint;
  /** What the system read in the complaint, and what people set right in it. */
  understood?: Understood | undefined;
  receivedAt: Instant;
  receivedOn: LocalDate;
  /** From the city bureau down to the unit that has the case now, e.g. `['330200', '330203', '33020301']`. */
  unitPath: readonly string[];
  /** The area (片区) below the station, and its named officer, if known. */
  area?: string | undefined;
  /** Who is on the case: ids of staff. A report is sealed from everybody else (Art. 37). */
  officers: readonly string[];
  /** A named leader who took a hard case over. */
  leader?: string | undefined;
  /** Units that handle it together with the one that leads. */
  coUnits: readonly string[];
  clocks: readonly RunningClock[];
  /** Why the case is with the dispatcher. */
  hubReason?: string | undefined;
  ground?: string | undefined;
  money: Money;
  promisedOn?: LocalDate | undefined;
  /** Who was asked to settle first, and what it offered. */
  offer?: Offer | undefined;
  /** A report points to the complaint it came with; never the other way round (Art. 9, 37). */
  linkedTo?: CaseNumber | undefined;
  /** The lead case this one is joined under, and what it goes back to when it is taken out again. */
  lead?: CaseNumber | undefined;
  before?: { state: State; clocks: readonly RunningClock[] } | undefined;
  joined: readonly CaseNumber[];
  /** Cases that a person took apart from this one: the system never joins them again. */
  apart?: readonly CaseNumber[] | undefined;
  /** `form-8.business` → the day that party was told. */
  told: Readonly<Record<string, LocalDate>>;
  consents: Readonly<Record<string, boolean>>;
  forms: readonly IssuedForm[];
  proposal?: Proposal | undefined;
  /** Who was asked by a note to look at it, and has taken no step on it since. */
  mentioned?: readonly string[] | undefined;
  result?: Result | undefined;
  withdrawalAsked?: boolean | undefined;
  /** The complainant asked that it be taken up again; a head decides. */
  reopenAsked?: boolean | undefined;
  /** Nobody was reached at the address that the shop shows on its platform (Art. 13(3)). */
  unreachable?: boolean | undefined;
  /** The day from which nobody needs the people's data any more; set while the case is over. */
  eraseOn?: LocalDate | undefined;
  /** When the watch must look at the case next: to remind, or to tell the next level that it is late. */
  watchAt?: Instant | undefined;
  erased?: boolean | undefined;
  /** Hash of the last event: the next one is chained to it. */
  hash?: string | undefined;
  secretHash: string;
}

/** Who took a step. */
export interface Actor {
  role:
    | 'consumer'
    | 'partner'
    | 'system'
    | 'officer'
    | 'head'
    | 'dispatcher'
    | 'manager'
    | 'auditor'
    | 'administrator';
  /** Subject of the token for staff; the function's name for the system; a partner's code; never a name. */
  id: string;
}

/** To whom a notice of a step goes. */
export interface NoticeOrder {
  notice: string;
  party: 'complainant' | 'business' | 'informer' | 'partner' | 'staff';
  form?: string | undefined;
  /** For staff: the role at the unit, or one person. */
  to?: string | undefined;
}

/** A legal period that ended with a step, and the last day it had then. */
interface EndedPeriod {
  clock: ClockId;
  due: LocalDate;
  authority: string;
}

/** One line of a case's history. The history is the truth: state and statistics are rebuilt from it. */
export interface CaseEvent {
  /** `<case number>.<version>`: the same step of the same case always bears the same id. */
  id: string;
  number: CaseNumber;
  version: number;
  kind: Kind;
  type: EventType;
  at: Instant;
  on: LocalDate;
  actor: Actor;
  /** Units that this step counts for, from the city down. */
  unitPath: readonly string[];
  /** Codes, days, sums: nothing a person wrote. */
  facts: Record<string, unknown>;
  /** What a person wrote, with salt: erased when its purpose ends; the chain keeps its hash. */
  words?: Record<string, string> | undefined;
  wordsHash?: string | undefined;
  /** What this step adds to the case's sums, in fen. */
  money?: Money | undefined;
  notices?: NoticeOrder[] | undefined;
  /** Periods whose duty this step did: the figures of lateness are drawn from the history alone. */
  ended?: EndedPeriod[] | undefined;
  /** Hash over this event and the one before it. Absent in what the first version wrote. */
  hash?: string | undefined;
}
