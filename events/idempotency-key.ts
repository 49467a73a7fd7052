import * as z from 'zod';

/** Header `Idempotency-Key`: any printable text the sender chooses, the same for every repeat of a message. */
export const idempotencyKey = z
  .string()
  .regex(
    /^[\x21-\x7e]{8,128}$/,
    '幂等键为 8 至 128 个可见字符 / The idempotency key has 8 to 128 visible characters',
  )
  .optional();
