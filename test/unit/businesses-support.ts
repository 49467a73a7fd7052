import { type Business, businessRow } from '../../shared/businesses/business.ts';
import { lookUpBusiness } from '../../shared/businesses/look-up.ts';
import type { Question } from '../../shared/businesses/lookup-keys.ts';
import { completeCreditCode } from '../../shared/jurisdiction/credit-code.ts';
import { createMemoryBusinessStore } from '../../shared/store/business-store.ts';

export const PLACES = ['宁波市', '宁波', '海曙区', '海曙', '鄞州区', '鄞州', '江北区', '江北', '古林镇'];
export const TODAY = '2026-11-16';

/** The credit code of the n-th business. */
export const codeOf = (n: number): string => completeCreditCode('91330203', String(n).padStart(8, '0'));

/** The n-th business; without more it is 老王面馆 in 海曙. */
export const businessOf = (n: number, more: Partial<Business> = {}): Business =>
  businessRow.parse({
    creditCode: codeOf(n),
    name: '宁波市海曙区老王面馆',
    address: '宁波市海曙区药行街48号',
    division: '330203001',
    grade: 'B',
    ...more,
  });

/** Asks a store in which these lie. */
export async function ask(businesses: readonly Business[], question: Question, on = TODAY) {
  const store = createMemoryBusinessStore();
  await store.load(businesses, PLACES);
  return lookUpBusiness(question, store, on, PLACES);
}
