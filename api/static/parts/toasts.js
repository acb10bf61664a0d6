// What is said in passing. Screen readers hear it too.
import { toasts, unsay } from "../lib/store.js";
import { html } from "../lib/vendor.js";

const SIGNS = { good: "✓", bad: "!", note: "i" };

export const Toasts = () => html`<div class="toasts" role="status" aria-live="polite">
  ${toasts.value.map(({ id, kind, text, action }) => html`<p key=${id} class=${`toast ${kind}`}><span class="sign" aria-hidden="true">${SIGNS[kind]}</span><span>${text}</span>
    ${action && html`<button type="button" class="small" onClick=${() => { unsay(id); action.act(); }}>${action.label}</button>`}
    <button type="button" class="small quiet" aria-label="Close message" onClick=${() => unsay(id)}>✕</button></p>`)}
</div>`;
