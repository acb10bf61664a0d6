// The frame of every view: where one is, who one is, light or dark, keys that work everywhere.
import { Account } from "./account.js";
import { Toasts } from "./toasts.js";
import { attempt } from "../lib/planning.js";
import { href, route } from "../lib/route.js";
import { signOut } from "../lib/session.js";
import { pickDuty } from "../lib/store.js";
import { choice } from "../lib/theme.js";
import { html, useEffect } from "../lib/vendor.js";

/** @typedef {{key: string, label: string, view: () => any}} View */

/** @param {{views: View[]}} props */
export function Shell({ views }) {
  const { view, date, version } = route.value;
  const on = views.find((one) => one.key === view) ?? views[0];
  useEffect(() => {
    document.title = `${on.label} – Patient transport planning`;
  }, [on]);
  useEffect(() => {
    addEventListener("keydown", everywhere);
    return () => removeEventListener("keydown", everywhere);
  }, []);
  return html`<a class="skip" href="#main" onClick=${(/** @type {Event} */ e) => { e.preventDefault(); document.getElementById("main")?.focus(); }}>Skip to the content</a>
    <header class="top">
      <a class="brand" href="#/plan">Patient transport</a>
      <nav aria-label="Views">${views.map((one) => html`<a href=${href(one.key, date, one.key === on.key ? version : null)} aria-current=${one === on ? "page" : undefined}>${one.label}</a>`)}</nav>
      <span class="spring"></span>
      ${date && html`<a class="quiet" href="#/plan">All days</a>`}
      <label class="inline"><span class="visually-hidden">Colours</span><select value=${choice.value} onChange=${(/** @type {any} */ e) => (choice.value = e.target.value)}>
        <option value="system">System colours</option><option value="light">Light colours</option><option value="dark">Dark colours</option></select></label>
      <${Account} />
      <button type="button" class="small" onClick=${() => attempt(signOut)}>Sign out</button>
    </header>
    <main id="main" tabindex="-1" class=${`view-${on.key}`}><${on.view} /></main>
    <${Toasts} />`;
}

/** `/` finds, Escape lets go of what is picked. @param {KeyboardEvent} event */
function everywhere(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
  if (event.key === "Escape" && !typing && !document.querySelector("dialog[open]")) pickDuty(null);
  const find = document.getElementById("find");
  if (event.key === "/" && !typing && find) {
    event.preventDefault();
    find.focus();
  }
}
