import * as z from 'zod';
import { isCreditCode } from '../shared/jurisdiction/credit-code.ts';

// The beginning of a tag: `<` and a Latin word. Chinese titles in angle brackets, `<A市…>`, are not markup.
const MARKUP = /<\/?[a-z][a-z0-9-]*[\s/>]|<!--/i;
// All of Unicode's control characters but tab, line feed and carriage return.
const CONTROL = /[^\P{Cc}\t\n\r]/u;
// What fills a line without being seen: format characters and the fillers of Hangul.
const INVISIBLE = /[\p{Cf}\s\u115f\u1160\u3164\uffa0]/gu;

/** A division code of six digits (county), nine (township) or twelve (village). */
export const divisionCode = z
  .string()
  .regex(/^\d{6}(?:\d{3}){0,2}$/, '行政区划代码为 6、9 或 12 位数字 / A division code has 6, 9 or 12 digits');

/** Unified social credit code of a business, however it is typed. */
export const creditCode = z
  .string()
  .max(40)
  .transform((written) => written.normalize('NFKC').replace(/\s/g, '').toUpperCase())
  .refine(
    isCreditCode,
    '统一社会信用代码为18位，校验码不符，请照营业执照核对 / A credit code has 18 characters with check digits that fit: copy it from the licence',
  );

/** Words as people write them: no broken characters, no control characters, no markup. */
export function words(longest: number) {
  return (
    z
      .string()
      // Nothing more is looked at in a text that is too long.
      .max(longest, { abort: true })
      .refine(
        // U+FFFD is what a text in another encoding turns into.
        (text) => text.isWellFormed() && !text.includes('\ufffd'),
        '含有损坏的字符，请重新输入 / Contains broken characters; please type it again',
      )
      .refine(
        (text) => !CONTROL.test(text),
        '含有控制字符，请删除 / Contains control characters; please remove them',
      )
      .refine(
        (text) => !MARKUP.test(text),
        '含有网页代码，请删除尖括号里的内容 / Contains markup; please remove the tags',
      )
      .transform((text) => text.trim())
  );
}

/** The same, with something to see in them. */
export function requiredWords(longest: number) {
  return words(longest).refine(
    (text) => text.replace(INVISIBLE, '') !== '',
    '不能为空，请填写 / Must not be empty; please fill it in',
  );
}
