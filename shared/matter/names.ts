import { nameKey } from '../case/lookup-keys.ts';
import { UNNAMED } from '../intake/unnamed.ts';

/** What stands where a name should, when none was given. */
const NO_NAME: ReadonlySet<string> = new Set(['', UNNAMED, '未提供', '匿名', '不详'].map(nameKey));

/** The hash of a name, undefined where no name was given: a text message has none. */
export function givenName(nameHash: string): string | undefined {
  return NO_NAME.has(nameHash) ? undefined : nameHash;
}
