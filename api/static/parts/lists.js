// The lists of the plan view: journeys with filters, duties, the unserved with reasons and actions.
import { Lock } from "./lock.js";
import { Count, Table } from "./table.js";
import { dutyColour } from "../lib/colours.js";
import { dragged, movable } from "../lib/moving.js";
import { aboard, missText } from "../lib/roster.js";
import { NO_FILTERS, STATES, filters, isLocked, lockedOn, pickDuty, pickJourney, roster, selection, shownJourneys } from "../lib/store.js";
import { dark } from "../lib/theme.js";
import { computed, html } from "../lib/vendor.js";

/** @typedef {import("../lib/roster.js").Journey} Journey */
/** @typedef {import("../lib/roster.js").Duty} Duty */

/** @param {number | null | undefined} seconds */
const at = (seconds) => (seconds === null || seconds === undefined ? "–" : (roster.value?.at(seconds) ?? ""));
/** @param {{duty: Duty}} props */
const Dot = ({ duty }) => html`<svg class="dot" viewBox="0 0 8 8" aria-hidden="true"><rect width="8" height="8" rx="2" fill=${dutyColour(duty.index, dark.value)} /></svg>`;

/** What is most asked for comes first: up to the target it fits beside the map where the page is 1280 wide. @type {import("./table.js").Column<Journey>[]} */
const JOURNEYS = [
  { key: "id", label: "Journey", width: 102, text: (j) => j.id },
  { key: "due", label: "Due", width: 58, hint: "Appointment (A) or time ready (R)", text: (j) => html`<span class="soft">${j.tied ? "A" : "R"}</span> ${at(j.due)}`, order: (j) => j.due },
  { key: "from", label: "From", width: 96, grow: true, text: (j) => j.from.label },
  { key: "to", label: "To", width: 74, grow: true, text: (j) => j.to.label },
  { key: "pickup", label: "Pick up", width: 64, end: true, text: (j) => at(j.pickup?.begin), order: (j) => j.pickup?.begin ?? null },
  { key: "drop", label: "Set down", width: 74, end: true, text: (j) => at(j.dropoff?.begin), order: (j) => j.dropoff?.begin ?? null },
  { key: "duty", label: "Duty", width: 118, text: (j) => (j.duty ? html`<${Dot} duty=${j.duty} />${j.duty.id}${isLocked(j) && html` <${Lock} />`}` : html`<strong class="bad">unserved</strong>`), order: (j) => j.duty?.id ?? "" },
  { key: "state", label: "Target", width: 70, text: state, order: (j) => (j.duty ? -j.misses.length : -9) },
  { key: "category", label: "Category", width: 76, text: (j) => j.category },
  { key: "aboard", label: "Aboard", width: 60, end: true, hint: "Minutes aboard", text: (j) => (j.duty ? Math.round((aboard(j) ?? 0) / 60) : "–"), order: aboard },
  { key: "mobility", label: "Mobility", width: 130, text: (j) => j.mobility + (j.escorts ? ` +${j.escorts}` : "") },
  { key: "contract", label: "Contract", width: 120, text: (j) => j.contract },
];

/** @param {Journey} journey */
function state(journey) {
  if (!journey.duty) return html`<strong class="bad">! none</strong>`;
  if (!journey.misses.length) return html`<span class="good">✓ kept</span>`;
  return html`<strong class="bad" title=${journey.misses.map(missText).join(", ")}>▾ missed</strong>`;
}

/** Rows are dragged onto lanes of the timeline, where moves can be made. */
const onDrag = () => (movable.value ? (/** @type {Journey | null} */ journey) => (dragged.value = journey) : null);

export const JourneyList = () => html`<div class="list">
  <${Filters} />
  <${Table} label="Journeys" columns=${JOURNEYS} rows=${shownJourneys.value} rowId=${(/** @type {Journey} */ j) => j.id} picked=${selection.value.journey}
    onPick=${pickJourney} onDrag=${onDrag()} empty="No journey passes the filters." tone=${(/** @type {Journey} */ j) => (j.duty ? "" : "unserved")} />
</div>`;

const choices = computed(() => {
  const all = roster.value?.journeys ?? [];
  const of = (/** @type {(journey: Journey) => string} */ key) => [...new Set(all.map(key))].sort();
  return { category: of((j) => j.category), contract: of((j) => j.contract), direction: of((j) => j.direction), mobility: of((j) => j.mobility) };
});

function Filters() {
  const now = filters.value;
  const set = (/** @type {Partial<import("../lib/store.js").Filters>} */ change) => (filters.value = { ...now, ...change });
  const select = (/** @type {keyof typeof choices.value} */ key, /** @type {string} */ name) => html`<select aria-label=${name} value=${now[key]} class=${now[key] ? "set" : ""} onChange=${(/** @type {any} */ e) => set({ [key]: e.target.value })}>
    <option value="">${name}</option>${choices.value[key].map((value) => html`<option value=${value}>${value}</option>`)}</select>`;
  return html`<div class="filters" role="search" aria-label="Filter journeys">
    <input type="search" id="find" placeholder="Find…  ( / )" aria-label="Find journeys by any word" value=${now.text} onInput=${(/** @type {any} */ e) => set({ text: e.target.value })} />
    <select aria-label="State" value=${now.state} class=${now.state ? "set" : ""} onChange=${(/** @type {any} */ e) => set({ state: e.target.value })}>
      <option value="">State</option>${Object.entries(STATES).map(([key, [label]]) => html`<option value=${key}>${label}</option>`)}</select>
    ${select("category", "Category")}${select("contract", "Contract")}${select("direction", "Direction")}${select("mobility", "Mobility")}
    ${Object.values(now).some(Boolean) && html`<button type="button" class="small" onClick=${() => (filters.value = NO_FILTERS)}>Clear</button>`}
    <${Count} shown=${shownJourneys.value.length} all=${roster.value?.journeys.length ?? 0} what="journeys" />
  </div>`;
}

/** @type {import("./table.js").Column<Duty>[]} */
const DUTIES = [
  { key: "id", label: "Duty", width: 134, text: (d) => html`<${Dot} duty=${d} />${d.id}${d.journeys > 0 && lockedOn(d).length === d.journeys && html` <${Lock} label="All its journeys are locked" />`}`, order: (d) => d.id },
  { key: "vehicle", label: "Vehicle", width: 150, grow: true, text: (d) => d.vehicle },
  { key: "type", label: "Type", width: 110, text: (d) => d.type },
  { key: "base", label: "Base", width: 100, grow: true, text: (d) => d.base.label },
  { key: "from", label: "From", width: 56, end: true, text: (d) => at(d.from), order: (d) => d.from },
  { key: "until", label: "Until", width: 68, end: true, text: (d) => at(d.until), order: (d) => d.until },
  { key: "journeys", label: "Journeys", width: 68, end: true, text: (d) => d.journeys || "–", order: (d) => d.journeys },
  { key: "missed", label: "Missed", width: 60, end: true, text: (d) => (d.missed ? html`<strong class="bad">▾ ${d.missed}</strong>` : ""), order: (d) => d.missed },
  { key: "km", label: "Km", width: 52, end: true, text: (d) => Math.round(d.metres / 1000) || "–", order: (d) => d.metres },
  { key: "empty", label: "Empty", width: 58, end: true, text: (d) => (d.metres ? `${Math.round((100 * d.emptyMetres) / d.metres)} %` : "–"), order: (d) => (d.metres ? d.emptyMetres / d.metres : null) },
  { key: "crew", label: "Crew", width: 48, end: true, text: (d) => d.crew, order: (d) => d.crew },
];

export const DutyList = () => html`<div class="list"><${Table} label="Duties" columns=${DUTIES} rows=${roster.value?.duties ?? []}
  rowId=${(/** @type {Duty} */ d) => d.id} picked=${selection.value.duty} onPick=${pickDuty} tone=${(/** @type {Duty} */ d) => (d.stops.length ? "" : "idle")} /></div>`;

/** @type {import("./table.js").Column<Journey>[]} */
const UNSERVED = [
  { key: "id", label: "Journey", width: 104, text: (j) => j.id },
  { key: "category", label: "Category", width: 82, text: (j) => j.category },
  { key: "due", label: "Due", width: 64, text: (j) => html`<span class="soft">${j.tied ? "A" : "R"}</span> ${at(j.due)}`, order: (j) => j.due },
  { key: "reason", label: "Why", width: 200, grow: true, text: (j) => html`<span title=${j.reasons.map((one) => one.detail).join(" ")}>${j.reasons.map((one) => one.reason).join("; ")}</span>` },
  { key: "action", label: "What would help", width: 220, grow: true, text: (j) => html`<span title=${j.reasons.map((one) => one.action).join(" ")}>${j.reasons.map((one) => one.action).filter(Boolean).join("; ")}</span>` },
  { key: "mobility", label: "Mobility", width: 120, text: (j) => j.mobility },
];

export const UnservedList = () => html`<div class="list"><${Table} label="Unserved journeys" columns=${UNSERVED} rows=${roster.value?.unserved ?? []}
  rowId=${(/** @type {Journey} */ j) => j.id} picked=${selection.value.journey} onPick=${pickJourney} onDrag=${onDrag()} empty="Every journey is served." /></div>`;
