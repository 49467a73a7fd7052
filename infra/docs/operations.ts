import * as z from 'zod';
import { addition } from '../../events/addition.ts';
import * as administration from '../../events/administration.ts';
import * as answers from '../../events/answers.ts';
import * as businesses from '../../events/businesses.ts';
import * as businessAnswers from '../../events/businesses-answers.ts';
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
import * as figures from '../../events/figures.ts';
import * as health from '../../events/health.ts';
import * as incidents from '../../events/incidents.ts';
import * as openData from '../../events/open-data.ts';
import { rating, reopening } from '../../events/own-steps.ts';
import { partnerAnswer, partnerListQuery } from '../../events/partner-requests.ts';
import { phoneCodeRequest } from '../../events/phone-code.ts';
import { complaintPreview, previewAnswer } from '../../events/preview.ts';
import * as reports from '../../events/reports.ts';
import * as rules from '../../events/rules.ts';
import { statisticsQuery } from '../../events/statistics-query.ts';
import { submission } from '../../events/submission.ts';
import * as warnings from '../../events/warnings.ts';
import { ACTIONS } from '../../shared/case/actions.ts';
import { formParameters, formQuery, previewRequest } from '../../shared/forms/draft.ts';
import { FORMATS } from '../../shared/reports/order.ts';

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
  RegisterOverview: administration.registerOverview,
  RegisterDocument: administration.registerDocument,
  RegisterChecked: administration.registerChecked,
  RegisterChanged: administration.registerChanged,
  GapsAnswer: administration.gapsAnswer,
  SettingsAnswer: administration.settingsAnswer,
  CalendarAnswer: administration.calendarAnswer,
  CalendarChecked: administration.calendarChecked,
  UsersAnswer: administration.usersAnswer,
  TaxonomiesAnswer: administration.taxonomiesAnswer,
  NotesAnswer: administration.notesAnswer,
  HealthAnswer: health.healthAnswer,
  DeadLetters: health.deadLetters,
  Redriven: health.redriven,
  RuleProposalList: rules.proposalList,
  RuleProposal: rules.proposalAnswer,
  RulesUndone: rules.undoAnswer,
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
  BusinessAnswer: businessAnswers.businessAnswer,
  FindBusinessAnswer: businessAnswers.findBusinessAnswer,
  ClassProposalList: businessAnswers.proposalList,
  ClassProposal: businessAnswers.proposalView,
  WatchList: businessAnswers.watchList,
  WatchEntry: businessAnswers.watchView,
  FilterList: workAnswers.filterList,
  SearchAnswer: workAnswers.searchAnswer,
  LeaseAnswer: workAnswers.leaseAnswer,
  BulkAnswer: workAnswers.bulkAnswer,
  AbsenceList: workAnswers.absenceList,
  DueAheadAnswer: workAnswers.dueAheadAnswer,
  LoadAnswer: workAnswers.loadAnswer,
  HintsAnswer: workAnswers.hintsAnswer,
  StaffList: workAnswers.staffList,
  NoticesAnswer: answers.noticesAnswer,
  PartnerProposals: answers.partnerProposals,
  PartnerCaseList: answers.partnerCaseList,
  PartnerCaseDetail: answers.partnerCaseDetail,
  PartnerReceipt: answers.partnerReceipt,
  FormPreview: answers.formPreview,
  StatisticsAnswer: answers.statisticsAnswer,
  FiguresAnswer: figures.figuresAnswer,
  CatalogueAnswer: figures.catalogueAnswer,
  FigureCasesAnswer: figures.figureCasesAnswer,
  FigureUnitsAnswer: figures.figureUnitsAnswer,
  CaseFiguresAnswer: figures.caseFiguresAnswer,
  ReportOrder: reports.reportAnswer,
  ReportOrders: reports.reportsAnswer,
  ReportDocument: reports.reportDocument,
  AlarmList: warnings.alarmList,
  AlarmView: warnings.alarmView,
  DraftView: warnings.draftView,
  InspectionPlan: warnings.inspectionPlanView,
  PublishedWarnings: warnings.publishedWarnings,
  Subscription: warnings.subscription,
  OpenCatalogue: openData.openCatalogue,
  OpenComplaints: openData.openComplaints,
  OpenFigures: openData.openFigures,
  OpenBusinesses: openData.openBusinesses,
  OpenBusiness: openData.openBusiness,
  BusinessAnswerView: openData.businessAnswerView,
  BusinessAnswerList: openData.businessAnswerList,
  UnitList: answers.unitList,
  PhoneCodeAnswer: answers.phoneCodeAnswer,
  PreviewAnswer: previewAnswer,
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
const formTyped = (id: string): Operation => ({
  ...read(id, 'The wording of the form as a step would issue it with what is typed so far', 'FormPreview'),
  path: formParameters,
  body: previewRequest,
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
  'POST /complaints/preview': {
    id: 'previewComplaint',
    summary: 'What the system makes of a message that is still being written; nothing is kept (填写时预览)',
    opens: 'anyone',
    body: complaintPreview(() => ''),
    answers: { 200: 'PreviewAnswer' },
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
  'POST /complaints/{number}/rating': {
    ...ownStep('rateCase', 'The person rates how it was handled, once in a round (评价)'),
    body: rating,
  },
  'POST /complaints/{number}/reopening': {
    ...ownStep('askReopening', 'The person asks that a case that is over be taken up again (请求重新办理)'),
    body: reopening,
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
    headers: { 'if-none-match': 'The `etag` of the answer at hand: 304 when nothing is new' },
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
  'GET /desk/figures': {
    id: 'showFigures',
    summary:
      'Figures of a unit, area or officer over a period, with formula, 环比, 同比 and cuts (指标、公式、同比环比、结构)',
    opens: 'staff',
    query: figures.figuresQuery,
    answers: { 200: 'FiguresAnswer' },
    refusals: [403, 404],
  },
  'GET /desk/figures/catalogue': {
    id: 'showCatalogue',
    summary: 'Every indicator and counter, with formula and source (指标目录)',
    opens: 'staff',
    answers: { 200: 'CatalogueAnswer' },
    refusals: [],
  },
  'GET /desk/figures/cases': {
    id: 'showCasesBehind',
    summary: 'The cases behind a figure, the latest day first (数字背后的案件)',
    opens: 'staff',
    query: figures.figureCasesQuery,
    answers: { 200: 'FigureCasesAnswer' },
    refusals: [403, 404],
  },
  'GET /desk/figures/units': {
    id: 'showUnits',
    summary: 'The units below one, compared fairly by each rate (单位可比情况)',
    opens: 'staff',
    query: figures.figureUnitsQuery,
    answers: { 200: 'FigureUnitsAnswer' },
    refusals: [403, 404],
  },
  'GET /desk/cases/{number}/figures': {
    id: 'showFiguresOfCase',
    summary: 'The figures that a case counts in (案件计入的数字)',
    opens: 'staff',
    answers: { 200: 'CaseFiguresAnswer' },
    refusals: [404],
  },
  'GET /desk/alarms': {
    id: 'listAlarms',
    summary:
      'Early warnings of a unit and below, the urgent ones first, and how often they were right (预警)',
    opens: 'staff',
    query: warnings.alarmListQuery,
    answers: { 200: 'AlarmList' },
    refusals: [403],
  },
  'GET /desk/alarms/{id}': {
    id: 'showAlarm',
    summary: 'One alarm with its cases and its reason',
    path: warnings.alarmPath,
    opens: 'staff',
    answers: { 200: 'AlarmView' },
    refusals: [403, 404],
  },
  'POST /desk/alarms/{id}/mark': {
    id: 'markAlarm',
    summary: 'It is true, or it is none: what was found (核实)',
    path: warnings.alarmPath,
    opens: 'staff',
    body: warnings.markRequest,
    answers: { 200: 'AlarmView' },
    refusals: [403, 404, 409],
  },
  'POST /desk/alarms/{id}/warning': {
    id: 'draftWarning',
    summary: 'Draft of a consumer warning, made from the figures (消费提示)',
    path: warnings.alarmPath,
    opens: 'staff',
    answers: { 200: 'DraftView' },
    refusals: [403, 404, 409],
  },
  'POST /desk/alarms/{id}/warning/name': {
    id: 'nameInWarning',
    summary: 'A person decides that the business is named, and why',
    path: warnings.alarmPath,
    opens: 'staff',
    body: warnings.nameRequest,
    answers: { 200: 'DraftView' },
    refusals: [403, 404, 409],
  },
  'POST /desk/alarms/{id}/warning/publish': {
    id: 'publishWarning',
    summary: 'Publish the warning under the next number of the year; subscribers get an SMS',
    path: warnings.alarmPath,
    opens: 'staff',
    body: warnings.publishRequest,
    answers: { 200: 'DraftView' },
    refusals: [403, 404, 409],
  },
  'GET /desk/inspection-plan': {
    id: 'showInspectionPlan',
    summary: 'Whom to inspect in a month, by alarms, hot spots and season (检查计划)',
    opens: 'staff',
    query: warnings.planQuery,
    answers: { 200: 'InspectionPlan' },
    refusals: [403],
  },
  'GET /warnings': {
    id: 'listWarnings',
    summary: 'Published consumer warnings of a year, the latest first',
    opens: 'anyone',
    query: warnings.warningsQuery,
    answers: { 200: 'PublishedWarnings' },
    refusals: [],
  },
  'POST /warnings/subscribers': {
    id: 'subscribe',
    summary: 'Get consumer warnings by SMS; needs a code of POST /phone-codes (订阅)',
    opens: 'anyone',
    body: warnings.subscriptionRequest,
    answers: { 200: 'Subscription' },
    refusals: [403],
  },
  'DELETE /warnings/subscribers': {
    id: 'unsubscribe',
    summary: 'Get no more; the phone is forgotten (退订)',
    opens: 'anyone',
    body: warnings.subscriptionRequest,
    answers: { 200: 'Subscription' },
    refusals: [403],
  },
  'POST /desk/figures/reports': {
    id: 'orderReport',
    summary:
      'Order a work summary, brief or public report; it is fetched when it is ready (月报、年度总结、今日要情、公示)',
    opens: 'staff',
    body: reports.reportRequest,
    answers: { 202: 'ReportOrder' },
    refusals: [403, 404, 503],
  },
  'GET /desk/figures/reports': {
    id: 'listReports',
    summary: 'The latest reports of a unit (报告清单)',
    opens: 'staff',
    query: reports.reportsQuery,
    answers: { 200: 'ReportOrders' },
    refusals: [403, 404],
  },
  'GET /desk/figures/reports/{id}': {
    id: 'showReport',
    summary: 'How far a report has come (报告进度)',
    opens: 'staff',
    path: reports.reportPath,
    answers: { 200: 'ReportOrder' },
    refusals: [403, 404],
  },
  'GET /desk/figures/reports/{id}/{format}': {
    id: 'fetchReport',
    summary: 'A file of a report that is ready (下载报告)',
    opens: 'staff',
    path: reports.reportFilePath,
    answers: { 200: 'ReportDocument' },
    files: Object.values(FORMATS).filter((type) => type !== 'application/json'),
    refusals: [403, 404, 409],
  },
  'POST /desk/figures/reports/{id}/publish': {
    id: 'publishReport',
    summary: 'Publish a report: later corrections are shown beside its figures (公布)',
    opens: 'staff',
    path: reports.reportPath,
    answers: { 200: 'ReportOrder' },
    refusals: [403, 404, 409],
  },
  'GET /desk/hints': {
    id: 'showHints',
    summary: 'What to look at today among the own cases, the most pressing first (当日提示)',
    opens: 'staff',
    answers: { 200: 'HintsAnswer' },
    refusals: [],
  },
  'GET /desk/staff': {
    id: 'listStaff',
    summary: 'Who works at a unit, below and above it, by name (人员)',
    opens: 'staff',
    query: work.staffQuery,
    answers: { 200: 'StaffList' },
    refusals: [403],
  },
  'GET /desk/due-ahead': {
    id: 'showDueAhead',
    summary: 'What is late and what will be within five working days, unit by unit (临期与超期)',
    opens: 'staff',
    query: work.dueAheadQuery,
    answers: { 200: 'DueAheadAnswer' },
    refusals: [403],
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
  'GET /administrator/register': {
    id: 'showRegister',
    summary: 'Which version of the register is in force, and how much it holds (登记资料)',
    opens: 'staff',
    answers: { 200: 'RegisterOverview' },
    refusals: [403],
  },
  'GET /administrator/register/file': {
    id: 'downloadRegister',
    summary: 'The register in force as a workbook, JSON or one list as CSV',
    opens: 'staff',
    query: administration.registerFileQuery,
    answers: { 200: 'RegisterDocument' },
    files: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'],
    refusals: [403],
  },
  'POST /administrator/register/check': {
    id: 'checkRegister',
    summary: 'What a file would change and what is wrong with it; nothing takes effect (检查)',
    opens: 'staff',
    body: administration.registerCheck,
    answers: { 200: 'RegisterChecked' },
    refusals: [403],
  },
  'POST /administrator/register/load': {
    id: 'loadRegister',
    summary: 'Take a register into force, at once or from a day on (载入)',
    opens: 'staff',
    body: administration.registerLoad,
    answers: { 200: 'RegisterChanged' },
    refusals: [403, 409],
  },
  'POST /administrator/register/back': {
    id: 'goBackToRegister',
    summary: 'Withdraw the version that waits, or go back to the one before (退回上一版)',
    opens: 'staff',
    body: administration.registerBack,
    answers: { 200: 'RegisterChanged' },
    refusals: [403, 409],
  },
  'GET /administrator/register/gaps': {
    id: 'showGaps',
    summary: 'Where nobody is in charge on a day, and what units lack (空白图)',
    opens: 'staff',
    query: administration.gapsQuery,
    answers: { 200: 'GapsAnswer' },
    refusals: [403],
  },
  'GET /administrator/settings': {
    id: 'showSettings',
    summary: 'What the bureau sets, each with meaning, default and value (设置)',
    opens: 'staff',
    answers: { 200: 'SettingsAnswer' },
    refusals: [403],
  },
  'POST /administrator/settings': {
    id: 'changeSetting',
    summary: 'Set one setting as a new version of the register',
    opens: 'staff',
    body: administration.settingChange,
    answers: { 200: 'SettingsAnswer' },
    refusals: [403, 409],
  },
  'GET /administrator/calendar': {
    id: 'showCalendar',
    summary: 'Years by whose holidays dates are counted (节假日)',
    opens: 'staff',
    answers: { 200: 'CalendarAnswer' },
    refusals: [403],
  },
  'POST /administrator/calendar': {
    id: 'loadCalendarYear',
    summary: 'Check or load a year of State Council holidays',
    opens: 'staff',
    body: administration.calendarRequest,
    answers: { 200: 'CalendarChecked' },
    refusals: [403],
  },
  'GET /administrator/users': {
    id: 'showUsers',
    summary: 'Who works at the desk, by the register (人员)',
    opens: 'staff',
    answers: { 200: 'UsersAnswer' },
    refusals: [403],
  },
  'POST /administrator/users': {
    id: 'changeUser',
    summary: 'Add, change or remove a person of the register',
    opens: 'staff',
    body: administration.userChange,
    answers: { 200: 'UsersAnswer' },
    refusals: [403, 404, 409],
  },
  'GET /administrator/taxonomies': {
    id: 'showTaxonomies',
    summary: 'What complaints are sorted by, with how many of each this year (分类)',
    opens: 'staff',
    answers: { 200: 'TaxonomiesAnswer' },
    refusals: [403],
  },
  'GET /administrator/notes': {
    id: 'showNotes',
    summary: 'What administrators did: who, when, what (操作记录)',
    opens: 'staff',
    query: administration.notesQuery,
    answers: { 200: 'NotesAnswer' },
    refusals: [403],
  },
  'GET /administrator/health': {
    id: 'showHealth',
    summary:
      'How the system stands: queues, streams, what runs by the clock, the nightly proof, what the month costs (运行状况)',
    opens: 'staff',
    answers: { 200: 'HealthAnswer' },
    refusals: [403],
  },
  'GET /administrator/queues/{queue}': {
    id: 'showDeadLetters',
    summary:
      'Some messages of a dead-letter queue, without taking them and without anything people wrote (死信)',
    opens: 'staff',
    path: health.queuePath,
    answers: { 200: 'DeadLetters' },
    refusals: [403],
  },
  'POST /administrator/queues/{queue}/redrive': {
    id: 'redriveQueue',
    summary: 'Bring messages back to their queue, a hundred at a time (送回)',
    opens: 'staff',
    path: health.queuePath,
    body: health.redriveRequest,
    answers: { 200: 'Redriven' },
    refusals: [403, 409],
  },
  'GET /desk/rules/proposals': {
    id: 'listRuleProposals',
    summary:
      'Proposed changes of the routing rules, learnt or for repeated returns, each with its trial (规则待审)',
    opens: 'staff',
    query: rules.proposalListQuery,
    answers: { 200: 'RuleProposalList' },
    refusals: [403],
  },
  'POST /desk/rules/proposals/{id}': {
    id: 'decideRuleProposal',
    summary: 'Accept a change from a day on, as a new version of the register, or decline it (采纳、不采纳)',
    opens: 'staff',
    path: rules.proposalPath,
    body: rules.proposalDecision,
    answers: { 200: 'RuleProposal' },
    refusals: [403, 404, 409],
  },
  'POST /desk/rules/undo': {
    id: 'undoRules',
    summary: 'Back to the register before this one (退回上一版)',
    opens: 'staff',
    body: rules.rulesUndo,
    answers: { 200: 'RulesUndone' },
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
  'GET /desk/businesses/{creditCode}': {
    ...read(
      'showBusiness',
      'A business (经济户口): class, watch-list, what is proposed, its cases that this person may see',
      'BusinessAnswer',
    ),
    path: businesses.businessPath,
  },
  'POST /desk/businesses/find': {
    id: 'findBusiness',
    summary: 'Businesses that may be meant by what a consumer wrote, with points and reasons',
    opens: 'staff',
    body: businesses.findBusinessRequest,
    answers: { 200: 'FindBusinessAnswer' },
    refusals: [403],
  },
  'GET /desk/class-proposals': {
    id: 'listClassProposals',
    summary:
      'Changes of class that wait for a person (监管类别调整建议), of businesses of this unit or below',
    opens: 'staff',
    query: businesses.proposalListQuery,
    answers: { 200: 'ClassProposalList' },
    refusals: [403],
  },
  'POST /desk/class-proposals/{creditCode}/decide': {
    id: 'decideClassProposal',
    summary: 'Accepts or declines a change of class, with the reason',
    opens: 'staff',
    path: businesses.businessPath,
    body: businesses.decideClassRequest,
    answers: { 200: 'ClassProposal' },
    refusals: [403, 404, 409],
  },
  'GET /desk/watch-list': {
    id: 'listWatched',
    summary: 'Businesses under closer watch today (重点监管名单), of this unit or below',
    opens: 'staff',
    answers: { 200: 'WatchList' },
    refusals: [403],
  },
  'POST /desk/watch-list/{creditCode}': {
    id: 'watchBusiness',
    summary: 'Puts a business on the watch-list, or keeps it there longer',
    opens: 'staff',
    path: businesses.businessPath,
    body: businesses.watchRequest,
    answers: { 200: 'WatchEntry' },
    refusals: [403, 404, 409],
  },
  'POST /desk/watch-list/{creditCode}/end': {
    id: 'endWatch',
    summary: 'Takes a business off the watch-list, with the reason',
    opens: 'staff',
    path: businesses.businessPath,
    body: businesses.endWatchRequest,
    answers: { 200: 'WatchEntry' },
    refusals: [403, 404, 409],
  },
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
  'POST /desk/cases/{number}/forms/{form}': formTyped('previewForm'),
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
  'POST /desk/reports/{number}/forms/{form}': formTyped('previewReportForm'),
  'GET /open-data': {
    id: 'openCatalogue',
    summary: 'What open data there are, their fields, licence and protection (开放数据目录)',
    opens: 'anyone',
    answers: { 200: 'OpenCatalogue' },
  },
  'GET /open-data/complaints': {
    id: 'openComplaints',
    summary: 'Published results of complaints, page by page (公示的投诉处理结果)',
    opens: 'anyone',
    query: openData.openComplaintsQuery,
    answers: { 200: 'OpenComplaints' },
    files: ['text/csv'],
    refusals: [404],
  },
  'GET /open-data/figures': {
    id: 'openFigures',
    summary: 'Figures of the bureau and its counties per month (月度统计)',
    opens: 'anyone',
    query: openData.openFiguresQuery,
    answers: { 200: 'OpenFigures' },
    files: ['text/csv'],
    refusals: [404],
  },
  'GET /open-data/businesses': {
    id: 'openBusinesses',
    summary: 'Results per business and year, with rates by size (各经营者处理结果)',
    opens: 'anyone',
    query: openData.openBusinessesQuery,
    answers: { 200: 'OpenBusinesses' },
    files: ['text/csv'],
    refusals: [404],
  },
  'GET /open-data/businesses/{creditCode}': {
    id: 'openBusiness',
    summary: 'One business with its results and what it answers (经营者回应)',
    opens: 'anyone',
    path: openData.openBusinessPath,
    answers: { 200: 'OpenBusiness' },
    refusals: [404],
  },
  'GET /desk/business-answers': {
    id: 'listBusinessAnswers',
    summary: 'Answers of businesses that wait for a second person (待审核的经营者回应)',
    opens: 'staff',
    answers: { 200: 'BusinessAnswerList' },
    refusals: [403],
  },
  'POST /desk/businesses/{creditCode}/answer': {
    id: 'enterBusinessAnswer',
    summary: 'Enters what a business answers to its published results (录入经营者回应)',
    opens: 'staff',
    path: openData.openBusinessPath,
    body: openData.businessAnswerRequest,
    answers: { 200: 'BusinessAnswerView' },
    refusals: [403, 409],
  },
  'POST /desk/businesses/{creditCode}/answer/review': {
    id: 'reviewBusinessAnswer',
    summary: 'Shows or declines it; never the person who entered it (审核经营者回应)',
    opens: 'staff',
    path: openData.openBusinessPath,
    body: openData.reviewAnswerRequest,
    answers: { 200: 'BusinessAnswerView' },
    refusals: [403, 404, 409],
  },
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
