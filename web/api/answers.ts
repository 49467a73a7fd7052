import type * as z from 'zod';
import type * as answers from '../../events/answers.ts';
import type * as evidence from '../../events/evidence.ts';
import type * as incidents from '../../events/incidents.ts';

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
/** GET /desk/cases/{number}/call */
export type CallTranscript = z.output<typeof answers.callAnswer>;
/** GET /desk/contacts */
export type Contacts = z.output<typeof answers.contactsAnswer>;
/** GET …/evidence */
export type EvidenceList = z.output<typeof evidence.evidenceList>;
export type EvidenceView = EvidenceList['evidence'][number];
/** POST …/evidence, GET …/evidence/{id} */
export type EvidenceUpload = z.output<typeof evidence.evidenceUpload>;
/** GET /desk/cases/{number}/notices */
export type Notices = z.output<typeof answers.noticesAnswer>;
/** GET /desk/cases/{number}/complainant */
export type Complainant = z.output<typeof answers.complainantAnswer>;
/** GET /desk/reports/{number}/informer */
export type Informer = z.output<typeof answers.informerAnswer>;

/** GET /desk/cases/{number}/partners */
export type Partners = z.output<typeof answers.partnerProposals>;
/** GET /partner/cases/{number} */
export type PartnerCase = z.output<typeof answers.partnerCaseDetail>;

/** POST /desk/entries */
export type EntryAnswer = z.output<typeof answers.entryAnswer>;
/** POST /desk/entries/read */
export type ReadEntry = z.output<typeof answers.readEntryAnswer>;
/** POST /desk/imports/preview */
export type ImportPreview = z.output<typeof answers.importPreview>;
/** POST /desk/imports */
export type ImportAnswer = z.output<typeof answers.importAnswer>;

/** GET /units */
export type Units = z.output<typeof answers.unitList>;
export type ListedUnit = Units['units'][number];

/** GET /statistics */
export type Statistics = z.output<typeof answers.statisticsAnswer>;
export type Indicator = Statistics['indicators'][number];

/** GET /desk/incidents */
export type IncidentPage = z.output<typeof incidents.incidentList>;
export type IncidentSummary = z.output<typeof incidents.incidentView>;

/** GET /desk/incidents/{id} */
export type IncidentDetail = z.output<typeof incidents.incidentDetail>;

/** POST /desk/incidents/{id}/join-all, unjoin-all */
export type Batch = z.output<typeof incidents.batchAnswer>;
