import { drawing, element } from '../components/dom.ts';

interface Series {
  name: string;
  values: readonly number[];
}

interface Trend {
  bars: Series;
  line: Series;
  labels: readonly string[];
  /** Below the labels, mostly empty. */
  years: readonly string[];
  /** What the chart shows, for those who do not see it. */
  summary: string;
  /** Drawn at the width it will have, so that its words keep their size. */
  width: number;
}

const HEIGHT = 220;
const TOP = 14;
const BOTTOM = 40;
const LEFT = 46;
const RIGHT = 8;

/** Bars and a line with points: told apart by their shape, so that it reads without colour. */
export function trendChart({ bars, line, labels, years, summary, width }: Trend): HTMLElement {
  const top = roundUp(Math.max(...bars.values, ...line.values));
  const base = HEIGHT - BOTTOM;
  const y = (value: number) => base - (value / top) * (base - TOP);
  const step = (width - LEFT - RIGHT) / labels.length;
  const middle = (index: number) => LEFT + (index + 0.5) * step;
  const points = line.values.map((value, index) => [middle(index), y(value)] as const);
  return element(
    'figure',
    { class: 'chart trend' },
    element(
      'figcaption',
      { 'aria-hidden': 'true' },
      element('span', { class: 'key' }, bars.name),
      element('span', { class: 'key line-key' }, line.name),
    ),
    drawing(
      'svg',
      { viewBox: `0 0 ${width} ${HEIGHT}`, role: 'img', 'aria-label': summary },
      ...[0, top / 2, top].flatMap((value) => [
        drawing('line', { class: 'grid', x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value) }),
        drawing('text', { x: LEFT - 6, y: y(value) + 4, 'text-anchor': 'end' }, String(value)),
      ]),
      ...bars.values.map((value, index) =>
        drawing('rect', {
          class: 'first',
          x: middle(index) - step * 0.35,
          y: y(value),
          width: step * 0.7,
          height: base - y(value),
        }),
      ),
      drawing('polyline', { class: 'second', points: points.map(([x, at]) => `${x},${at}`).join(' ') }),
      ...points.map(([cx, cy]) => drawing('circle', { class: 'second', cx, cy, r: 4 })),
      ...labels.map((label, index) =>
        drawing('text', { x: middle(index), y: base + 16, 'text-anchor': 'middle' }, label),
      ),
      ...years.map((year, index) =>
        year === ''
          ? undefined
          : drawing('text', { x: middle(index), y: base + 33, 'text-anchor': 'middle' }, year),
      ),
    ),
  );
}

/** The next of 2, 4, 6, 8, 10, 20, 40 …: the line at half height is a whole number. */
function roundUp(value: number): number {
  for (let unit = 1; ; unit *= 10) {
    for (const factor of [2, 4, 6, 8, 10]) if (factor * unit >= value) return factor * unit;
  }
}
