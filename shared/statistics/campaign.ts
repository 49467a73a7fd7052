import type { LocalDate } from '../dates.ts';
import type { Dimensions } from './contributions.ts';

/**
 * A campaign (专项整治): what it looks at, and when. Cases belong to it by what they are about, also those that were
 * received before anybody thought of it; taken out of the settings it is gone from the figures, and no case has changed.
 */
export interface Campaign {
  id: string;
  name: string;
  from: LocalDate;
  to: LocalDate;
  /** Each that is given must fit: one of these subjects, one of these problems, one of these places. */
  subjects?: readonly string[] | undefined;
  problems?: readonly string[] | undefined;
  /** Codes of places or their beginnings: a county stands for its townships. */
  divisions?: readonly string[] | undefined;
}

const isOneOf = (value: string | undefined, wanted: readonly string[] | undefined) =>
  wanted === undefined || (value !== undefined && wanted.includes(value));

/** Campaigns that what is counted on a day belongs to. */
export function campaignsOf(
  { subject, problem, division }: Dimensions,
  day: LocalDate,
  campaigns: readonly Campaign[],
): string[] {
  return campaigns
    .filter(({ from, to }) => day >= from && day <= to)
    .filter(
      ({ subjects, problems, divisions }) =>
        isOneOf(subject, subjects) &&
        isOneOf(problem, problems) &&
        (divisions === undefined || divisions.some((code) => division?.startsWith(code) === true)),
    )
    .map(({ id }) => id);
}
