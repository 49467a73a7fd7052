import * as z from 'zod';
import { mobileOf } from '../shared/notices/reach.ts';
import { words } from './words.ts';

/** Header `X-Phone-Code`: the six digits that were sent to the phone. */
export const phoneCode = z.string().regex(/^\d{6}$/, '验证码是六位数字 / The code has six digits');

/** POST /phone-codes: somebody asks for a code to his mobile. */
export const phoneCodeRequest = z.strictObject({
  phone: words(30).refine(
    (phone) => mobileOf(phone) !== undefined,
    '请填写中国内地手机号码，固定电话不需要验证码 / Please give a mobile number of the mainland; a land line needs no code',
  ),
  /** A complaint needs a code only where the bureau wants phones proven; warnings by SMS always do. */
  for: z.enum(['complaint', 'warnings']).default('complaint'),
});
