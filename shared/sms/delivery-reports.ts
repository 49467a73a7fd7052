import * as z from 'zod';
import type { Instant } from '../dates.ts';
import { firstOf } from './incoming.ts';
import { type Body, type Found, objectsIn } from './payload.ts';
import { type Refusal, refusal } from './refusals.ts';
import type { Provider } from './sms.ts';
import { instantOf } from './times.ts';

type DeliveryStatus = 'delivered' | 'failed' | 'pending';

/** What a provider says has come of a message we sent. */
export interface DeliveryReport {
  provider: Provider;
  /** The id the provider gave when it took the message. */
  providerId: string;
  status: DeliveryStatus;
  /** The provider's own code or word; nothing personal. */
  code: string;
  /** When it was so; when the report came in, if the provider does not say. */
  at: Instant;
  /** The report is about one of the segments only (Huawei). */
  part?: { number: number; of: number };
  /** As what it was billed, if the provider says. */
  segments?: number;
}

export interface Reports {
  reports: DeliveryReport[];
  refusals: Refusal[];
}

interface Read {
  result: string;
  code: string;
  /** False only when the provider says that more is to come. */
  final: boolean;
}

interface ReportKind {
  /** Names that only a report has; its envelopes do not. */
  marks: readonly string[];
  id: readonly string[];
  result: readonly string[];
  code: readonly string[];
  at: readonly string[];
  final: readonly string[];
  number: readonly string[];
  of: readonly string[];
  segments: readonly string[];
  statusOf: (read: Read) => DeliveryStatus | undefined;
}

const NONE: readonly string[] = [];

const status = (words: Record<DeliveryStatus, string>): ReadonlyMap<string, DeliveryStatus> =>
  new Map(
    (Object.entries(words) as [DeliveryStatus, string][]).flatMap(([key, list]) =>
      list
        .split(' ')
        .filter((word) => word !== '')
        .map((word) => [word, key] as const),
    ),
  );

/** `success` of the mainland's report, `Status` of the international one. */
const ALIYUN = status({ delivered: 'true 1', failed: 'false 0 2 6', pending: '' });
const ALIYUN_CODES = status({ delivered: 'delivered delivrd success ok', failed: '', pending: '' });
const AWS = status({ delivered: 'delivered successful read', failed: '', pending: 'queued pending sent' });
const HUAWEI = status({ delivered: 'delivrd', failed: '', pending: 'acceptd enroute' });
const TWILIO = status({
  delivered: 'delivered read',
  failed: 'undelivered failed canceled',
  pending: 'accepted scheduled queued sending sent partially_delivered',
});

const KINDS: Readonly<Record<Provider, ReportKind>> = {
  aliyun: {
    marks: ['bizid', 'success', 'errcode', 'errorcode', 'status'],
    id: ['bizid', 'messageid'],
    result: ['success', 'status'],
    code: ['errcode', 'errorcode'],
    at: ['reporttime', 'receivedate'],
    final: NONE,
    number: NONE,
    of: NONE,
    segments: ['smssize'],
    statusOf: ({ result, code }) =>
      ALIYUN.get(result) ?? ALIYUN_CODES.get(code) ?? (code === '' ? undefined : 'failed'),
  },
  aws: {
    marks: ['eventtype', 'messagestatus'],
    id: ['messageid'],
    result: ['eventtype', 'messagestatus'],
    code: ['messagestatus'],
    at: ['eventtimestamp'],
    final: ['isfinal'],
    number: NONE,
    of: NONE,
    segments: ['totalmessageparts'],
    statusOf: ({ result, final }) => {
      const known = AWS.get(result.replace(/^(?:text|media|rcs)_/, ''));
      // A carrier out of reach, say, is tried again until the event is final.
      return final
        ? (known ?? 'failed')
        : known === 'delivered' && result.endsWith('delivered')
          ? known
          : 'pending';
    },
  },
  huawei: {
    marks: ['smsmsgid', 'status'],
    id: ['smsmsgid'],
    result: ['status'],
    code: ['status'],
    at: ['updatetime'],
    final: NONE,
    number: ['sequence'],
    of: ['total'],
    segments: ['total'],
    statusOf: ({ result }) => HUAWEI.get(result) ?? 'failed',
  },
  twilio: {
    marks: ['messagestatus', 'smsstatus', 'messagesid', 'smssid'],
    id: ['messagesid', 'smssid'],
    result: ['messagestatus', 'smsstatus'],
    code: ['errorcode'],
    at: NONE,
    final: NONE,
    number: NONE,
    of: NONE,
    segments: NONE,
    // Ours to receive, not ours to send; a word Twilio has yet to invent is not the end.
    statusOf: ({ result }) => (result.startsWith('receiv') ? undefined : (TWILIO.get(result) ?? 'pending')),
  },
};

const word = z.union([z.string(), z.number(), z.boolean()]).transform((value) => String(value).trim());
const perhaps = word.optional().catch(undefined);
const count = z.coerce.number().int().min(1).max(255).optional().catch(undefined);
const report = z.object({
  id: word.pipe(z.string().min(1).max(200)),
  result: perhaps,
  code: perhaps,
  final: perhaps,
  at: perhaps,
  number: count,
  of: count,
  segments: count,
});

/**
 * Reads a push of delivery reports: Aliyun SmsReport (an array; mainland and international), events of AWS End User
 * Messaging (in SNS, SQS and EventBridge envelopes), Huawei status reports (a form, or up to 50 as `statusReportList`
 * in JSON), Twilio status callbacks. Never throws; each item is a report or a refusal.
 *
 * Sources: 短信服务 "SmsReport" (101867; international: smsreport-http-intl); AWS End User Messaging SMS User Guide,
 * "Example event data", "Event types"; 消息&短信 "接收状态报告" (sms_05_0003), "批量接收状态报告" (sms_05_0063); Twilio
 * Docs, "Track outbound message status".
 */
export function readReports(provider: Provider, body: Body, receivedAt: Instant): Reports {
  const kind = KINDS[provider];
  const objects = objectsIn(body, kind.marks);
  if (objects === undefined) return { reports: [], refusals: [refusal('not-readable')] };
  const all: Reports = { reports: [], refusals: objects.barren.map((at) => refusal('not-a-message', at)) };
  for (const found of objects.found) {
    const read = readReport(provider, kind, found, receivedAt);
    if ('zh' in read) all.refusals.push(read);
    else all.reports.push(read);
  }
  if (all.reports.length + all.refusals.length === 0) all.refusals.push(refusal('nothing-inside'));
  return all;
}

function readReport(
  provider: Provider,
  kind: ReportKind,
  { fields, at, envelope }: Found,
  receivedAt: Instant,
): DeliveryReport | Refusal {
  const { marks: _, statusOf, ...names } = kind;
  const parsed = report.safeParse(
    Object.fromEntries(Object.entries(names).map(([key, list]) => [key, firstOf(fields, list)?.value])),
  );
  if (!parsed.success) return refusal('missing-id', `${at}/${kind.id[0]}`);
  const { id, result = '', code = '', final = 'true', number, of, segments, at: reportedAt } = parsed.data;
  const outcome = statusOf({
    result: result.toLowerCase(),
    code: code.toLowerCase(),
    final: final.toLowerCase() !== 'false',
  });
  if (outcome === undefined || result + code === '')
    return refusal('missing-status', `${at}/${kind.result[0]}`);
  return {
    provider,
    providerId: id,
    status: outcome,
    code: codeOf(code) ?? codeOf(result) ?? 'unknown',
    at: instantOf(reportedAt) ?? envelope.sentAt ?? receivedAt,
    ...(number !== undefined && of !== undefined && of > 1 && number <= of ? { part: { number, of } } : {}),
    ...(segments === undefined ? {} : { segments }),
  };
}

/** Codes are short and plain; whatever else stands there might be about a person. */
const codeOf = (given: string) => (/^[\w.:-]{1,40}$/.test(given) && given !== '0' ? given : undefined);

/**
 * What has come of one message by all reports about it, in whatever order they came: what is final stands before what
 * is not, the later before the earlier; of several segments one that failed is a failure, and all must be delivered.
 * Undefined without reports.
 */
export function settled(reports: readonly DeliveryReport[]): DeliveryReport | undefined {
  const of = Math.max(1, ...reports.map((one) => one.part?.of ?? 1));
  const latest = new Map<number, DeliveryReport>();
  for (const one of reports) {
    const number = one.part?.number ?? 0;
    const before = latest.get(number);
    if (before === undefined || rank(one) > rank(before)) latest.set(number, one);
  }
  const whole = latest.get(0);
  // A report about the whole says more than those about its parts.
  if (whole !== undefined && (whole.status !== 'pending' || latest.size === 1)) return whole;
  const parts = [...latest.values()].sort((a, b) => (rank(a) > rank(b) ? -1 : 1));
  const failure = parts.find((one) => one.status === 'failed');
  if (failure !== undefined) return failure;
  const last = parts[0];
  const done = parts.filter((one) => one.status === 'delivered').length;
  return last === undefined || done === of ? last : { ...last, status: 'pending' };
}

/** As text, so that order never depends on which came first. */
const rank = (one: DeliveryReport) =>
  [one.status === 'pending' ? 0 : 1, one.at, one.status === 'delivered' ? 1 : 0, one.code].join(' ');
