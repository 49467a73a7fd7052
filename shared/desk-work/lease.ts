import type { CaseNumber } from '../case/case-number.ts';
import type { Instant } from '../dates.ts';
import type { Role, Staff } from '../people/roles.ts';

/** Somebody works on a case: until then nobody else takes a step on it at the desk. */
export interface Lease {
  number: CaseNumber;
  /** Id of the person. */
  staff: string;
  until: Instant;
  /** Counts the takings: one that has moved on since is not overwritten. */
  version: number;
}

/** Long enough to read a case and fill in a form, short enough not to keep colleagues waiting for a closed laptop. */
const LEASE_MINUTES = 5;

/** Who may take a case out of a colleague's hands; why is written into its history. */
const BREAKERS: ReadonlySet<Role> = new Set<Role>(['head', 'manager']);

/** True until the lease ends; at its last moment anybody may have it. */
export function isHeld({ until }: Pick<Lease, 'until'>, now: Instant): boolean {
  return until > now;
}

/** The lease that keeps this person off the case; undefined when nothing does. */
export function leaseOfAnother(lease: Lease | undefined, staff: string, now: Instant): Lease | undefined {
  return lease !== undefined && lease.staff !== staff && isHeld(lease, now) ? lease : undefined;
}

/** A lease from now on: a new one, the own one renewed, or one that was somebody else's. */
export function leaseFrom(
  number: CaseNumber,
  staff: string,
  now: Instant,
  before: Pick<Lease, 'version'> | undefined,
): Lease {
  const until = new Date(Date.parse(now) + LEASE_MINUTES * 60_000).toISOString();
  return { number, staff, until, version: (before?.version ?? 0) + 1 };
}

/** The lease given back: over from now on. */
export function givenBack(lease: Lease, now: Instant): Lease {
  return { ...lease, until: now, version: lease.version + 1 };
}

/** True for those who may take a case over that a colleague works on. */
export function mayBreak({ role }: Pick<Staff, 'role'>): boolean {
  return BREAKERS.has(role);
}
