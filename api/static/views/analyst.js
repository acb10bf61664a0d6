// The analyst's view: figures of any days beside others, standards against targets, studies with their intervals.
import { Tabs } from "../parts/tabs.js";
import { Question } from "../parts/question.js";
import { FigurePicture, FigureTable } from "./analyst/figures.js";
import { Standards } from "./analyst/standards.js";
import { Studies } from "./analyst/studies.js";
import { asked, begin, found, reading, wrong } from "../lib/analyst.js";
import { route } from "../lib/route.js";
import { html, signal, useEffect } from "../lib/vendor.js";

const tab = signal("figures");
const TABS = /** @type {[string, string][]} */ ([["figures", "Figures"], ["standards", "Standards"], ["studies", "Studies"]]);

export function AnalystView() {
  const { date, version } = route.value;
  useEffect(() => void begin(date, version), [date, version]);
  return html`<h1 class="visually-hidden">Figures and studies</h1>
    <div class="analyst panel"><${Tabs} label="What to look at" tabs=${TABS} on=${tab.value} onPick=${(/** @type {string} */ key) => (tab.value = key)}>
      ${tab.value === "studies" ? html`<${Studies} />` : html`${asked.value && html`<${Question} />`}<${Answer} />`}<//></div>`;
}

function Answer() {
  if (wrong.value) return html`<p class="waiting" role="alert">${wrong.value}</p>`;
  if (!found.value?.days.length) return html`<p class="waiting">${reading.value || "Press Show to read the days."}</p>`;
  return tab.value === "standards" ? html`<${Standards} />` : html`<div class="two"><${FigureTable} /><${FigurePicture} /></div>`;
}
