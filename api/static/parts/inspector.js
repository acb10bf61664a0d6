// What is picked, in words: a journey beside its targets, or a duty call by call (the table twin of map and timeline).
import { Lock } from "./lock.js";
import { classes, plural } from "../lib/format.js";
import { VERBS, aboard, missText, people, runsOf } from "../lib/roster.js";
import { isLocked, pickDuty, pickJourney, pickedDuty, pickedJourney, roster } from "../lib/store.js";
import { span } from "../lib/times.js";
import { html, useEffect, useRef } from "../lib/vendor.js";

/** @typedef {import("../lib/roster.js").Journey} Journey */
/** @typedef {import("../lib/roster.js").Duty} Duty */
/** @typedef {import("../lib/roster.js").Stop} Stop */

/** Buttons may be added about a journey and about a duty. @param {{actions?: (journey: Journey) => any, dutyActions?: (duty: Duty) => any}} props */
export function Inspector({ actions = () => null, dutyActions = () => null }) {
  const [journey, duty] = [pickedJourney.value, pickedDuty.value];
  if (!journey && !duty) return null;
  return html`<section class="panel inspector" aria-label="What is picked">
    <header class="panel-head">
      <h2>${journey ? journey.id : duty?.id}</h2>
      <button type="button" class="small quiet" aria-label="Close what is picked" onClick=${() => pickDuty(null)}>✕</button>
    </header>
    ${journey && html`<div class="inspector-body facts-of" tabindex="0" role="region" aria-label="The journey"><${JourneyFacts} journey=${journey} actions=${actions} /></div>`}
    ${duty && html`<div class="inspector-body calls-of" tabindex="0" role="region" aria-label="Its duty"><${DutyFacts} duty=${duty} journey=${journey} actions=${dutyActions} /></div>`}
  </section>`;
}

/** @param {{journey: Journey, actions: (journey: Journey) => any}} props */
function JourneyFacts({ journey, actions }) {
  const at = roster.value?.at ?? String;
  const { pickup, dropoff, due, tied, back } = journey;
  const ride = aboard(journey);
  const needs = [journey.mobility, journey.escorts && plural(journey.escorts, "escort"), journey.alone && "travels alone", journey.cohort && `cohort ${journey.cohort}`, journey.skills && `needs ${journey.skills}`].filter(Boolean);
  return html`
    <p class="lead">${[journey.category, journey.category.toLowerCase() !== journey.direction && journey.direction, journey.contract].filter(Boolean).join(" · ")}</p>
    <p class="soft">${needs.join(", ")}</p>
    ${journey.misses.map((miss) => html`<p class="verdict bad"><span aria-hidden="true">▾</span> ${missText(miss)}</p>`)}
    ${journey.duty && !journey.misses.length && html`<p class="verdict good"><span aria-hidden="true">✓</span> planned within its targets</p>`}
    ${!journey.duty && html`<${Reasons} journey=${journey} />`}
    <div class="actions">${actions(journey)}</div>
    <dl class="facts">
      <dt>From</dt><dd>${journey.from.label}</dd>
      <dt>To</dt><dd>${journey.to.label}</dd>
      <dt>${tied ? "Appointment" : "Ready"}</dt><dd>${due === null ? "–" : at(due)}</dd>
      ${pickup && html`<dt>Picked up</dt><dd>${at(pickup.begin)}${!tied && due !== null ? html` <span class="soft">${span(pickup.begin - due)} after ready</span>` : ""}</dd>`}
      ${dropoff && html`<dt>Set down</dt><dd>${at(dropoff.begin)}${tied && due !== null ? html` <span class="soft">${span(due - dropoff.begin)} ${dropoff.begin <= due ? "before" : "after"} appointment</span>` : ""}</dd>`}
      ${ride !== null && html`<dt>Aboard</dt><dd>${span(ride)} <span class="soft">target ${span(journey.aboardTarget)}</span></dd>`}
      ${back && html`<dt>Other way</dt><dd><button type="button" class="link" onClick=${() => pickJourney(back)}>${back.id}</button>${back.duty ? ` ${at(/** @type {Stop} */ (back.pickup).begin)}` : " unserved"}</dd>`}
    </dl>`;
}

/** Why nobody takes a journey, and what would help. @param {{journey: Journey}} props */
const Reasons = ({ journey }) => html`<p class="verdict bad"><span aria-hidden="true">!</span> unserved</p>
  <ul class="reasons">${journey.reasons.map((one) => html`<li><b>${one.reason}</b> ${one.detail}${one.action && html`<br /><span class="action">→ ${one.action}</span>`}</li>`)}</ul>`;

/** @param {{duty: Duty, journey: Journey | null, actions: (duty: Duty) => any}} props */
function DutyFacts({ duty, journey, actions }) {
  const at = roster.value?.at ?? String;
  const runs = new Map(runsOf(duty).map((run, n) => [run[0], n + 1]));
  return html`
    ${journey && html`<h3>On duty <button type="button" class="link" onClick=${() => pickDuty(duty)}>${duty.id}</button></h3>`}
    <div class="actions">${actions(duty)}</div>
    <p class="soft">${duty.vehicle} · ${duty.type} · crew of ${duty.crew} · ${duty.base.label} ${at(duty.from)}–${at(duty.until)} · ${plural(duty.journeys, "journey")}, ${Math.round(duty.metres / 1000)} km</p>
    <table class="plain calls"><caption class="visually-hidden">Calls of duty ${duty.id}</caption>
      <thead><tr><th scope="col" class="end">#</th><th scope="col">Time</th><th scope="col">Call</th><th scope="col" class="end">Aboard</th></tr></thead>
      <tbody>${duty.stops.map((stop) => html`<${Call} key=${stop.number} stop=${stop} run=${runs.get(stop)} on=${journey !== null && stop.journey === journey} />`)}</tbody>
    </table>`;
}

/** Scroll the list that a row is in, and nothing around it. @param {HTMLElement} row */
function bringInto(row) {
  const list = /** @type {HTMLElement} */ (row.closest(".inspector-body")), [shown, { top, bottom }] = [list.getBoundingClientRect(), row.getBoundingClientRect()];
  if (top < shown.top) list.scrollTop += top - shown.top;
  else if (bottom > shown.bottom) list.scrollTop += Math.min(bottom - shown.bottom, top - shown.top);
}

/** @param {{stop: Stop, run: number | undefined, on: boolean}} props */
function Call({ stop, run, on }) {
  const at = roster.value?.at ?? String;
  const line = useRef(/** @type {HTMLTableRowElement | null} */ (null));
  useEffect(() => {
    if (on && stop.kind === "pickup" && line.current) bringInto(line.current);
  }, [on]);
  const { journey } = stop;
  const mark = stop.kind === "pickup" ? "▲" : stop.kind === "dropoff" ? "▼" : "";
  const missed = journey?.misses.filter((miss) => (miss.measure === "collect") === (stop.kind === "pickup")) ?? [];
  return html`<tr ref=${line} class=${classes({ on, first: run })}>
    <td class="end soft">${stop.number || ""}</td>
    <td class="time">${at(stop.kind === "end" ? stop.arrive : stop.kind === "start" ? stop.depart : stop.begin)}${stop.begin - stop.arrive > 60 ? html`<small class="soft"> waits ${span(stop.begin - stop.arrive)}</small>` : ""}</td>
    <td><span class="soft">${mark} ${/** @type {any} */ (VERBS)[stop.kind]}</span> ${journey && html`<button type="button" class="link" onClick=${() => pickJourney(journey)}>${journey.id}</button>${stop.kind === "pickup" && isLocked(journey) && html` <${Lock} />`}`}
      <br />${stop.place.label}${missed.map((miss) => html`<br /><strong class="bad">▾ ${missText(miss)}</strong>`)}</td>
    <td class="end">${people(stop) || ""}</td>
  </tr>`;
}
