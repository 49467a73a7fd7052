import * as z from 'zod';
import {
  REFUSAL_GROUNDS,
  RETURN_REASONS,
  type RefusalGround,
  type ReturnReason,
  TERMINATION_GROUNDS,
  type TerminationGround,
} from '../shared/case/grounds.ts';
import { LARGEST_FEN } from '../shared/money.ts';
import { words } from './words.ts';

/*
 * POST /desk/cases/{number}/{action}: what the desk sends with each step.
 */

const version = z
  .number()
  .int()
  .min(1)
  .optional()
  .describe('Version the person looked at; a step on a case that has moved on since is a conflict');
const note = words(2_000).optional();
const fen = z.number().int().min(0).max(LARGEST_FEN);
const keys = <Key extends string>(table: Record<Key, unknown>) =>
  z.enum(Object.keys(table) as [Key, ...Key[]]);

export const deskRequests = {
  distribute: z.strictObject({
    version,
    station: z
      .string()
      .regex(/^\d{8}$/, '监管所代码为 8 位数字 / The code of a station has 8 digits')
      .describe('Code of the station'),
  }),
  return: z.strictObject({ version, reason: keys<ReturnReason>(RETURN_REASONS), note }),
  accept: z.strictObject({ version }),
  refuse: z.strictObject({ version, ground: keys<RefusalGround>(REFUSAL_GROUNDS), note }),
  settle: z
    .strictObject({
      version,
      agreedFen: fen.describe('Sum the business agreed to pay or give, in fen'),
      provenFen: fen.default(0).describe('Part of it that is proven to be paid, in fen'),
      note,
    })
    .refine(({ agreedFen, provenFen }) => provenFen <= agreedFen, {
      path: ['provenFen'],
      message: '已履行金额不能大于协议金额 / The sum paid cannot exceed the sum agreed',
    }),
  terminate: z.strictObject({ version, ground: keys<TerminationGround>(TERMINATION_GROUNDS), note }),
} as const;

export type DeskAction = keyof typeof deskRequests;

export const deskAction = z.enum(Object.keys(deskRequests) as [DeskAction, ...DeskAction[]]);

/** GET /desk/cases: whose list, how many, from where. */
export const deskListQuery = z.strictObject({
  unit: z
    .string()
    .regex(/^\d{6,8}$/, '请给出单位代码 / Give the code of a unit')
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z.string().min(1).max(200).optional(),
});
