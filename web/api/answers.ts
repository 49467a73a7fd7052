import type { AnswerOf } from './call.ts';

/* What the API answers, by names that the pages use. */

export type Receipt = AnswerOf<'POST /complaints'>;
export type Preview = AnswerOf<'POST /complaints/preview'>;
export type Tracked = AnswerOf<'GET /complaints/{number}'>;
/** The same of a case at the desk. */
export type Dates = AnswerOf<'GET /complaints/{number}/dates'>;
export type HandlingUnit = NonNullable<Receipt['handledBy']>;
export type LegalDate = NonNullable<Receipt['nextLegalDate']>;

export type CasePage = AnswerOf<'GET /desk/cases'>;
/** One line of the list, and the answer to a step. */
export type CaseSummary = CasePage['cases'][number];
export type CaseDetail = AnswerOf<'GET /desk/cases/{number}'>;
type HistoryPage = AnswerOf<'GET /desk/cases/{number}/history'>;
export type HistoryEvent = HistoryPage['history'][number];
export type Signs = AnswerOf<'GET /desk/cases/{number}/signs'>;
export type CallTranscript = AnswerOf<'GET /desk/cases/{number}/call'>;
export type Contacts = AnswerOf<'GET /desk/contacts'>;

/** The same of a case at the desk. */
type EvidenceList = AnswerOf<'GET /complaints/{number}/evidence'>;
export type EvidenceView = EvidenceList['evidence'][number];

export type PartnerCase = AnswerOf<'GET /partner/cases/{number}'>;

export type EntryAnswer = AnswerOf<'POST /desk/entries'>;
export type ReadEntry = AnswerOf<'POST /desk/entries/read'>;
export type ImportPreview = AnswerOf<'POST /desk/imports/preview'>;
export type ImportAnswer = AnswerOf<'POST /desk/imports'>;

export type StaffList = AnswerOf<'GET /desk/staff'>;
export type Colleague = StaffList['staff'][number];
export type FilterList = AnswerOf<'GET /desk/filters'>;
export type SearchAnswer = AnswerOf<'POST /desk/search'>;
/** The same of its undoing. */
export type BulkAnswer = AnswerOf<'POST /desk/bulk'>;
export type Hints = AnswerOf<'GET /desk/hints'>;

type IncidentPage = AnswerOf<'GET /desk/incidents'>;
export type IncidentSummary = IncidentPage['incidents'][number];
export type IncidentDetail = AnswerOf<'GET /desk/incidents/{id}'>;
/** The same of unjoin-all. */
export type Batch = AnswerOf<'POST /desk/incidents/{id}/join-all'>;

type Units = AnswerOf<'GET /units'>;
export type ListedUnit = Units['units'][number];
export type Statistics = AnswerOf<'GET /statistics'>;
export type Indicator = Statistics['indicators'][number];

export type Figures = AnswerOf<'GET /desk/figures'>;
export type Figure = Figures['figures'][number];
export type CasesBehind = AnswerOf<'GET /desk/figures/cases'>;
export type UnitsCompared = AnswerOf<'GET /desk/figures/units'>;
export type DueAhead = AnswerOf<'GET /desk/due-ahead'>;
export type Alarms = AnswerOf<'GET /desk/alarms'>;
export type AlarmView = Alarms['alarms'][number];
/** The draft of a consumer warning. */
export type Draft = AnswerOf<'POST /desk/alarms/{id}/warning'>;
export type ReportView = AnswerOf<'POST /desk/figures/reports'>;

export type Catalogue = AnswerOf<'GET /open-data'>;
type PublishedBusinesses = AnswerOf<'GET /open-data/businesses'>;
export type PublishedResult = PublishedBusinesses['businesses'][number];
export type PublishedFigure = AnswerOf<'GET /open-data/figures'>['figures'][number];

export type Health = AnswerOf<'GET /administrator/health'>;
export type RegisterOverview = AnswerOf<'GET /administrator/register'>;
export type RegisterChecked = AnswerOf<'POST /administrator/register/check'>;
export type Gaps = AnswerOf<'GET /administrator/register/gaps'>;
export type Settings = AnswerOf<'GET /administrator/settings'>;
export type SettingView = Settings['settings'][number];
export type People = AnswerOf<'GET /administrator/users'>;
export type Proposals = AnswerOf<'GET /desk/rules/proposals'>;
