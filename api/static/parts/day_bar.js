// Above the control room's lists: the day and its clock, whether all is live, what to do, and what must be known first.
import { booking } from "./booking.js";
import { pictures, showPicture } from "./pictures.js";
import { helping } from "./report.js";
import { clock, link, mayAct, notice, pulse, replan, stale } from "../lib/control.js";
import { published } from "../lib/planning.js";
import { pickJourney, roster } from "../lib/store.js";
import { longDay } from "../lib/times.js";
import { stopwatch, wallSeconds, wallTime } from "../lib/wall.js";
import { html, useState } from "../lib/vendor.js";

/** @param {{date: string}} props */
export function DayBar({ date }) {
  return html`<div class="daybar">
    <h1>${longDay(date)}</h1>
    <${Clock} />
    ${published.value && html`<span class="soft version" title=${`Published by ${published.value.published_by}`}>version ${published.value.version}</span>`}
    <${Find} />
    <span class="spring"></span>
    <span class="buttons" role="group" aria-label="Pictures">${/** @type {["map" | "timeline", string, string][]} */ ([["map", "M", "Map"], ["timeline", "L", "Timeline"]]).map(([key, letter, label]) => html`<button type="button" aria-pressed=${pictures.value.includes(key)} aria-keyshortcuts=${letter} onClick=${() => showPicture(key)}><kbd aria-hidden="true">${letter}</kbd> ${label}</button>`)}</span>
    ${mayAct.value && html`<button type="button" aria-keyshortcuts="J" onClick=${() => (booking.value = true)}><kbd aria-hidden="true">J</kbd> New journey…</button>
      <button type="button" class="primary" aria-keyshortcuts="G" disabled=${Boolean(pulse.value?.replan_id)} onClick=${replan}><kbd aria-hidden="true">G</kbd> ${pulse.value?.replan_id ? "Planning…" : "Re-plan the rest"}</button>`}
    <button type="button" aria-label="Keys" title="Keys" onClick=${() => (helping.value = true)}><kbd aria-hidden="true">?</kbd></button>
  </div>`;
}

function Clock() {
  const well = link.value === "live" && !stale.value;
  return html`<span class="wall"><b>${wallSeconds(clock.value)}</b> ${well ? html`<span class="flag good">● live</span>` : html`<span class="flag bad">${link.value === "connecting" && !stale.value ? "connecting…" : "▲ not live"}</span>`}</span>`;
}

/** Find a journey by any word; Enter picks the first that is found. */
function Find() {
  const [text, setText] = useState("");
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = words.length ? (roster.value?.journeys ?? []).filter((journey) => words.every((word) => journey.search.includes(word))) : [];
  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (event.key === "Escape") setText("");
    else if (event.key !== "Enter" || !found.length) return;
    else pickJourney(found[0]);
    /** @type {HTMLElement} */ (event.target).blur();
  }
  return html`<span class="finder" role="search"><input type="search" id="find" placeholder="Find a journey…  ( / )" aria-label="Find a journey by any word" value=${text} onInput=${(/** @type {any} */ e) => setText(e.target.value)} onKeyDown=${onKey} />
    <span class="soft" role="status">${words.length > 0 && (found.length ? `↵ ${found[0].id}${found.length > 1 ? ` of ${found.length}` : ""}` : "none")}</span></span>`;
}

/** What must be known before anything is believed: the page is stale; somebody else published. */
export function Strips() {
  return html`<${Stale} />
    ${notice.value && html`<section class="strip note" role="alert"><b aria-hidden="true">i</b> <span>${notice.value}</span><span class="spring"></span><button type="button" class="small" onClick=${() => (notice.value = "")}>Seen</button></section>`}`;
}

function Stale() {
  const old = stale.value;
  return html`<div role="alert">${old && html`<section class="strip stale"><b aria-hidden="true">▲</b> <b>This page is stale.</b> <span>${old.why === "silence"
    ? html`The service has not been heard since ${wallTime(old.since)}`
    : html`The service is busy: risks and queue are as of ${wallTime(old.since)}`} <span aria-hidden="true">(${stopwatch((clock.value - old.since) / 1000)} ago)</span>. What you see may be wrong; what you report now is sent again for a moment, then refused. The page catches up by itself.</span></section>`}</div>`;
}
