import type { Words } from '../law/rule-packs.ts';

/** Queues with work, each with its dead-letter queue; `npm run redrive` knows them by the same names. */
const WORK_QUEUES = {
  triage: { zh: '分派', en: 'Triage' },
  notices: { zh: '投诉的告知', en: 'Notices of complaints' },
  'informer-notices': { zh: '举报的告知', en: 'Notices to informers' },
  calls: { zh: '通话记录', en: 'Transcripts of calls' },
  evidence: { zh: '证据文件', en: 'Files of evidence' },
  texts: { zh: '收到的短信', en: 'Texts received' },
  'aws-sms': { zh: '收到的短信（AWS）', en: 'Texts received (AWS)' },
  replies: { zh: '短信回复', en: 'Replies by SMS' },
  reports: { zh: '报告', en: 'Reports' },
  'public-cases': { zh: '对外公开', en: 'What strangers may read' },
} as const satisfies Record<string, Words>;

/** What reads the stream of the cases, by the names of the functions. */
export const STREAM_READERS = {
  'relay-events': { zh: '事件转送', en: 'Events to queues' },
  'tally-statistics': { zh: '统计计数', en: 'Counting' },
} as const satisfies Record<string, Words>;

/** Where streams and schedules leave what they gave up: nothing is brought back from here, the next run does it. */
export const ENDS = {
  ...STREAM_READERS,
  sweep: { zh: '查漏（未分派）', en: 'Sweep of what was not triaged' },
  'sweep-texts': { zh: '查漏（短信）', en: 'Sweep of texts' },
  watch: { zh: '期限巡查', en: 'Watch on periods' },
  erase: { zh: '清除个人信息', en: 'Erasure' },
  figures: { zh: '数据汇总、核对', en: 'Roll-ups and recount' },
  warnings: { zh: '预警', en: 'Early warning' },
  'open-data': { zh: '开放数据', en: 'Open data' },
} as const satisfies Record<string, Words>;

export const QUEUES = { ...WORK_QUEUES, ...ENDS };
export type QueueName = keyof typeof QUEUES;
export const QUEUE_NAMES = Object.keys(QUEUES) as QueueName[];

/** What runs by the clock, and when, by the names of the functions. */
export const SCHEDULED = {
  'sweep-untriaged': { zh: '查漏（未分派）', en: 'Sweep of what was not triaged', everyMinutes: 1 },
  'sweep-texts': { zh: '查漏（短信）', en: 'Sweep of texts', everyMinutes: 1 },
  'watch-deadlines': {
    zh: '期限巡查；1:00 重算日期，1:30 类别建议',
    en: 'Watch on periods; dates at 1:00, classes at 1:30',
    everyMinutes: 5,
  },
  'roll-up-statistics': { zh: '数据汇总', en: 'Roll-up of figures', everyMinutes: 5 },
  'spread-warnings': { zh: '发布预警', en: 'Warnings to subscribers', everyMinutes: 5 },
  'detect-warnings': { zh: '预警分析', en: 'Early warning', everyMinutes: 60 },
  'erase-expired': { zh: '清除个人信息（2:00）', en: 'Erasure (2:00)', everyMinutes: 1440 },
  'recount-statistics': { zh: '数据核对（4:00）', en: 'Recount (4:00)', everyMinutes: 1440 },
  'release-open-data': { zh: '开放数据（5:00）', en: 'Open data (5:00)', everyMinutes: 1440 },
} as const satisfies Record<string, Words & { everyMinutes: number }>;

export type WatchedFunction = keyof typeof STREAM_READERS | keyof typeof SCHEDULED;
export const WATCHED_FUNCTIONS = [
  ...Object.keys(STREAM_READERS),
  ...Object.keys(SCHEDULED),
] as WatchedFunction[];
