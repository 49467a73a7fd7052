/** Words with what they stand for. Finding them in a text costs by the length of the text, not by how many there are. */
export interface Dictionary<T> {
  get(word: string): readonly T[];
  /** Words that begin at this place, the longest first. */
  at(text: string, start: number): Occurrence<T>[];
  /** Every place where a word stands, also inside another one, from left to right. */
  in(text: string): Occurrence<T>[];
}

export interface Occurrence<T> {
  word: string;
  start: number;
  end: number;
  values: readonly T[];
}

export function createDictionary<T>(entries: Iterable<readonly [word: string, value: T]>): Dictionary<T> {
  const words = new Map<string, T[]>();
  for (const [word, value] of entries) {
    if (word === '') continue;
    const values = words.get(word);
    if (values === undefined) words.set(word, [value]);
    else values.push(value);
  }
  const lengths = lengthsByHead(words.keys());
  const at = (text: string, start: number): Occurrence<T>[] =>
    [text.slice(start, start + HEAD), ...(start + 1 < text.length ? [text.slice(start, start + 1)] : [])]
      .flatMap((head) => lengths.get(head) ?? [])
      .flatMap((length) => {
        const end = start + length;
        const values = end > text.length ? undefined : words.get(text.slice(start, end));
        return values === undefined ? [] : [{ word: text.slice(start, end), start, end, values }];
      });
  return {
    get: (word) => words.get(word) ?? [],
    at,
    in: (text) => Array.from({ length: text.length }, (_, start) => at(text, start)).flat(),
  };
}

const HEAD = 2;

/** Of words that begin alike how long they are, the longest first: few, however many words there are. */
function lengthsByHead(words: Iterable<string>): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const word of words) {
    const head = word.slice(0, HEAD);
    const known = found.get(head) ?? [];
    if (!known.includes(word.length)) known.push(word.length);
    found.set(head, known);
  }
  for (const known of found.values()) known.sort((a, b) => b - a);
  return found;
}

/** Of words inside one another the longest: 城东街道, not 东街道. Takes them in the order in which `in` gives them. */
export function longest<T>(found: readonly Occurrence<T>[]): Occurrence<T>[] {
  let reached = 0;
  return found.filter(({ end }) => {
    const isInside = end <= reached;
    reached = Math.max(reached, end);
    return !isInside;
  });
}
