import { afterEach, describe, expect, test, vi } from 'vitest';
import { CONFIG, type FunctionName, readConfig } from '../../shared/config.ts';

const COMPLETE = {
  CASES_TABLE: 'cases',
  IDENTITIES_TABLE: 'identities',
  REGISTRY_TABLE: 'registry',
  STATISTICS_TABLE: 'statistics',
  TRIAGE_QUEUE_URL: 'https://sqs.example.com/1/triage',
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

test('only functions that handle identities are given their table', () => {
  const given = NAMES.filter((name) => 'IDENTITIES_TABLE' in CONFIG[name].shape);
  expect(given).toEqual(['submit-complaint', 'desk-api']);
});
