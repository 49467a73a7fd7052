import type { Business } from '../businesses/business.ts';
import type { LocalDate } from '../dates.ts';
import type { Registry } from '../jurisdiction/registry.ts';
import type { Partner } from '../partners/partner.ts';

/** What is checked: a register, with its businesses and partners where the file has them. */
export type Checked = Registry & {
  businesses?: readonly Business[] | undefined;
  partners?: readonly Partner[] | undefined;
};

/** One thing found in a register document. */
export interface Finding {
  /** True when routing would break: the document is not loaded. */
  fatal: boolean;
  zh: string;
  en: string;
  /** Codes or ids that it concerns. */
  which: string[];
}

/** One thing that is looked for, and which entries have it. */
export type Check = Omit<Finding, 'which'> & { find: (registry: Checked, on: LocalDate) => string[] };
