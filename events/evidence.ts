import * as z from 'zod';
import { parseCaseNumber } from '../shared/case/case-number.ts';
import { cleanName } from '../shared/evidence/evidence.ts';
import { EVIDENCE_TYPES, type EvidenceType } from '../shared/evidence/types.ts';

/*
 * Files that go with a case: what is asked at /complaints/{number}/evidence and /desk/cases/{number}/evidence, what is
 * answered, and what the queue of new files brings.
 */

const MB = 1024 * 1024;
const type = z.enum(Object.keys(EVIDENCE_TYPES) as [EvidenceType, ...EvidenceType[]]);
const id = z.string().regex(/^[0-9a-f]{32}$/, '没有这样的文件编号 / This is not the id of a file');

/** A file's id in the path. */
export const evidencePath = z.strictObject({ id });

/** POST …/evidence: the file somebody wants to send. */
export const evidenceRequest = z
  .strictObject({
    name: z.string().min(1).max(500).transform(cleanName).describe('Name of the file (文件名)'),
    type: type.describe('What the file is; it is checked to be that'),
    size: z.number().int().min(1).describe('Bytes'),
    mark: z
      .string()
      .regex(/^[0-9a-f]{64}$/, '应为 64 位十六进制数 / Must be 64 hexadecimal digits')
      .optional()
      .describe('SHA-256 over the beginning and end of the file: tells it from another of the same name'),
  })
  .superRefine(({ type: claimed, size }, context) => {
    const { mostBytes, zh, en } = EVIDENCE_TYPES[claimed];
    if (size <= mostBytes) return;
    const most = mostBytes / MB;
    context.addIssue({
      code: 'custom',
      path: ['size'],
      message: `${zh}不能超过 ${most} MB，请压缩或者截取一段 / ${en}: at most ${most} MB; please send a smaller one`,
    });
  });

const words = { zh: z.string(), en: z.string() };
const evidence = z.strictObject({
  id: z.string(),
  name: z.string(),
  type,
  size: z.number().int(),
  state: z.strictObject({ code: z.enum(['uploading', 'checking', 'kept', 'refused', 'erased']), ...words }),
  reason: z
    .strictObject({ code: z.string(), ...words })
    .nullable()
    .describe('Why it was not taken'),
  by: z.enum(['consumer', 'staff']),
  begunAt: z.string().meta({ format: 'date-time' }),
});

/** GET …/evidence */
export const evidenceList = z.strictObject({
  evidence: z.array(evidence),
  most: z.number().int().describe('Files that go with one case'),
  mayAdd: z.boolean(),
});

/** POST …/evidence, GET …/evidence/{id}: what is still to be put, each part by PUT to its address, without further headers. */
export const evidenceUpload = z.strictObject({
  evidence,
  partBytes: z.number().int(),
  parts: z
    .array(
      z.strictObject({
        number: z.number().int(),
        from: z.number().int().describe('First byte'),
        to: z.number().int().describe('The byte after the last'),
        url: z.string().describe('Good for 15 minutes, for so many bytes; ask again for a new one'),
      }),
    )
    .describe('Parts that have not arrived; none left: say that it is complete'),
});

/** POST …/evidence/{id}/complete */
export const evidenceAnswer = z.strictObject({ evidence });

/** GET /desk/cases/{number}/evidence/{id}/file */
export const evidenceFile = z.strictObject({
  url: z.string().describe('Good for 5 minutes; on the origin of the storage, to be saved'),
});

/** A message in the queue of new files: the key of the object, `incoming/<number>/<id>`. */
export const evidenceArrived = z.object({ key: z.string() }).transform(({ key }, context) => {
  const [, number = '', file = ''] = /^incoming\/([\d-]+)\/([0-9a-f]{32})$/.exec(key) ?? [];
  if (parseCaseNumber(number) === number) return { number, id: file };
  context.addIssue({ code: 'custom', path: ['key'], message: 'not the key of a file of a case' });
  return z.NEVER;
});
export type EvidenceArrived = z.output<typeof evidenceArrived>;
