// Change by hand: a journey goes to another duty, by drag or by choice; what it comes to is said before it is done.
import { Dialog } from "./dialog.js";
import { plural } from "../lib/format.js";
import { applyMove, forgetTrial, mayLock, mayMove, mayPlan, movable, setLocked, trial, tryMove } from "../lib/moving.js";
import { carriedBy } from "../lib/roster.js";
import { held, isLocked, roster } from "../lib/store.js";
import { momentText, spanChange } from "../lib/times.js";
import { html, signal, useEffect, useState } from "../lib/vendor.js";

/** @typedef {import("../lib/roster.js").Journey} Journey */
/** @typedef {import("../lib/roster.js").Duty} Duty */

/** What the dialog is open for. */
export const moving = signal(/** @type {{journey: Journey, duty: Duty | null} | null} */ (null));

/** Buttons about a journey in the inspector. @param {{journey: Journey}} props */
export function MoveActions({ journey }) {
  const lock = held.value.get(journey.id), locked = isLocked(journey);
  return html`${movable.value && html`<button type="button" onClick=${() => (moving.value = { journey, duty: null })}>Move…</button>`}
    ${journey.duty && (mayLock.value || mayPlan.value) && html`<button type="button" aria-pressed=${locked} disabled=${lock && !mayLock.value} onClick=${() => setLocked([journey], !locked)}>${locked ? "Unlock" : "Lock"}</button>`}
    ${lock ? html`<small class="soft">Locked by ${lock.user} ${momentText(lock.since)}: no re-plan moves it.</small>` : locked ? html`<small class="soft">Locked on this page, for “Fill the rest”.</small>` : ""}
    ${!movable.value && html`<small class="soft">Publish this version to change it by hand.</small>`}`;
}

/** Buttons about a duty. @param {{duty: Duty}} props */
export function DutyActions({ duty }) {
  const journeys = carriedBy(duty);
  const all = journeys.every(isLocked);
  if (!journeys.length || !(mayLock.value || mayPlan.value)) return null;
  return html`<button type="button" class="small" aria-pressed=${all} onClick=${() => setLocked(journeys, !all)}>${all ? "Unlock" : "Lock"} all ${journeys.length}</button>`;
}

export function MoveDialog() {
  const open = moving.value;
  return open && html`<${Move} key=${open.journey.id} ...${open} />`;
}

/** @param {{journey: Journey, duty: Duty | null}} props */
function Move({ journey, duty }) {
  const [chosen, setChosen] = useState(duty);
  const [sending, setSending] = useState(false);
  const now = trial.value?.journey === journey && trial.value.duty === chosen ? trial.value : null;
  useEffect(() => {
    if (chosen) tryMove(journey, chosen);
  }, [chosen]);
  const close = () => {
    forgetTrial();
    moving.value = null;
  };
  async function apply() {
    if (!chosen || !now?.answer) return;
    setSending(true);
    if (await applyMove(journey, chosen.id, now.answer.as_of.etag)) return close();
    forgetTrial(); // as the day stands by now
    tryMove(journey, chosen);
    setSending(false);
  }
  const others = (roster.value?.duties ?? []).filter((one) => one !== journey.duty);
  return html`<${Dialog} title=${`Move ${journey.id}`} onClose=${close}><div class="form">
    <p class="soft">${journey.category}, ${journey.from.label} → ${journey.to.label}. ${journey.duty ? `Now on ${journey.duty.id}.` : "Now unserved."}</p>
    <label>To duty <select size="8" value=${chosen?.id ?? ""} onChange=${(/** @type {any} */ e) => setChosen(roster.value?.dutyOf.get(e.target.value) ?? null)}>
      ${others.map((one) => html`<option value=${one.id}>${one.id} · ${one.type} · ${one.base.label} · ${plural(one.journeys, "journey")}</option>`)}</select></label>
    <div class="trial" role="status">${chosen ? html`<${Verdict} />` : html`<p class="soft">Choose a duty to see what it would come to.</p>`}</div>
    <div class="actions"><button type="button" class="primary" disabled=${!now?.answer?.feasible || !mayMove.value || sending} onClick=${apply}>Move</button><button type="button" onClick=${close}>Not now</button>
      ${!mayMove.value && html`<small class="soft">A controller may do it.</small>`}</div>
  </div><//>`;
}

/** What the move that is tried would come to. */
function Verdict() {
  const now = trial.value;
  if (!now) return null;
  if (now.refusal) return html`<p class="verdict bad"><span aria-hidden="true">!</span> ${now.refusal}</p>`;
  if (!now.answer) return html`<p class="soft">Trying ${now.duty.id}…</p>`;
  const { feasible, diff, toll, reasons, broken } = now.answer;
  if (!feasible || !diff) {
    return html`<p class="verdict bad"><span aria-hidden="true">!</span> does not fit ${now.duty.id}</p>
      <ul class="reasons">${[...reasons.map((one) => one.detail), ...broken.map((one) => one.message)].slice(0, 4).map((text) => html`<li>${text}</li>`)}</ul>`;
  }
  const others = diff.changes.filter((change) => change.journey_id !== now.journey.id);
  return html`<p class="verdict good"><span aria-hidden="true">✓</span> fits ${now.duty.id}</p>
    <dl class="toll"><div><dt>Driving</dt><dd>${spanChange(diff.driving_s)}</dd></div><div><dt>Paid time</dt><dd>${spanChange(toll?.paid_s ?? 0)}</dd></div>
      <div><dt>Cost</dt><dd>${pounds(toll?.pounds ?? 0)}</dd></div>${diff.served ? html`<div><dt>Served</dt><dd>+${diff.served}</dd></div>` : ""}</dl>
    <${Standards} standards=${toll?.standards ?? []} own=${now.journey.id} />
    <p class="soft">${others.length ? `${plural(others.length, "other journey")} ${others.length === 1 ? "moves" : "move"}` : "No other journey moves"}${diff.told.length ? `; ${plural(diff.told.length, "crew")} to be told` : ""}.</p>`;
}

/** @param {number} value */
const pounds = (value) => (Math.abs(value) < 0.005 ? "as before" : `${value > 0 ? "+" : "−"}£${Math.abs(value).toFixed(2)}`);
const MEASURES = { arrive: "arrival", collect: "collection", aboard: "time aboard" };

/** @param {{standards: {journey_id: string, standard: string, kept: boolean}[], own: string}} props */
function Standards({ standards, own }) {
  if (!standards.length) return html`<p class="good"><span aria-hidden="true">✓</span> no standard changes</p>`;
  const text = (/** @type {{journey_id: string, standard: string}} */ one) => `${/** @type {any} */ (MEASURES)[one.standard]} of ${one.journey_id === own ? "this journey" : one.journey_id}`;
  return html`<ul class="standards-of">${standards.slice(0, 5).map((one) => html`<li class=${one.kept ? "good" : "bad"}><span aria-hidden="true">${one.kept ? "✓" : "▾"}</span> ${one.kept ? "mends" : "breaks"} the ${text(one)}</li>`)}
    ${standards.length > 5 && html`<li class="soft">and ${standards.length - 5} more</li>`}</ul>`;
}

/** The verdict beside the pointer, while a journey is dragged over a lane. @param {{x: number, y: number}} props */
export function DragVerdict({ x, y }) {
  if (!trial.value) return null;
  const style = { left: `${Math.min(x + 16, innerWidth - 300)}px`, ...(y > innerHeight - 160 ? { bottom: `${innerHeight - y + 14}px` } : { top: `${y + 18}px` }) };
  return html`<div class="tip verdict-tip" style=${style} role="status"><${Verdict} /></div>`;
}
