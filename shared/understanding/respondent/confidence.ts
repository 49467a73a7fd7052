/**
 * Of a thousand labelled messages, each named by weights fitted without it: the share of names exactly right, by how
 * likely the business and this form of its name were (messages that name nobody count as wrong).
 */
const SHARES_RIGHT: readonly { from: number; right: number }[] = [
  { from: 0.78, right: 0.91 },
  { from: 0.68, right: 0.78 },
  { from: 0.59, right: 0.72 },
  { from: 0.46, right: 0.62 },
  { from: 0.29, right: 0.52 },
  { from: 0.19, right: 0.34 },
  { from: 0, right: 0.28 },
];

/** How sure the name is, from the likelihood of the business and that of this form of its name. */
export function confidenceOf(business: number, form: number): number {
  const both = business * form;
  return SHARES_RIGHT.find(({ from }) => both >= from)?.right ?? 0;
}
