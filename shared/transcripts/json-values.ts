/** A value of a file of JSON, or the place of one that cannot be read. */
export type JsonValue = { value: unknown } | { unreadable: string };

/**
 * The values of a JSON file: one; or one on each line; or one behind the other without anything between, as Firehose
 * writes them. What cannot be read is named by its line.
 */
export function jsonValues(text: string): JsonValue[] {
  const whole = parse(text);
  if (whole !== undefined) return [{ value: whole.value }];
  const lines = text.split(/\r?\n/);
  const parsed = lines.flatMap((line, at): JsonValue[] =>
    line.trim() === '' ? [] : [parse(line) ?? { unreadable: `line ${at + 1}` }],
  );
  const good = parsed.filter((one) => 'value' in one && typeof one.value === 'object');
  // One value over many lines has lines that happen to be values, too, but not most of them.
  return good.length * 2 > parsed.length ? parsed : inARow(text);
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function inARow(text: string): JsonValue[] {
  const values: JsonValue[] = [];
  let depth = 0;
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') {
      if (depth === 0) start = at;
      depth += 1;
    } else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth < 0) return [...values, { unreadable: 'body' }];
      if (depth === 0) values.push(parse(text.slice(start, at + 1)) ?? { unreadable: 'body' });
    }
  }
  return depth > 0 || values.length === 0 ? [...values, { unreadable: 'body' }] : values;
}
