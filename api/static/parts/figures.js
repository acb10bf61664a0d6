// The figures of the day beside their targets: tiles for the day, bullet bars for each standard.
import { classes, inWords, number } from "../lib/format.js";
import { roster } from "../lib/store.js";
import { html } from "../lib/vendor.js";

/** The headlines that stand in the strip; the rest are in the tab of figures. */
const IN_STRIP = ["Journeys served", "Targets met", "Duties used", "Seat utilisation (U1)", "Journeys per vehicle-hour", "Driven", "Time aboard", "Wait after ready", "Cost per journey"];
const MEASURES = { arrive: "arrival on time", collect: "collection after ready", aboard: "time aboard" };

/** @param {{headline: import("../lib/roster.js").Headline}} props */
const Tile = ({ headline: { label, value, remark, good, verdict } }) => html`<div class=${classes({ tile: true, good: good === true, bad: good === false })}>
  <dt>${label}</dt>
  <dd class="value">${good === null ? "" : html`<span class="sign" aria-hidden="true">${good ? "✓" : "!"}</span>`}${value}</dd>
  <dd class="remark" title=${remark}>${verdict && good === false ? verdict : remark}</dd>
</div>`;

export function FigureStrip() {
  const headlines = roster.value?.headlines ?? [];
  return html`<dl class="tiles strip" aria-label="The day at a glance">
    ${IN_STRIP.map((label) => headlines.find((one) => one.label === label)).filter(Boolean).map((headline) => html`<${Tile} headline=${headline} />`)}
  </dl>`;
}

/** All figures and every standard. */
export function Figures() {
  const now = roster.value;
  if (!now) return null;
  const standards = now.kpis.standards ?? [];
  return html`<div class="figures" tabindex="0" role="region" aria-label="Figures and standards">
    <table class="plain standards">
      <caption>Standards: share of journeys within the target, beside the share the contract asks for</caption>
      <thead><tr><th scope="col">Category</th><th scope="col">Measure</th><th scope="col" class="wide">Kept, and target</th><th scope="col" class="end">Kept</th><th scope="col" class="end">Target</th><th scope="col" class="end">Journeys</th><th scope="col" class="end">Missed</th></tr></thead>
      <tbody>${standards.map(standardRow)}</tbody>
    </table>
    <h3>All figures</h3>
    <dl class="tiles all">${now.headlines.map((headline) => html`<${Tile} headline=${headline} />`)}</dl>
  </div>`;
}

/** @param {any} row of the standards in kpis.json */
function standardRow(row) {
  const verdict = row.met === null ? "no target" : row.met ? "met" : "missed";
  return html`<tr>
    <th scope="row">${inWords(row.category)}</th>
    <td>${/** @type {any} */ (MEASURES)[row.measure] ?? row.measure}</td>
    <td class="wide"><${Bullet} observed=${row.observed_percent} target=${row.target_percent} met=${row.met} /></td>
    <td class="end"><span class=${`flag ${row.met === null ? "none" : row.met ? "good" : "bad"}`}>${row.observed_percent === null ? "–" : `${number(row.observed_percent, 1)} %`}<span class="visually-hidden"> ${verdict}</span></span></td>
    <td class="end">${row.target_percent === null ? "–" : `${number(row.target_percent)} %`}</td>
    <td class="end">${number(row.journeys_counted)}</td>
    <td class="end">${number(row.missed)}${row.unavoidable ? html` <small title="The direct drive alone takes longer than the target">+${row.unavoidable} unavoidable</small>` : ""}</td>
  </tr>`;
}

/** A bar up to what was observed, a stroke at the target. @param {{observed: number | null, target: number | null, met: boolean | null}} props */
function Bullet({ observed, target, met }) {
  return html`<svg class="bullet" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" x="0" y="2" width="100" height="6" />
    ${observed !== null && html`<rect class=${met === false ? "bad" : "good"} x="0" y="2" width=${observed} height="6" />`}
    ${target !== null && html`<rect class="target" x=${target - 0.4} y="0" width="0.9" height="10" />`}
  </svg>`;
}
