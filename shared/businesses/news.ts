import type { EventType } from '../case/actions.ts';
import type { Case, CaseEvent } from '../case/case.ts';
import type { CaseNumber } from '../case/case-number.ts';
import type { LocalDate } from '../dates.ts';

/** Steps by which a case may become one about a business. */
const NAMING: readonly EventType[] = ['distributed', 'referred', 'joined', 'understanding-corrected'];
/** Steps after which a case may speak for a worse class (class-proposal.ts). */
const TELLING: readonly EventType[] = [...NAMING, 'unjoined', 'settled', 'filed'];

/** What a step of a case says about a business. */
export interface News {
  bureau: string;
  creditCode: string;
  number: CaseNumber;
  on: LocalDate;
  /** The case is found by the business from now on. */
  isNamed: boolean;
}

/** What steps say about businesses; nothing where a case names none that is known. */
export function newsIn(steps: readonly { after: Case; event: CaseEvent }[]): News[] {
  return steps.flatMap(({ after, event: { type, on } }) => {
    const creditCode = after.understood?.business?.creditCode ?? undefined;
    if (creditCode === undefined || !TELLING.includes(type)) return [];
    const { number, unitPath } = after;
    return [{ bureau: unitPath[0] ?? '', creditCode, number, on, isNamed: NAMING.includes(type) }];
  });
}

/** True while a case is about this business: a person may have said since that it is another. */
export const isAbout = ({ understood }: Pick<Case, 'understood'>, creditCode: string): boolean =>
  understood?.business?.creditCode === creditCode;
