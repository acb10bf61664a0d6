// A border that can be dragged, or moved with arrow keys; its place is remembered.
import { html, signal } from "../lib/vendor.js";

/** @param {string} key @param {number} percent */
export function splitAt(key, percent) {
  const kept = Number(localStorage.getItem(`split-${key}`));
  return signal(kept >= 15 && kept <= 85 ? kept : percent);
}

/** @param {{name: string, at: import("../vendor/signals.js").Signal<number>, label: string, upright?: boolean}} props */
export function Splitter({ name, at, label, upright = false }) {
  /** @param {number} percent */
  const put = (percent) => {
    at.value = Math.min(80, Math.max(20, percent));
    localStorage.setItem(`split-${name}`, String(at.value));
  };
  /** @param {PointerEvent} event */
  const onMove = (event) => {
    const bar = /** @type {HTMLElement} */ (event.currentTarget);
    if (!bar.hasPointerCapture(event.pointerId)) return;
    const box = /** @type {HTMLElement} */ (bar.parentElement).getBoundingClientRect();
    put(upright ? (100 * (event.clientX - box.left)) / box.width : (100 * (event.clientY - box.top)) / box.height);
  };
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    const step = { ArrowLeft: -2, ArrowUp: -2, ArrowRight: 2, ArrowDown: 2 }[event.key];
    if (!step) return;
    event.preventDefault();
    put(at.value + step);
  };
  return html`<div class=${`splitter ${upright ? "upright" : "level"}`} role="separator" tabindex="0" aria-label=${label}
    aria-orientation=${upright ? "vertical" : "horizontal"} aria-valuenow=${Math.round(at.value)} aria-valuemin="20" aria-valuemax="80"
    onPointerDown=${(/** @type {any} */ e) => e.currentTarget.setPointerCapture(e.pointerId)} onPointerMove=${onMove} onKeyDown=${onKey}></div>`;
}
