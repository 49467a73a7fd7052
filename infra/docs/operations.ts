import * as z from 'zod';
import { addition } from '../../events/addition.ts';
import * as answers from '../../events/answers.ts';
import { contactsQuery } from '../../events/contacts-query.ts';
import { deskEntry, importFile, importRows, pastedText } from '../../events/desk-entry.ts';
import {
  DESK_ACTIONS,
  deskListQuery,
  deskRequests,
  historyQuery,
  identityQuery,
  partnerSearch,
} from '../../events/desk-requests.ts';
import * as work from '../../events/desk-work.ts';
import * as workAnswers from '../../events/desk-work-answers.ts';
import * as evidence from '../../events/evidence.ts';
import * as incidents from '../../events/incidents.ts';
import { partnerAnswer, partnerListQuery } from '../../events/partner-requests.ts';
import { phoneCodeRequest } from '../../events/phone-code.ts';
import { statisticsQuery } from '../../events/statistics-query.ts';
import { submission } from '../../events/submission.ts';
import { ACTIONS } from '../../shared/case/actions.ts';
import { formParameters, formQuery } from '../../shared/forms/draft.ts';

/** Who may call: anybody, whoever has the secret of the case, a partner by link or signature, staff with a token. */
export type Opens = 'anyone' | 'secret' | 'partner' | 'staff';

/** One operation of the API, in the words of its contracts. */
export interface Operation {
  /** Stable: clients are generated from it. */
  id: string;
  summary: string;
  opens: Opens;
  /** Schemas of the path beyond the case number. */
  path?: z.ZodObject;
  query?: z.ZodType;
  headers?: Readonly<Record<string, string>>;
  body?: z.ZodType;
  /** Name of the answer (events/answers.ts) by status. */
  answers: Readonly<Record<number, keyof typeof ANSWERS>>;
  /** Types of a file that may come instead of JSON. */
  files?: readonly string[];
  /** Statuses of refusals beyond 400, 429 and those that `opens` brings. */
  refusals?: readonly number[];
}

/** What the API answers, each under a name of its own in the document. */
export const ANSWERS = {
  RegisteredAnswer: answers.registeredAnswer,
  EntryAnswer: answers.entryAnswer,
  ReadEntryAnswer: answers.readEntryAnswer,
  ImportPreview: answers.importPreview,
  ImportAnswer: answers.importAnswer,
  TrackingAnswer: answers.trackingAnswer,
  DatesAnswer: answers.datesAnswer,
  ConsumerStepAnswer: answers.consumerStepAnswer,
  CaseList: answers.caseList,
  CaseDetail: answers.caseDetail,
  StepAnswer: answers.stepAnswer,
  HistoryAnswer: answers.historyAnswer,
  ComplainantAnswer: answers.complainantAnswer,
  InformerAnswer: answers.informerAnswer,
  ReclassifiedAnswer: answers.reclassifiedAnswer,
  ReadsAnswer: answers.readsAnswer,
  SignsAnswer: answers.signsAnswer,
  CallAnswer: answers.callAnswer,
  ContactsAnswer: answers.contactsAnswer,
  EvidenceList: evidence.evidenceList,
  EvidenceUpload: evidence.evidenceUpload,
  EvidenceAnswer: evidence.evidenceAnswer,
  EvidenceFile: evidence.evidenceFile,
  IncidentList: incidents.incidentList,
  IncidentDetail: incidents.incidentDetail,
  IncidentView: incidents.incidentView,
  BatchAnswer: incidents.batchAnswer,
  FilterList: workAnswers.filterList,
  SearchAnswer: workAnswers.searchAnswer,
  LeaseAnswer: workAnswers.leaseAnswer,
  BulkAnswer: workAnswers.bulkAnswer,
  AbsenceList: workAnswers.absenceList,
  LoadAnswer: workAnswers.loadAnswer,
  NoticesAnswer: answers.noticesAnswer,
  PartnerProposals: answers.partnerProposals,
  PartnerCaseList: answers.partnerCaseList,
  PartnerCaseDetail: answers.partnerCaseDetail,
  PartnerReceipt: answers.partnerReceipt,
  FormPreview: answers.formPreview,
  StatisticsAnswer: answers.statisticsAnswer,
  UnitList: answers.unitList,
  PhoneCodeAnswer: answers.phoneCodeAnswer,
  PushAnswer: answers.pushAnswer,
} as const satisfies Record<string, z.ZodType>;

const FILES = ['application/pdf', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'];

const read = (id: string, summary: string, answer: keyof typeof ANSWERS): Operation => ({
  id,
  summary,
  opens: 'staff',
  answers: { 200: answer },
  refusals: [403, 404],
});
const form = (id: string, summary: string): Operation => ({
  ...read(id, summary, 'FormPreview'),
  path: formParameters,
  query: formQuery,
  files: FILES,
});
const ownStep = (id: string, summary: string): Operation => ({
  id,
  summary,
  opens: 'secret',
  answers: { 200: 'ConsumerStepAnswer' },
  refusals: [409],
});

/** What providers of SMS push: each is answered as it expects, refused ones too. */
const smsPush = (id: string, summary: string): Operation => ({
  id,
  summary,
  opens: 'anyone',
  path: z.object({ provider: z.enum(['aliyun', 'huawei', 'twilio']) }),
  query: z.object({ token: z.string().optional() }),
  answers: { 200: 'PushAnswer' },
  files: ['text/plain'],
  refusals: [404],
});

/** What consumers and staff do alike with the files of a case (证据). */
function evidenceOf(prefix: string, opens: 'secret' | 'staff', name: string): Record<string, Operation> {
  const refusals = opens === 'staff' ? [403, 404] : [];
  const one = { opens, path: evidence.evidencePath };
  return {
    [`GET ${prefix}/evidence`]: {
      id: `list${name}`,
      summary: 'Files that go with the case (证据清单)',
      opens,
      answers: { 200: 'EvidenceList' },
      refusals,
    },
    [`POST ${prefix}/evidence`]: {
      id: `begin${name}`,
      summary: 'Begin to send a file, or go on with it: the answer says which parts to put where (上传证据)',
      opens,
      body: evidence.evidenceRequest,
      answers: { 201: 'EvidenceUpload', 200: 'EvidenceUpload' },
      refusals: [...refusals, 409],
    },
    [`GET ${prefix}/evidence/{id}`]: {
      ...one,
      id: `show${name}`,
      summary: 'How a file stands, and new addresses for the parts that are missing (断点续传)',
      answers: { 200: 'EvidenceUpload' },
      refusals: [404, ...refusals],
    },
    [`POST ${prefix}/evidence/{id}/complete`]: {
      ...one,
      id: `complete${name}`,
      summary: 'All parts are there: they become one file, which is checked (上传完成)',
      answers: { 200: 'EvidenceAnswer' },
      refusals: [404, 409, ...refusals],
    },
  };
}

/** `ask-proof` → `askProofCase`. */
const stepId = (action: string) => `${action.replace(/-(.)/g, (_, letter) => letter.toUpperCase())}Case`;

const steps = Object.fromEntries(
  DESK_ACTIONS.map((action): [string, Operation] => [
    `POST /desk/cases/{number}/${action}`,
    {
      id: stepId(action),
      summary: `${ACTIONS[action].zh} ${ACTIONS[action].en}`,
      opens: 'staff',
      ...(deskRequests[action] === undefined ? {} : { body: deskRequests[action] }),
      answers: { 200: 'StepAnswer' },
      refusals: [403, 404, 409],
    },
  ]),
);

/** Every operation by its route, as the functions know it; one line of `POST …/{action}` for each action. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  'POST /complaints': {
    id: 'submitComplaint',
    summary: 'File a complaint, a report or an inquiry (登记)',
    opens: 'anyone',
    headers: {
      'Idempotency-Key': 'The same for every repeat of one message; a repeat gets the first answer',
      'X-Phone-Code': 'The code sent to the phone, where the bureau wants a proof (see POST /phone-codes)',
    },
    body: submission(() => ''),
    answers: { 201: 'RegisteredAnswer', 200: 'RegisteredAnswer' },
    refusals: [403, 422],
  },
  'POST /channels/sms/{provider}': smsPush(
    'pushTexts',
    'Texts that Aliyun, Huawei or Twilio push (docs/channels.md)',
  ),
  'POST /channels/sms/{provider}/reports': smsPush('pushTextReports', 'Delivery reports that they push'),
  'POST /phone-codes': {
    id: 'sendPhoneCode',
    summary: 'Send a code to a mobile, to prove that it is one’s own (验证码)',
    opens: 'anyone',
    body: phoneCodeRequest,
    answers: { 200: 'PhoneCodeAnswer', 202: 'PhoneCodeAnswer' },
  },
  'GET /complaints/{number}': {
    id: 'trackCase',
    summary: 'How a case stands (查询进度)',
    opens: 'secret',
    answers: { 200: 'TrackingAnswer' },
  },
  'GET /complaints/{number}/dates': {
    id: 'explainTrackedDates',
    summary: 'Why each date is what it is, day by day (期限说明)',
    opens: 'secret',
    answers: { 200: 'DatesAnswer' },
  },
  'POST /complaints/{number}/withdraw': ownStep('withdrawComplaint', 'The consumer withdraws (撤回投诉)'),
  'POST /complaints/{number}/words': {
    ...ownStep('addWords', 'The person adds to what he said (补充说明)'),
    body: addition,
  },
  'POST /complaints/{number}/insist': ownStep(
    'insistOnAuthority',
    'After trying with the business the consumer wants the authority (要求继续处理)',
  ),
  'POST /complaints/{number}/confirm-settlement': ownStep(
    'confirmSettlement',
    'The consumer confirms what the business or rights station offered (确认和解方案)',
  ),
  'GET /partner/cases': {
    id: 'listPartnerCases',
    summary: 'Open cases of a rights station or business, the earliest last day first (signed requests only)',
    opens: 'partner',
    query: partnerListQuery,
    answers: { 200: 'PartnerCaseList' },
    refusals: [403],
  },
  'GET /partner/cases/{number}': {
    id: 'showPartnerCase',
    summary: 'One case, as the rights station or business sees it',
    opens: 'partner',
    answers: { 200: 'PartnerCaseDetail' },
    refusals: [404],
  },
  'POST /partner/cases/{number}/answer': {
    id: 'answerPartnerCase',
    summary: 'Offer a settlement, or hand the case back (和解方案、退回)',
    opens: 'partner',
    body: partnerAnswer,
    answers: { 200: 'PartnerReceipt' },
    refusals: [404, 409],
  },
  'POST /desk/entries': {
    id: 'enterCase',
    summary: 'Register what came by letter, in person, by mailbox or from another office (登记)',
    opens: 'staff',
    headers: { 'Idempotency-Key': 'The same for every repeat of one entry; a repeat gets the first answer' },
    body: deskEntry(() => ''),
    answers: { 201: 'EntryAnswer', 200: 'EntryAnswer' },
    refusals: [403, 422],
  },
  'POST /desk/entries/read': {
    id: 'readEntry',
    summary: 'Read a pasted letter or work order into fields, each with the words it rests on',
    opens: 'staff',
    body: pastedText,
    answers: { 200: 'ReadEntryAnswer' },
    refusals: [403],
  },
  'POST /desk/imports/preview': {
    id: 'previewImport',
    summary: 'What a CSV or XLSX file would register, row by row, and what is wrong with it',
    opens: 'staff',
    body: importFile(() => ''),
    answers: { 200: 'ImportPreview' },
    refusals: [403],
  },
  'POST /desk/imports': {
    id: 'importCases',
    summary: 'Register rows of a preview; safe to repeat',
    opens: 'staff',
    body: importRows(() => ''),
    answers: { 200: 'ImportAnswer' },
    refusals: [403],
  },
  'GET /desk/cases': {
    id: 'listCases',
    summary: 'Open cases of a unit that a filter lets through, the next legal date first (工作清单)',
    opens: 'staff',
    query: deskListQuery,
    answers: { 200: 'CaseList' },
    refusals: [403],
  },
  'GET /desk/filters': {
    id: 'listFilters',
    summary: 'Saved filters of this person (常用筛选)',
    opens: 'staff',
    answers: { 200: 'FilterList' },
    refusals: [403],
  },
  'POST /desk/filters': {
    id: 'saveFilter',
    summary: 'Save a filter, or replace the one of the same name; thirty at the most',
    opens: 'staff',
    body: work.filterRequest,
    answers: { 200: 'FilterList' },
    refusals: [403, 409],
  },
  'DELETE /desk/filters/{id}': {
    id: 'deleteFilter',
    summary: 'Delete a saved filter',
    opens: 'staff',
    path: work.filterPath,
    query: work.filterDelete,
    answers: { 200: 'FilterList' },
    refusals: [403, 409],
  },
  'POST /desk/search': {
    id: 'searchCases',
    summary:
      'Find cases by number (also with one slip), phone (each hit is kept as a reading), business, or words in open cases',
    opens: 'staff',
    body: work.searchRequest,
    answers: { 200: 'SearchAnswer' },
    refusals: [403],
  },
  'POST /desk/bulk': {
    id: 'orderBulk',
    summary: 'Assign or hand out up to fifty cases, each by itself (批量办理)',
    opens: 'staff',
    headers: { 'Idempotency-Key': 'Required; the same for every repeat of one order' },
    body: work.bulkRequest,
    answers: { 200: 'BulkAnswer' },
    refusals: [403, 422],
  },
  'POST /desk/bulk/{id}/undo': {
    id: 'undoBulk',
    summary: 'Take an order back within ten minutes, on each case where nothing has happened since (撤销)',
    opens: 'staff',
    path: work.bulkPath,
    answers: { 200: 'BulkAnswer' },
    refusals: [403, 404, 409],
  },
  'GET /desk/load': {
    id: 'showLoad',
    summary:
      'Load of the officers of a unit, what could be moved, what is due, what a surge would do (工作负荷)',
    opens: 'staff',
    query: work.loadQuery,
    answers: { 200: 'LoadAnswer' },
    refusals: [403],
  },
  'GET /desk/absences': {
    id: 'listAbsences',
    summary: 'Who is away at a unit, and who stands in (请假代理)',
    opens: 'staff',
    query: work.absenceQuery,
    answers: { 200: 'AbsenceList' },
    refusals: [403],
  },
  'POST /desk/absences': {
    id: 'saveAbsences',
    summary: 'Keep the list of absences of a unit',
    opens: 'staff',
    body: work.absenceRequest,
    answers: { 200: 'AbsenceList' },
    refusals: [403, 409],
  },
  'POST /desk/cases/{number}/lease': {
    id: 'takeLease',
    summary:
      'Take a case for five minutes to work on it, or go on with it; steps of others are refused (占用)',
    opens: 'staff',
    body: work.leaseRequest,
    answers: { 200: 'LeaseAnswer' },
    refusals: [403, 404, 409],
  },
  'DELETE /desk/cases/{number}/lease': {
    id: 'giveBackLease',
    summary: 'Give a case back before the time is over (释放)',
    opens: 'staff',
    answers: { 200: 'LeaseAnswer' },
    refusals: [403, 404],
  },
  'GET /desk/cases/{number}': read(
    'showCase',
    'One case with its latest history; of a sealed report only that it exists',
    'CaseDetail',
  ),
  'GET /desk/cases/{number}/history': {
    ...read('showHistory', 'Older events, page by page', 'HistoryAnswer'),
    query: historyQuery,
  },
  'GET /desk/cases/{number}/complainant': {
    ...read('showComplainant', 'Who complained; the reading is kept with its reason', 'ComplainantAnswer'),
    query: identityQuery,
  },
  'GET /desk/cases/{number}/reads': read(
    'showReads',
    'Who looked at who complained (auditor, manager)',
    'ReadsAnswer',
  ),
  'GET /desk/cases/{number}/call': read(
    'showCall',
    'What was said in the call that became this case, and when each field was said (通话记录)',
    'CallAnswer',
  ),
  ...evidenceOf('/complaints/{number}', 'secret', 'Evidence'),
  ...evidenceOf('/desk/cases/{number}', 'staff', 'CaseEvidence'),
  'GET /desk/cases/{number}/evidence/{id}/file': {
    ...read('takeEvidence', 'Where to take a checked file from; each reading is kept', 'EvidenceFile'),
    path: evidence.evidencePath,
    refusals: [403, 404, 409],
  },
  'GET /desk/contacts': {
    id: 'listContacts',
    summary:
      'What came in on a day and became no case, the newest first (未立案来电来信); each reading is kept',
    opens: 'staff',
    query: contactsQuery,
    answers: { 200: 'ContactsAnswer' },
    refusals: [403],
  },
  'GET /desk/cases/{number}/dates': read('explainDates', 'Why each date is what it is', 'DatesAnswer'),
  'GET /desk/cases/{number}/signs': read(
    'showSigns',
    'Signs of Art. 17 with the cases behind them, for a person to weigh',
    'SignsAnswer',
  ),
  'GET /desk/incidents': {
    id: 'listIncidents',
    summary: 'Mass incidents (群体性投诉) with a case of this unit or below',
    opens: 'staff',
    query: incidents.incidentListQuery,
    answers: { 200: 'IncidentList' },
    refusals: [403],
  },
  'GET /desk/incidents/{id}': {
    ...read('showIncident', 'One mass incident with its complaints', 'IncidentDetail'),
    path: incidents.incidentPath,
    query: incidents.incidentQuery,
  },
  'POST /desk/incidents/{id}/dismiss': {
    id: 'dismissIncident',
    summary: 'It is none: not shown again before it has doubled',
    opens: 'staff',
    path: incidents.incidentPath,
    body: incidents.dismissRequest,
    answers: { 200: 'IncidentView' },
    refusals: [403, 404, 409],
  },
  'POST /desk/incidents/{id}/join-all': {
    id: 'joinIncident',
    summary: 'Joins a batch of its complaints under one lead; repeated until nothing is left',
    opens: 'staff',
    path: incidents.incidentPath,
    body: incidents.joinAllRequest,
    answers: { 200: 'BatchAnswer' },
    refusals: [403, 404],
  },
  'POST /desk/incidents/{id}/unjoin-all': {
    id: 'unjoinIncident',
    summary: 'Takes a batch of them out again',
    opens: 'staff',
    path: incidents.incidentPath,
    body: incidents.unjoinAllRequest,
    answers: { 200: 'BatchAnswer' },
    refusals: [403, 404],
  },
  'GET /desk/cases/{number}/notices': read(
    'showNotices',
    'What was sent to whom, with the proof; what must be told by hand',
    'NoticesAnswer',
  ),
  'GET /desk/cases/{number}/partners': {
    ...read(
      'proposePartners',
      'Rights stations and businesses that could settle it first, each with the reason',
      'PartnerProposals',
    ),
    query: partnerSearch,
  },
  ...steps,
  'GET /desk/cases/{number}/forms/{form}': form(
    'draftForm',
    'An official form, filled from the case; the reading of names is kept',
  ),
  'GET /desk/reports/{number}/informer': {
    ...read('showInformer', 'Who informed, for those on the case; the reading is kept', 'InformerAnswer'),
    query: identityQuery,
  },
  'GET /desk/reports/{number}/reads': read(
    'showInformerReads',
    'Who looked at who informed (auditor, manager)',
    'ReadsAnswer',
  ),
  'POST /desk/reports/{number}/reclassify': {
    id: 'reclassifyReport',
    summary: 'The message was no report: it begins again as what it is',
    opens: 'staff',
    ...(deskRequests.reclassify === undefined ? {} : { body: deskRequests.reclassify }),
    answers: { 200: 'ReclassifiedAnswer' },
    refusals: [403, 404, 409],
  },
  'GET /desk/reports/{number}/forms/{form}': form('draftReportForm', 'A form of a report, filled'),
  'GET /statistics': {
    id: 'statistics',
    summary: 'Figures of a unit over a month or between two days',
    opens: 'anyone',
    query: statisticsQuery,
    answers: { 200: 'StatisticsAnswer' },
    refusals: [404],
  },
  'GET /units': {
    id: 'listUnits',
    summary: 'The units of the bureau',
    opens: 'anyone',
    answers: { 200: 'UnitList' },
  },
};
