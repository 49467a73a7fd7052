import * as z from 'zod';

const table = z.string().min(3);
const queueUrl = z.url();
const bureau = z.string().regex(/^\d{6}$/);

/**
 * What each function reads from its environment. The CDK app passes exactly these variables
 * (infra/constructs/hotline-function.ts is typed by this table), so a missing one fails the synthesis.
 */
export const CONFIG = {
  'submit-complaint': z.object({
    CASES_TABLE: table,
    IDENTITIES_TABLE: table,
    REGISTRY_TABLE: table,
    BUREAU: bureau,
  }),
  'track-case': z.object({ CASES_TABLE: table, REGISTRY_TABLE: table, BUREAU: bureau }),
  'relay-events': z.object({ TRIAGE_QUEUE_URL: queueUrl }),
  'sweep-untriaged': z.object({ CASES_TABLE: table, TRIAGE_QUEUE_URL: queueUrl }),
  'triage-case': z.object({ CASES_TABLE: table, REGISTRY_TABLE: table, BUREAU: bureau }),
  'tally-statistics': z.object({ STATISTICS_TABLE: table }),
  'desk-api': z.object({
    CASES_TABLE: table,
    IDENTITIES_TABLE: table,
    REGISTRY_TABLE: table,
    BUREAU: bureau,
  }),
  'statistics-api': z.object({ STATISTICS_TABLE: table, REGISTRY_TABLE: table, BUREAU: bureau }),
} as const;

export type FunctionName = keyof typeof CONFIG;

/** The environment of one function, as strings. */
export type FunctionEnvironment<Name extends FunctionName> = z.input<(typeof CONFIG)[Name]>;

/** Reads a function's configuration; throws with the names of the missing variables. Call once, at start. */
export function readConfig<Name extends FunctionName>(name: Name): z.output<(typeof CONFIG)[Name]> {
  return CONFIG[name].parse(process.env) as z.output<(typeof CONFIG)[Name]>;
}
