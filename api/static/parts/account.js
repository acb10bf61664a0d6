// Who is signed in, and where: one's other sessions, and an end to them.
import { Dialog } from "./dialog.js";
import { hasKey } from "../lib/api.js";
import { endMySession, endOtherSessions, listMySessions } from "../lib/calls.js";
import { inWords } from "../lib/format.js";
import { attempt } from "../lib/planning.js";
import { person } from "../lib/store.js";
import { momentText } from "../lib/times.js";
import { html, useEffect, useState } from "../lib/vendor.js";

/** @typedef {import("../lib/calls.js").MySession} MySession */

export function Account() {
  const [open, setOpen] = useState(false);
  const me = person.value;
  if (!me) return null;
  return html`<button type="button" class="who small quiet" aria-haspopup="dialog" onClick=${() => setOpen(true)}>${me.name}</button>
    ${open && html`<${Where} me=${me} onClose=${() => setOpen(false)} />`}`;
}

/** @param {{me: import("../lib/store.js").Person, onClose: () => void}} props */
function Where({ me, onClose }) {
  const [sessions, setSessions] = useState(/** @type {MySession[] | null} */ (null));
  const read = () => attempt(async () => setSessions(await listMySessions()));
  useEffect(() => void (hasKey() || read()), []);
  const end = (/** @type {() => Promise<unknown>} */ call) => attempt(call).then(read);
  return html`<${Dialog} title="Where you are signed in" wide=${true} onClose=${onClose}><div class="form">
    <p>${me.name}: ${me.roles.map(inWords).join(", ")}.</p>
    ${hasKey() && html`<p>You are here with an API key. It has no sessions; an admin can end it.</p>`}
    ${sessions && html`<table class="plain"><caption class="visually-hidden">Your sessions</caption>
      <thead><tr><th scope="col">Browser</th><th scope="col">Signed in</th><th scope="col">Last used</th><th scope="col">Until</th><th></th></tr></thead>
      <tbody>${sessions.map((one) => html`<tr key=${one.session_id}><td>${one.browser}</td><td>${momentText(one.begun_at)}</td><td>${momentText(one.last_used_at)}</td><td>${momentText(one.until)}</td>
        <td>${one.current ? "this one" : html`<button type="button" class="small" onClick=${() => end(() => endMySession(one.session_id))}>End</button>`}</td></tr>`)}</tbody></table>`}
    ${sessions && sessions.length > 1 && html`<div class="actions"><button type="button" onClick=${() => end(endOtherSessions)}>End the others</button></div>`}
  </div><//>`;
}
