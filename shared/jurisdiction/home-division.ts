/** The division a bureau is in charge of, as codes of divisions inside it begin: 330200 → 3302. */
export function homeDivision(bureau: string): string {
  return bureau.replace(/(?:00)+$/, '');
}
