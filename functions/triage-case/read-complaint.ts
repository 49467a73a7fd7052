import type { Case, Complaint } from '../../shared/case/case.ts';
import type { BureauJudges } from '../../shared/intake/bureau-judges.ts';
import { saysWhere } from '../../shared/jurisdiction/facts-of-case.ts';
import { homeDivision } from '../../shared/jurisdiction/home-division.ts';
import { findDivision } from '../../shared/understanding/places/find-division.ts';
import type { Gazetteer } from '../../shared/understanding/places/gazetteer.ts';
import { understand } from '../../shared/understanding/understand.ts';
import { keep, type Understood } from '../../shared/understanding/understood.ts';

/** Reads what a complaint says. `bureau` is its division code. */
export type ReadComplaint = (
  found: Pick<Case, 'complaint' | 'receivedOn' | 'channel'>,
  bureau: string,
) => Promise<Understood>;

/** Makes the reader. What the sender filled in is not asked back. */
export function createReadComplaint(
  gazetteer: Gazetteer,
  judgesNow: () => Promise<BureauJudges>,
): ReadComplaint {
  return async ({ complaint, receivedOn, channel }, bureau) => {
    const { judges, categorize } = await judgesNow();
    const home = homeDivision(bureau);
    const understood = keep(
      understand(
        { text: complaint.text, receivedOn, channel, given: given(complaint) },
        { gazetteer, judges, home },
      ),
    );
    // What he filled in says better where it is than what he told.
    const filledIn = divisionOf(complaint.business.address, gazetteer, home);
    return {
      ...understood,
      ...(filledIn === undefined ? {} : { division: filledIn }),
      ...(categorize === undefined ? {} : { category: categorize(complaint.text) }),
    };
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
