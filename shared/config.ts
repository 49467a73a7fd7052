import * as z from 'zod';

const table = z.string().min(3);
const queueUrl = z.url();
/** Empty where the bureau has not opened this channel. */
const sender = z.string();
const bureau = z.string().regex(/^\d{6}$/);

const senders = {
  SMS_ORIGINATION_IDENTITY: sender,
  SMS_CONFIGURATION_SET: sender,
  EMAIL_FROM: sender,
  EMAIL_CONFIGURATION_SET: sender,
};

/**
 * What each function reads from its environment. The CDK app passes exactly these variables
 * (infra/constructs/hotline-function.ts is typed by this table), so a missing one fails the synthesis.
 */
export const CONFIG = {
  'submit-complaint': z.object({
    CASES_TABLE: table,
    IDENTITIES_TABLE: table,
    INFORMERS_TABLE: table,
    REGISTRY_TABLE: table,
    BUREAU: bureau,
  }),
  'track-case': z.object({ CASES_TABLE: table, REGISTRY_TABLE: table, BUREAU: bureau }),
  'take-consumer-step': z.object({ CASES_TABLE: table, REGISTRY_TABLE: table, BUREAU: bureau }),
  'relay-events': z.object({
    TRIAGE_QUEUE_URL: queueUrl,
    NOTICES_QUEUE_URL: queueUrl,
    INFORMER_NOTICES_QUEUE_URL: queueUrl,
  }),
  'sweep-untriaged': z.object({ CASES_TABLE: table, TRIAGE_QUEUE_URL: queueUrl }),
  'triage-case': z.object({ CASES_TABLE: table, REGISTRY_TABLE: table, BUREAU: bureau }),
  'watch-deadlines': z.object({ CASES_TABLE: table, REGISTRY_TABLE: table, BUREAU: bureau }),
  'send-notices': z.object({
    CASES_TABLE: table,
    IDENTITIES_TABLE: table,
    REGISTRY_TABLE: table,
    BUREAU: bureau,
    ...senders,
  }),
  'send-informer-notices': z.object({
    CASES_TABLE: table,
    INFORMERS_TABLE: table,
    REGISTRY_TABLE: table,
    BUREAU: bureau,
    ...senders,
  }),
  'erase-expired': z.object({
    CASES_TABLE: table,
    IDENTITIES_TABLE: table,
    INFORMERS_TABLE: table,
    REGISTRY_TABLE: table,
    BUREAU: bureau,
  }),
  'tally-statistics': z.object({ STATISTICS_TABLE: table }),
  'desk-api': z.object({
    CASES_TABLE: table,
    IDENTITIES_TABLE: table,
    INFORMERS_TABLE: table,
    REGISTRY_TABLE: table,
    BUREAU: bureau,
  }),
  'informer-api': z.object({
    CASES_TABLE: table,
    IDENTITIES_TABLE: table,
    INFORMERS_TABLE: table,
    REGISTRY_TABLE: table,
    BUREAU: bureau,
  }),
  'draft-forms': z.object({
    CASES_TABLE: table,
    IDENTITIES_TABLE: table,
    REGISTRY_TABLE: table,
    BUREAU: bureau,
  }),
  'draft-informer-forms': z.object({
    CASES_TABLE: table,
    INFORMERS_TABLE: table,
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
