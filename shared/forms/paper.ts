/** Sizes that both renderers keep to: A4 with the margins of GB/T 9704, in points, and the sizes of its type. */
export const PAPER = {
  width: 595.28,
  height: 841.89,
  // 37 mm, 26 mm, 35 mm, 28 mm
  margin: { top: 105, right: 74, bottom: 99, left: 79 },
  /** 二号, 三号, 五号, 小五, 四号 */
  type: { title: 22, body: 16, table: 10.5, note: 9, page: 14 },
  /** From line to line; a notice has its own. */
  pitch: { title: 36, table: 15, note: 12 },
  /** The seal lies over bureau and date, which keep these many characters from the right edge. */
  sealIndent: 2,
  /** A row this low has its text in the middle, a higher one at the top. */
  lowRow: 60,
} as const;
