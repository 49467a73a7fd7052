import { afterEach, describe, expect, test, vi } from 'vitest';
import { CONFIG, type FunctionName, readConfig } from '../../shared/config.ts';

const COMPLETE = {
  CASES_TABLE: 'cases',
  IDENTITIES_TABLE: 'identities',
  INFORMERS_TABLE: 'informers',
  REGISTRY_TABLE: 'registry',
  STATISTICS_TABLE: 'statistics',
  TRIAGE_QUEUE_URL: 'https://sqs.example.com/1/triage',
  NOTICES_QUEUE_URL: 'https://sqs.example.com/1/notices',
  INFORMER_NOTICES_QUEUE_URL: 'https://sqs.example.com/1/informer-notices',
  SMS_ORIGINATION_IDENTITY: '',
  SMS_CONFIGURATION_SET: '',
  EMAIL_FROM: '',
  EMAIL_CONFIGURATION_SET: '',
  BUREAU: '330200',
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

test.each([
  [
    'IDENTITIES_TABLE',
    ['submit-complaint', 'send-notices', 'erase-expired', 'desk-api', 'informer-api', 'draft-forms'],
  ],
  [
    'INFORMERS_TABLE',
    [
      'submit-complaint',
      'send-informer-notices',
      'erase-expired',
      'desk-api',
      'informer-api',
      'draft-informer-forms',
    ],
  ],
])('only functions that handle these people are given %s', (table, names) => {
  expect(NAMES.filter((name) => table in CONFIG[name].shape)).toEqual(names);
});
