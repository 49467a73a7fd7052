import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { addition } from '../../events/addition.ts';
import * as businesses from '../../events/businesses.ts';
import { contactsQuery } from '../../events/contacts-query.ts';
import { deskEntry, importFile, importRows, pastedText } from '../../events/desk-entry.ts';
import { deskListQuery, deskRequests, historyQuery, identityQuery } from '../../events/desk-requests.ts';
import * as work from '../../events/desk-work.ts';
import { evidenceArrived, evidenceRequest } from '../../events/evidence.ts';
import * as incidents from '../../events/incidents.ts';
import { noticeRequest } from '../../events/notice-request.ts';
import { rating, reopening } from '../../events/own-steps.ts';
import { partnerAnswer, partnerListQuery } from '../../events/partner-requests.ts';
import { complaintPreview } from '../../events/preview.ts';
import { publicationRequest } from '../../events/publication-request.ts';
import * as rules from '../../events/rules.ts';
import { statisticsQuery } from '../../events/statistics-query.ts';
import { submission } from '../../events/submission.ts';
import { textRequest } from '../../events/text-request.ts';
import { transcript } from '../../events/transcript.ts';
import { transcriptDelivered } from '../../events/transcript-delivered.ts';
import { triageRequest } from '../../events/triage-request.ts';
import { parseBody, parseParameters } from '../../shared/http/parse.ts';
import { parsePostRequest } from '../../shared/open311/post-request.ts';
import { readStreamRecord } from '../../shared/queue/stream-records.ts';
import type { Reading } from '../../shared/sms/incoming.ts';
import { readAliyunSms } from '../../shared/sms/providers/aliyun.ts';
import { readAwsSms } from '../../shared/sms/providers/aws.ts';
import { readHuaweiSms } from '../../shared/sms/providers/huawei.ts';
import { readTwilioSms } from '../../shared/sms/providers/twilio.ts';
import { parseEvent } from '../../shared/store/case-items.ts';
import { problemOf } from './support.ts';

const EXAMPLES = resolve(import.meta.dirname, '../../events/examples');

/** The field that is named when this example is refused. */
const EXPECTED: Record<string, string> = {
  'submission/bad-text-missing.json': '/text',
  'submission/bad-text-empty.json': '/text',
  'submission/bad-text-only-spaces.json': '/text',
  'submission/bad-text-too-long.json': '/text',
  'submission/bad-text-number.json': '/text',
  'submission/bad-text-null.json': '/text',
  'submission/bad-text-lone-surrogate.json': '/text',
  'submission/bad-text-nul.json': '/text',
  'submission/bad-text-escape-character.json': '/text',
  'submission/bad-text-script.json': '/text',
  'submission/bad-text-tag-with-slash.json': '/text',
  'submission/bad-text-html-comment.json': '/text',
  'submission/bad-request-too-long.json': '/request',
  'contacts-query/bad-on-german.json': 'on',
  'contacts-query/bad-on-missing.json': 'on',
  'contacts-query/bad-unknown-field.json': 'unit',
  'preview/bad-text-empty.json': '/text',
  'preview/bad-unknown-field.json': '/complainant',
  'preview/bad-paid-half-fen.json': '/paidFen',
  'rating/bad-points-six.json': '/points',
  'rating/bad-points-text.json': '/points',
  'rating/bad-unknown-field.json': '/secret',
  'reopening/bad-reason-only-spaces.json': '/reason',
  'addition/bad-text-only-spaces.json': '/text',
  'addition/bad-unknown-field.json': '/secret',
  'evidence-request/bad-type-a-page.json': '/type',
  'evidence-request/bad-size-too-large.json': '/size',
  'evidence-request/bad-size-nothing.json': '/size',
  'evidence-request/bad-name-missing.json': '/name',
  'evidence-request/bad-mark-too-short.json': '/mark',
  'evidence-request/bad-unknown-field.json': '/url',
  'evidence-arrived/bad-key-number.json': 'key',
  'evidence-arrived/bad-key-elsewhere.json': 'key',
  'transcript-delivered/bad-call-not-a-hash.json': '',
  'transcript-delivered/bad-key-empty.json': '',
  'text-request/bad-text-missing.json': 'text',
  'text-request/bad-text-a-phone.json': 'text',
  'text-request/bad-text-words.json': 'text',
  'transcript/bad-call-id-missing.json': 'callId',
  'transcript/bad-end-before-start.json': 'turns.0.endMs',
  'transcript/bad-part-without-id.json': 'turns.0.id',
  'transcript/bad-speaker-unknown-word.json': 'turns.0.speaker',
  'transcript/bad-start-in-seconds.json': 'turns.0.startMs',
  'transcript/bad-started-without-zone.json': 'startedAt',
  'transcript/bad-text-empty.json': 'turns.0.text',
  'transcript/bad-turns-missing.json': 'turns',
  'transcript/bad-version-2.json': 'version',
  'submission/bad-agent-powers-missing.json': '/agent/powers',
  'submission/bad-agent-ended.json': '/agent/until',
  'submission/bad-agent-report.json': '/agent',
  'submission/bad-complainant-missing.json': '/complainant',
  'submission/bad-complainant-text.json': '/complainant',
  'submission/bad-name-missing.json': '/complainant/name',
  'submission/bad-name-empty.json': '/complainant/name',
  'submission/bad-name-too-long.json': '/complainant/name',
  'submission/bad-phone-missing.json': '/complainant/phone',
  'submission/bad-phone-words.json': '/complainant/phone',
  'submission/bad-phone-too-short.json': '/complainant/phone',
  'submission/bad-phone-too-long.json': '/complainant/phone',
  'submission/bad-phone-without-digits.json': '/complainant/phone',
  'submission/bad-phone-number.json': '/complainant/phone',
  'submission/bad-complainant-unknown-field.json': '/complainant/idCard',
  'submission/bad-business-null.json': '/business',
  'submission/bad-business-address-too-long.json': '/business/address',
  'submission/bad-business-unknown-field.json': '/business/fax',
  'submission/bad-division-code-seven-digits.json': '/business/divisionCode',
  'submission/bad-division-code-letters.json': '/business/divisionCode',
  'submission/bad-sum-negative.json': '/claimedFen',
  'submission/bad-sum-half-fen.json': '/claimedFen',
  'submission/bad-sum-text.json': '/paidFen',
  'submission/bad-sum-too-large.json': '/paidFen',
  'submission/bad-sum-infinite.txt': '/paidFen',
  'submission/bad-date-does-not-exist.json': '/occurredOn',
  'submission/bad-date-tomorrow.json': '/occurredOn',
  'submission/bad-date-too-early.json': '/occurredOn',
  'submission/bad-date-chinese.json': '/occurredOn',
  'submission/bad-kind-unknown.json': '/kind',
  'submission/bad-inquiry-without-a-name.json': '/complainant',
  'submission/bad-report-in-a-report.json': '/report',
  'submission/bad-report-without-text.json': '/report/text',
  'submission/bad-report-unknown-field.json': '/report/name',
  'submission/bad-joint-report.json': '/joint',
  'submission/bad-joint-without-consent.json': '/joint/0/consents',
  'submission/bad-joint-phone-missing.json': '/joint/0/phone',
  'submission/bad-joint-too-many.json': '/joint',
  'submission/bad-email.json': '/complainant/email',
  'submission/bad-consents-words.json': '/consents/publish',
  'submission/bad-unknown-field.json': '/txet',
  'submission/bad-array.json': 'body',
  'submission/bad-not-json.txt': 'body',
  'submission/bad-cut-off.txt': 'body',
  'submission/bad-empty.txt': 'body',
  'desk-entry/bad-channel-web.json': '/channel',
  'desk-entry/bad-received-tomorrow.json': '/receivedOn',
  'desk-entry/bad-received-a-year-ago.json': '/receivedOn',
  'desk-entry/bad-happened-after-receipt.json': '/message/occurredOn',
  'desk-entry/bad-external-number-words.json': '/externalNumber',
  'desk-entry/bad-phone-missing.json': '/message/complainant/phone',
  'desk-entry/bad-message-missing.json': '/message',
  'desk-import-rows/bad-no-rows.json': '/entries',
  'desk-import-rows/bad-too-many-rows.json': '/entries',
  'desk-import-rows/bad-second-row.json': '/entries/1/message/text',
  'desk-import-file/bad-file-not-base64.json': '/file',
  'desk-import-file/bad-channel-missing.json': '/channel',
  'desk-pasted-text/bad-text-empty.json': '/text',
  'desk-list-query/bad-limit-zero.json': 'limit',
  'desk-list-query/bad-limit-101.json': 'limit',
  'desk-list-query/bad-limit-text.json': 'limit',
  'desk-list-query/bad-limit-half.json': 'limit',
  'desk-list-query/bad-unit-text.json': 'unit',
  'desk-list-query/bad-after-empty.json': 'after',
  'desk-list-query/bad-after-too-long.json': 'after',
  'desk-list-query/bad-unknown-field.json': 'page',
  'desk-list-query/bad-below-unknown.json': 'below',
  'desk-list-query/bad-due-word.json': 'dueUntil',
  'desk-list-query/bad-from-overdue.json': 'dueFrom',
  'desk-list-query/bad-state-unknown.json': 'state',
  'desk-list-query/bad-unassigned-no.json': 'unassigned',
  'desk-search/bad-two-at-once.json': 'body',
  'desk-search/bad-nothing.json': 'body',
  'find-business/bad-nothing.json': 'body',
  'find-business/bad-code-slip.json': '/creditCode',
  'find-business/bad-unknown-field.json': '/owner',
  'class-proposal-query/bad-unknown-field.json': 'unit',
  'class-decision/bad-why-missing.json': '/why',
  'class-decision/bad-decision-unknown.json': '/decision',
  'class-decision/bad-day.json': '/proposedOn',
  'watch-entry/bad-why-none.json': '/why',
  'watch-entry/bad-other-without-note.json': '/note',
  'watch-entry/bad-version-missing.json': '/version',
  'watch-end/bad-why-empty.json': '/why',
  'desk-search/bad-phone-short.json': '/phone',
  'desk-search/bad-words-one-letter.json': '/words',
  'desk-lease/bad-breaks-empty.json': '/breaks',
  'desk-bulk/bad-action-close.json': '/action',
  'desk-bulk/bad-version-missing.json': '/cases/0/version',
  'desk-bulk/bad-same-twice.json': '/cases',
  'desk-bulk/bad-unit-missing.json': '/sent/unit',
  'desk-filter/bad-name-empty.json': '/name',
  'desk-filter/bad-version-missing.json': '/version',
  'desk-filter/bad-filter-unknown.json': '/filter/colour',
  'rule-proposal-list-query/bad-state-unknown.json': 'state',
  'rule-proposal-decision/bad-decision-unknown.json': '/decision',
  'rule-proposal-decision/bad-reason-missing.json': '/reason',
  'rule-proposal-decision/bad-from-words.json': '/from',
  'rule-proposal-decision/bad-register-missing.json': '/register',
  'rules-undo/bad-register-missing.json': '/register',
  'desk-absences/bad-backwards.json': '/absences/0/until',
  'desk-absences/bad-stands-in-for-himself.json': '/absences/0/standIn',
  'desk-load-query/bad-factor-zero.json': 'factor',
  'desk-staff-query/bad-unit-short.json': 'unit',
  'history-query/bad-before-one.json': 'before',
  'history-query/bad-limit-201.json': 'limit',
  'history-query/bad-page-unknown-field.json': 'page',
  'identity-query/bad-reason-missing.json': 'reason',
  'identity-query/bad-reason-of-ones-own.json': 'reason',
  'partner-answer/bad-answer-unknown.json': '/answer',
  'partner-answer/bad-answer-missing.json': '/answer',
  'partner-answer/bad-sum-half-fen.json': '/offeredFen',
  'partner-answer/bad-sum-negative.json': '/offeredFen',
  'partner-answer/bad-terms-missing.json': '/terms',
  'partner-answer/bad-terms-only-spaces.json': '/terms',
  'partner-answer/bad-day-does-not-exist.json': '/promisedOn',
  'partner-answer/bad-reason-missing.json': '/reason',
  'partner-answer/bad-unknown-field.json': '/discount',
  'partner-list-query/bad-limit-101.json': 'limit',
  'partner-list-query/bad-unknown-field.json': 'partner',
  'incident-dismiss/bad-version-missing.json': '/version',
  'incident-dismiss/bad-version-zero.json': '/version',
  'incident-join-all/bad-lead-wrong-check-digit.json': '/lead',
  'incident-join-all/bad-same-matter-missing.json': '/sameMatter',
  'incident-join-all/bad-same-matter-false.json': '/sameMatter',
  'incident-unjoin-all/bad-lead-missing.json': '/lead',
  'incident-list-query/bad-all-true.json': 'all',
  'incident-query/bad-limit-1000.json': 'limit',
  'publication-request/bad-number-missing.json': 'number',
  'publication-request/bad-number-wrong-check-digit.json': 'number',
  'notice-request/bad-version-zero.json': 'version',
  'notice-request/bad-version-missing.json': 'version',
  'notice-request/bad-number-wrong-check-digit.json': 'number',
  'case-event/bad-2-kind-missing.json': 'kind',
  'case-event/bad-2-kind-unknown.json': 'kind',
  'case-event/bad-2-money-half-fen.json': 'money.agreed',
  'case-event/bad-2-money-unknown-entry.json': 'money',
  'case-event/bad-2-words-number.json': 'words.reason',
  'case-event/bad-2-settled-without-sum.json': '',
  'case-event/bad-schema-version-3.json': 'schemaVersion',
  'statistics-query/bad-month-13.json': 'month',
  'statistics-query/bad-month-chinese.json': 'month',
  'statistics-query/bad-only-from.json': 'from',
  'statistics-query/bad-only-to.json': 'from',
  'statistics-query/bad-month-and-days.json': 'from',
  'statistics-query/bad-backwards.json': 'to',
  'statistics-query/bad-too-long.json': 'to',
  'statistics-query/bad-day-does-not-exist.json': 'to',
  'statistics-query/bad-unit-name.json': 'unit',
  'statistics-query/bad-unit-too-long.json': 'unit',
  'statistics-query/bad-unknown-field.json': 'year',
  'triage-request/bad-number-missing.json': 'number',
  'triage-request/bad-number-wrong-check-digit.json': 'number',
  'triage-request/bad-number-without-hyphens.json': 'number',
  'triage-request/bad-number-null.json': 'number',
  'triage-request/bad-text.json': '',
  'case-event/bad-case-instead.json': 'entity',
  'case-event/bad-version-zero.json': 'version',
  'case-event/bad-type-unknown.json': 'type',
  'case-event/bad-unit-path-empty.json': 'unitPath',
  'case-event/bad-actor-missing.json': 'actor',
  'case-event/bad-facts-text.json': 'facts',
  'case-event/bad-sum-half-fen.json': 'money.claimed',
  'case-event/bad-number-missing.json': 'number',
  'sms-aliyun/bad-number-missing.json': '/0/phonenumber',
  'sms-aws/bad-body-missing.json': '/messagebody',
  'sms-huawei/bad-text-empty.form': '/body',
  'sms-twilio/bad-sender-missing.form': '/from',
  'open311-request/bad-phone-missing.form': 'phone',
  'open311-request/bad-service_code-unknown.form': 'service_code',
  'stream-record/bad-removed.json': '',
  'stream-record/bad-no-sequence-number.json': '',
  'stream-record/bad-case-instead.json': 'entity',
};

/** How each contract is read at its boundary: HTTP throws a problem, messages throw what zod says. */
const READ: Record<string, (raw: string) => unknown> = {
  submission: (raw) =>
    parseBody(
      post(raw),
      submission(() => '2026-11-21'),
    ),
  'desk-entry': (raw) =>
    parseBody(
      post(raw),
      deskEntry(() => '2026-11-21'),
    ),
  'desk-import-file': (raw) =>
    parseBody(
      post(raw),
      importFile(() => '2026-11-21'),
    ),
  'desk-import-rows': (raw) =>
    parseBody(
      post(raw),
      importRows(() => '2026-11-21'),
    ),
  'desk-pasted-text': (raw) => parseBody(post(raw), pastedText),
  'statistics-query': (raw) => parseParameters(JSON.parse(raw), statisticsQuery),
  'desk-list-query': (raw) => parseParameters(JSON.parse(raw), deskListQuery),
  'desk-search': (raw) => parseBody(post(raw), work.searchRequest),
  'find-business': (raw) => parseBody(post(raw), businesses.findBusinessRequest),
  'class-proposal-query': (raw) => parseParameters(JSON.parse(raw), businesses.proposalListQuery),
  'class-decision': (raw) => parseBody(post(raw), businesses.decideClassRequest),
  'watch-entry': (raw) => parseBody(post(raw), businesses.watchRequest),
  'watch-end': (raw) => parseBody(post(raw), businesses.endWatchRequest),
  'desk-lease': (raw) => parseBody(post(raw), work.leaseRequest),
  'desk-bulk': (raw) => parseBody(post(raw), work.bulkRequest),
  'desk-filter': (raw) => parseBody(post(raw), work.filterRequest),
  'desk-absences': (raw) => parseBody(post(raw), work.absenceRequest),
  'desk-load-query': (raw) => parseParameters(JSON.parse(raw), work.loadQuery),
  'desk-staff-query': (raw) => parseParameters(JSON.parse(raw), work.staffQuery),
  'incident-list-query': (raw) => parseParameters(JSON.parse(raw), incidents.incidentListQuery),
  'incident-query': (raw) => parseParameters(JSON.parse(raw), incidents.incidentQuery),
  'incident-dismiss': (raw) => parseBody(post(raw), incidents.dismissRequest),
  'incident-join-all': (raw) => parseBody(post(raw), incidents.joinAllRequest),
  'incident-unjoin-all': (raw) => parseBody(post(raw), incidents.unjoinAllRequest),
  'rule-proposal-list-query': (raw) => parseParameters(JSON.parse(raw), rules.proposalListQuery),
  'rule-proposal-decision': (raw) => parseBody(post(raw), rules.proposalDecision),
  'rules-undo': (raw) => parseBody(post(raw), rules.rulesUndo),
  'history-query': (raw) => parseParameters(JSON.parse(raw), historyQuery),
  'identity-query': (raw) => parseParameters(JSON.parse(raw), identityQuery),
  'notice-request': (raw) => noticeRequest.parse(JSON.parse(raw)),
  'contacts-query': (raw) => parseParameters(JSON.parse(raw), contactsQuery),
  addition: (raw) => parseBody(post(raw), addition),
  preview: (raw) =>
    parseBody(
      post(raw),
      complaintPreview(() => '2026-11-21'),
    ),
  rating: (raw) => parseBody(post(raw), rating),
  reopening: (raw) => parseBody(post(raw), reopening),
  'evidence-request': (raw) => parseBody(post(raw), evidenceRequest),
  'evidence-arrived': (raw) => evidenceArrived.parse(JSON.parse(raw)),
  'transcript-delivered': (raw) => transcriptDelivered.parse(JSON.parse(raw)),
  'publication-request': (raw) => publicationRequest.parse(JSON.parse(raw)),
  transcript: (raw) => transcript.parse(JSON.parse(raw)),
  'partner-answer': (raw) => parseBody(post(raw), partnerAnswer),
  'partner-list-query': (raw) => parseParameters(JSON.parse(raw), partnerListQuery),
  'text-request': (raw) => textRequest.parse(JSON.parse(raw)),
  'triage-request': (raw) => triageRequest.parse(JSON.parse(raw)),
  'case-event': (raw) => parseEvent(JSON.parse(raw)),
  'stream-record': (raw) => readStreamRecord(JSON.parse(raw)),
  'sms-aliyun': (raw) => textsIn(readAliyunSms(raw, RECEIVED)),
  'sms-aws': (raw) => textsIn(readAwsSms(raw, RECEIVED)),
  'sms-huawei': (raw) => textsIn(readHuaweiSms(raw, RECEIVED)),
  'sms-twilio': (raw) => textsIn(readTwilioSms(raw, RECEIVED)),
  'open311-request': (raw) => {
    const schema = submission(() => '2026-11-21');
    const context = { schema, jurisdiction: '330200', mayPost: () => true };
    const posted = parsePostRequest(raw, 'application/x-www-form-urlencoded', context);
    if ('refusal' in posted) throw refusedAt(posted.refusal.errors.map(({ field }) => field));
    return posted;
  },
  ...Object.fromEntries(
    Object.entries(deskRequests).map(([action, schema]) => [
      `desk-requests/${action}`,
      (raw: string) => parseBody(post(raw), schema),
    ]),
  ),
};
const RECEIVED = { receivedAt: '2026-11-22T02:00:00.000Z', deliveryId: 'delivery-1' };

/** What is refused with reasons, as an error that names their fields. */
function refusedAt(fields: readonly string[]): z.ZodError {
  return new z.ZodError(fields.map((field) => ({ code: 'custom', path: [field], message: '', input: '' })));
}

function textsIn({ messages, refusals }: Reading) {
  if (refusals.length > 0) throw refusedAt(refusals.map(({ field }) => field));
  return messages;
}

const HTTP =
  /^(?:find-business|class-|watch-|rule-proposal-list-query|rule-proposal-decision|rules-undo|evidence-request|partner-|incident-|submission|preview|addition|rating|reopening|contacts-|desk-|statistics-|history-|identity-)/;

/** The field that must be named; the many examples of the desk bear it in their own name: `bad-<field>-<what>`. */
function fieldOf(file: string): string | undefined {
  const field = /^desk-requests\/[^/]+\/bad-([^-.]+)/.exec(file)?.[1];
  if (field === undefined) return EXPECTED[file];
  return field === 'body' ? field : `/${field}`;
}

const post = (body: string) => ({ body, headers: {} }) as unknown as APIGatewayProxyEventV2;
const contractOf = (file: string) => file.slice(0, file.lastIndexOf('/'));
const read = (file: string) => READ[contractOf(file)]?.(readFileSync(resolve(EXAMPLES, file), 'utf8'));

const files = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.(?:json|txt|form)$/.test(file),
);
const good = files.filter((file) => file.includes('/good'));
const bad = files.filter((file) => file.includes('/bad-'));

test('every contract has good and bad examples, and every bad one says why', () => {
  expect(new Set(good.map(contractOf))).toEqual(new Set(Object.keys(READ)));
  expect(new Set(bad.map(contractOf))).toEqual(new Set(Object.keys(READ)));
  expect(bad.filter((file) => !file.startsWith('desk-requests/')).toSorted()).toEqual(
    Object.keys(EXPECTED).toSorted(),
  );
  expect(good.length + bad.length).toBe(files.length);
});

test('examples hold no phone but made-up ones', () => {
  for (const file of files) {
    const phones = readFileSync(resolve(EXAMPLES, file), 'utf8').match(/(?<!\d)1[3-9]\d{9}(?!\d)/g) ?? [];
    for (const phone of phones) expect(phone, file).toMatch(/^1380000000\d$/);
  }
});

test.each(good)('%s is accepted', (file) => {
  expect(read(file)).toBeTypeOf('object');
});

describe('what is sent over HTTP', () => {
  test.each(bad.filter((file) => HTTP.test(file)))(
    '%s is refused, names the field, says what to do',
    async (file) => {
      const { code, errors } = await problemOf(() => read(file));
      expect(code).toBe('bad-request');
      expect(errors.map(({ field }) => field)).toContain(fieldOf(file));
      for (const { zh, en } of errors) {
        expect(zh).toMatch(/[一-鿿]/);
        expect(en).toMatch(/[A-Za-z]{2}/);
        // Classes are named as they are to be sent, also where their names are Chinese.
        expect(en.replace(/(?<=^Must be one of: ).*/, '')).not.toMatch(/Invalid (?:string|input)|[一-鿿]/);
      }
    },
  );
});

describe('what comes from queues, streams and tables', () => {
  test.each(bad.filter((file) => !HTTP.test(file)))('%s is refused at the right place', (file) => {
    const thrown = thrownBy(() => read(file));
    const paths = thrown instanceof z.ZodError ? thrown.issues.map(({ path }) => path.join('.')) : [''];
    expect(paths).toEqual([fieldOf(file)]);
  });
});

test('spaces around the words are taken off, line ends and signs stay', () => {
  expect(read('submission/good-spaces-around.json')).toMatchObject({ text: '前后有空格，会去掉。' });
  const { text } = read('submission/good-dialect-and-marks.json') as { text: string };
  expect(text).toContain('<A市一分店>');
  expect(text).toContain('\n第二行\t');
  expect(text).toContain('𠮷');
});

test('a text that is nothing but half tags, as long as a body may be, is refused in no time', async () => {
  const text = '<a '.repeat(40_000);
  const started = performance.now();
  const body = JSON.stringify({ text, complainant: { name: '测试甲', phone: '13800000000' } });
  const { errors } = await problemOf(() =>
    parseBody(
      post(body),
      submission(() => '2026-11-21'),
    ),
  );
  expect(errors.map(({ field }) => field)).toEqual(['/text']);
  // It took four seconds before; a slow machine may take a tenth of that.
  expect(performance.now() - started).toBeLessThan(400);
});

function thrownBy(take: () => unknown): unknown {
  try {
    take();
  } catch (error) {
    return error;
  }
  throw new Error('accepted');
}
