// The plan view: pick or upload a day, plan it, look at the result from every side, publish it.
import { Compare } from "../parts/compare.js";
import { Days } from "../parts/days.js";
import { Confirm } from "../parts/dialog.js";
import { FigureStrip, Figures } from "../parts/figures.js";
import { Fill } from "../parts/fill.js";
import { Inspector } from "../parts/inspector.js";
import { DutyList, JourneyList, UnservedList } from "../parts/lists.js";
import { DutyActions, MoveActions, MoveDialog } from "../parts/move.js";
import { RosterMap } from "../parts/map.js";
import { SolveStrip, StartPlan } from "../parts/solve.js";
import { Splitter, splitAt } from "../parts/splitter.js";
import { Tabs } from "../parts/tabs.js";
import { Timeline } from "../parts/timeline.js";
import { openRunSheets, saveFile } from "../lib/calls.js";
import { number, plural } from "../lib/format.js";
import { followHeld, mayPlan } from "../lib/moving.js";
import { attempt, busy, counts, isReplan, loadDays, openDay, plan, publish, published, running, trouble, versionText, versions } from "../lib/planning.js";
import { go, route } from "../lib/route.js";
import { roster, selection } from "../lib/store.js";
import { longDay, momentText } from "../lib/times.js";
import { html, signal, useEffect, useState } from "../lib/vendor.js";

const across = splitAt("across", 54);
const down = splitAt("down", 56);
const tab = signal("journeys");

export function PlanView() {
  const { date, version } = route.value;
  useEffect(() => {
    if (date) openDay(date, version);
    else loadDays();
  }, [date, version]);
  useEffect(followHeld, []);
  if (!date) return html`<${Days} />`;
  if (busy.value && roster.value?.date !== date) return html`<p class="waiting" role="status">${busy.value}</p>`;
  if (trouble.value) return html`<p class="waiting" role="alert">${trouble.value} <a href="#/plan">All days</a></p>`;
  return html`<${DayBar} date=${date} /><${SolveStrip} />${roster.value ? html`<${Results} />` : html`<${NotPlanned} date=${date} />`}`;
}

/** @param {{date: string}} props */
function DayBar({ date }) {
  const [starting, setStarting] = useState(false);
  const [filling, setFilling] = useState(false);
  const [publishing, setPublishing] = useState(false);
  const shown = roster.value?.version ?? null;
  const planner = mayPlan.value;
  const out = published.value;
  return html`<div class="daybar">
    <h1>${longDay(date)}</h1>
    <span class="soft">${plural(counts.value?.journeys ?? 0, "journey")}, ${plural(counts.value?.duties ?? 0, "duty", "duties")}</span>
    ${versions.value.length > 0 && html`<label class="inline">Version <select value=${shown ?? ""} onChange=${(/** @type {any} */ e) => go("plan", date, Number(e.target.value))}>
      ${shown === null && html`<option value="">best so far</option>`}${versions.value.map((one) => html`<option value=${one.version}>${versionText(one)}${out?.version === one.version ? " · published" : ""} · ${number(one.served)} served · ${momentText(one.created_at)}</option>`)}</select></label>`}
    ${out ? html`<span class=${`flag ${out.version === shown ? "good" : "none"}`}>${out.version === shown ? "✓ published" : `version ${out.version} is published`}</span>` : shown && html`<span class="flag none">not published</span>`}
    <span class="spring"></span>
    ${shown && html`<button type="button" onClick=${() => attempt(() => openRunSheets(date, shown))}>Run sheets</button>
      <button type="button" onClick=${() => attempt(() => saveFile(date, shown, "roster.xlsx"))}>Workbook</button>`}
    ${planner && html`<button type="button" class=${shown ? "" : "primary"} disabled=${running(plan.value)} onClick=${() => setStarting(true)}>Plan…</button>`}
    ${planner && shown && html`<button type="button" disabled=${running(plan.value)} onClick=${() => setFilling(true)}>Fill the rest…</button>`}
    ${planner && shown && html`<button type="button" class="primary" disabled=${out?.version === shown} onClick=${() => setPublishing(true)}>Publish…</button>`}
    ${starting && html`<${StartPlan} date=${date} onClose=${() => setStarting(false)} />`}
    ${filling && shown && html`<${Fill} date=${date} version=${shown} onClose=${() => setFilling(false)} />`}
    ${publishing && html`<${ConfirmPublish} date=${date} version=${shown} onClose=${() => setPublishing(false)} />`}
  </div>`;
}

/** @param {{date: string, version: number, onClose: () => void}} props */
function ConfirmPublish({ date, version, onClose }) {
  const now = roster.value;
  const missed = now?.journeys.filter((journey) => journey.misses.length).length ?? 0;
  const proposed = versions.value.find((one) => one.version === version && isReplan(one));
  return html`<${Confirm} title=${`Publish version ${version}`} yes="Publish" onClose=${onClose} onYes=${() => publish(date, version)}>
    <p>${longDay(date)}: ${plural(now?.used.length ?? 0, "duty", "duties")}, ${plural((now?.journeys.length ?? 0) - (now?.unserved.length ?? 0), "journey")} served.</p>
    ${now?.unserved.length ? html`<p class="verdict bad"><span aria-hidden="true">!</span> ${plural(now.unserved.length, "journey")} unserved</p>` : html`<p class="verdict good"><span aria-hidden="true">✓</span> every journey is served</p>`}
    ${missed > 0 && html`<p class="soft">${plural(missed, "journey misses", "journeys miss")} a target.</p>`}
    ${proposed && html`<p class="verdict bad"><span aria-hidden="true">!</span> A re-plan of version ${proposed.based_on}, made ${momentText(proposed.created_at)}: crews have driven on since. The day view asks whether it still holds before it is accepted.</p>`}
    ${published.value && html`<p>It takes the place of version ${published.value.version}, published ${momentText(published.value.published_at)}.</p>`}
    <p class="soft">Crews drive what is published. The referee has passed this roster.</p>
  <//>`;
}

/** @param {{date: string}} props */
const NotPlanned = ({ date }) => html`<section class="panel notplanned"><h2>${longDay(date)} is not planned yet</h2>
  <p>${plural(counts.value?.journeys ?? 0, "journey waits", "journeys wait")} for ${plural(counts.value?.duties ?? 0, "duty", "duties")}. ${running(plan.value) ? "The first checked roster appears here as soon as there is one." : "Press Plan… to make the first roster."}</p></section>`;

function Results() {
  const now = /** @type {import("../lib/store.js").Roster} */ (roster.value);
  const picked = selection.value.journey !== null || selection.value.duty !== null;
  const missed = now.journeys.filter((journey) => journey.misses.length).length;
  const standards = now.kpis.standards_with_target - now.kpis.standards_met;
  const tabs = /** @type {[string, any][]} */ ([
    ["journeys", html`Journeys${missed > 0 && html` <span class="badge bad" title="Journeys that miss a target">▾ ${number(missed)}</span>`}`],
    ["duties", html`Duties`],
    ["unserved", html`Unserved <span class=${`badge ${now.unserved.length ? "bad" : "good"}`}>${now.unserved.length || "✓ 0"}</span>`],
    ["figures", html`Figures${standards > 0 && html` <span class="badge bad" title="Standards missed">! ${standards}</span>`}`],
    ...(versions.value.length > 1 ? [["compare", "Compare"]] : []),
  ]);
  const share = { "--across": `${across.value}%`, "--down": `${down.value}%` };
  return html`<${FigureStrip} />
    <div class="results" style=${share}>
      <div class="upper">
        <section class="panel lists" aria-label="Lists"><${Tabs} label="Lists" tabs=${tabs} on=${tab.value} onPick=${(/** @type {string} */ key) => (tab.value = key)}>
          ${{ journeys: html`<${JourneyList} />`, duties: html`<${DutyList} />`, unserved: html`<${UnservedList} />`, figures: html`<${Figures} />`, compare: html`<${Compare} />` }[tab.value]}
        <//></section>
        <${Splitter} name="across" at=${across} label="Width of the lists" upright />
        <div class=${`right ${picked ? "with-inspector" : ""}`}><${RosterMap} /><${Inspector} actions=${(/** @type {any} */ journey) => html`<${MoveActions} journey=${journey} />`} dutyActions=${(/** @type {any} */ duty) => html`<${DutyActions} duty=${duty} />`} /></div>
      </div>
      <${Splitter} name="down" at=${down} label="Height of lists and map" />
      <${Timeline} />
    </div>
    <${MoveDialog} />`;
}
