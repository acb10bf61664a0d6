// Standards against their targets, over all the days together as contracts count them.
import { Picture } from "../../parts/picture.js";
import { drawBars } from "../../parts/charts.js";
import { chosen, found, nameOf, other, told, whereOf } from "../../lib/analyst.js";
import { SPLITS, groupName, standards } from "../../lib/breakdown.js";
import { inWords, number } from "../../lib/format.js";
import { shortDay } from "../../lib/times.js";
import { html, signal } from "../../lib/vendor.js";

/** @typedef {import("../../lib/breakdown.js").Kept} Kept */

const MEASURES = { arrive: "Arrival on time", collect: "Collection after ready", aboard: "Time aboard" };
const MEANING = "Journeys within the target ÷ journeys counted, over all days together; unserved journeys and those whose direct drive alone is longer than the target aboard are not counted.";
const measure = signal(/** @type {keyof typeof MEASURES} */ ("arrive"));
const category = signal("");
const by = signal(/** @type {import("../../lib/breakdown.js").Split} */ ("all"));

const percent = (/** @type {number | null | undefined} */ value) => (value === null || value === undefined ? "–" : `${number(value, 1)} %`);
const signed = (/** @type {number | null} */ value) => (value === null ? "–" : `${value > 0 ? "+" : value < 0 ? "−" : ""}${number(Math.abs(value), 1)} points`);
const keyOf = (/** @type {Kept} */ { target, group }) => [group, target.profile, target.category].join();
/** Journeys that may still miss before the target is lost. @param {Kept} row */
const spare = ({ target, counted, missed }) => (target.target_percent === null ? null : Math.floor((counted * (100 - target.target_percent)) / 100 + 1e-9) - missed);
const spareText = (/** @type {number | null} */ left) => (left !== null && left < 0 ? `${-left} too many` : number(left));
const met = (/** @type {Kept} */ row) => (row.target.target_percent === null || row.kept === null ? null : row.kept >= row.target.target_percent - 1e-9);

export function Standards() {
  const of = (/** @type {typeof found.value} */ read) => standards(read?.days ?? [], chosen.value, by.value).filter((row) => row.target.measure === measure.value && row.counted + row.unavoidable + row.excluded > 0);
  const every = of(found.value);
  const categories = [...new Set(every.map((row) => row.target.category))].sort();
  const rows = every.filter((row) => !category.value || row.target.category === category.value);
  const compared = other.value !== null && by.value !== "day";
  const there = new Map(compared ? of(other.value).map((row) => [keyOf(row), row]) : []);
  const name = (/** @type {Kept} */ row) => [by.value === "all" ? "" : groupName(by.value, row.group, shortDay), by.value === "all" || !category.value ? inWords(row.target.category) : ""].filter(Boolean).join(" · ");
  const profiles = [...new Set(rows.map((row) => row.target.profile + (row.target.illustrative ? " (illustrative)" : "")))].join(", ");
  const title = `${MEASURES[measure.value]}: kept, and target${by.value === "all" ? "" : `, by ${SPLITS[by.value]}`}`;
  const series = compared ? ["these days", "compared with"] : ["these days"];
  const mark = (/** @type {Kept | undefined} */ row) => (row && row.kept !== null ? { value: row.kept, text: percent(row.kept) } : null);
  const draw = /** @type {import("../../parts/picture.js").Draw} */ ((palette, width, label) =>
    drawBars({ rows: rows.map((row) => ({ label: name(row), marks: compared ? [mark(row), mark(there.get(keyOf(row)))] : [mark(row)], target: row.target.target_percent, bad: met(row) === false })), series, unit: "% of journeys counted; the thick stroke is the target, ! is below it", most: 100 }, palette, width, label));
  const cell = (/** @type {any} */ text, /** @type {string | number | null} */ value) => ({ text, value });
  const table = {
    columns: [
      { label: by.value === "all" ? "Category" : `${inWords(SPLITS[by.value])}, category`, name: "group" }, { label: "Profile", name: "profile" }, { label: "Kept", name: "kept_percent", end: true }, { label: "Target", name: "target_percent", end: true }, { label: "Headroom", name: "headroom_points", end: true },
      { label: "May still miss", name: "may_still_miss", end: true }, { label: "Counted", name: "journeys_counted", end: true }, { label: "Missed", name: "missed", end: true }, { label: "Unavoidable", name: "unavoidable", end: true }, { label: "Unserved", name: "excluded", end: true },
      ...(compared ? [{ label: "Compared", name: "compared_percent", end: true }, { label: "Difference", name: "difference_points", end: true }] : []),
    ],
    rows: rows.map((row) => {
      const headroom = row.kept === null || row.target.target_percent === null ? null : row.kept - row.target.target_percent;
      const was = there.get(keyOf(row))?.kept ?? null, change = was === null || row.kept === null ? null : row.kept - was;
      const holds = met(row);
      return [
        cell(name(row), name(row)), cell(row.target.profile, row.target.profile),
        cell(html`<span class=${`flag ${holds === null ? "none" : holds ? "good" : "bad"}`}>${holds === null ? "" : holds ? "✓ " : "! "}${percent(row.kept)}</span>`, row.kept), cell(percent(row.target.target_percent), row.target.target_percent), cell(signed(headroom), headroom),
        cell(spareText(spare(row)), spare(row)), cell(number(row.counted), row.counted), cell(number(row.missed), row.missed), cell(number(row.unavoidable), row.unavoidable), cell(number(row.excluded), row.excluded),
        ...(compared ? [cell(percent(was), was), cell(signed(change), change)] : []),
      ];
    }),
  };
  return html`<section class="panel drawn" aria-label="Standards">
    <div class="filters" role="group" aria-label="Which standards">
      ${Object.entries(MEASURES).map(([key, text]) => html`<button type="button" class="small" aria-pressed=${key === measure.value} onClick=${() => (measure.value = /** @type {any} */ (key))}>${text}</button>`)}
      <label class="inline">Category <select value=${category.value} onChange=${(/** @type {any} */ e) => (category.value = e.target.value)}><option value="">each</option>${categories.map((one) => html`<option value=${one}>${inWords(one)}</option>`)}</select></label>
      <label class="inline">Split by <select value=${by.value} onChange=${(/** @type {any} */ e) => (by.value = e.target.value)}><option value="all">nothing</option>${Object.entries(SPLITS).map(([key, text]) => html`<option value=${key}>${text}</option>`)}</select></label></div>
    <p class="told">${told.value.map((line) => html`${line} `)}<span class="soft">Profiles: ${profiles}. ${MEANING}</span></p>
    ${rows.length ? html`<${Picture} title=${title} told=${[...told.value, `Profiles: ${profiles}. ${MEANING}`]} name=${`standards-${measure.value}-${nameOf()}`} draw=${draw} table=${table} known=${{ measure: measure.value, ...whereOf() }} />` : html`<p class="nothing">No journey falls under this.</p>`}</section>`;
}
