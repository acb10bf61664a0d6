// Drawings in SVG that read in black and white: bars with intervals and targets, lines over hours and days.
import { html } from "../lib/vendor.js";

/** @typedef {import("../lib/saving.js").Palette} Palette */
/** @typedef {{value: number, low?: number | null, high?: number | null, text: string}} Mark */
/** One row of bars: a mark for each series, null where it has none. @typedef {{label: string, marks: (Mark | null)[], target?: number | null, bad?: boolean}} Row */
/** `points` draws marks where bars would begin at 0 for no reason; `band` is shaded behind them. @typedef {{rows: Row[], series: string[], unit: string, points?: boolean, most?: number | null, band?: [number, number] | null}} Bars */
/** @typedef {{ticks: string[], series: {name: string, values: (number | null)[]}[], unit: string}} Lines */

const BAR = 13, GAP = 9, LETTER = 6.4, SIZE = 12;
let drawn = 0;

/** Rounded steps of an axis. @param {number} least @param {number} most @param {number} count */
function steps(least, most, count) {
  const rough = (most - least || Math.abs(most) || 1) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10);
  const first = Math.floor(least / step) * step;
  const found = [];
  for (let value = first; value < most + step * 0.999; value += step) found.push(Math.abs(value) < step / 1e6 ? 0 : value);
  return { marks: found, step };
}

const axisText = (/** @type {number} */ value, /** @type {number} */ step) =>
  value.toLocaleString("en-GB", { maximumFractionDigits: Math.max(0, -Math.floor(Math.log10(step))) }).replace("-", "−");

/** @param {string} text @param {number} letters */
const cut = (text, letters) => (text.length > letters ? `${text.slice(0, letters - 1)}…` : text);

/** What each series looks like, above a drawing. @param {{names: string[], palette: Palette, hatch: string, line?: boolean}} props */
const Legend = ({ names, palette, hatch, line = false }) => html`<g>${names.map((name, n) => {
  const x = names.slice(0, n).reduce((sum, one) => sum + 40 + one.length * LETTER, 0);
  return html`<g transform=${`translate(${x} 0)`}>${line ? html`<${Stroke} points=${[[0, 8], [22, 8]]} n=${n} palette=${palette} />` : html`<rect x="0" y="3" width="22" height="10" fill=${n ? `url(#${hatch})` : palette.first} stroke=${n ? palette.second : "none"} />`}
    <text x="28" y="12" font-size=${SIZE} fill=${palette.ink}>${name}</text></g>`;
})}</g>`;

/** Slanted strokes for the second series. @param {{id: string, palette: Palette}} props */
const Hatch = ({ id, palette }) => html`<defs><pattern id=${id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill=${palette.card} /><line x1="0" y1="0" x2="0" y2="5" stroke=${palette.second} stroke-width="1.6" /></pattern></defs>`;

/** @param {Bars} bars @param {Palette} palette @param {number} width @param {string} label */
export function drawBars({ rows, series, unit, points = false, most = null, band = null }, palette, width, label) {
  const hatch = `hatch-${++drawn}`;
  const letters = Math.max(...rows.map((row) => row.label.length), 4);
  const left = Math.min(width * 0.36, letters * LETTER + 12);
  const texts = Math.max(...rows.flatMap((row) => row.marks.map((mark) => mark?.text.length ?? 0)), 3) * LETTER + 14;
  const values = rows.flatMap((row) => [...row.marks.flatMap((mark) => (mark ? [mark.value, mark.low ?? mark.value, mark.high ?? mark.value] : [])), ...(row.target ?? null) === null ? [] : [/** @type {number} */ (row.target)]]).concat(band ?? []);
  const axis = steps(points ? Math.min(...values, Infinity) : Math.min(0, ...values), most ?? Math.max(...values, points ? -Infinity : 0), Math.max(3, Math.floor((width - left - texts) / 80)));
  const [from, to] = [axis.marks[0], most ?? axis.marks[axis.marks.length - 1]];
  const x = (/** @type {number} */ value) => left + ((Math.min(value, to) - from) / (to - from || 1)) * (width - left - texts);
  const top = series.length > 1 ? 24 : 4, deep = series.length * BAR + GAP, bottom = top + rows.length * deep, height = bottom + 34;
  return html`<svg viewBox=${`0 0 ${width} ${height}`} width=${width} height=${height} role="img" aria-label=${label} font-size=${SIZE}>
    <${Hatch} id=${hatch} palette=${palette} />
    ${series.length > 1 && html`<${Legend} names=${series} palette=${palette} hatch=${hatch} />`}
    ${band && html`<rect x=${x(band[0])} y=${top} width=${x(band[1]) - x(band[0])} height=${bottom - top} fill=${palette.grid} opacity="0.6" />`}
    ${axis.marks.filter((value) => value <= to).map((value) => html`<line x1=${x(value)} x2=${x(value)} y1=${top} y2=${bottom} stroke=${value === 0 ? palette.soft : palette.grid} /><text x=${x(value)} y=${bottom + 15} text-anchor="middle" fill=${palette.soft}>${axisText(value, axis.step)}</text>`)}
    <text x=${(left + width - texts) / 2} y=${bottom + 30} text-anchor="middle" fill=${palette.soft}>${unit}</text>
    ${rows.map((row, n) => html`<g transform=${`translate(0 ${top + n * deep})`}>
      <text x=${left - 8} y=${deep / 2 + 1} text-anchor="end" fill=${palette.ink}>${cut(row.label, Math.floor((left - 8) / LETTER))}<title>${row.label}</title></text>
      ${row.marks.map((mark, k) => mark && html`<${Shape} mark=${mark} k=${k} x=${x} y=${GAP / 2 + k * BAR} points=${points} bad=${row.bad} hatch=${hatch} palette=${palette} from=${Math.max(from, 0)} />`)}
      ${(row.target ?? null) !== null && html`<line x1=${x(/** @type {number} */ (row.target))} x2=${x(/** @type {number} */ (row.target))} y1="1" y2=${deep - 1} stroke=${palette.ink} stroke-width="3" />`}
      ${row.marks.map((mark, k) => mark && html`<text x=${x(Math.max(mark.value, mark.high ?? mark.value)) + 6} y=${GAP / 2 + k * BAR + BAR / 2 + 3} font-size="11.5" stroke=${palette.card} stroke-width="3" paint-order="stroke" fill=${row.bad && !k ? palette.bad : palette.ink}>${row.bad && !k ? "! " : ""}${mark.text}</text>`)}</g>`)}
  </svg>`;
}

/** A bar or point with its interval. @param {{mark: Mark, k: number, x: (value: number) => number, y: number, points: boolean, bad?: boolean, hatch: string, palette: Palette, from: number}} props */
function Shape({ mark, k, x, y, points, bad, hatch, palette, from }) {
  const { value, low, high } = mark;
  const [at, zero, middle] = [x(value), x(from), y + BAR / 2 - 1];
  const known = low !== null && low !== undefined && high !== null && high !== undefined;
  const shape = points
    ? k ? html`<rect x=${at - 4} y=${middle - 4} width="8" height="8" fill=${palette.card} stroke=${palette.second} stroke-width="1.6" />` : html`<circle cx=${at} cy=${middle} r="4.5" fill=${palette.first} />`
    : html`<rect x=${Math.min(zero, at)} y=${y} width=${Math.max(1, Math.abs(at - zero))} height=${BAR - 2} fill=${k ? `url(#${hatch})` : bad ? palette.bad : palette.first} stroke=${k ? palette.second : "none"} />`;
  return html`${shape}${known && html`<path d=${`M${x(low)} ${middle}H${x(high)}M${x(low)} ${middle - 4}v8M${x(high)} ${middle - 4}v8`} stroke=${palette.ink} stroke-width="1.4" fill="none" />`}`;
}

const DASHES = ["", "6 4", "2 3", "9 3 2 3"];

/** @param {{points: number[][], n: number, palette: Palette}} props */
const Stroke = ({ points, n, palette }) => html`<polyline points=${points.map((one) => one.join()).join(" ")} fill="none" stroke=${n ? palette.second : palette.first} stroke-width="2" stroke-dasharray=${DASHES[n % DASHES.length]} />${points.map(([px, py]) => (n % 2 ? html`<rect x=${px - 3} y=${py - 3} width="6" height="6" fill=${palette.card} stroke=${palette.second} stroke-width="1.4" />` : html`<circle cx=${px} cy=${py} r="3" fill=${n ? palette.second : palette.first} />`))}`;

/** @param {Lines} lines @param {Palette} palette @param {number} width @param {string} label */
export function drawLines({ ticks, series, unit }, palette, width, label) {
  const height = 300, top = series.length > 1 ? 34 : 18, bottom = height - 26, left = 58, right = width - 14;
  const known = series.flatMap((one) => one.values.filter((value) => value !== null));
  const axis = steps(Math.min(0, ...known), Math.max(0, ...known), 5);
  const [least, most] = [axis.marks[0], axis.marks[axis.marks.length - 1]];
  const x = (/** @type {number} */ n) => (ticks.length === 1 ? (left + right) / 2 : left + 14 + (n * (right - left - 28)) / (ticks.length - 1));
  const y = (/** @type {number} */ value) => bottom - ((value - least) / (most - least || 1)) * (bottom - top);
  const every = Math.ceil((Math.max(...ticks.map((tick) => tick.length), 1) * LETTER + 12) / ((right - left) / ticks.length));
  return html`<svg viewBox=${`0 0 ${width} ${height}`} width=${width} height=${height} role="img" aria-label=${label} font-size=${SIZE}>
    ${series.length > 1 ? html`<${Legend} names=${series.map((one) => one.name)} palette=${palette} hatch="" line />` : ""}
    <text x="2" y=${top - 6} fill=${palette.soft}>${unit}</text>
    ${axis.marks.map((value) => html`<line x1=${left} x2=${right} y1=${y(value)} y2=${y(value)} stroke=${value === 0 ? palette.soft : palette.grid} /><text x=${left - 8} y=${y(value) + 4} text-anchor="end" fill=${palette.soft}>${axisText(value, axis.step)}</text>`)}
    ${ticks.map((tick, n) => n % every === 0 && html`<text x=${x(n)} y=${bottom + 18} text-anchor="middle" fill=${palette.soft}>${tick}</text>`)}
    ${series.map((one, n) => stretches(one.values).map((stretch) => html`<${Stroke} points=${stretch.map(([at, value]) => [x(at), y(value)])} n=${n} palette=${palette} />`))}
  </svg>`;
}

/** The values from gap to gap, each with its place. @param {(number | null)[]} values @returns {[number, number][][]} */
function stretches(values) {
  /** @type {[number, number][][]} */
  const found = [[]];
  values.forEach((value, at) => (value === null ? found.push([]) : found[found.length - 1].push([at, value])));
  return found.filter((stretch) => stretch.length);
}
