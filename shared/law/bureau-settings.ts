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
};

/** A bureau's settings: its own where it has any, the defaults elsewhere. Lengths are merged clock by clock. */
export function settingsOf(own: Partial<BureauSettings> | undefined): BureauSettings {
  return { ...DEFAULT_SETTINGS, ...own, lengths: { ...DEFAULT_SETTINGS.lengths, ...own?.lengths } };
}
