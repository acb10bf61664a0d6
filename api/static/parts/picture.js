// A picture with its table beneath, and both to take away.
import { PAPER, SCREEN, saveCsv, savePng, saveSvg } from "../lib/saving.js";
import { html, useEffect, useRef, useState } from "../lib/vendor.js";

/** A drawing of a width. @typedef {(palette: import("../lib/saving.js").Palette, width: number, label: string) => any} Draw */
/** `text` is what the page shows, `value` what the file has. @typedef {{text: any, value: string | number | null, end?: boolean}} Cell */
/** @typedef {{columns: {label: string, name: string, end?: boolean}[], rows: Cell[][]}} Table */

const PAGE = 960, LINE = 18, MARGIN = 24, LETTER = 7.4;

/**
 * `told` says of what it is: which days, of whom, beside what; it goes with the picture. `known` are the columns that the file has before those shown.
 * @param {{title: string, told: string[], name: string, draw: Draw, table: Table, known?: Record<string, string | number>}} props
 */
export function Picture({ title, told, name, draw, table, known = {} }) {
  const [box, width] = useWidth();
  const sheet = () => onPaper(title, told, draw);
  const rows = () => table.rows.map((row) => [...Object.values(known), ...row.map((cell) => cell.value)]);
  return html`<figure class="picture">
    <figcaption><h3>${title}</h3><span class="spring"></span>
      <button type="button" class="small" onClick=${() => saveSvg(sheet(), name)}>Picture as SVG</button>
      <button type="button" class="small" onClick=${() => savePng(sheet(), name)}>as PNG</button>
      <button type="button" class="small" onClick=${() => saveCsv([...Object.keys(known), ...table.columns.map((column) => column.name)], rows(), name)}>Data as CSV</button></figcaption>
    <div class="drawing" ref=${box}>${width > 0 && draw(SCREEN, width, `${title}. The table beneath says the same.`)}</div>
    <div class="twin" tabindex="0" role="region" aria-label=${`${title}: table`}><table class="plain">
      <caption class="visually-hidden">${title}. ${told.join(" ")}</caption>
      <thead><tr>${table.columns.map((column) => html`<th scope="col" class=${column.end ? "end" : ""}>${column.label}</th>`)}</tr></thead>
      <tbody>${table.rows.map((row) => html`<tr>${row.map((cell, n) => (n ? html`<td class=${table.columns[n].end ? "end" : ""}>${cell.text}</td>` : html`<th scope="row">${cell.text}</th>`))}</tr>`)}</tbody>
    </table></div>
  </figure>`;
}

/** The picture as a sheet: heading, what it is of, drawing. @param {string} title @param {string[]} told @param {Draw} draw */
function onPaper(title, told, draw) {
  const drawing = draw(PAPER, PAGE - 2 * MARGIN, title);
  const lines = told.flatMap((line) => wrapped(line, PAGE - 2 * MARGIN));
  const top = MARGIN + 24 + lines.length * LINE + 8, height = top + drawing.props.height + MARGIN;
  return html`<svg viewBox=${`0 0 ${PAGE} ${height}`} width=${PAGE} height=${height}>
    <rect width=${PAGE} height=${height} fill="#fff" />
    <text x=${MARGIN} y=${MARGIN + 14} font-size="18" font-weight="600" fill="#000">${title}</text>
    ${lines.map((line, n) => html`<text x=${MARGIN} y=${MARGIN + 36 + n * LINE} font-size="12.5" fill="#333">${line}</text>`)}
    <g transform=${`translate(${MARGIN} ${top})`}>${drawing}</g></svg>`;
}

/** A line of text as lines that fit a width. @param {string} text @param {number} width */
function wrapped(text, width) {
  const most = Math.floor(width / LETTER);
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1];
    if (last && last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** How wide there is room for a drawing. @returns {[any, number]} */
function useWidth() {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const sizes = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    sizes.observe(/** @type {HTMLDivElement} */ (box.current));
    return () => sizes.disconnect();
  }, []);
  return [box, width];
}
