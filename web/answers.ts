import type { CaseEvent, Channel, Complaint, Identity, Recovered } from '../shared/case/case.ts';
import type { handlingUnit, nextLegalDate, stateView } from '../shared/case/case-view.ts';
import type { Ground } from '../shared/case/grounds.ts';
import type { Action } from '../shared/case/life-cycle.ts';
import type { Unit } from '../shared/jurisdiction/registry.ts';
import type { Counter } from '../shared/statistics/counters.ts';
import type { IndicatorValue } from '../shared/statistics/indicators.ts';
import type { Pair } from './texts.ts';

/*
 * What the API answers. The parts come from where the functions take them, so that a change there is seen here.
 */

type StateView = ReturnType<typeof stateView>;
export type HandlingUnit = NonNullable<ReturnType<typeof handlingUnit>>;
export type LegalDate = NonNullable<ReturnType<typeof nextLegalDate>>;

/** POST /complaints */
export interface Receipt {
  number: string;
  secret: string;
  state: StateView;
  receivedOn: string;
  handledBy: HandlingUnit | null;
  nextLegalDate: LegalDate | null;
}

/** GET /complaints/{number} */
export interface Tracked {
  number: string;
  state: StateView;
  receivedOn: string;
  station: HandlingUnit | null;
  nextLegalDate: LegalDate | null;
  ground: Ground | null;
  recovered: Recovered | null;
  steps: { type: CaseEvent['type']; on: string }[];
}

/** One line of GET /desk/cases, and the answer to a step. */
export interface CaseSummary {
  number: string;
  version: number;
  state: StateView;
  channel: Channel;
  receivedAt: string;
  receivedOn: string;
  business: Complaint['business'];
  excerpt: string;
  claimedFen: number | null;
  unitPath: string[];
  station: HandlingUnit | null;
  nextLegalDate: LegalDate | null;
  hubReason: (Pair & { code: string; basis?: string }) | null;
  actions: Action[];
}

export interface CasePage {
  unit: string;
  cases: CaseSummary[];
  next: string | null;
}

/** GET /desk/cases/{number} */
export interface CaseDetail extends CaseSummary {
  complaint: Complaint;
  complainant: Identity | null;
  ground: (Ground & { code: string }) | null;
  recovered: Recovered | null;
  history: Pick<CaseEvent, 'type' | 'at' | 'on' | 'actor' | 'facts'>[];
}

export type ListedUnit = Pick<Unit, 'code' | 'kind' | 'name' | 'parent'>;

/** GET /units */
export interface Units {
  bureau: string;
  units: ListedUnit[];
}

type CaseCounter = Exclude<Counter, 'claimedFen' | 'agreedFen' | 'provenFen'>;

/** GET /statistics */
export interface Statistics {
  unit: Pick<Unit, 'code' | 'kind' | 'name'>;
  from: string;
  to: string;
  asOf: string;
  cases: Record<CaseCounter, number>;
  money: Record<'claimedFen' | 'agreedFen' | 'provenFen', number>;
  indicators: IndicatorValue[];
  days: ({ day: string } & Partial<Record<Counter, number>>)[];
}
