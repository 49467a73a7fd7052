import type { IncidentSettings } from '../matter/incident.ts';
import type { Campaign } from '../statistics/campaign.ts';
import { type ClockId, INTERNAL_LENGTHS } from './rule-packs.ts';

/**
 * Steps for which a bureau may want a second pair of eyes: decisions. Not what adds people's data or opens a report,
 * because a proposal lies in the case where others read it.
 */
export const REVIEWABLE = ['accept', 'refuse', 'settle', 'terminate', 'close', 'exclude'] as const;

/** What the law leaves to the bureau, or leaves open; stored in its register, what is missing is the default. */
export interface BureauSettings {
  /** Lengths of the internal clocks, each in the unit of its rule; limits of law are not a bureau's to set. */
  lengths: Readonly<Partial<Record<ClockId, number>>>;
  /** Whether a period of days that ends on an ordinary weekend ends on the next working day (open in Art. 45). */
  shiftWeekends: boolean;
  /** Names of the actions that a head must approve. */
  secondPairOfEyes: readonly string[];
  /** Working days before a due date on which the officer is reminded; a rule for a clock adds to the general one. */
  reminders: readonly { readonly clock?: ClockId; readonly days: number }[];
  /** Beijing time `HH:MM`, on working days: reminders are sent only then. */
  dutyHours: { readonly from: string; readonly to: string };
  /** Who is told when a period has been over for so many working days. */
  escalation: readonly { readonly workingDaysLate: number; readonly to: 'officer' | 'head' | 'manager' }[];
  /** Natural days after the end of a case when personal data are erased. */
  retentionDays: number;
  /** Natural days that a published result stays in the open data (公示期限); no article sets it. */
  publicationDays: number;
  /** When many complaints are a mass incident (群体性投诉). */
  incidents: IncidentSettings;
  /** From this confidence on a case goes straight to its station; below it a dispatcher looks at it. From 0 to 1. */
  routingThreshold: number;
  /** Campaigns (专项整治) by which figures are cut. */
  campaigns: readonly Campaign[];
  /** Who live in the place of a unit, by its code: figures per head have no other source. */
  residents: Readonly<Record<string, number>>;
  /**
   * Where the places of units lie to each other on a sketch of the bureau: column and row from 0. The sketch has no
   * boundaries, for a map of a region must be approved (Decree 664, Map Administration Regulations, Art. 15).
   */
  sketch: Readonly<Record<string, { readonly column: number; readonly row: number }>>;
  /** The Open311 endpoint. Where there are no keys, anybody may post, as by web. */
  open311: {
    /** Of each client the SHA-256 of its `api_key`, in hex. */
    readonly keys: readonly { readonly client: string; readonly sha256: string }[];
    /** What the discovery document says: the public address, whom to ask, how to get a key. */
    readonly url?: string | undefined;
    readonly contact?: string | undefined;
    readonly keyService?: string | undefined;
  };
  /** New messages from one network address in ten minutes; a carrier's or an office's address stands for many people. */
  mostFromAddress: number;
  /** New messages from one telephone number on one day. */
  mostFromPhone: number;
  /** Whether who files by web with a mobile number must show that it is his, by a code sent to it. */
  provePhone: boolean;
}

export const DEFAULT_SETTINGS: BureauSettings = {
  lengths: INTERNAL_LENGTHS,
  shiftWeekends: false,
  secondPairOfEyes: [],
  reminders: [{ days: 1 }, { clock: 'mediate', days: 7 }],
  dutyHours: { from: '08:30', to: '17:30' },
  escalation: [
    { workingDaysLate: 1, to: 'officer' },
    { workingDaysLate: 2, to: 'head' },
    { workingDaysLate: 4, to: 'manager' },
  ],
  retentionDays: 1095,
  publicationDays: 730,
  incidents: {
    rules: [
      { people: 5, hours: 24 },
      { people: 10, hours: 168 },
    ],
    timesUsual: 3,
    quietDays: 7,
  },
  routingThreshold: 0.8,
  campaigns: [],
  residents: {},
  sketch: {},
  open311: { keys: [] },
  mostFromAddress: 60,
  mostFromPhone: 10,
  provePhone: false,
};

/** A bureau's settings: its own where it has any, the defaults elsewhere. Lengths are merged clock by clock. */
export function settingsOf(own: Partial<BureauSettings> | undefined): BureauSettings {
  return { ...DEFAULT_SETTINGS, ...own, lengths: { ...DEFAULT_SETTINGS.lengths, ...own?.lengths } };
}
