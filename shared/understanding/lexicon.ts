/** Words of a message that stand in a lexicon. */
export interface Hit<Group extends string> {
  group: Group;
  word: string;
  start: number;
  end: number;
}

interface Entry<Group extends string> {
  word: string;
  groups: Group[];
}

/** Groups of words, each a string with the words between blanks. Words have at least two characters. */
export type WordGroups<Group extends string> = Readonly<Record<Group, string>>;

/**
 * Makes a finder for all words of all groups. One pass over the text, looked up by the first two characters: some
 * ten thousand words cost hardly more than ten. Words inside a longer word of the same group do not count again.
 * @returns the hits in the order of the text
 */
export function createLexicon<Group extends string>(
  groups: WordGroups<Group>,
): (folded: string) => Hit<Group>[] {
  const byStart = new Map<number, Entry<Group>[]>();
  const begins = new Uint8Array(CODE_UNITS);
  for (const [word, bearing] of groupsByWord(groups)) {
    const key = keyAt(word, 0);
    byStart.set(key, [...(byStart.get(key) ?? []), { word, groups: bearing }]);
    begins[word.charCodeAt(0)] = 1;
  }
  for (const entries of byStart.values()) entries.sort((a, b) => b.word.length - a.word.length);

  return (folded) => {
    const hits: Hit<Group>[] = [];
    const ends = new Map<Group, number>();
    for (let at = 0; at + 1 < folded.length; at += 1) {
      if (begins[folded.charCodeAt(at)] === 0) continue;
      const entries = byStart.get(keyAt(folded, at));
      if (entries === undefined) continue;
      for (const { word, groups: bearing } of entries) {
        if (!folded.startsWith(word, at)) continue;
        for (const group of bearing) {
          if (at < (ends.get(group) ?? 0)) continue;
          ends.set(group, at + word.length);
          hits.push({ group, word, start: at, end: at + word.length });
        }
      }
    }
    return hits;
  };
}

const CODE_UNITS = 0x10000;

/** Two characters as a small number: no string is made for each place of a text. What shares one is told apart later. */
const keyAt = (text: string, at: number): number => (text.charCodeAt(at) << 14) ^ text.charCodeAt(at + 1);

function groupsByWord<Group extends string>(groups: WordGroups<Group>): Map<string, Group[]> {
  const bearing = new Map<string, Group[]>();
  for (const [group, words] of Object.entries(groups) as [Group, string][]) {
    for (const word of words.split(/\s+/)) {
      if (word === '') continue;
      if (word.length < 2) throw new Error(`lexicon: ${group}: a word needs two characters: ${word}`);
      bearing.set(word, [...(bearing.get(word) ?? []), group]);
    }
  }
  return bearing;
}
