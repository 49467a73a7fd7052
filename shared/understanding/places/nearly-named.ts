import type { Gazetteer } from './gazetteer.ts';

const SIGNED = /[\u4e00-\u9fff]{1,7}?(?:街道|镇|乡|区|县|市)/y;
const MARKS = /[\s,，、\-—_/·]*/y;
const SHORTEST = 3;
const MOST_WRONG = 2;
const COUNTY = 2;
const TOWN = 3;

/** The division right inside `above` whose whole name differs in one sign from what stands at `from`; null when none or several do. */
export function nearlyNamed(
  text: string,
  from: number,
  above: number,
  gazetteer: Gazetteer,
): { division: number; start: number; end: number } | null {
  MARKS.lastIndex = from;
  MARKS.test(text);
  const start = MARKS.lastIndex;
  SIGNED.lastIndex = start;
  if (!SIGNED.test(text)) return null;
  const end = SIGNED.lastIndex;
  const written = text.slice(start, end);
  if (written.length < SHORTEST) return null;
  const found = children(above, gazetteer).filter((division) =>
    differsInOne(gazetteer.name(division), written),
  );
  return found.length === 1 ? { division: found[0] ?? 0, start, end } : null;
}

/** Whether what stands right before `end` is the name of a division above this one, but for one sign. */
export function nearlyNamedBefore(
  text: string,
  end: number,
  division: number,
  gazetteer: Gazetteer,
): boolean {
  for (let above = gazetteer.parent(division); above >= 0; above = gazetteer.parent(above)) {
    const name = gazetteer.name(above);
    if (name.length >= SHORTEST && differsInOne(name, text.slice(Math.max(0, end - name.length), end)))
      return true;
  }
  return false;
}

/** Of a county the townships; of a province or city what counts as city or county. */
function children(above: number, gazetteer: Gazetteer): number[] {
  const deepest = gazetteer.level(above) === COUNTY ? TOWN : COUNTY;
  const end = gazetteer.endOf(above);
  const found: number[] = [];
  let division = above + 1;
  while (division < end) {
    found.push(division);
    division = gazetteer.level(division) < deepest ? division + 1 : gazetteer.endOf(division);
  }
  return found;
}

/** One sign is another one, or two that adjoin have changed places. */
function differsInOne(name: string, written: string): boolean {
  if (name.length !== written.length || name.at(-1) !== written.at(-1)) return false;
  const wrong: number[] = [];
  for (let index = 0; index < name.length && wrong.length < MOST_WRONG + 1; index += 1) {
    if (name[index] !== written[index]) wrong.push(index);
  }
  const [first = 0, second = 0] = wrong;
  if (wrong.length !== MOST_WRONG) return wrong.length === 1;
  return second === first + 1 && name[first] === written[second] && name[second] === written[first];
}
