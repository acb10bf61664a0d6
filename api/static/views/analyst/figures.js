// All figures of the days in one table; the picked one as a picture, split as the reader likes.
import { Picture } from "../../parts/picture.js";
import { drawBars, drawLines } from "../../parts/charts.js";
import { chosen, datesOf, figure, figures, figureKey, found, nameOf, other, otherWhole, split, told, whereOf, whole } from "../../lib/analyst.js";
import { SPLITS, changeText, estimate, groupName, sums, valueText } from "../../lib/breakdown.js";
import { difference } from "../../lib/estimates.js";
import { number } from "../../lib/format.js";
import { shortDay } from "../../lib/times.js";
import { computed, html } from "../../lib/vendor.js";

/** @typedef {import("../../lib/breakdown.js").Figure} Figure */
/** @typedef {import("../../lib/estimates.js").Estimate} Estimate */
/** @typedef {import("../../lib/estimates.js").Difference} Difference */

/** Half the interval, beside its value. @param {{of: Figure, one: Estimate | Difference | null, signed?: boolean}} props */
const Value = ({ of, one, signed = false }) => html`${valueText(of, one?.value, signed)}${one && one.high !== null && html` <small class="soft">±${number(one.high - one.value, of.places)}</small>`}`;

const rows = computed(() => figures.value.map((one) => {
  const here = estimate(whole.value, "", one, datesOf(found.value)), there = other.value && estimate(otherWhole.value, "", one, datesOf(other.value));
  return { figure: one, here, there, by: difference(here, there) };
}));

/** Whether a change is for the better, where its interval says that it is one at all. @param {Figure} of @param {Difference | null} by */
function verdict(of, by) {
  if (!by || !of.good || by.low === null || by.high === null || (by.low <= 0 && by.high >= 0)) return "";
  return by.value > 0 === (of.good === "more") ? "better" : "worse";
}

export function FigureTable() {
  const compared = other.value !== null;
  return html`<section class="panel all-figures" aria-label="All figures"><header class="panel-head"><h2>All figures</h2><span class="soft">pick one to draw it</span></header>
    <div class="scroll" tabindex="0" role="region" aria-label="All figures: table"><table class="plain">
      <caption>Ratios of sums over the days, or means a day; ± is half the 95 % interval over days.</caption>
      <thead><tr><th scope="col">Figure</th><th scope="col" class="end">Value</th>${compared && html`<th scope="col" class="end">Compared</th><th scope="col" class="end">Difference</th><th scope="col" class="end">Change</th>`}</tr></thead>
      <tbody>${rows.value.map(({ figure: of, here, there, by }) => html`<tr class=${of === figure.value ? "on" : ""}>
        <th scope="row"><button type="button" class="link" aria-pressed=${of === figure.value} title=${of.meaning} onClick=${() => (figureKey.value = of.key)}>${of.label}</button></th>
        <td class="end"><${Value} of=${of} one=${here} /></td>
        ${compared && html`<td class="end"><${Value} of=${of} one=${there} /></td><td class="end"><${Value} of=${of} one=${by} signed /></td><td class="end"><${Change} of=${of} by=${by} /></td>`}</tr>`)}</tbody></table></div></section>`;
}

/** @param {{of: Figure, by: Difference | null}} props */
function Change({ of, by }) {
  const said = verdict(of, by);
  return html`<span class=${said === "better" ? "good" : said === "worse" ? "bad" : ""}>${said && html`<span aria-hidden="true">${said === "better" ? "✓" : "!"} </span>`}${changeText(by?.percent)}${said && html`<span class="visually-hidden">, ${said}</span>`}</span>`;
}

/** The figure that is picked, a row a group. */
export function FigurePicture() {
  const of = figure.value, by = split.value;
  if (!of) return null;
  const here = sums(found.value?.days ?? [], chosen.value, by), there = sums(other.value?.days ?? [], chosen.value, by);
  const compared = other.value !== null && by !== "day";
  const groups = withGaps(by, [...new Set([...here.keys(), ...(compared ? there.keys() : [])])].sort());
  const dates = (/** @type {import("../../lib/analyst.js").Read | null} */ read, /** @type {string} */ group) => (by === "day" ? [group] : datesOf(read));
  const lines = groups.map((group) => {
    const one = estimate(here, group, of, dates(found.value, group)), two = compared ? estimate(there, group, of, dates(other.value, group)) : null;
    return { group, name: groupName(by, group, shortDay), one, two, by: difference(one, two) };
  }).filter((line) => by === "hour" || line.one || line.two);
  const series = compared ? ["these days", "compared with"] : ["these days"];
  const title = `${of.label}, by ${SPLITS[by]}`;
  const mark = (/** @type {Estimate | null} */ one) => one && { value: one.value, low: one.low, high: one.high, text: valueText(of, one.value) };
  const draw = /** @type {import("../../parts/picture.js").Draw} */ ((palette, width, label) => by === "hour" || by === "day"
    ? drawLines({ ticks: lines.map((line) => (by === "hour" ? line.name.slice(0, 2) : line.name)), unit: of.unit, series: series.map((name, n) => ({ name, values: lines.map((line) => (n ? line.two : line.one)?.value ?? null) })) }, palette, width, label)
    : drawBars({ rows: lines.map((line) => ({ label: line.name, marks: compared ? [mark(line.one), mark(line.two)] : [mark(line.one)] })), series, unit: of.unit }, palette, width, label));
  const cell = (/** @type {any} */ text, /** @type {any} */ value) => ({ text, value: value ?? null });
  const columns = [
    { label: inFirst(SPLITS[by]), name: by === "kind" ? "vehicle_type" : by }, { label: "Value", name: "value", end: true }, { label: "95 % from", name: "low", end: true }, { label: "to", name: "high", end: true },
    ...(compared ? [{ label: "Compared", name: "compared", end: true }, { label: "Difference", name: "difference", end: true }, { label: "95 % from", name: "difference_low", end: true }, { label: "to", name: "difference_high", end: true }, { label: "Change", name: "change_percent", end: true }] : []),
  ];
  const table = { columns, rows: lines.map((line) => [
    cell(line.name, line.name), cell(valueText(of, line.one?.value), line.one?.value), cell(valueText(of, line.one?.low), line.one?.low), cell(valueText(of, line.one?.high), line.one?.high),
    ...(compared ? [cell(valueText(of, line.two?.value), line.two?.value), cell(valueText(of, line.by?.value, true), line.by?.value), cell(valueText(of, line.by?.low, true), line.by?.low), cell(valueText(of, line.by?.high, true), line.by?.high), cell(html`<${Change} of=${of} by=${line.by} />`, line.by?.percent)] : []),
  ]) };
  return html`<section class="panel drawn" aria-label="Picture"><div class="filters" role="group" aria-label="Split by">${Object.entries(SPLITS).map(([key, name]) => html`<button type="button" class="small" aria-pressed=${key === by} onClick=${() => (split.value = /** @type {any} */ (key))}>By ${name}</button>`)}</div>
    <p class="told">${told.value.map((line) => html`${line} `)}${of.meaning && html`<span class="soft">${of.meaning}</span>`}</p>
    <${Picture} title=${title} told=${[...told.value, ...(of.meaning ? [of.meaning] : [])]} name=${`${of.key}-by-${by}-${nameOf()}`} draw=${draw} table=${table} known=${known(of)} /></section>`;
}

/** Hours from the first to the last, also those in which nothing happens. @param {string} by @param {string[]} groups */
const withGaps = (by, groups) => (by !== "hour" || !groups.length ? groups : Array.from({ length: Number(groups[groups.length - 1]) - Number(groups[0]) + 1 }, (_, n) => String(Number(groups[0]) + n)));

/** What every row of the file says of itself. @param {Figure} of */
const known = (of) => ({ figure: of.key, unit: of.unit, ...whereOf() });

const inFirst = (/** @type {string} */ text) => text.charAt(0).toUpperCase() + text.slice(1);
