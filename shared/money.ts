/**
 * Money is an integer number of fen (分, 1/100 yuan): sums over many cases stay exact.
 */

/** The largest sum a single case may name: one billion yuan. More is a typing mistake. */
export const LARGEST_FEN = 100_000_000_000;

/** Shows fen as yuan for people: `123456` → `1,234.56`. */
export function formatYuan(fen: number): string {
  const sign = fen < 0 ? '-' : '';
  const digits = String(Math.abs(fen)).padStart(3, '0');
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign}${yuan}.${digits.slice(-2)}`;
}

/**
 * Reads what a person types into an amount box: `1,234.5`, `￥300`, `300元` → fen.
 * Returns undefined for anything that is not a plain sum of at most two decimals.
 */
export function parseYuan(typed: string): number | undefined {
  const plain = typed.normalize('NFKC').replace(/^\s*¥?\s*|\s*元?\s*$/g, '');
  // Commas part thousands or are a slip: 12,34 is not 1234.
  const match = /^(\d{1,10}|\d{1,3}(?:,\d{3}){1,3})(?:\.(\d{1,2}))?$/.exec(plain);
  if (match === null) return undefined;
  const yuan = Number((match[1] ?? '').replaceAll(',', ''));
  const fen = yuan * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return fen <= LARGEST_FEN ? fen : undefined;
}
