// The control room's lists: who may be late, those first who can still be saved; who is ready and waits; who has no place.
import { pictures } from "./pictures.js";
import { Table } from "./table.js";
import { said } from "../lib/reports.js";
import { board, clock } from "../lib/control.js";
import { inWords } from "../lib/format.js";
import { dragged, mayMove, movable } from "../lib/moving.js";
import { roster, selection } from "../lib/store.js";
import { stopwatch, wallTime } from "../lib/wall.js";
import { computed, html, signal } from "../lib/vendor.js";

/** @typedef {import("../lib/control.js").Risk} Risk */
/** @typedef {import("../lib/control.js").Waiting} Waiting */
/** @typedef {import("../lib/control.js").Unplaced} Unplaced */
/** @typedef {import("../lib/control.js").Odd} Odd */

const MEASURES = { arrive: "arrives late", collect: "collected late", aboard: "long aboard" };
const WORTH = 0.2;

/** Each journey once, at its most hopeful standard, in the order of the service. */
export const risks = computed(() => {
  const seen = new Set();
  return (board.value?.risks ?? []).filter(({ journey_id }) => !seen.has(journey_id) && seen.add(journey_id));
});
export const savable = computed(() => risks.value.filter((risk) => risk.saved >= WORTH).length);

/** A journey of the board, picked everywhere; the roster may not know it yet. @param {{journey_id: string, duty_id?: string | null}} row */
export const pickRow = ({ journey_id, duty_id }) =>
  (selection.value = { journey: journey_id, duty: roster.value?.journeyOf.get(journey_id)?.duty?.id ?? duty_id ?? null });

/** A code in words; words as they are. @param {string} why */
const reasonOf = (why) => (/^[a-z_]+$/.test(why) ? inWords(why) : why);
const percent = (/** @type {number} */ share) => `${Math.round(100 * share)} %`;
const spareText = (/** @type {number} */ seconds) => `${Math.abs(Math.round(seconds / 60))} min ${seconds < 0 ? "over" : "left"}`;
const placeOf = (/** @type {string} */ id, /** @type {"from" | "to"} */ end) => roster.value?.journeyOf.get(id)?.[end].label ?? "";

/** What a risk's words say after its head: why, and what would help. @param {Risk} risk @returns {[why: string, help: string]} */
export function wordsOf({ reason }) {
  const [why, help = ""] = reason.split(" Would help: ");
  return [why.replace(/^[^:]*: [^.]*\. /, ""), help.replace(/\.$/, "")];
}

/** @param {{share: number}} props */
const Bar = ({ share }) => html`<svg class="share" viewBox="0 0 40 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="40" height="8" /><rect class="fill" width=${40 * share} height="8" /></svg>`;

/** @type {import("./table.js").Column<Risk>[]} */
const RISKS = [
  { key: "saved", label: "Can be saved", width: 108, hint: "By how much the risk falls with what would help", text: (r) => (r.saved >= 0.01 ? html`<${Bar} share=${r.saved} /> ${percent(r.saved)}` : html`<span class="soft">nothing known</span>`), order: (r) => -r.saved },
  { key: "id", label: "Journey", width: 108, text: (r) => r.journey_id },
  { key: "what", label: "At risk", width: 106, text: (r) => /** @type {any} */ (MEASURES)[r.standard] ?? r.standard },
  { key: "risk", label: "Risk", width: 72, end: true, hint: "Probability of missing the target; ▲ of missing the hard limit too", text: (r) => html`${r.hard >= 0.2 && html`<strong class="bad" title=${`${percent(r.hard)} beyond the hard limit`}>▲ </strong>`}${percent(r.target ?? r.hard)}`, order: (r) => -(r.target ?? r.hard) },
  { key: "spare", label: "Likely", width: 88, end: true, hint: "What is likely left before the target is missed", text: (r) => html`<span class=${r.likely_spare_s < 0 ? "bad" : ""}>${spareText(r.likely_spare_s)}</span>`, order: (r) => r.likely_spare_s },
  { key: "help", label: "What would help", width: 150, grow: true, text: (r) => html`<span title=${r.reason}>${wordsOf(r)[1] || html`<span class="soft">–</span>`}</span>`, order: (r) => wordsOf(r)[1] },
  { key: "category", label: "Category", width: 78, text: (r) => inWords(r.category) },
  { key: "duty", label: "Duty", width: 112, text: (r) => html`${r.duty_id}${board.value?.spoken_of.includes(r.duty_id) && html` <span class="warn" title="More was said of it since: its risks are being worked out">◷</span>`}`, order: (r) => r.duty_id },
];
/** @type {import("./table.js").Column<Risk>[]} */
const RISKS_MORE = [
  { key: "to", label: "To", width: 84, text: (r) => placeOf(r.journey_id, "to") },
  { key: "why", label: "Why", width: 300, grow: true, text: (r) => html`<span class="soft" title=${r.reason}>${wordsOf(r)[0]}</span>`, order: (r) => wordsOf(r)[0] },
];

/** @param {{seconds: number}} props */
const Left = ({ seconds }) => html`<span class=${seconds < 0 ? "bad strong" : ""}>${seconds < 0 ? "▾ " : ""}${stopwatch(seconds)}</span>`;
const since = (/** @type {Waiting} */ row) => (clock.value - Date.parse(row.since)) / 1000;
const left = (/** @type {Waiting} */ row) => row.waited_s + row.target_left_s - since(row);

/** @type {import("./table.js").Column<Waiting>[]} */
const READY = [
  { key: "id", label: "Journey", width: 108, text: (r) => r.journey_id },
  { key: "waited", label: "Waits", width: 86, end: true, hint: "Since it is ready and the wait counts", text: (r) => (since(r) < 0 ? html`<span class="soft">from ${wallTime(r.since)}</span>` : stopwatch(since(r))), order: (r) => r.since },
  { key: "left", label: "Target in", width: 76, end: true, hint: "Until the target is missed; ▾ it is", text: (r) => html`<${Left} seconds=${left(r)} />`, order: (r) => r.waited_s + r.target_left_s - since(r) },
  { key: "pickup", label: "Vehicle", width: 64, end: true, hint: "When the vehicle is expected", text: (r) => (r.pickup_at ? wallTime(r.pickup_at) : html`<strong class="bad">none</strong>`), order: (r) => r.pickup_at },
  { key: "at", label: "At", width: 70, grow: true, text: (r) => r.pickup_place },
  { key: "duty", label: "Duty", width: 96, text: (r) => r.duty_id ?? html`<span class="soft">–</span>`, order: (r) => r.duty_id },
];
/** @type {import("./table.js").Column<Waiting>[]} */
const READY_MORE = [
  { key: "to", label: "To", width: 80, grow: true, text: (r) => r.dropoff_place },
  { key: "category", label: "Category", width: 84, text: (r) => inWords(r.category) },
];

/** @type {import("./table.js").Column<Unplaced>[]} */
const UNPLACED = [
  { key: "id", label: "Journey", width: 108, text: (r) => r.journey_id },
  { key: "due", label: "Due", width: 52, end: true, text: (r) => (r.due_at ? wallTime(r.due_at) : "–"), order: (r) => r.due_at },
  { key: "from", label: "From", width: 76, grow: true, text: (r) => r.pickup_place },
  { key: "to", label: "To", width: 76, grow: true, text: (r) => r.dropoff_place },
  { key: "why", label: "Why", width: 120, grow: true, text: (r) => (r.aboard_lost ? html`<strong class="bad">▲ sits in a lost vehicle</strong> ${reasonOf(r.why)}` : reasonOf(r.why) || html`<span class="soft">new, not planned yet</span>`), order: (r) => (r.aboard_lost ? "" : r.why || "~") },
];
/** @type {import("./table.js").Column<Unplaced>} */
const UNPLACED_MORE = { key: "category", label: "Category", width: 84, text: (r) => inWords(r.category) };

/** @type {import("./table.js").Column<Odd>[]} */
const ODD = [
  { key: "at", label: "At", width: 52, end: true, text: (r) => wallTime(r.occurred_at) },
  { key: "oddity", label: "What", width: 130, text: (r) => inWords(r.oddity) },
  { key: "about", label: "Of", width: 108, text: (r) => r.journey_id || r.duty_id },
  { key: "detail", label: "Detail", width: 150, grow: true, text: (r) => r.detail },
];

/** Whether the screen has room for what can be read elsewhere too. */
const wide = matchMedia("(min-width: 1600px)");
const roomy = signal(wide.matches);
wide.addEventListener("change", () => (roomy.value = wide.matches));

/** Rows are dragged onto lanes of the timeline, where the roster knows the journey. */
const onDrag = () => (movable.value && mayMove.value ? (/** @type {{journey_id: string} | null} */ row) => (dragged.value = (row && roster.value?.journeyOf.get(row.journey_id)) ?? null) : null);

const idOf = (/** @type {{journey_id: string}} */ row) => row.journey_id;
const picked = () => selection.value.journey;

/** Beside the map there is less room: what the details say too goes first. */
function riskColumns() {
  if (!pictures.value.includes("map")) return roomy.value ? [...RISKS, ...RISKS_MORE] : RISKS;
  const less = roomy.value ? ["category", "duty"] : ["category", "duty", "spare"];
  return RISKS.filter((column) => !less.includes(column.key));
}

export const RiskList = () => html`<${Table} label="Late risk" columns=${riskColumns()} rows=${risks.value} rowId=${idOf} picked=${picked()} onPick=${pickRow} onDrag=${onDrag()}
  empty=${board.value ? "Nobody is at risk of being late." : "Working out who may be late…"} />`;
export const ReadyList = () => html`<${Table} label="Ready and waiting" columns=${roomy.value ? [...READY, ...READY_MORE] : READY} rows=${board.value?.ready ?? []} rowId=${idOf} picked=${picked()} onPick=${pickRow} onDrag=${onDrag()}
  empty="Nobody who is ready waits." tone=${(/** @type {Waiting} */ row) => (left(row) < 0 ? "unserved" : "")} />`;
export const UnplacedList = () => html`<${Table} label="Without a place" columns=${roomy.value ? [...UNPLACED, UNPLACED_MORE] : UNPLACED} rows=${board.value?.unplaced ?? []} rowId=${idOf} picked=${picked()} onPick=${pickRow} onDrag=${onDrag()} empty="Every journey has a place." />`;
export const OddList = () => html`<${Table} label="Odd reports" columns=${ODD} rows=${board.value?.anomalies ?? []} rowId=${(/** @type {Odd} */ row) => row.occurred_at + row.journey_id + row.duty_id} picked=${null} onPick=${pickRow} empty="No report contradicts another." />`;

/** What was said on this page since it was opened. */
export const SaidList = () => html`<div class="said" tabindex="0" role="region" aria-label="Said on this page">${said.value.length === 0
  ? html`<p class="nothing">Nothing was said on this page yet.</p>`
  : html`<ul>${said.value.map((one) => html`<li><b>${one.at}</b> <span class=${one.good ? "good" : "bad"} aria-hidden="true">${one.good ? "✓" : "!"}</span> ${one.text}${!one.good && html` <strong class="bad">not taken in</strong>`}</li>`)}</ul>`}</div>`;
