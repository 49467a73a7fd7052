import { drawing, element } from './dom.ts';

/*
 * A sketch of places as tiles: where they lie to each other, no boundaries. What a tile says stands in it in words and
 * signs; its shade only repeats that.
 */

export interface Tile {
  name: string;
  /** The figure, and a sign before it: never by colour alone. */
  value: string;
  shade: 'good' | 'bad' | 'plain' | 'none';
  /** What is read aloud after name and figure, and shown on hovering. */
  said: string;
  href?: string | undefined;
  /** Undefined: it follows the others in rows. */
  place?: { column: number; row: number } | undefined;
}

const SIZE = { width: 100, height: 62, gap: 6 };
/** Columns where nobody said how the places lie. */
const COLUMNS = 5;

export function tileMap(tiles: readonly Tile[], name: string): HTMLElement {
  const placed = laidOut(tiles);
  const columns = Math.max(...placed.map(({ place }) => place.column)) + 1;
  const rows = Math.max(...placed.map(({ place }) => place.row)) + 1;
  const width = columns * (SIZE.width + SIZE.gap) - SIZE.gap;
  const height = rows * (SIZE.height + SIZE.gap) - SIZE.gap;
  return element(
    'figure',
    { class: 'tile-map' },
    drawing(
      'svg',
      { viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': name },
      ...placed.map(tileDrawing),
    ),
  );
}

/** Tiles at their places; if one has none, all go in rows, for half a map misleads. */
function laidOut(tiles: readonly Tile[]): (Tile & { place: { column: number; row: number } })[] {
  const known = tiles.every(({ place }) => place !== undefined);
  return tiles.map((tile, index) => ({
    ...tile,
    place:
      known && tile.place !== undefined
        ? tile.place
        : { column: index % COLUMNS, row: Math.floor(index / COLUMNS) },
  }));
}

function tileDrawing(
  { name, value, shade, said, href, place }: ReturnType<typeof laidOut>[number],
  index: number,
): SVGElement {
  const id = `place-${index}`;
  const centre = { x: SIZE.width / 2, 'text-anchor': 'middle' };
  const parts = [
    drawing('title', { id: `${id}-said` }, said),
    drawing('rect', { x: 1, y: 1, width: SIZE.width - 2, height: SIZE.height - 2, rx: 5 }),
    drawing('text', { class: 'tile-place', id, y: 25, lang: 'zh-CN', ...centre }, name),
    drawing('text', { class: 'tile-figure', id: `${id}-figure`, y: 48, ...centre }, value),
  ];
  const x = place.column * (SIZE.width + SIZE.gap);
  const y = place.row * (SIZE.height + SIZE.gap);
  const group = {
    class: `place ${shade}`,
    transform: `translate(${x} ${y})`,
    'aria-labelledby': `${id} ${id}-figure ${id}-said`,
  };
  return href === undefined
    ? drawing('g', { ...group, role: 'img' }, ...parts)
    : drawing('a', { ...group, href }, ...parts);
}
