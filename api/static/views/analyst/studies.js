// Scenarios side by side over the same days: means and paired differences with their 95 % intervals.
import { OrderStudy } from "../../parts/order_study.js";
import { Picture } from "../../parts/picture.js";
import { drawBars } from "../../parts/charts.js";
import { openStudyReport, saveStudyTable } from "../../lib/calls.js";
import { changeText, valueText } from "../../lib/breakdown.js";
import { number, plural } from "../../lib/format.js";
import { attempt } from "../../lib/planning.js";
import { loadStudies, openStudy, stop, studies, study, studyFigure, studyFigureOf, underWay, watch } from "../../lib/studies.js";
import { asked } from "../../lib/analyst.js";
import { person } from "../../lib/store.js";
import { longDay, momentText, span } from "../../lib/times.js";
import { html, signal, useEffect, useState } from "../../lib/vendor.js";

/** @typedef {import("../../lib/studies.js").Study} Study */
/** @typedef {import("../../lib/studies.js").Reading} Reading */
/** @typedef {import("../../parts/picture.js").Draw} Draw */

const READINGS = { relative: "relative fall, %", points: "fall in points", level: "level, %" };
const TRUST = /** @type {[number, number]} */ ([12, 36]);
const SERVED = 99;
const definition = signal("U1");
const seats = signal("nominal");
const table = signal("figures");

export function Studies() {
  const [ordering, setOrdering] = useState(false);
  useEffect(() => void loadStudies(), []);
  return html`<div class="studies">
    <section class="panel" aria-label="Studies that were run"><header class="panel-head"><h2>Studies</h2>${mayOrder() && html`<button type="button" class="small" onClick=${() => setOrdering(true)}>Order a study…</button>`}</header>
      ${underWay.value.map((one) => html`<${UnderWay} key=${one.plan_id} plan=${one} />`)}
      ${studies.value === null ? html`<p class="waiting" role="status">Looking which studies there are…</p>`
        : studies.value.length === 0 ? html`<${NoStudy} />`
        : html`<div class="scroll" tabindex="0" role="region" aria-label="Studies: table"><table class="plain"><thead><tr><th scope="col">Study</th><th scope="col" class="end">Days</th><th scope="col" class="end">Scenarios</th></tr></thead>
            <tbody>${studies.value.map((one) => html`<tr class=${one.name === study.value?.name ? "on" : ""}><th scope="row"><button type="button" class="link" aria-pressed=${one.name === study.value?.name} onClick=${() => openStudy(one.name)}>${one.title}</button><small class="soft"> ${momentText(one.made_at)}</small></th><td class="end">${one.days}</td><td class="end">${one.scenarios}</td></tr>`)}</tbody></table></div>`}
    </section>
    ${study.value && html`<${Found} now=${study.value} />`}
    ${ordering && html`<${OrderStudy} first=${asked.value?.first ?? ""} last=${asked.value?.last ?? ""} onClose=${() => setOrdering(false)} />`}</div>`;
}

/** What a study is, and how the first one comes here. */
const NoStudy = () => html`<div class="nothing"><p><b>No study is here yet.</b> A study plans the same days under several scenarios, such as with and without distancing or with fewer duties, and compares their figures day by day.</p>
  <p>${mayOrder() ? "For the first, press Order a study…: give it a title and ten working days, and leave the rest as it is. Its days are made by the generator, and planned without distancing and with two parties aboard." : "An analyst orders one here."}</p>
  <p>Whoever runs the service can also copy one that the command “study” has written into its folder “studies”.</p></div>`;

const mayOrder = () => person.value?.roles.some((role) => role === "analyst" || role === "admin");

/** A study that is ordered or run, and how far it is. @param {{plan: import("../../lib/calls.js").Plan}} props */
function UnderWay({ plan }) {
  useEffect(() => watch(plan.plan_id), []);
  const { done = 0, all = 0 } = plan.best_so_far ?? {};
  const share = all ? done / all : 0;
  const left = plan.started_at && share > 0.05 ? ((Date.now() - Date.parse(plan.started_at)) * (1 - share)) / share / 1000 : null;
  return html`<div class="under-way"><b>${plan.order?.title ?? "A study"}</b> <span class="soft" role="status">${plan.stop_requested ? "stopping after this day" : plan.status === "solving" ? `${number(100 * share)} % solved${left ? `, about ${span(left)} left` : ""}` : "waiting for a worker"}</span>
    <progress max="1" value=${share} aria-label="Share of the days that is solved"></progress>
    ${mayOrder() && !plan.stop_requested && html`<button type="button" class="small" onClick=${() => stop(plan.plan_id)}>Stop and keep what is solved</button>`}</div>`;
}

/** @param {{now: Study}} props */
function Found({ now }) {
  const { about } = now;
  const of = { ...studyFigureOf(studyFigure.value), over: "", by: "", good: /** @type {const} */ (""), meaning: "" };
  const journeys = now.means.find((row) => row.figure === studyFigure.value);
  const told = [
    `${about.title}.`,
    `${plural(about.days, "day")} from ${longDay(about.first_day)} to ${longDay(about.last_day)}, ${plural(about.scenarios.length, "scenario")}, ${number(about.solved)} plans, each passed by the referee.`,
    about.compare ? `Compared over ${about.compare.over} with ${about.compare.baseline}, day by day on the same journeys, all else alike.` : "Nothing is named to compare with.",
  ];
  return html`<section class="panel drawn" aria-label=${about.title}>
    <div class="filters"><label class="inline">Figure <select value=${studyFigure.value} onChange=${(/** @type {any} */ e) => (studyFigure.value = e.target.value)}>${[...new Set(now.means.map((row) => row.figure))].map((key) => html`<option value=${key}>${studyFigureOf(key).label}</option>`)}</select></label>
      <span class="spring"></span><button type="button" class="small" onClick=${() => attempt(() => openStudyReport(now.name))}>Report</button>
      <label class="inline">Table <select value=${table.value} onChange=${(/** @type {any} */ e) => (table.value = e.target.value)}>${now.tables.map((name) => html`<option value=${name}>${name.replaceAll("_", " ")}</option>`)}</select></label><button type="button" class="small" onClick=${() => attempt(() => saveStudyTable(now.name, table.value))}>Whole table as CSV</button></div>
    <p class="told">${told.map((line) => html`${line} `)}<span class="soft">Intervals are of 95 %, over days. What a study cannot tell is at the end of its report.</span></p>
    <div class="picture-list" tabindex="0" role="region" aria-label="Pictures">
      ${journeys && html`<${Means} now=${now} of=${of} told=${told} />`}
      ${now.differences.some((row) => row.figure === of.key) && html`<${Differences} now=${now} of=${of} told=${told} />`}
      ${now.distancing.length > 0 && html`<${Readings} now=${now} told=${told} />`}</div></section>`;
}

/** @param {{now: Study, of: any, told: string[]}} props */
function Means({ now, of, told }) {
  const rows = now.means.filter((row) => row.figure === of.key);
  const scaled = (/** @type {number | null} */ value) => (value === null ? null : value * of.scale);
  const mark = (/** @type {import("../../lib/studies.js").Mean} */ row) => ({ value: row.mean * of.scale, low: scaled(row.mean_low), high: scaled(row.mean_high), text: valueText(of, row.mean * of.scale) });
  const draw = /** @type {Draw} */ ((palette, width, label) => drawBars({ rows: rows.map((row) => ({ label: row.scenario, marks: [mark(row)] })), series: ["mean"], unit: of.unit || of.label }, palette, width, label));
  const columns = [{ label: "Scenario", name: "scenario" }, { label: "Days", name: "days", end: true }, { label: "Mean", name: "mean", end: true }, { label: "95 % from", name: "low", end: true }, { label: "to", name: "high", end: true }];
  const cells = rows.map((row) => [{ text: row.scenario, value: row.scenario }, { text: row.days, value: row.days }, ...[row.mean, row.mean_low, row.mean_high].map((value) => ({ text: valueText(of, scaled(value)), value: scaled(value) }))]);
  return html`<${Picture} title=${`${of.label}: mean of each scenario`} told=${told} name=${`${now.name}-${of.key}-means`} draw=${draw} table=${{ columns, rows: cells }} known=${{ study: now.about.title, figure: of.key, unit: of.unit }} />`;
}

/** @param {{now: Study, of: any, told: string[]}} props */
function Differences({ now, of, told }) {
  const rows = now.differences.filter((row) => row.figure === of.key);
  const scaled = (/** @type {number | null} */ value) => (value === null ? null : value * of.scale);
  const sure = (/** @type {import("../../lib/studies.js").Paired} */ row) => row.difference_low !== null && row.difference_high !== null && (row.difference_low > 0 || row.difference_high < 0);
  const draw = /** @type {Draw} */ ((palette, width, label) => drawBars({
    rows: rows.map((row) => ({ label: row.scenario, marks: [{ value: row.difference * of.scale, low: scaled(row.difference_low), high: scaled(row.difference_high), text: valueText(of, row.difference * of.scale, true) }], target: 0 })),
    series: ["difference"], unit: `difference from the baseline, ${of.unit === "%" ? "points" : of.unit || of.label.toLowerCase()}; the thick stroke is none`, points: true,
  }, palette, width, label));
  const columns = [{ label: "Scenario", name: "scenario" }, { label: "Baseline", name: "baseline" }, { label: "Days", name: "days", end: true }, { label: "Baseline is", name: "baseline_mean", end: true }, { label: "Difference", name: "difference", end: true }, { label: "95 % from", name: "low", end: true }, { label: "to", name: "high", end: true }, { label: "Change", name: "percent", end: true }, { label: "95 % from", name: "percent_low", end: true }, { label: "to", name: "percent_high", end: true }, { label: "Sure", name: "interval_without_0" }];
  const percent = (/** @type {number | null | undefined} */ value) => ({ text: changeText(value), value: value ?? null });
  const cells = rows.map((row) => [
    { text: row.scenario, value: row.scenario }, { text: row.baseline, value: row.baseline }, { text: row.days, value: row.days }, { text: valueText(of, row.baseline_mean * of.scale), value: row.baseline_mean * of.scale },
    ...[row.difference, row.difference_low, row.difference_high].map((value) => ({ text: valueText(of, scaled(value), true), value: scaled(value) })), percent(row.percent), percent(row.percent_low), percent(row.percent_high),
    { text: sure(row) ? "● interval without 0" : "○ may be none", value: String(sure(row)) },
  ]);
  return html`<${Picture} title=${`${of.label}: paired difference from the baseline`} told=${told} name=${`${now.name}-${of.key}-differences`} draw=${draw} table=${{ columns, rows: cells }} known=${{ study: now.about.title, figure: of.key, unit: of.unit === "%" ? "points" : of.unit }} />`;
}

/** «Close to 100 % of the activity»: below, a fall in utilisation is of another service. @param {Reading} row */
const kept = (row) => row.served_percent >= SERVED;

/** The three readings of a fall in utilisation by 12 to 36 %, always together. @param {{now: Study, told: string[]}} props */
function Readings({ now, told }) {
  const rows = now.distancing.filter((row) => row.definition === definition.value && row.seats === seats.value);
  const name = (/** @type {Reading} */ row) => `${row.scenario} · ${READINGS[row.reading]}`;
  const value = (/** @type {number | null} */ of) => ({ text: of === null ? "–" : number(of, 1).replace("-", "−"), value: of });
  const draw = /** @type {Draw} */ ((palette, width, label) => drawBars({ rows: rows.map((row) => ({ label: name(row), marks: [{ value: row.value, low: row.low, high: row.high, text: `${number(row.value, 1).replace("-", "−")}${row.inside ? (kept(row) ? " ● inside" : " ◐ inside, service short") : ""}` }] })), series: ["value"], unit: `the band is 12 to 36; ● the whole interval lies inside, at least ${SERVED} % served; ◐ inside, less served`, points: true, band: TRUST }, palette, width, label));
  const columns = [{ label: "Scenario", name: "scenario" }, { label: "Reading", name: "reading" }, { label: "Baseline", name: "baseline" }, { label: "Days", name: "days", end: true }, { label: "Baseline is", name: "baseline_mean", end: true }, { label: "Is", name: "mean", end: true }, { label: "Value", name: "value", end: true }, { label: "95 % from", name: "low", end: true }, { label: "to", name: "high", end: true }, { label: "Inside 12–36", name: "inside" }, { label: "Served, %", name: "served_percent", end: true }];
  const cells = rows.map((row) => [{ text: row.scenario, value: row.scenario }, { text: READINGS[row.reading], value: row.reading }, { text: row.baseline, value: row.baseline }, { text: row.days, value: row.days }, ...[row.baseline_mean, row.mean].map((of) => ({ text: number(of, 3), value: of })), value(row.value), value(row.low), value(row.high), { text: row.inside ? (kept(row) ? "● yes" : `◐ yes, under ${SERVED} % served`) : "○ no", value: row.inside ? (kept(row) ? "yes" : "yes, less served") : "no" }, value(row.served_percent)]);
  const choice = (/** @type {typeof definition} */ of, /** @type {string[]} */ keys) => html`<select value=${of.value} onChange=${(/** @type {any} */ e) => (of.value = e.target.value)}>${keys.map((key) => html`<option value=${key}>${key}</option>`)}</select>`;
  return html`<div class="filters"><label class="inline">Utilisation as ${choice(definition, [...new Set(now.distancing.map((row) => row.definition))])}</label><label class="inline">on seats ${choice(seats, ["nominal", "permitted"])}</label></div>
    <${Picture} title=${`Seat utilisation down «between 12 % - 36 %», read in three ways (${definition.value}, ${seats.value} seats)`} told=${told} name=${`${now.name}-${definition.value}-readings`} draw=${draw} table=${{ columns, rows: cells }} known=${{ study: now.about.title, definition: definition.value, seats: seats.value }} />`;
}
