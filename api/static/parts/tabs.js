// Tabs as the pattern asks: one tab stop, arrows between them.
import { html } from "../lib/vendor.js";

/** @param {{label: string, tabs: [key: string, label: any][], on: string, onPick: (key: string) => void, children?: any}} props */
export function Tabs({ label, tabs, on, onPick, children }) {
  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = (tabs.findIndex(([key]) => key === on) + step + tabs.length) % tabs.length;
    onPick(tabs[next][0]);
    /** @type {HTMLElement} */ (event.currentTarget).querySelectorAll("button")[next].focus();
  }
  return html`<div class="tabs" role="tablist" aria-label=${label} onKeyDown=${onKey}>
      ${tabs.map(([key, text]) => html`<button type="button" role="tab" id=${`tab-${key}`} aria-selected=${key === on} aria-controls="tabpanel" tabindex=${key === on ? 0 : -1} onClick=${() => onPick(key)}>${text}</button>`)}
    </div>
    <div class="tabpanel" role="tabpanel" id="tabpanel" aria-labelledby=${`tab-${on}`}>${children}</div>`;
}
