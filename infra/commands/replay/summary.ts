import type { CaseEvent } from '../../../shared/case/case.ts';
import { HUB_REASONS } from '../../../shared/case/grounds.ts';
import { formatYuan } from '../../../shared/money.ts';
import { isClean, type Recount } from '../../../shared/store/recount.ts';
import type { UnitName } from '../connection.ts';
import { describeRecount } from '../recount/describe.ts';
import type { MessageFile } from './messages.ts';
import type { Sent } from './send-messages.ts';
import type { Settled } from './settle-cases.ts';
import { type Triaged, triageEvents } from './wait-for-triage.ts';

/** All that a replay has to say, before it is put into words or JSON. */
export interface Replay {
  file: MessageFile;
  sent: Sent;
  triaged: Triaged;
  settled: Settled | undefined;
  recounted: Recount;
  units: readonly UnitName[];
  withAddresses: boolean;
  seconds: { sending: number; all: number };
}

const SHOWN = 10;

/** The figures of a replay, as `--json` prints them. */
export function summarize({
  file,
  sent,
  triaged,
  settled,
  recounted,
  units,
  withAddresses,
  seconds,
}: Replay) {
  const refused = sent.answers.filter((answer) => answer.outcome === 'refused');
  const histories = [...triaged.histories.values()];
  const lefts = histories.flatMap((history) => triageEvents(history).slice(0, 1));
  const distributed = lefts.filter(({ type }) => type === 'distributed');
  const referred = lefts.filter((event) => event.type === 'referred');
  const latencies = histories.map(latencyOf).sort((a, b) => a - b);
  const timed = sent.answers.filter(({ outcome }) => outcome === 'registered');
  // What no answer told was looked for from time to time: its event knows better when it was registered.
  const toNumber = timed
    .flatMap((answer) => {
      if (!('secret' in answer) || answer.secret !== '') return answer.ms ?? [];
      const [registered] = triaged.histories.get(answer.number) ?? [];
      return registered === undefined || answer.sentAt === undefined
        ? []
        : [Date.parse(registered.at) - answer.sentAt];
    })
    .sort((a, b) => a - b);
  const toAssignment = timed
    .flatMap((answer) => {
      const history = 'number' in answer ? triaged.histories.get(answer.number) : undefined;
      const [left] = triageEvents(history ?? []);
      return left === undefined || answer.sentAt === undefined ? [] : [Date.parse(left.at) - answer.sentAt];
    })
    .sort((a, b) => a - b);
  const withOutcome = (outcome: string) => sent.answers.filter((answer) => answer.outcome === outcome).length;
  return {
    withAddresses,
    sent: sent.sent,
    answeredInEarlierRun: sent.before,
    registered: withOutcome('registered'),
    contacts: {
      total: withOutcome('contact'),
      reasons: tally(sent.answers.flatMap((answer) => (answer.outcome === 'contact' ? [answer.reason] : []))),
    },
    duplicates: {
      answeredAgain: withOutcome('again'),
      repeatedLines: file.repeats,
      sameIdOtherText: file.sameId,
    },
    refused: {
      total: refused.length,
      fields: tally(refused.flatMap(({ fields }) => fields)),
      lines: refused.map(({ line }) => line),
      unreadableLines: file.unreadable,
    },
    waitedOut: sent.patience,
    failedLines: sent.failed.map(({ line }) => line),
    routed: {
      total: distributed.length,
      stations: tally(distributed.map(({ unitPath }) => unitPath.at(-1) ?? '')).map(({ what, count }) => ({
        code: what,
        name: units.find(({ code }) => code === what)?.name ?? '',
        count,
      })),
    },
    dispatcher: { total: referred.length, reasons: tally(referred.map(({ facts }) => String(facts.reason))) },
    latencyMs: quantiles(latencies),
    receiptToNumberMs: quantiles(toNumber),
    receiptToAssignmentMs: quantiles(toAssignment),
    lost: {
      unknownNumbers: triaged.missing,
      stillInTriage: triaged.waiting,
      triagedTwice: [...triaged.histories]
        .filter(([, history]) => triageEvents(history).length > 1)
        .map(([n]) => n),
    },
    settled: settled ?? null,
    seconds,
    statistics: { equal: isClean(recounted), ...recounted },
  };
}

export type Summary = ReturnType<typeof summarize>;

/** True when nothing was lost and the statistics are right. Refused messages are told, but are no fault. */
export function isAllWell({ lost, failedLines, statistics }: Summary): boolean {
  return (
    Object.values(lost).every((numbers) => numbers.length === 0) &&
    failedLines.length === 0 &&
    statistics.equal
  );
}

/** The summary in lines for people. */
export function describeReplay(summary: Summary): string[] {
  const { duplicates, refused, waitedOut, routed, dispatcher, latencyMs, lost, settled, seconds } = summary;
  const row = (label: string, value: string | number) => `${label}: ${value}`;
  const some = (label: string, items: readonly (string | number)[]) =>
    items.length === 0 ? [] : [row(label, `${items.length} — ${listed(items)}`)];
  return [
    ...(summary.withAddresses
      ? [
          '注意：没有地址的消息配了示例地址 / Note: lines without an address were given sample ones (--with-addresses)',
        ]
      : []),
    row('发送 / sent', `${summary.sent} (${(summary.sent / Math.max(seconds.sending, 0.001)).toFixed(1)}/s)`),
    row('此前已发 / answered in an earlier run', summary.answeredInEarlierRun),
    row('登记 / registered', summary.registered),
    row(
      '联系记录，未立案 / contacts, no case',
      `${summary.contacts.total}${counted(summary.contacts.reasons)}`,
    ),
    row('重复 / duplicates: answered again with the first number', duplicates.answeredAgain),
    ...some('重复行未发 / repeated lines, not sent: line', duplicates.repeatedLines),
    ...some('编号相同内容不同，已发 / same id, other text, sent: line', duplicates.sameIdOtherText),
    row('拒收 / refused', `${refused.total}${counted(refused.fields)}`),
    ...some('拒收的行 / refused lines', refused.lines),
    ...some('读不懂的行，未发 / unreadable lines, not sent', refused.unreadableLines),
    row(
      '等待 / waited out',
      `429: ${waitedOut.throttled}, 5xx: ${waitedOut.faults}, no answer: ${waitedOut.unanswered}`,
    ),
    ...some('系统故障，未收 / faults of the system, run again: line', summary.failedLines),
    row('分送到所 / routed to stations', `${routed.total} (${routed.stations.length} stations)`),
    ...routed.stations.slice(0, SHOWN).map(({ code, name, count }) => `  ${count}  ${code} ${name}`),
    ...(routed.stations.length > SHOWN ? [`  … ${routed.stations.length - SHOWN} more`] : []),
    row('转人工分派 / to the dispatcher', dispatcher.total),
    ...dispatcher.reasons.map(({ what, count }) => `  ${count}  ${what} ${reasonText(what)}`),
    row('收到到有编号 / receipt to number', spread(summary.receiptToNumberMs)),
    row('收到到分派 / receipt to assignment', spread(summary.receiptToAssignmentMs)),
    row('登记到分派 / registration to assignment', spread(latencyMs)),
    ...(settled === null ? [] : describeSettled(settled)),
    ...some('丢失：系统不认识的编号 / LOST: numbers the system does not know', lost.unknownNumbers),
    ...some('丢失：仍未离开分派 / LOST: still in triage', lost.stillInTriage),
    ...some('分派了两次 / TRIAGED TWICE', lost.triagedTwice),
    row('用时 / took', `${seconds.sending.toFixed(1)} s sending, ${seconds.all.toFixed(1)} s in all`),
    ...describeRecount(summary.statistics).map((line) => `统计 / statistics: ${line}`),
  ];
}

const spread = ({ p50, p95, max }: ReturnType<typeof quantiles>) =>
  `p50 ${milliseconds(p50)}, p95 ${milliseconds(p95)}, max ${milliseconds(max)}`;

function describeSettled(settled: Settled) {
  const { accepted, agreedFen, provenFen, terminated, toldByHand, closed, endedBefore, atHub } = settled;
  return [
    `受理 / accepted: ${accepted}`,
    `调解成功 / settled: ${settled.settled}, 协议 / agreed ${formatYuan(agreedFen)} 元, 已付 / proven ${formatYuan(provenFen)} 元`,
    `终止调解 / ended without: ${terminated}`,
    `人工告知 / told by hand, where no SMS could go: ${toldByHand}`,
    `办结 / closed: ${closed}`,
    `此前已办结 / ended before: ${endedBefore}; 待分派或者不是投诉 / with the dispatcher, or no complaint: ${atHub}`,
  ];
}

function latencyOf(history: readonly CaseEvent[]): number {
  const received = history.find(({ type }) => type === 'registered');
  const [left] = triageEvents(history);
  return Date.parse(left?.at ?? '') - Date.parse(received?.at ?? '');
}

const quantiles = (sorted: readonly number[]) => ({
  p50: percentile(sorted, 50),
  p95: percentile(sorted, 95),
  max: sorted.at(-1) ?? null,
});

/** Nearest rank: the smallest value that at least `percent` per cent of the values do not exceed. */
export function percentile(sorted: readonly number[], percent: number): number | null {
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? null;
}

function tally(things: readonly string[]): { what: string; count: number }[] {
  const counts = Map.groupBy(things, (thing) => thing);
  return [...counts]
    .map(([what, { length: count }]) => ({ what, count }))
    .sort((a, b) => b.count - a.count || (a.what < b.what ? -1 : 1));
}

function counted(fields: Summary['refused']['fields']): string {
  return fields.length === 0 ? '' : ` (${fields.map(({ what, count }) => `${what} ${count}`).join(', ')})`;
}

function listed(items: readonly (string | number)[]): string {
  return items.slice(0, SHOWN).join(' ') + (items.length > SHOWN ? ' …' : '');
}

function reasonText(code: string): string {
  const { zh, en } = HUB_REASONS[code as keyof typeof HUB_REASONS] ?? { zh: '', en: '' };
  return `${zh} / ${en}`;
}

function milliseconds(value: number | null): string {
  return value === null ? '–' : value < 10_000 ? `${value} ms` : `${(value / 1000).toFixed(1)} s`;
}
