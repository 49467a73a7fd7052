import { type Business, businessRow } from '../../shared/businesses/business.ts';
import { recogniseBusiness } from '../../shared/businesses/business-of-case.ts';
import { lookUpBusiness } from '../../shared/businesses/look-up.ts';
import type { Question } from '../../shared/businesses/lookup-keys.ts';
import { placesOf } from '../../shared/businesses/places.ts';
import type { Complaint } from '../../shared/case/case.ts';
import { completeCreditCode } from '../../shared/jurisdiction/credit-code.ts';
import { factsOf } from '../../shared/jurisdiction/facts-of-case.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import type { RoutingFacts } from '../../shared/jurisdiction/route.ts';
import { createMemoryBusinessStore } from '../../shared/store/business-store.ts';
import { understoodSchema } from '../../shared/understanding/understood.ts';

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

const UNDERSTOOD = understoodSchema.parse({
  kind: { value: 'complaint', confidence: 1 },
  scope: { value: 'yes', confidence: 1 },
});

/** By what a case is routed that says this of the business, as the triage recognises it. */
export async function factsWith(
  business: Complaint['business'],
  known: readonly Business[],
  registry: Registry,
  on = TODAY,
): Promise<RoutingFacts> {
  const told = { complaint: { text: '', business }, understood: UNDERSTOOD, receivedOn: on };
  const recognised = await recogniseBusiness(
    told,
    createMemoryBusinessStore(known, placesOf(registry)),
    registry,
  );
  return factsOf({ complaint: told.complaint, kind: 'complaint' }, { ...UNDERSTOOD, business: recognised });
}
