import * as z from 'zod';

const table = z.string().min(3);
const queueUrl = z.url();
/** Empty where the bureau has not opened this channel. */
const sender = z.string();
const bureau = z.string().regex(/^\d{6}$/);

/** `accepted=SMS_123 registered=SMS_124`: codes of approved templates by the ids of our texts. */
const templates = z
  .string()
  .regex(/^(?:[\w-]+=\w+(?:\s+|$))*$/)
  .transform((pairs) =>
    Object.fromEntries(
      pairs
        .split(/\s+/)
        .filter(Boolean)
        .map((pair) => pair.split('=')),
    ),
  )
  .pipe(z.record(z.string(), z.string()));
/** Tokens or keys, with blanks between while one replaces another; empty: not opened. */
const secrets = z.string();

const senders = {
  SMS_PROVIDER: z.enum(['aws', 'aliyun']),
  /** Price of a segment in 1/1000 fen. */
  SMS_PRICE_MILLI_FEN: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
  ALIYUN_ACCESS_KEY_ID: sender,
  ALIYUN_ACCESS_KEY_SECRET: sender,
  ALIYUN_SIGN_NAME: sender,
  ALIYUN_TEMPLATES: templates,
  SMS_ORIGINATION_IDENTITY: sender,
  SMS_CONFIGURATION_SET: sender,
  EMAIL_FROM: sender,
  EMAIL_CONFIGURATION_SET: sender,
};

/** One key, or while they are changed two, with a comma between: the first signs, both are believed. Empty: no links. */
const partnerLinkKeys = z
  .string()
  .regex(/^(?:[\w+/=-]{32,})?(?:,[\w+/=-]{32,})?$/)
  .transform((keys) => keys.split(',').filter(Boolean));

/** `triage=dead-letter-queue queue;watch=dead-letter-queue`: deployed names, short because all variables share 4 KB. */
const named = z.string().transform((pairs) =>
  Object.fromEntries(
    pairs.split(';').map((pair): [string, string[]] => {
      const [name = '', deployed = ''] = pair.split('=');
      return [name, deployed.split(' ')];
    }),
  ),
);

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
  'preview-complaint': z.object({ IDENTITIES_TABLE: table, REGISTRY_TABLE: table, BUREAU: bureau }),
  'prove-phone': z.object({ IDENTITIES_TABLE: table, REGISTRY_TABLE: table, BUREAU: bureau, ...senders }),
  'track-case': z.object({ CASES_TABLE: table, REGISTRY_TABLE: table, BUREAU: bureau }),
  'take-consumer-step': z.object({ CASES_TABLE: table, REGISTRY_TABLE: table, BUREAU: bureau }),
  'relay-events': z.object({
    TRIAGE_QUEUE_URL: queueUrl,
    NOTICES_QUEUE_URL: queueUrl,
    INFORMER_NOTICES_QUEUE_URL: queueUrl,
    PUBLIC_CASES_QUEUE_URL: queueUrl,
  }),
  open311: z.object({
    CASES_TABLE: table,
    IDENTITIES_TABLE: table,
    INFORMERS_TABLE: table,
    REGISTRY_TABLE: table,
    PUBLIC_CASES_TABLE: table,
    BUREAU: bureau,
  }),
  'publish-cases': z.object({
    CASES_TABLE: table,
    REGISTRY_TABLE: table,
    PUBLIC_CASES_TABLE: table,
    BUREAU: bureau,
  }),
  'release-open-data': z.object({
    PUBLIC_CASES_TABLE: table,
    STATISTICS_TABLE: table,
    REGISTRY_TABLE: table,
    BUREAU: bureau,
  }),
  'open-data': z.object({ PUBLIC_CASES_TABLE: table, BUREAU: bureau }),
  'business-answers': z.object({ PUBLIC_CASES_TABLE: table }),
  'sweep-untriaged': z.object({ CASES_TABLE: table, TRIAGE_QUEUE_URL: queueUrl }),
  'triage-case': z.object({
    CASES_TABLE: table,
    IDENTITIES_TABLE: table,
    REGISTRY_TABLE: table,
    BUREAU: bureau,
  }),
  'read-transcript': z.object({
    CASES_TABLE: table,
    IDENTITIES_TABLE: table,
    INFORMERS_TABLE: table,
    REGISTRY_TABLE: table,
    CALLS_BUCKET: z.string().min(3),
    CALLS_QUEUE_URL: queueUrl,
    BUREAU: bureau,
  }),
  'receive-sms': z.object({
    IDENTITIES_TABLE: table,
    TEXTS_QUEUE_URL: queueUrl,
    ALIYUN_SMS_TOKENS: secrets,
    HUAWEI_SMS_TOKENS: secrets,
    HUAWEI_SMS_KEYS: secrets,
    TWILIO_AUTH_TOKENS: secrets,
  }),
  'receive-aws-sms': z.object({ IDENTITIES_TABLE: table, TEXTS_QUEUE_URL: queueUrl }),
  'answer-text': z.object({
    CASES_TABLE: table,
    IDENTITIES_TABLE: table,
    INFORMERS_TABLE: table,
    REGISTRY_TABLE: table,
    REPLIES_QUEUE_URL: queueUrl,
    BUREAU: bureau,
    ...senders,
  }),
  'send-text-replies': z.object({ IDENTITIES_TABLE: table, ...senders }),
  'sweep-texts': z.object({ IDENTITIES_TABLE: table, TEXTS_QUEUE_URL: queueUrl }),
  'desk-calls': z.object({ CASES_TABLE: table, IDENTITIES_TABLE: table, BUREAU: bureau }),
  evidence: z.object({
    CASES_TABLE: table,
    IDENTITIES_TABLE: table,
    INFORMERS_TABLE: table,
    EVIDENCE_BUCKET: z.string().min(3),
  }),
  'check-evidence': z.object({ CASES_TABLE: table, EVIDENCE_BUCKET: z.string().min(3) }),
  'watch-deadlines': z.object({
    CASES_TABLE: table,
    IDENTITIES_TABLE: table,
    REGISTRY_TABLE: table,
    BUREAU: bureau,
  }),
  'partner-api': z.object({
    CASES_TABLE: table,
    IDENTITIES_TABLE: table,
    REGISTRY_TABLE: table,
    BUREAU: bureau,
    PARTNER_LINK_KEYS: partnerLinkKeys,
  }),
  'send-notices': z.object({
    PARTNER_LINK_KEYS: partnerLinkKeys,
    CASES_TABLE: table,
    IDENTITIES_TABLE: table,
    REGISTRY_TABLE: table,
    BUREAU: bureau,
    PAGES_URL: z.union([z.literal(''), z.url()]),
    ...senders,
  }),
  'send-informer-notices': z.object({
    CASES_TABLE: table,
    INFORMERS_TABLE: table,
    REGISTRY_TABLE: table,
    BUREAU: bureau,
    PAGES_URL: z.union([z.literal(''), z.url()]),
    ...senders,
  }),
  'erase-expired': z.object({
    CASES_TABLE: table,
    IDENTITIES_TABLE: table,
    INFORMERS_TABLE: table,
    REGISTRY_TABLE: table,
    EVIDENCE_BUCKET: z.string().min(3),
    BUREAU: bureau,
  }),
  'tally-statistics': z.object({ CASES_TABLE: table, STATISTICS_TABLE: table }),
  'roll-up-statistics': z.object({ STATISTICS_TABLE: table, REGISTRY_TABLE: table, BUREAU: bureau }),
  'recount-statistics': z.object({ CASES_TABLE: table, STATISTICS_TABLE: table }),
  'detect-warnings': z.object({
    CASES_TABLE: table,
    STATISTICS_TABLE: table,
    REGISTRY_TABLE: table,
    BUREAU: bureau,
  }),
  'spread-warnings': z.object({
    IDENTITIES_TABLE: table,
    REGISTRY_TABLE: table,
    REPLIES_QUEUE_URL: queueUrl,
    BUREAU: bureau,
  }),
  'subscribe-warnings': z.object({ IDENTITIES_TABLE: table, REGISTRY_TABLE: table, BUREAU: bureau }),
  'figures-api': z.object({
    CASES_TABLE: table,
    STATISTICS_TABLE: table,
    REGISTRY_TABLE: table,
    REPORTS_BUCKET: z.string().min(3),
    REPORTS_QUEUE_URL: queueUrl,
    BUREAU: bureau,
  }),
  'compose-report': z.object({
    STATISTICS_TABLE: table,
    REGISTRY_TABLE: table,
    REPORTS_BUCKET: z.string().min(3),
    BUREAU: bureau,
  }),
  'health-api': z.object({
    STATISTICS_TABLE: table,
    REGISTRY_TABLE: table,
    BUREAU: bureau,
    /** What the addresses of all queues begin with. */
    QUEUE_URLS: queueUrl,
    QUEUES: named,
    FUNCTIONS: named,
  }),
  'administrator-api': z.object({ REGISTRY_TABLE: table, STATISTICS_TABLE: table, BUREAU: bureau }),
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
  'enter-cases': z.object({
    CASES_TABLE: table,
    IDENTITIES_TABLE: table,
    INFORMERS_TABLE: table,
    REGISTRY_TABLE: table,
    BUREAU: bureau,
  }),
  'statistics-api': z.object({ STATISTICS_TABLE: table, REGISTRY_TABLE: table, BUREAU: bureau }),
} as const;

/** Who sends SMS and e-mails. */
export type SenderConfig = z.output<z.ZodObject<typeof senders>>;
/** The same, as the environment bears it. */
export type SenderEnvironment = z.input<z.ZodObject<typeof senders>>;

export type FunctionName = keyof typeof CONFIG;

/** The environment of one function, as strings. */
export type FunctionEnvironment<Name extends FunctionName> = z.input<(typeof CONFIG)[Name]>;

/** Reads a function's configuration; throws with the names of the missing variables. Call once, at start. */
export function readConfig<Name extends FunctionName>(name: Name): z.output<(typeof CONFIG)[Name]> {
  return CONFIG[name].parse(process.env) as z.output<(typeof CONFIG)[Name]>;
}
