import type { CaseSummary } from '../api/answers.ts';
import { ApiProblem, type Ask } from '../api/call.ts';

/** Who works on a case now, and until when. */
export type WorkingOn = NonNullable<CaseSummary['workingOn']>;

/** The right to take steps on a case for some minutes, as one window of the desk holds it. */
export interface Lease {
  /** Takes the case to work on it, or goes on with it; what keeps this person off it comes back. */
  take: (number: string) => Promise<ApiProblem | undefined>;
  /** Out of a colleague's hands, with a reason that stands in the history. */
  takeOver: (number: string, reason: string) => Promise<void>;
  /** Gives back what is held, unless it is this case. */
  giveBack: (unless?: string) => void;
}

/** A lease lasts five minutes: who types goes on with it before that. */
const RENEW_MS = 120_000;

/** Keeps the case that is worked on; one at a time. */
export function holdLeases(ask: Ask, now: () => number): Lease {
  let held: { number: string; since: number } | undefined;
  const post = (number: string, body: { breaks?: string }) =>
    ask('POST /desk/cases/{number}/lease', { path: { number }, body });
  return {
    async take(number) {
      if (held?.number === number && now() - held.since < RENEW_MS) return undefined;
      try {
        await post(number, {});
        held = { number, since: now() };
        return undefined;
      } catch (error) {
        // Whoever is offline or may only look works on without a lease; the step itself will tell.
        return error instanceof ApiProblem && isLeased(error) ? error : undefined;
      }
    },
    async takeOver(number, reason) {
      await post(number, { breaks: reason });
      held = { number, since: now() };
    },
    giveBack(unless) {
      if (held === undefined || held.number === unless) return;
      const { number } = held;
      held = undefined;
      ask('DELETE /desk/cases/{number}/lease', { path: { number } }).catch(() => undefined);
    },
  };
}

/** True when a refusal says that a colleague works on the case. */
export function isLeased({ errors }: ApiProblem): boolean {
  return errors.some(({ field }) => field === 'lease');
}
