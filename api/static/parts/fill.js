// "Fill the rest": the day is planned anew from the version that is shown, round what is locked.
import { Dialog } from "./dialog.js";
import { BUDGETS } from "./solve.js";
import { plural } from "../lib/format.js";
import { lockedDuties, readHeld } from "../lib/moving.js";
import { startPlan } from "../lib/planning.js";
import { roster } from "../lib/store.js";
import { html, useEffect, useState } from "../lib/vendor.js";

/** @param {{date: string, version: number, onClose: () => void}} props */
export function Fill({ date, version, onClose }) {
  const [budget, setBudget] = useState(60);
  const [gaps, setGaps] = useState(false);
  const [sending, setSending] = useState(false);
  useEffect(() => void readHeld(), []);
  const shown = /** @type {import("../lib/store.js").Roster} */ (roster.value);
  const locked = lockedDuties();
  const served = Object.fromEntries(shown.journeys.flatMap((journey) => (journey.duty ? [[journey.id, journey.duty.id]] : [])));
  const count = Object.keys(locked).length;
  /** @param {Event} event */
  async function start(event) {
    event.preventDefault();
    setSending(true);
    const order = { budget_s: budget, warm: version, held: gaps ? { ...served, ...locked } : locked, distancing: shown.policy.distancing };
    if (await startPlan(date, order)) onClose();
    else setSending(false);
  }
  /** @param {boolean} value @param {string} label @param {string} hint */
  const choice = (value, label, hint) => html`<label class="check"><input type="radio" name="may" checked=${gaps === value} onChange=${() => setGaps(value)} /><span>${label}<br /><small class="soft">${hint}</small></span></label>`;
  return html`<${Dialog} title="Fill the rest" onClose=${onClose}><form class="form" onSubmit=${start}>
    <fieldset><legend>What may move</legend>
      ${choice(false, "Everything that is not locked", count ? `${plural(count, "journey is", "journeys are")} locked and stay${count === 1 ? "s" : ""} on ${count === 1 ? "its duty" : "their duties"}; times may shift.` : "Nothing is locked yet: lock journeys, or all of a duty, in the details of what is picked.")}
      ${choice(true, `Nobody who has a duty: only the ${shown.unserved.length} unserved are given one`, "Every journey stays on its duty; times may shift.")}</fieldset>
    <label>How long to search
      <select value=${budget} onChange=${(/** @type {any} */ e) => setBudget(Number(e.target.value))}>${BUDGETS.map(([value, label]) => html`<option value=${value}>${label}</option>`)}</select></label>
    <p class="soft">Starts from version ${version}, and is never worse than it. The referee passes only a roster that keeps every lock. Nothing is published.</p>
    <div class="actions"><button type="submit" class="primary" disabled=${sending}>Fill the rest</button><button type="button" onClick=${onClose}>Not now</button></div>
  </form><//>`;
}
