// One duty for its crew: a phone page with large type, read-only, and a sheet on paper. It keeps what it has when the line drops.
import { ApiError } from "../lib/api.js";
import * as calls from "../lib/calls.js";
import { plural } from "../lib/format.js";
import { VERBS, people } from "../lib/roster.js";
import { go, href, route } from "../lib/route.js";
import { longDay } from "../lib/times.js";
import { atWall, wallTime } from "../lib/wall.js";
import { html, useEffect, useState } from "../lib/vendor.js";

/** @typedef {import("../lib/roster.js").Roster} Roster */
/** @typedef {import("../lib/roster.js").Duty} Duty */
/** @typedef {import("../lib/roster.js").Stop} Stop */

const EVERY_MS = 60_000;
const EARLY_S = 2 * 3600;

export function CrewView() {
  const { date, version, item } = route.value;
  const [found, setFound] = useState(/** @type {Roster | null} */ (null));
  const [trouble, setTrouble] = useState("");
  const [readAt, setReadAt] = useState(0);
  useEffect(() => {
    if (!date) return;
    let known = /** @type {number | null} */ (null);
    const read = async () => {
      try {
        const wanted = version ?? (await calls.readPublished(date))?.version;
        if (!wanted) return setTrouble("Nothing is published for this day yet.");
        if (wanted !== known) setFound(await calls.readVersion(date, wanted));
        known = wanted;
        setReadAt(Date.now());
        setTrouble("");
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        setTrouble(error.status === 0 ? "No connection. This is the sheet as it was last read." : error.message);
      }
    };
    read();
    const again = setInterval(read, EVERY_MS);
    return () => clearInterval(again);
  }, [date, version]);
  const duty = found?.dutyOf.get(item ?? "");
  return html`<div class="crew">
    ${trouble && html`<p class="strip stale" role="alert"><b aria-hidden="true">▲</b> ${trouble}${readAt > 0 && ` Read at ${wallTime(readAt)}.`}</p>`}
    ${!date ? html`<p class="waiting">Open a day in the day view first.</p>` : !found ? !trouble && html`<p class="waiting" role="status">Reading the sheet…</p>` : duty ? html`<${Sheet} roster=${found} duty=${duty} readAt=${readAt} />` : html`<${Choice} roster=${found} />`}
  </div>`;
}

/** @param {{roster: Roster}} props */
const Choice = ({ roster }) => html`<section><h1>Which duty?</h1>
  <label class="crew-choice">Duty <select onChange=${(/** @type {any} */ e) => go("crew", roster.date, route.value.version, e.target.value)}><option value="">Choose…</option>
    ${roster.used.map((duty) => html`<option value=${duty.id}>${duty.id} · ${duty.vehicle} · ${duty.base.label} ${roster.at(duty.from)}</option>`)}</select></label></section>`;

/** @param {{roster: Roster, duty: Duty, readAt: number}} props */
function Sheet({ roster, duty, readAt }) {
  const now = (readAt - atWall(roster.date, "00:00").getTime()) / 1000;
  const today = now > duty.from - EARLY_S && now < duty.until + EARLY_S;
  const next = today ? duty.stops.find((stop) => stop.depart > now) : undefined;
  return html`<header class="crew-head"><h1>${duty.id}</h1>
      <p>${longDay(roster.date)} · version ${roster.version}</p>
      <p><b>${duty.vehicle}</b> · ${duty.type} · crew of ${duty.crew}</p>
      <p>${duty.base.label}, <b>${roster.at(duty.from)}–${roster.at(duty.until)}</b> · ${plural(duty.journeys, "journey")}</p>
      <p class="crew-links"><button type="button" onClick=${() => print()}>Print</button><a class="button" href=${href("crew", roster.date, route.value.version)}>Another duty</a></p></header>
    ${duty.stops.length === 0 ? html`<p class="waiting">Nothing is planned for this duty.</p>` : html`<ol class="crew-stops" aria-label="Stops">${duty.stops.map((stop) => html`<${Call} key=${stop.number} stop=${stop} at=${roster.at} next=${stop === next} past=${next !== undefined && stop.number < next.number} />`)}</ol>`}
    <p class="soft crew-foot">As planned in version ${roster.version}, read at ${wallTime(readAt)}. The control room tells what has changed since.</p>`;
}

/** @param {{stop: Stop, at: (seconds: number) => string, next: boolean, past: boolean}} props */
function Call({ stop, at, next, past }) {
  const { journey, kind } = stop;
  const time = kind === "end" ? stop.arrive : kind === "start" ? stop.depart : stop.begin;
  const needs = journey && [journey.mobility, journey.escorts && plural(journey.escorts, "escort"), journey.alone && "travels alone", journey.cohort && `cohort ${journey.cohort}`, journey.skills && `needs ${journey.skills}`].filter(Boolean);
  return html`<li class=${`crew-stop ${kind} ${next ? "next" : past ? "past" : ""}`} aria-current=${next ? "step" : undefined}>
    <p class="crew-time">${at(time)}${next && html` <span class="flag good">next by the plan</span>`}</p>
    <div><p class="crew-what"><span aria-hidden="true">${{ pickup: "▲", dropoff: "▼", break: "☕", start: "●", end: "■" }[kind]}</span> ${/** @type {any} */ (VERBS)[kind]}${journey && html` <b>${journey.id}</b>`}</p>
      ${kind !== "break" && html`<p class="crew-place">${stop.place.label}</p>`}
      ${kind === "break" && html`<p class="crew-place">${Math.round((stop.depart - stop.begin) / 60)} minutes</p>`}
      ${kind === "pickup" && needs && html`<p>${needs.join(", ")}</p>`}
      ${journey && kind === "dropoff" && journey.tied && journey.due !== null && html`<p>Appointment <b>${at(journey.due)}</b></p>`}
      ${journey && kind === "pickup" && !journey.tied && journey.due !== null && html`<p>Ready <b>${at(journey.due)}</b></p>`}
      ${journey && html`<p class="soft">${people(stop) || "nobody"} aboard after it</p>`}</div></li>`;
}
