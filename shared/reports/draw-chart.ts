import { countText } from './numbers.ts';
import type { Chart, Language } from './report.ts';

/*
 * Charts as SVG, for paper: what they say does not need colour. Lines differ by dashes and marks, and each last point
 * bears its number; bars bear theirs.
 */

const WIDTH = 442;
const LINES = { height: 190, left: 44, right: 48, top: 24, bottom: 22 };
const BAR = { pitch: 20, thick: 11, left: 124, right: 60, top: 8 };
const TYPE = 9;
const INK = '#1a1a1a';
const PALE = '#c8c8c8';

/** In order: dash pattern, shade, mark. */
const STYLES = [
  { dash: '', ink: '#1f3f66', mark: 'circle' },
  { dash: '5 3', ink: '#8a8a8a', mark: 'square' },
] as const;

const round = (value: number) => Math.round(value * 100) / 100;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string) => text.replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);

/** The chart as an SVG of the width of the text; `font` is the name under which the renderer knows its type. */
export function drawChart(chart: Chart, language: Language, font: string): { svg: string; height: number } {
  const text = (x: number, y: number, words: string, anchor: 'start' | 'middle' | 'end', ink = INK) =>
    `<text x="${round(x)}" y="${round(y)}" font-family="${font}" font-size="${TYPE}" text-anchor="${anchor}" fill="${ink}">${escaped(words)}</text>`;
  const { height, body } = chart.type === 'bars' ? bars(chart, language, text) : lines(chart, language, text);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">${body.join('')}</svg>`;
  return { svg, height };
}

type Text = (x: number, y: number, words: string, anchor: 'start' | 'middle' | 'end', ink?: string) => string;

function bars({ labels, series }: Chart, language: Language, text: Text) {
  const values = series[0]?.values ?? [];
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  const room = WIDTH - BAR.left - BAR.right;
  const body = labels.flatMap((label, at) => {
    const value = values[at] ?? 0;
    const top = BAR.top + at * BAR.pitch;
    const length = Math.max(1, (value / most) * room);
    const baseline = top + BAR.thick - 2;
    return [
      text(BAR.left - 6, baseline, label, 'end'),
      `<rect x="${BAR.left}" y="${top}" width="${round(length)}" height="${BAR.thick}" fill="#1f3f66"/>`,
      text(BAR.left + length + 5, baseline, countText(value, language), 'start'),
    ];
  });
  return { height: BAR.top * 2 + labels.length * BAR.pitch, body };
}

function lines({ labels, series }: Chart, language: Language, text: Text) {
  const { height, left, right, top, bottom } = LINES;
  const floor = height - bottom;
  const scale = scaleOf(Math.max(1, ...series.flatMap(({ values }) => values.map((value) => value ?? 0))));
  const x = (at: number) => left + (at / Math.max(1, labels.length - 1)) * (WIDTH - left - right);
  const y = (value: number) => floor - (value / scale.top) * (floor - top);
  const grid = Array.from({ length: scale.top / scale.step + 1 }, (_, at) => at * scale.step).flatMap(
    (value) => [
      `<line x1="${left}" y1="${round(y(value))}" x2="${WIDTH - right}" y2="${round(y(value))}" stroke="${PALE}" stroke-width="0.5"/>`,
      text(left - 6, y(value) + 3, countText(value, language), 'end'),
    ],
  );
  const names = labels.map((label, at) => text(x(at), floor + 13, label, 'middle'));
  const ends = endsOf(series, y);
  const drawn = series.flatMap(({ name, values }, at) => {
    const style = STYLES[at] ?? STYLES[0];
    const points = values.flatMap((value, index) => (value === null ? [] : [{ x: x(index), y: y(value) }]));
    const path = points.map((point) => `${round(point.x)},${round(point.y)}`).join(' ');
    const keyAt = left + series.slice(0, at).reduce((sum, one) => sum + 50 + widthOf(one.name), 0);
    return [
      `<polyline points="${path}" fill="none" stroke="${style.ink}" stroke-width="1.4"${style.dash === '' ? '' : ` stroke-dasharray="${style.dash}"`}/>`,
      ...points.map((point) => mark(point, style)),
      `<line x1="${keyAt}" y1="8" x2="${keyAt + 22}" y2="8" stroke="${style.ink}" stroke-width="1.4"${style.dash === '' ? '' : ` stroke-dasharray="${style.dash}"`}/>`,
      mark({ x: keyAt + 11, y: 8 }, style),
      text(keyAt + 27, 11, name, 'start'),
      ...(ends[at] === undefined
        ? []
        : [text(WIDTH - right + 6, ends[at].y + 3, countText(ends[at].value, language), 'start')]),
    ];
  });
  return { height, body: [...grid, ...names, ...drawn] };
}

/** Where the numbers of the last points stand, moved apart where they would lie on each other. */
function endsOf(series: Chart['series'], y: (value: number) => number) {
  const ends = series.map(({ values }) => {
    const value = values.at(-1);
    return value === null || value === undefined ? undefined : { value, y: y(value) };
  });
  const [first, second] = ends;
  if (first !== undefined && second !== undefined && Math.abs(first.y - second.y) < TYPE + 2) {
    const [upper, lower] = first.y <= second.y ? [first, second] : [second, first];
    const middle = (upper.y + lower.y) / 2;
    upper.y = middle - (TYPE + 2) / 2;
    lower.y = middle + (TYPE + 2) / 2;
  }
  return ends;
}

function mark({ x, y }: { x: number; y: number }, { mark: shape, ink }: (typeof STYLES)[number]): string {
  return shape === 'circle'
    ? `<circle cx="${round(x)}" cy="${round(y)}" r="2.2" fill="${ink}"/>`
    : `<rect x="${round(x - 2)}" y="${round(y - 2)}" width="4" height="4" fill="#ffffff" stroke="${ink}" stroke-width="1"/>`;
}

/** About how wide a name is. */
const widthOf = (name: string) =>
  Array.from(name).reduce((sum, sign) => sum + (sign.charCodeAt(0) < 256 ? 0.5 : 1) * TYPE, 0);

/** Steps of 1, 2 or 5 times a power of ten, four or five of them. */
function scaleOf(most: number): { top: number; step: number } {
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power);
  return { top: Math.ceil(most / step) * step, step };
}
