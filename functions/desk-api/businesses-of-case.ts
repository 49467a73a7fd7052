import { WHY, type Why } from '../../shared/businesses/match-business.ts';
import { RECOGNISED_BY } from '../../shared/businesses/recognised.ts';
import type { Case } from '../../shared/case/case.ts';
import type { DeskDependencies } from './desk.ts';

/** Which business of the register a case is about, and who else it may be, with points and reasons. */
export async function recognisedView(
  { understood }: Pick<Case, 'understood'>,
  { businesses }: Pick<DeskDependencies, 'businesses'>,
) {
  const recognised = understood?.business;
  if (recognised === undefined) return null;
  const { creditCode, confidence, by, candidates } = recognised;
  const codes = [...(creditCode === null ? [] : [creditCode]), ...candidates.map((one) => one.creditCode)];
  const known = new Map(
    (codes.length === 0 ? [] : await businesses.businesses(codes)).map((one) => [one.creditCode, one]),
  );
  return {
    creditCode,
    name: known.get(creditCode ?? '')?.name ?? null,
    confidence,
    by: { code: by, ...RECOGNISED_BY[by] },
    candidates: candidates.map((one) => ({
      creditCode: one.creditCode,
      name: known.get(one.creditCode)?.name ?? null,
      address: known.get(one.creditCode)?.address ?? null,
      score: one.score,
      why: one.why.flatMap((code) => (isReason(code) ? [{ code, ...WHY[code] }] : [])),
    })),
  };
}

/** A later version may not know a reason any more. */
const isReason = (code: string): code is Why => code in WHY;
