// What a re-plan proposes: each change with its reason, taken whole or in part, or turned down.
import { Dialog } from "./dialog.js";
import { accept, board, looking, mayAct, openDate, proposal, reject, replan } from "../lib/control.js";
import { inWords, plural } from "../lib/format.js";
import { published } from "../lib/planning.js";
import { href } from "../lib/route.js";
import { roster } from "../lib/store.js";
import { spanChange } from "../lib/times.js";
import { wallTime } from "../lib/wall.js";
import { computed, html, useState } from "../lib/vendor.js";

/** @typedef {import("../lib/control.js").Change} Change */

const KINDS = /** @type {Record<string, [sign: string, word: string, tone: string]>} */ ({
  placed: ["+", "gets a place", "good"], moved: ["⇄", "changes duty", ""], retimed: ["↕", "other time", ""], left_out: ["−", "loses its place", "bad"],
});
const OWN = new Set(["placed", "moved"]);
/** Whether something else is published by now than what the proposal was made for. */
const outdated = computed(() => published.value !== null && proposal.value !== null && published.value.etag !== proposal.value.base_etag);

/** A proposal in one line. */
export function summary() {
  const { diff } = /** @type {import("../lib/control.js").Proposal} */ (proposal.value);
  const changes = diff.changes.filter((change) => change.kind !== "without").length;
  if (!changes) return "Nothing would change";
  const told = diff.told.length ? `${plural(diff.told.length, "crew")} to be told` : "no crew to be told";
  return `${plural(changes, "change")}, ${diff.served >= 0 ? `${diff.served} more` : `${-diff.served} fewer`} served, driving ${spanChange(diff.driving_s)}, ${told}`;
}

/** Says that a proposal waits. */
export function ProposalStrip() {
  if (!proposal.value) return null;
  return html`<section class="strip offer" aria-label="Proposal" role="status">${outdated.value ? html`<b>A proposal is out of date.</b> <span>It was made for a version that is no longer in force.</span>` : html`<b>A proposal waits.</b> <span>${summary()}.</span>`}<span class="spring"></span>
    <button type="button" class=${outdated.value ? "" : "primary"} onClick=${() => (looking.value = true)}>Look at it <kbd aria-hidden="true">P</kbd></button></section>`;
}

export function ProposalDialog() {
  return looking.value && proposal.value && html`<${Diff} key=${proposal.value.proposal_id} />`;
}

function Diff() {
  const { diff, created_at, version } = /** @type {import("../lib/control.js").Proposal} */ (proposal.value);
  const own = diff.changes.filter((change) => OWN.has(change.kind));
  const [changes, still] = [diff.changes.filter((change) => change.kind !== "without"), diff.changes.filter((change) => change.kind === "without")];
  const [chosen, setChosen] = useState(new Set(own.map((change) => change.journey_id)));
  const [refusal, setRefusal] = useState(/** @type {import("../lib/api.js").ApiError | null} */ (null));
  const [sending, setSending] = useState(false);
  const close = () => (looking.value = false);
  const fixed = !mayAct.value || outdated.value;
  const all = chosen.size === own.length;
  /** @param {Set<string>} some */
  const choose = (some) => {
    setRefusal(null);
    setChosen(some);
  };
  /** @param {string} id */
  const toggle = (id) => choose(new Set(chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id]));
  /** @param {() => Promise<import("../lib/api.js").ApiError | null | void>} act */
  async function decide(act) {
    setSending(true);
    const wrong = await act();
    if (wrong) {
      setRefusal(wrong);
      setSending(false);
    } else close();
  }
  const anew = () => decide(async () => void (await replan()));
  return html`<${Dialog} title=${`Proposal of ${wallTime(created_at)}`} wide onClose=${close}><div class="form diff">
    <p class="lead">${summary()}. <a href=${href("plan", openDate(), version)}>See it on the map, version ${version}</a></p>
    ${outdated.value && html`<p class="verdict bad" role="alert"><span aria-hidden="true">!</span> Made for another version than version ${published.value?.version}, which ${published.value?.published_by} published at ${wallTime(published.value?.published_at ?? "")}. It can no longer be accepted.</p>`}
    ${refusal && html`<div role="alert"><p class="verdict bad"><span aria-hidden="true">!</span> ${refusal.message}</p><ul class="reasons">${refusal.issues.map((one) => html`<li>${one.message}</li>`)}</ul></div>`}
    <div class="diff-rows" tabindex="0" role="region" aria-label="Changes"><table class="plain"><caption class="visually-hidden">What would change</caption>
      <thead><tr><th scope="col">${own.length > 0 && html`<input type="checkbox" aria-label="All changes" checked=${all} disabled=${fixed} onChange=${() => choose(new Set(all ? [] : own.map((change) => change.journey_id)))} />`}</th>
        <th scope="col">Journey</th><th scope="col">Change</th><th scope="col">Duty</th><th scope="col">Pick up</th><th scope="col">Why</th></tr></thead>
      <tbody>${changes.map((change) => html`<${Row} key=${change.journey_id} change=${change} chosen=${chosen.has(change.journey_id)} fixed=${fixed} onToggle=${toggle} />`)}</tbody></table>
      ${changes.length === 0 && html`<p class="nothing">The search found nothing better than what is in force.</p>`}
      ${still.length > 0 && html`<details><summary class="bad">! ${plural(still.length, "journey")} still ${still.length === 1 ? "finds" : "find"} no place</summary><ul class="reasons">${still.map((change) => html`<li><b>${change.journey_id}</b> ${change.why}</li>`)}</ul></details>`}</div>
    ${diff.told.length > 0 && html`<p class="soft">To be told: ${diff.told.slice(0, 12).join(", ")}${diff.told.length > 12 ? ` and ${diff.told.length - 12} more` : ""}.</p>`}
    ${mayAct.value
      ? html`<div class="actions">
          ${outdated.value || refusal?.status === 409 ? html`<button type="button" class="primary" disabled=${sending} onClick=${anew}>Plan anew from how it stands</button>`
            : changes.length > 0 && html`<button type="button" class="primary" disabled=${sending || (!all && !chosen.size)} onClick=${() => decide(() => accept(all ? null : [...chosen]))}>${all ? "Accept all" : `Accept ${plural(chosen.size, "change")}`}</button>`}
          <button type="button" disabled=${sending} onClick=${() => decide(async () => void (await reject()))}>Reject</button><button type="button" onClick=${close}>Later</button>
          ${!all && html`<small class="soft">The referee checks the part by itself; times that follow from a change go with it.</small>`}</div>`
      : html`<p class="soft">A controller decides.</p>`}
  </div><//>`;
}

/** @param {{change: Change, chosen: boolean, fixed: boolean, onToggle: (id: string) => void}} props */
function Row({ change, chosen, fixed, onToggle }) {
  const { journey_id: id, kind, from_duty: from, to_duty: to, pickup_before: before, pickup_after: after, minutes, why } = change;
  const [sign, word, tone] = KINDS[kind] ?? ["", kind, ""];
  const journey = roster.value?.journeyOf.get(id);
  const category = journey?.category ?? inWords(board.value?.unplaced.find((one) => one.journey_id === id)?.category ?? "");
  return html`<tr>
    <td>${OWN.has(kind) && html`<input type="checkbox" aria-label=${`Accept ${id}`} checked=${chosen} disabled=${fixed} onChange=${() => onToggle(id)} />`}</td>
    <th scope="row"><b>${id}</b><br /><small class="soft">${[category, journey && `${journey.from.label} → ${journey.to.label}`].filter(Boolean).join(", ")}</small></th>
    <td class=${`change ${tone}`}><span aria-hidden="true">${sign}</span> ${word}</td>
    <td>${from === to ? from : html`${from && html`<s>${from}</s> `}${to && html`→ <b>${to}</b>`}`}</td>
    <td>${before && after ? html`${wallTime(before)} → <b>${wallTime(after)}</b>${minutes ? html`<br /><small class="soft">${Math.abs(minutes)} min ${minutes > 0 ? "later" : "earlier"}</small>` : ""}` : after ? html`<b>${wallTime(after)}</b>` : before && html`<s>${wallTime(before)}</s>`}</td>
    <td>${why}</td></tr>`;
}
