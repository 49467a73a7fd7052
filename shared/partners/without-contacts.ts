// Digits as people write them, also with spaces and hyphens between: mobiles, land lines, identity numbers.
const NUMBERS =
  /(?<![\d.])(?:\+?86[ -]?)?(?:1[3-9]\d(?:[ -]?\d{4}){2}|0\d{2,3}[ -]?\d{7,8}|\d{17}[\dXx])(?!\d)/g;
const ADDRESSES = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

/** A text without phones, identity numbers and e-mail addresses: for readers whom the writer did not want to have them. */
export function withoutContacts(text: string): string {
  return text.replace(ADDRESSES, '＊＊＊').replace(NUMBERS, '＊＊＊');
}
