// A table of any length: only the rows in sight are drawn. Arrow keys, Home, End and page keys move the picked row.
import { classes, number } from "../lib/format.js";
import { html, useEffect, useMemo, useRef, useState } from "../lib/vendor.js";

/**
 * `text` draws a cell, `order` gives what to sort by (default: its text), `grow` shares what width is left.
 * @template T
 * @typedef {{key: string, label: string, width: number, grow?: boolean, end?: boolean, text: (row: T) => any, order?: (row: T) => string | number | null, hint?: string}} Column
 */

const ROW = 27;
const MARGIN = 8; // rows drawn beyond the edges

/**
 * @template T
 * @param {{
 *   label: string, columns: Column<T>[], rows: T[], rowId: (row: T) => string, picked: string | null, onPick: (row: T) => void,
 *   empty?: any, tone?: (row: T) => string, sorted?: string, onDrag?: ((row: T | null) => void) | null }} props
 */
export function Table({ label, columns, rows, rowId, picked, onPick, empty = "Nothing to show.", tone = () => "", sorted = "", onDrag = null }) {
  const [sort, setSort] = useState({ key: sorted, down: false });
  const [view, setView] = useState({ top: 0, height: 400 });
  const scroller = useRef(/** @type {HTMLDivElement | null} */ (null));
  const shown = useMemo(() => inOrder(rows, columns, sort), [rows, sort]);
  const at = useMemo(() => (picked === null ? -1 : shown.findIndex((row) => rowId(row) === picked)), [shown, picked]);

  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const look = () => setView({ top: box.scrollTop, height: box.clientHeight });
    const sizes = new ResizeObserver(look);
    sizes.observe(box);
    box.addEventListener("scroll", look, { passive: true });
    return () => {
      sizes.disconnect();
      box.removeEventListener("scroll", look);
    };
  }, []);

  useEffect(() => {
    const box = scroller.current;
    if (!box || at < 0) return;
    if (at * ROW < box.scrollTop) box.scrollTop = at * ROW - ROW;
    else if ((at + 2) * ROW > box.scrollTop + box.clientHeight - ROW) box.scrollTop = (at + 3) * ROW - box.clientHeight;
  }, [at]);

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const page = Math.max(1, Math.floor(view.height / ROW) - 2);
    /** @type {Record<string, number>} */
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -shown.length, End: shown.length };
    if (!(event.key in steps) || event.target !== scroller.current) return;
    event.preventDefault();
    const to = Math.min(shown.length - 1, Math.max(0, at + steps[event.key]));
    if (shown[to]) onPick(shown[to]);
  }

  const first = Math.max(0, Math.floor(view.top / ROW) - MARGIN);
  const last = Math.min(shown.length, Math.ceil((view.top + view.height) / ROW) + MARGIN);
  const spare = columns.filter((column) => column.grow).length;
  /** @param {Column<T>} column */
  const wide = (column) => ({ flex: column.grow ? `1 1 ${column.width}px` : `0 0 ${column.width}px` });
  const least = columns.reduce((sum, column) => sum + column.width, 0) + (spare ? 0 : 1);
  const name = label.replace(/\W+/g, "-");
  return html`
    <div class="table" role="grid" aria-label=${label} aria-rowcount=${shown.length + 1} aria-colcount=${columns.length}
      tabindex="0" ref=${scroller} onKeyDown=${onKey} aria-activedescendant=${at >= first && at < last ? `${name}-${at}` : undefined}>
      <div class="table-head" role="row" aria-rowindex="1" style=${{ minWidth: `${least}px` }}>
        ${columns.map((column) => {
          const on = sort.key === column.key;
          return html`<div role="columnheader" class=${classes({ cell: true, end: column.end })} style=${wide(column)}
              aria-sort=${on ? (sort.down ? "descending" : "ascending") : "none"}>
            <button type="button" tabindex="-1" title=${column.hint ?? `Sort by ${column.label.toLowerCase()}`}
              onClick=${() => setSort({ key: column.key, down: on && !sort.down })}>${column.label}<span class="arrow" aria-hidden="true">${on ? (sort.down ? "▾" : "▴") : ""}</span></button>
          </div>`;
        })}
      </div>
      <div class="table-body" role="rowgroup" style=${{ height: `${shown.length * ROW}px`, minWidth: `${least}px` }}>
        ${shown.slice(first, last).map((row, n) => {
          const index = first + n;
          return html`<div role="row" key=${rowId(row)} id=${`${name}-${index}`} aria-rowindex=${index + 2} aria-selected=${index === at}
              class=${`row ${tone(row)}`} style=${{ transform: `translateY(${index * ROW}px)` }} onClick=${() => onPick(row)}
              draggable=${onDrag !== null} onDragStart=${() => onDrag?.(row)} onDragEnd=${() => onDrag?.(null)}>
            ${columns.map((column) => html`<div role="gridcell" class=${classes({ cell: true, end: column.end })} style=${wide(column)}>${column.text(row)}</div>`)}
          </div>`;
        })}
      </div>
      ${shown.length === 0 && html`<p class="nothing">${empty}</p>`}
    </div>`;
}

/**
 * @template T
 * @param {T[]} rows @param {Column<T>[]} columns @param {{key: string, down: boolean}} sort
 */
function inOrder(rows, columns, sort) {
  const column = columns.find((one) => one.key === sort.key);
  if (!column) return rows;
  const by = column.order ?? ((row) => String(column.text(row)));
  const keyed = rows.map((row) => ({ row, key: by(row) }));
  const compare = new Intl.Collator("en-GB", { numeric: true }).compare;
  keyed.sort(({ key: a }, { key: b }) => {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1; // what is absent comes last
    return typeof a === "number" && typeof b === "number" ? a - b : compare(String(a), String(b));
  });
  if (sort.down) keyed.reverse();
  return keyed.map(({ row }) => row);
}

/** How many of how many. @param {{shown: number, all: number, what: string}} props */
export const Count = ({ shown, all, what }) => html`<span class="count" role="status">${shown === all ? `${number(all)} ${what}` : `${number(shown)} of ${number(all)} ${what}`}</span>`;
