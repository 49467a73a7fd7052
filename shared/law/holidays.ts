import type { LocalDate } from '../dates.ts';

/** One year's notice of the State Council: days off work, and the weekends that are worked instead. */
export interface HolidayYear {
  /** Holiday blocks, both ends included. */
  off: readonly (readonly [first: LocalDate, last: LocalDate])[];
  /** Saturdays and Sundays that are working days. */
  worked: readonly LocalDate[];
  /** The notice these dates come from. */
  source: string;
}

/**
 * The years that the system knows from the start. A notice appears in November of the year before; it is
 * loaded by a command (docs/runbook.md, "Loading a calendar year"), and wins over a year that stands here.
 */
export const HOLIDAY_YEARS: Readonly<Record<number, HolidayYear>> = {
  2025: {
    off: [
      ['2025-01-01', '2025-01-01'],
      ['2025-01-28', '2025-02-04'],
      ['2025-04-04', '2025-04-06'],
      ['2025-05-01', '2025-05-05'],
      ['2025-05-31', '2025-06-02'],
      ['2025-10-01', '2025-10-08'],
    ],
    worked: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
    source: 'https://www.gov.cn/zhengce/zhengceku/202411/content_6986383.htm',
  },
  2026: {
    off: [
      ['2026-01-01', '2026-01-03'],
      ['2026-02-15', '2026-02-23'],
      ['2026-04-04', '2026-04-06'],
      ['2026-05-01', '2026-05-05'],
      ['2026-06-19', '2026-06-21'],
      ['2026-09-25', '2026-09-27'],
      ['2026-10-01', '2026-10-07'],
    ],
    worked: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
    source: 'https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm',
  },
};
