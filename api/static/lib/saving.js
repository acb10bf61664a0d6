// What a reader takes away: pictures as files of their own, black on white, and tables as CSV.
import { render } from "./vendor.js";

/** Colours of a picture. @typedef {{ink: string, soft: string, grid: string, card: string, first: string, second: string, bad: string}} Palette */

/** On the page the colours are those of the theme, on paper there are none. @type {Palette} */
export const SCREEN = { ink: "var(--ink)", soft: "var(--soft)", grid: "var(--grid)", card: "var(--card)", first: "var(--accent)", second: "var(--ink)", bad: "var(--bad)" };
/** @type {Palette} */
export const PAPER = { ink: "#000", soft: "#333", grid: "#ccc", card: "#fff", first: "#555", second: "#000", bad: "#000" };

const FONT = "system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif";
const SHARP = 2;

/** A drawing as the text of an SVG file. @param {any} drawing */
function svgText(drawing) {
  const box = document.createElement("div");
  render(drawing, box);
  const svg = /** @type {SVGElement} */ (box.querySelector("svg"));
  svg.setAttribute("font-family", FONT);
  const text = new XMLSerializer().serializeToString(svg);
  render(null, box);
  return text;
}

/** @param {any} drawing @param {string} name */
export const saveSvg = (drawing, name) => save(new Blob([svgText(drawing)], { type: "image/svg+xml" }), `${name}.svg`);

/** @param {any} drawing @param {string} name */
export async function savePng(drawing, name) {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(drawing))}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.naturalWidth * SHARP, picture.naturalHeight * SHARP];
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  save(/** @type {Blob} */ (blob), `${name}.png`);
}

/** @param {string[]} columns @param {(string | number | null)[][]} rows @param {string} name */
export const saveCsv = (columns, rows, name) => save(new Blob(["\ufeff", csv([columns, ...rows])], { type: "text/csv;charset=utf-8" }), `${name}.csv`);

/** Text that a spreadsheet could take for a formula gets a quote before it. @param {(string | number | null)[][]} rows */
export function csv(rows) {
  const cell = (/** @type {string | number | null} */ value) => {
    if (typeof value !== "string") return value ?? "";
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
