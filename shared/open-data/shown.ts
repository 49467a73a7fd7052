import type { Shown } from './groups.ts';
import { type Release, shownGroups } from './release.ts';

/** A group as everybody reads it: what each of its rows shows, and how many there are. */
export interface OpenGroup {
  id: string;
  rows: number;
  /** Name of the business and of the county, as they are called now. */
  businessName: string | null;
  countyName: string | null;
  shown: Shown;
}

/** What there is, and since when. */
export interface Overview {
  /** When the open data were last looked through. */
  checkedOn: string;
  bureau: { code: string; name: string };
  /** How long results stay, in days. */
  days: number;
  releases: { month: string; changedOn: string; rows: number }[];
  figures: { from: string; to: string } | null;
  businesses: number;
}

/** The groups of a release as everybody reads them. */
export function openGroups(
  release: Release,
  names: {
    business: (creditCode: string) => string | undefined;
    county: (code: string) => string | undefined;
  },
): OpenGroup[] {
  return shownGroups(release).map(({ id, members, shown }) => ({
    id,
    rows: members.length,
    businessName: shown.business === null ? null : (names.business(shown.business) ?? null),
    countyName: shown.county === null ? null : (names.county(shown.county) ?? null),
    shown,
  }));
}
