import type { Case, Complaint } from '../case/case.ts';
import { saysWhere } from '../jurisdiction/facts-of-case.ts';
import { homeDivision } from '../jurisdiction/home-division.ts';
import { findDivision } from '../understanding/places/find-division.ts';
import type { Gazetteer } from '../understanding/places/gazetteer.ts';
import { type Understanding, understand } from '../understanding/understand.ts';
import { keep, type Understood } from '../understanding/understood.ts';
import type { BureauJudges } from './bureau-judges.ts';

/** Reads what a complaint says. `bureau` is its division code. */
export type ReadComplaint = (found: Told, bureau: string) => Promise<Understood>;

type Told = Pick<Case, 'complaint' | 'receivedOn' | 'channel'>;

/** Makes the reader. What the sender filled in is not asked back. */
export function createReadComplaint(
  gazetteer: Gazetteer,
  judgesNow: () => Promise<BureauJudges>,
): ReadComplaint {
  const readWhole = createReadWhole(gazetteer, judgesNow);
  return async (found, bureau) => (await readWhole(found, bureau)).understood;
}

/** The same with all that was understood, words and questions, for who is still writing. */
export type ReadWhole = (
  found: Told,
  bureau: string,
) => Promise<{ understanding: Understanding; understood: Understood }>;

export function createReadWhole(gazetteer: Gazetteer, judgesNow: () => Promise<BureauJudges>): ReadWhole {
  return async ({ complaint, receivedOn, channel }, bureau) => {
    const { judges, categorize } = await judgesNow();
    const home = homeDivision(bureau);
    const understanding = understand(
      { text: complaint.text, receivedOn, channel, given: given(complaint) },
      { gazetteer, judges, home },
    );
    // What he filled in says better where it is than what he told.
    const filledIn = divisionOf(complaint.business.address, gazetteer, home);
    const understood = {
      ...keep(understanding),
      ...(filledIn === undefined ? {} : { division: filledIn }),
      ...(categorize === undefined ? {} : { category: categorize(complaint.text) }),
    };
    return { understanding, understood };
  };
}

/** The one division that an address names. */
function divisionOf(address: string | undefined, gazetteer: Gazetteer, home: string): Understood['division'] {
  const { code, confidence } = findDivision(address ?? '', gazetteer, { home });
  return code === null ? undefined : { code, candidates: [], confidence };
}

function given({ business, request, paidFen, occurredOn }: Complaint) {
  return {
    respondent: business.name !== undefined,
    place: saysWhere(business),
    request: request !== undefined,
    paid: paidFen !== undefined,
    date: occurredOn !== undefined,
  };
}
