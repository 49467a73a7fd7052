import type * as z from 'zod';
import * as answers from '../../events/answers.ts';
import {
  DESK_ACTIONS,
  deskListQuery,
  deskRequests,
  historyQuery,
  identityQuery,
} from '../../events/desk-requests.ts';
import { statisticsQuery } from '../../events/statistics-query.ts';
import { submission } from '../../events/submission.ts';
import { ACTIONS } from '../../shared/case/actions.ts';
import { formParameters, formQuery } from '../../shared/forms/draft.ts';

/** Who may call: anybody, whoever has the secret of the case, staff with a token. */
export type Opens = 'anyone' | 'secret' | 'staff';

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
  NoticesAnswer: answers.noticesAnswer,
  FormPreview: answers.formPreview,
  StatisticsAnswer: answers.statisticsAnswer,
  UnitList: answers.unitList,
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
    },
    body: submission(() => ''),
    answers: { 201: 'RegisteredAnswer', 200: 'RegisteredAnswer' },
    refusals: [422],
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
  'POST /complaints/{number}/insist': ownStep(
    'insistOnAuthority',
    'After trying with the business the consumer wants the authority (要求继续处理)',
  ),
  'GET /desk/cases': {
    id: 'listCases',
    summary: 'Open cases of a unit, the next legal date first',
    opens: 'staff',
    query: deskListQuery,
    answers: { 200: 'CaseList' },
    refusals: [403],
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
  'GET /desk/cases/{number}/dates': read('explainDates', 'Why each date is what it is', 'DatesAnswer'),
  'GET /desk/cases/{number}/signs': read(
    'showSigns',
    'Signs of Art. 17 with the cases behind them, for a person to weigh',
    'SignsAnswer',
  ),
  'GET /desk/cases/{number}/notices': read(
    'showNotices',
    'What was sent to whom, with the proof; what must be told by hand',
    'NoticesAnswer',
  ),
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
