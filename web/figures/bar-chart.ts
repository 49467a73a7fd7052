import { drawing, element } from '../components/dom.ts';

export interface Series {
  name: string;
  className: string;
  values: readonly number[];
}

const HEIGHT = 180;
const TOP = 14;
const BOTTOM = 22;
const LEFT = 30;
const RIGHT = 8;

/**
 * Bars side by side for each day of a month, drawn at the width it will have so that its words keep their size.
 * @param summary what the chart shows, for those who do not see it
 */
export function barChart(
  series: readonly Series[],
  labels: readonly string[],
  summary: string,
  width: number,
): HTMLElement {
  const highest = Math.max(1, ...series.flatMap(({ values }) => values));
  const top = roundUp(highest);
  const base = HEIGHT - BOTTOM;
  const y = (value: number) => base - (value / top) * (base - TOP);
  const step = (width - LEFT - RIGHT) / labels.length;
  const bar = Math.max(1, (step * 0.8) / series.length);

  const lines = [0, top / 2, top].map((value) => [
    drawing('line', { class: 'grid', x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value) }),
    drawing(
      'text',
      { x: LEFT - 6, y: y(value) + 4, 'text-anchor': 'end' },
      Number.isInteger(value) ? String(value) : '',
    ),
  ]);
  const bars = series.flatMap(({ className, values }, nth) =>
    values.map((value, index) =>
      drawing('rect', {
        class: className,
        x: LEFT + index * step + step * 0.1 + nth * bar,
        y: y(value),
        width: bar,
        height: base - y(value),
      }),
    ),
  );
  // Below a finger's width per day only every fifth day is named.
  const every = step < 22 ? 5 : 1;
  const days = labels.map((label, index) =>
    (index + 1) % every === 0 || index === 0
      ? drawing('text', { x: LEFT + (index + 0.5) * step, y: HEIGHT - 6, 'text-anchor': 'middle' }, label)
      : undefined,
  );
  return element(
    'figure',
    { class: 'chart' },
    element(
      'figcaption',
      { 'aria-hidden': 'true' },
      ...series.map(({ name, className }) => element('span', { class: `key ${className}` }, name)),
    ),
    drawing(
      'svg',
      { viewBox: `0 0 ${width} ${HEIGHT}`, role: 'img', 'aria-label': summary },
      ...lines.flat(),
      ...bars,
      ...days,
    ),
  );
}

/** The next of 2, 4, 10, 20, 40, 100 …: the line at half height is a whole number. */
function roundUp(value: number): number {
  for (let unit = 1; ; unit *= 10) {
    for (const factor of [2, 4, 10]) if (factor * unit >= value) return factor * unit;
  }
}
