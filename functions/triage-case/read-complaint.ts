import type { Case, Complaint } from '../../shared/case/case.ts';
import type { BureauJudges } from '../../shared/intake/bureau-judges.ts';
import { homeDivision } from '../../shared/intake/create-understand.ts';
import type { Gazetteer } from '../../shared/understanding/places/gazetteer.ts';
import { understand } from '../../shared/understanding/understand.ts';
import { keep, type Understood, wordsOf } from '../../shared/understanding/understood.ts';

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
    const understood = keep(
      understand(
        { text: complaint.text, receivedOn, channel, given: given(complaint) },
        { gazetteer, judges, home: homeDivision(bureau) },
      ),
    );
    return categorize === undefined ? understood : { ...understood, category: categorize(complaint.text) };
  };
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

const saysWhere = ({ address, divisionCode }: Complaint['business']) =>
  address !== undefined || divisionCode !== undefined;

/**
 * Below this a place that was read out of the words routes nothing: a person decides. That its words begin and end just
 * there matters less than that they lead to one division.
 */
const SURE_OF_PLACE = 0.5;
const SURE_OF_DIVISION = 0.9;

/**
 * The business as the sender filled it in; where he gave no address, the place that stands in his words. Only an
 * address that leads to one division counts.
 */
export function businessOf(
  { complaint }: Pick<Case, 'complaint'>,
  understood: Understood,
): Complaint['business'] {
  const { business, text } = complaint;
  const { place, division } = understood;
  if (saysWhere(business) || place === undefined || division === undefined || division.code === null)
    return business;
  if (place.confidence < SURE_OF_PLACE || division.confidence < SURE_OF_DIVISION) return business;
  return { ...business, address: wordsOf(text, [place.span]) };
}
