import * as z from 'zod';
import { parseCaseNumber } from '../shared/case/case-number.ts';
import { words } from './words.ts';

/*
 * Mass incidents (群体性投诉) at the desk: /desk/incidents.
 */

/** Id of an incident in the path. */
export const incidentPath = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{20}$/, '没有这样的编号 / This is not the id of an incident'),
});

/** GET /desk/incidents: `all` also those that are over or dismissed. */
export const incidentListQuery = z.strictObject({ all: z.enum(['yes']).optional() });

/** GET /desk/incidents/{id}: a page of its complaints, the latest first. */
export const incidentQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z.string().min(1).max(80).optional(),
});

const caseNumber = z
  .string()
  .transform((number) => parseCaseNumber(number) ?? '')
  .refine((number) => number !== '', '编号不对，请核对 / This is not a case number, please check it');

/** POST /desk/incidents/{id}/dismiss */
export const dismissRequest = z.strictObject({
  version: z.number().int().min(1).describe('Version the person looked at'),
});

/** POST /desk/incidents/{id}/join-all */
export const joinAllRequest = z.strictObject({
  lead: caseNumber.describe('主办案件，应为最先收到的一件 / The lead: the one that was received first'),
  sameMatter: z
    .literal(
      true,
      '须为同一争议并经投诉人同意 / It must be one dispute, with the consent of the complainants',
    )
    .describe('Same business and dispute, the complainants agree (Art. 12)'),
});

/** POST /desk/incidents/{id}/unjoin-all */
export const unjoinAllRequest = z.strictObject({
  lead: caseNumber.describe('主办案件 / The lead they were joined under'),
  note: words(2_000).optional(),
});

const both = { zh: z.string(), en: z.string() };
const fen = z.number().int();

export const incidentView = z.strictObject({
  id: z.string(),
  version: z.number().int(),
  kind: z.enum(['business', 'place']),
  state: z.strictObject({ code: z.enum(['open', 'dismissed', 'over']), ...both }),
  name: z.string().nullable().describe('The business, or the place, in the words of the first complaint'),
  first: z.string().describe('The first case'),
  cases: z.number().int(),
  people: z.number().int().describe('Different people; one phone counts once'),
  claimedFen: fen,
  since: z.string(),
  lastAt: z.string(),
  begunAt: z.string().nullable(),
  trend: z
    .strictObject({ lastDay: z.number().int(), dayBefore: z.number().int() })
    .describe('Complaints of the last 24 hours and of the 24 before'),
});

/** GET /desk/incidents */
export const incidentList = z.strictObject({ incidents: z.array(incidentView) });

/** GET /desk/incidents/{id} */
export const incidentDetail = incidentView.extend({
  actions: z.array(z.enum(['dismiss', 'join-all', 'unjoin-all'])),
  members: z.array(
    z.strictObject({
      number: z.string(),
      receivedAt: z.string(),
      counted: z.boolean().describe('false: a further message of a person who is counted already'),
      state: z.strictObject({ code: z.string(), ...both, final: z.boolean() }).nullable(),
      unit: z.string().nullable(),
      excerpt: z.string().nullable().describe('null where the case lies with another unit'),
      claimedFen: fen,
      lead: z.string().nullable(),
    }),
  ),
  next: z.string().nullable(),
});

/** POST /desk/incidents/{id}/join-all and /unjoin-all: one batch; repeated until nothing is left. */
export const batchAnswer = z.strictObject({
  lead: z.string(),
  done: z.number().int(),
  left: z.number().int(),
  skipped: z.array(z.strictObject({ number: z.string(), ...both })),
});
