import type * as z from 'zod';
import type * as answers from '../events/answers.ts';

/*
 * What the API answers, by the contracts in events/. Types only: no schema gets into the pages.
 */

/** POST /complaints */
export type Receipt = z.output<typeof answers.registeredAnswer>;
/** GET /complaints/{number} */
export type Tracked = z.output<typeof answers.trackingAnswer>;
/** GET /complaints/{number}/dates, GET /desk/cases/{number}/dates */
export type Dates = z.output<typeof answers.datesAnswer>;
export type HandlingUnit = NonNullable<Receipt['handledBy']>;
export type LegalDate = NonNullable<Receipt['nextLegalDate']>;

/** One line of GET /desk/cases, and the answer to a step. */
export type CaseSummary = z.output<typeof answers.caseSummary>;
export type CasePage = z.output<typeof answers.caseList>;
/** GET /desk/cases/{number} */
export type CaseDetail = z.output<typeof answers.caseDetail>;
/** GET /desk/cases/{number}/history */
export type HistoryPage = z.output<typeof answers.historyAnswer>;
export type HistoryEvent = HistoryPage['history'][number];
/** GET /desk/cases/{number}/signs */
export type Signs = z.output<typeof answers.signsAnswer>;
/** GET /desk/cases/{number}/notices */
export type Notices = z.output<typeof answers.noticesAnswer>;
/** GET /desk/cases/{number}/complainant */
export type Complainant = z.output<typeof answers.complainantAnswer>;
/** GET /desk/reports/{number}/informer */
export type Informer = z.output<typeof answers.informerAnswer>;

/** GET /units */
export type Units = z.output<typeof answers.unitList>;
export type ListedUnit = Units['units'][number];

/** GET /statistics */
export type Statistics = z.output<typeof answers.statisticsAnswer>;
export type Indicator = Statistics['indicators'][number];
