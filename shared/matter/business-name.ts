import { readName } from '../businesses/name-core.ts';

/*
 * Whether two names as people write them mean one business: 某某超市(中山路店), 某某超市中山路店, 宁波某某超市有限公司.
 */

/** `branch`: the same chain, a shop with another name. `unknown`: one of the two is not named. */
export type SameName = 'same' | 'alike' | 'branch' | 'different' | 'unknown';

/** Signs by which two names differ on purpose: 第一药房 and 第二药房, 东门 and 西门. */
const COUNTED = /[\d一二三四五六七八九十甲乙丙丁东南西北上下大小新老]/u;
/** A core that is only what a shop is says nothing: 超市, 药店. */
const SHORTEST_CORE = 3;

/** Compares two names; symmetric. */
export function compareNames(
  one: string | undefined,
  other: string | undefined,
  places: readonly string[] = [],
): SameName {
  if (one === undefined || other === undefined || one === '' || other === '') return 'unknown';
  const [a, b] = [readName(one, places), readName(other, places)];
  const sameCore = a.core === b.core;
  if (sameCore && a.branch === b.branch) return 'same';
  if (sameCore || isNearly(a.core, b.core)) {
    if (a.branch === undefined || b.branch === undefined || a.branch === b.branch) return 'alike';
    return isNearly(a.branch, b.branch) || a.branch.includes(b.branch) || b.branch.includes(a.branch)
      ? 'alike'
      : 'branch';
  }
  return 'different';
}

/** One sign misheard or mistyped in a name of five or more, or one name inside the other. */
function isNearly(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length < SHORTEST_CORE) return false;
  if (long.includes(short)) {
    // 甲药房 and 甲药房二店: what is added counts which one.
    return short.length >= SHORTEST_CORE + 1 && !COUNTED.test(long.replace(short, ''));
  }
  if (short.length < 5 || long.length !== short.length) return false;
  const differing = Array.from(short).flatMap((sign, index) =>
    sign === long[index] ? [] : [[sign, long[index] ?? '']],
  );
  return differing.length === 1 && !differing.flat().some((sign) => COUNTED.test(sign));
}
