import { afterEach, describe, expect, test, vi } from 'vitest';
import { CONFIG, type FunctionName, readConfig } from '../../shared/config.ts';

const COMPLETE = {
  CASES_TABLE: 'cases',
  IDENTITIES_TABLE: 'identities',
  INFORMERS_TABLE: 'informers',
  REGISTRY_TABLE: 'registry',
  STATISTICS_TABLE: 'statistics',
  PUBLIC_CASES_TABLE: 'public-cases',
  TRIAGE_QUEUE_URL: 'https://sqs.example.com/1/triage',
  NOTICES_QUEUE_URL: 'https://sqs.example.com/1/notices',
  INFORMER_NOTICES_QUEUE_URL: 'https://sqs.example.com/1/informer-notices',
  PUBLIC_CASES_QUEUE_URL: 'https://sqs.example.com/1/public-cases',
  CALLS_BUCKET: 'calls',
  CALLS_QUEUE_URL: 'https://sqs.example.com/1/calls',
  EVIDENCE_BUCKET: 'evidence',
  REPORTS_BUCKET: 'reports',
  REPORTS_QUEUE_URL: 'https://sqs.example.com/1/reports',
  PARTNER_PAGE: '',
  PAGES_URL: '',
  TEXTS_QUEUE_URL: 'https://sqs.example.com/1/texts',
  REPLIES_QUEUE_URL: 'https://sqs.example.com/1/replies',
  ALIYUN_SMS_TOKENS: '',
  HUAWEI_SMS_TOKENS: '',
  HUAWEI_SMS_KEYS: '',
  TWILIO_AUTH_TOKENS: '',
  SMS_PROVIDER: 'aws',
  SMS_PRICE_MILLI_FEN: '0',
  ALIYUN_ACCESS_KEY_ID: '',
  ALIYUN_ACCESS_KEY_SECRET: '',
  ALIYUN_SIGN_NAME: '',
  ALIYUN_TEMPLATES: '',
  SMS_ORIGINATION_IDENTITY: '',
  SMS_CONFIGURATION_SET: '',
  EMAIL_FROM: '',
  EMAIL_CONFIGURATION_SET: '',
  QUEUE_URLS: 'https://sqs.example.com/1/',
  QUEUES: 'triage=hotline-triage hotline-triage-dlq',
  FUNCTIONS: 'triage-case=hotline-triage-case',
  BUREAU: '330200',
  PARTNER_LINK_KEYS: '',
};
const NAMES = Object.keys(CONFIG) as FunctionName[];

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.each(NAMES)('%s', (name) => {
  const wanted = Object.keys(CONFIG[name].shape);

  test('reads its own variables and no others', () => {
    for (const [variable, value] of Object.entries(COMPLETE)) vi.stubEnv(variable, value);
    expect(Object.keys(readConfig(name)).sort()).toEqual([...wanted].sort());
  });

  test('does not start without one of them, and says which', () => {
    for (const missing of wanted) {
      for (const [variable, value] of Object.entries(COMPLETE)) vi.stubEnv(variable, value);
      vi.stubEnv(missing, undefined);
      expect(() => readConfig(name)).toThrow(missing);
    }
  });
});

test.each([
  ['BUREAU', '3302'],
  ['BUREAU', ''],
  ['CASES_TABLE', ''],
])('%s=%j is refused', (variable, value) => {
  for (const [name, good] of Object.entries(COMPLETE)) vi.stubEnv(name, good);
  vi.stubEnv(variable, value);
  expect(() => readConfig('track-case')).toThrow(variable);
});

test('templates of Aliyun: their codes by our texts; what is written otherwise is refused at the start', () => {
  for (const [variable, value] of Object.entries(COMPLETE)) vi.stubEnv(variable, value);
  vi.stubEnv('ALIYUN_TEMPLATES', 'registered=SMS_1  which-case=SMS_2');
  expect(readConfig('send-text-replies').ALIYUN_TEMPLATES).toEqual({
    registered: 'SMS_1',
    'which-case': 'SMS_2',
  });
  vi.stubEnv('ALIYUN_TEMPLATES', 'registered: SMS_1');
  expect(() => readConfig('send-text-replies')).toThrow('ALIYUN_TEMPLATES');
});

test('links to partners: no key, one, or while they are changed two; never a short one', () => {
  for (const [variable, value] of Object.entries(COMPLETE)) vi.stubEnv(variable, value);
  const [key, next] = ['a'.repeat(44), 'b'.repeat(44)];
  for (const [text, keys] of [
    ['', []],
    [key, [key]],
    [`${next},${key}`, [next, key]],
  ] as const) {
    vi.stubEnv('PARTNER_LINK_KEYS', text);
    expect(readConfig('partner-api').PARTNER_LINK_KEYS).toEqual(keys);
  }
  vi.stubEnv('PARTNER_LINK_KEYS', 'too-short');
  expect(() => readConfig('partner-api')).toThrow('PARTNER_LINK_KEYS');
});

test.each([
  [
    'IDENTITIES_TABLE',
    [
      'submit-complaint',
      'preview-complaint',
      'prove-phone',
      'open311',
      'triage-case',
      'read-transcript',
      'receive-sms',
      'receive-aws-sms',
      'answer-text',
      'send-text-replies',
      'sweep-texts',
      'desk-calls',
      'evidence',
      'watch-deadlines',
      'partner-api',
      'send-notices',
      'erase-expired',
      // Who asked for warnings by SMS.
      'spread-warnings',
      'subscribe-warnings',
      'desk-api',
      'informer-api',
      'draft-forms',
      'enter-cases',
    ],
  ],
  [
    'INFORMERS_TABLE',
    [
      'submit-complaint',
      'open311',
      'read-transcript',
      'answer-text',
      'evidence',
      'send-informer-notices',
      'erase-expired',
      'desk-api',
      'informer-api',
      'draft-informer-forms',
      'enter-cases',
    ],
  ],
])('only functions that handle these people are given %s', (table, names) => {
  expect(NAMES.filter((name) => table in CONFIG[name].shape)).toEqual(names);
});
