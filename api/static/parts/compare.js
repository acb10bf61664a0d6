// Two versions of the day beside each other: what the figures gained, and which journeys differ.
import { Table } from "./table.js";
import { readVersion } from "../lib/calls.js";
import { changes, figures } from "../lib/compare.js";
import { number, plural } from "../lib/format.js";
import { attempt, versionText, versions } from "../lib/planning.js";
import { pickJourney, roster, selection } from "../lib/store.js";
import { momentText, signedSpan } from "../lib/times.js";
import { computed, html, signal, useEffect } from "../lib/vendor.js";

/** @typedef {import("../lib/compare.js").Change} Change */

const other = signal(/** @type {import("../lib/store.js").Roster | null} */ (null));
const found = computed(() => (other.value && roster.value ? changes(other.value, roster.value) : []));
const KINDS = { served: "✓ now served", unserved: "! now unserved", duty: "other duty", time: "other time", new: "new", gone: "− not there" };
const at = (/** @type {number | undefined} */ seconds) => (seconds === undefined ? "–" : (roster.value?.at(seconds) ?? ""));

/** @type {import("./table.js").Column<Change>[]} */
const COLUMNS = [
  { key: "id", label: "Journey", width: 108, text: ({ id }) => id },
  { key: "category", label: "Category", width: 78, text: ({ category }) => category },
  { key: "kind", label: "What", width: 104, text: ({ kind }) => html`<span class=${{ served: "good", unserved: "bad" }[/** @type {string} */ (kind)] ?? ""}>${KINDS[kind]}</span>`, order: ({ kind }) => KINDS[kind] },
  { key: "was", label: "Was on", width: 104, grow: true, text: ({ was }) => was?.duty?.id ?? "–" },
  { key: "wasAt", label: "at", width: 50, end: true, text: ({ was }) => at(was?.pickup?.begin), order: ({ was }) => was?.pickup?.begin ?? null },
  { key: "is", label: "Is on", width: 104, grow: true, text: ({ is }) => is?.duty?.id ?? "–" },
  { key: "isAt", label: "at", width: 50, end: true, text: ({ is }) => at(is?.pickup?.begin), order: ({ is }) => is?.pickup?.begin ?? null },
  { key: "shift", label: "Shift", width: 76, end: true, text: ({ shift }) => (shift === null || Math.abs(shift) < 60 ? "" : signedSpan(shift)), order: ({ shift }) => shift },
];

export function Compare() {
  const now = roster.value;
  const choices = versions.value.filter((one) => one.version !== now?.version);
  const base = versions.value.find((one) => one.version === now?.version)?.based_on;
  /** @param {number} version */
  const choose = (version) => attempt(async () => void (other.value = now && version ? await readVersion(now.date, version) : null));
  useEffect(() => {
    if (other.value && (other.value.date !== now?.date || other.value.version === now?.version)) other.value = null;
    if (!other.value && choices.length) choose((choices.find((one) => one.version === base) ?? choices[0]).version);
  }, [now]);
  return html`<div class="list">
    <div class="filters"><label class="inline">Against version <select value=${other.value?.version ?? ""} onChange=${(/** @type {any} */ e) => choose(Number(e.target.value))}>
      ${choices.map((one) => html`<option value=${one.version}>${versionText(one)} · ${momentText(one.created_at)}</option>`)}</select></label>
      <span class="count" role="status">${other.value ? plural(found.value.length, "journey differs", "journeys differ") : "Reading…"}</span></div>
    ${other.value && now && html`<dl class="tiles deltas" aria-label="What the figures gained">${figures(other.value, now).map(
      ({ label, was, is, by, places, better }) => html`<div class=${`tile ${better === null ? "" : better ? "good" : "bad"}`}><dt>${label}</dt>
        <dd class="value">${number(is, places)}</dd><dd class="remark"><span class="sign" aria-hidden="true">${better === null ? "=" : better ? "✓" : "!"}</span>${by === null ? "–" : by > 0 ? `+${number(by, places)}` : by < 0 ? `−${number(-by, places)}` : "as before"} <span class="visually-hidden">${better === null ? "" : better ? "better" : "worse"}, was ${number(was, places)}</span></dd></div>`)}</dl>`}
    <${Table} label="Journeys that differ" columns=${COLUMNS} rows=${found.value} rowId=${(/** @type {Change} */ c) => c.id} picked=${selection.value.journey}
      onPick=${(/** @type {Change} */ c) => pickJourney(c.is)} empty=${other.value ? "No journey differs." : ""} />
  </div>`;
}
