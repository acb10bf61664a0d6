// Who is signed in, and where: one's other sessions, and an end to them.
import { Dialog } from "./dialog.js";
import { endMySession, endOtherSessions, listMySessions } from "../lib/calls.js";
import { inWords } from "../lib/format.js";
import { attempt } from "../lib/planning.js";
import { person } from "../lib/store.js";
import { momentText } from "../lib/times.js";
import { html, useEffect, useState } from "../lib/vendor.js";

/** @typedef {import("../lib/calls.js").MySession} MySession */

export function Account() {
  const [open, setOpen] = useState(false);
  if (!person.value) return null;
  return html`<button type="button" class="who small quiet" aria-haspopup="dialog" onClick=${() => setOpen(true)}>${person.value.name}</button>
    ${open && html`<${Where} onClose=${() => setOpen(false)} />`}`;
}

/** @param {{onClose: () => void}} props */
function Where({ onClose }) {
  const [sessions, setSessions] = useState(/** @type {MySession[] | null} */ (null));
  const read = () => attempt(async () => setSessions(await listMySessions()));
  useEffect(() => void read(), []);
  const end = (/** @type {() => Promise<unknown>} */ call) => attempt(call).then(read);
  const { name, roles, csrfToken } = person.value ?? { name: "", roles: [], csrfToken: null };
  return html`<${Dialog} title="Where you are signed in" wide=${true} onClose=${onClose}><div class="form">
    <p>${name}: ${roles.map(inWords).join(", ")}.</p>
    ${!csrfToken && html`<p>You are here with an API key. It has no sessions; an admin can end it.</p>`}
    ${csrfToken && sessions && html`<table class="plain"><caption class="visually-hidden">Your sessions</caption>
      <thead><tr><th scope="col">Browser</th><th scope="col">Signed in</th><th scope="col">Last used</th><th scope="col">Until</th><th></th></tr></thead>
      <tbody>${sessions.map((one) => html`<tr key=${one.session_id}><td>${one.browser}</td><td>${momentText(one.begun_at)}</td><td>${momentText(one.last_used_at)}</td><td>${momentText(one.until)}</td>
        <td>${one.current ? "this one" : html`<button type="button" class="small" onClick=${() => end(() => endMySession(one.session_id))}>End</button>`}</td></tr>`)}</tbody></table>`}
    ${sessions && sessions.length > 1 && html`<div class="actions"><button type="button" onClick=${() => end(endOtherSessions)}>End the others</button></div>`}
  </div><//>`;
}
