// Change by hand: a journey goes to another duty, by drag or by choice; what it comes to is said before it is done.
import { Dialog } from "./dialog.js";
import { plural } from "../lib/format.js";
import { applyMove, forgetTrial, held, mayMove, movable, readHeld, setHeld, trial, tryMove } from "../lib/moving.js";
import { published } from "../lib/planning.js";
import { roster } from "../lib/store.js";
import { momentText } from "../lib/times.js";
import { html, signal, useEffect, useState } from "../lib/vendor.js";

/** @typedef {import("../lib/roster.js").Journey} Journey */
/** @typedef {import("../lib/roster.js").Duty} Duty */

/** What the dialog is open for. */
export const moving = signal(/** @type {{journey: Journey, duty: Duty | null} | null} */ (null));

/** Buttons about a journey in the inspector. @param {{journey: Journey}} props */
export function MoveActions({ journey }) {
  useEffect(() => void readHeld(), [published.value?.etag, movable.value]);
  if (!movable.value) return html`<small class="soft">Publish this version to change it by hand.</small>`;
  const lock = held.value.get(journey.id);
  return html`<button type="button" onClick=${() => (moving.value = { journey, duty: null })}>Move…</button>
    ${journey.duty && mayMove.value && html`<button type="button" aria-pressed=${Boolean(lock)} onClick=${() => setHeld(journey, !lock)}>${lock ? "Unlock" : "Lock"}</button>`}
    ${lock && html`<small class="soft">Held since ${momentText(lock.since)}: no re-plan moves it.</small>`}`;
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
    if (await applyMove(journey, chosen.id, now.answer.as_of.etag)) close();
    else setSending(false);
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
export function Verdict() {
  const now = trial.value;
  if (!now) return null;
  if (now.refusal) return html`<p class="verdict bad"><span aria-hidden="true">!</span> ${now.refusal}</p>`;
  if (!now.answer) return html`<p class="soft">Trying ${now.duty.id}…</p>`;
  const { feasible, diff, reasons, broken } = now.answer;
  if (!feasible || !diff) {
    return html`<p class="verdict bad"><span aria-hidden="true">!</span> does not fit ${now.duty.id}</p>
      <ul class="reasons">${[...reasons.map((one) => one.detail), ...broken.map((one) => one.message)].slice(0, 4).map((text) => html`<li>${text}</li>`)}</ul>`;
  }
  const minutes = Math.round(diff.driving_s / 60);
  const others = diff.changes.filter((change) => change.journey_id !== now.journey.id);
  return html`<p class="verdict good"><span aria-hidden="true">✓</span> fits ${now.duty.id}</p>
    <p>${minutes === 0 ? "No more driving" : `${Math.abs(minutes)} min ${minutes > 0 ? "more" : "less"} driving`}${diff.served ? `, ${plural(diff.served, "journey")} more served` : ""};
      ${others.length ? ` ${plural(others.length, "other journey")} ${others.length === 1 ? "moves" : "move"}` : " no other journey moves"}${diff.told.length ? `; ${plural(diff.told.length, "crew")} to be told` : ""}.</p>`;
}

/** The verdict beside the pointer, while a journey is dragged over a lane. @param {{x: number, y: number}} props */
export function DragVerdict({ x, y }) {
  if (!trial.value) return null;
  const style = { left: `${Math.min(x + 16, innerWidth - 300)}px`, ...(y > innerHeight - 160 ? { bottom: `${innerHeight - y + 14}px` } : { top: `${y + 18}px` }) };
  return html`<div class="tip verdict-tip" style=${style} role="status"><${Verdict} /></div>`;
}
