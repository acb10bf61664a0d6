// The days that are here, with how much each has to plan and what its roster has come to; and a way to upload one.
import { Upload } from "./upload.js";
import { number } from "../lib/format.js";
import { days } from "../lib/planning.js";
import { href } from "../lib/route.js";
import { longDay, momentText } from "../lib/times.js";
import { html } from "../lib/vendor.js";

export const Days = () => html`<div class="days">
  <section class="panel" aria-label="Days">
    <header class="panel-head"><h2>Days</h2></header>
    ${days.value === null
      ? html`<p class="waiting" role="status">Reading the days…</p>`
      : days.value.length === 0
        ? html`<p class="nothing">No day is here yet. Upload one beside.</p>`
        : html`<table class="plain"><caption class="visually-hidden">Days that were uploaded</caption>
            <thead><tr><th scope="col">Day</th><th scope="col" class="end">Journeys</th><th scope="col" class="end">Duties</th><th scope="col">Roster</th><th scope="col">Uploaded</th></tr></thead>
            <tbody>${days.value.map((one) => html`<tr><th scope="row"><a href=${href("plan", one.service_date)}>${longDay(one.service_date)}</a></th>
              <td class="end">${number(one.journeys)}</td><td class="end">${number(one.duties)}</td><td><${Standing} of=${one.roster} /></td><td class="soft">${momentText(one.updated_at)}</td></tr>`)}</tbody></table>`}
  </section>
  <${Upload} />
</div>`;

/** How far a day is, with a sign: not planned, planned or published; and what is served. @param {{of: import("../lib/calls.js").DayRoster | null}} props */
function Standing({ of }) {
  if (!of) return html`<span class="soft"><span aria-hidden="true">○</span> not planned</span>`;
  const { version, published, served, unserved } = of;
  const known = served !== null && unserved !== null;
  return html`<b class=${published ? "good" : ""}><span aria-hidden="true">${published ? "✓" : "●"}</span> version ${version} ${published ? "published" : "planned"}</b>${known && `, ${number(served)} of ${number(served + unserved)} served`}`;
}
