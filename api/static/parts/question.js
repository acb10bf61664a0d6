// Which days, of whom, beside which others: what every figure of the analyst is of.
import { ask, asked, beside, chosen, contracts, kinds, reading, stopReading } from "../lib/analyst.js";
import { listVersions } from "../lib/calls.js";
import { contractText, inWords } from "../lib/format.js";
import { attempt } from "../lib/planning.js";
import { html, useEffect, useState } from "../lib/vendor.js";

/** @typedef {import("../lib/analyst.js").Days} Days */

export function Question() {
  const now = /** @type {Days} */ (asked.value);
  const [days, setDays] = useState(now);
  const [others, setOthers] = useState(beside.value);
  useEffect(() => setDays(now), [now]);
  /** @param {Event} event */
  const read = (event) => {
    event.preventDefault();
    ask(days, others);
  };
  /** @param {"" | "days" | "versions"} how */
  const compare = (how) => {
    if (!how) {
      setOthers(null);
      if (beside.value) ask(now, null);
    } else setOthers(how === "days" ? before(days) : { ...days, which: days.which === "latest" ? "published" : "latest" });
  };
  const pick = (/** @type {"contract" | "kind"} */ what) => (/** @type {any} */ event) => (chosen.value = { ...chosen.value, [what]: event.target.value });
  return html`<form class="panel question" aria-label="What the figures are of" onSubmit=${read}>
    <${DaysFields} legend="Days" days=${days} onChange=${setDays} />
    ${others ? html`<${DaysFields} legend="Compared with" days=${others} onChange=${setOthers} />` : html`<label class="inline">Compare with <select onChange=${(/** @type {any} */ e) => compare(e.target.value)}>
      <option value="">nothing</option><option value="days">other days</option><option value="versions">other versions</option></select></label>`}
    ${others && html`<button type="button" class="small" onClick=${() => compare("")}>Compare with nothing</button>`}
    <button type="submit" class="primary">Show</button>
    <span class="spring"></span>
    <label class="inline">Contract <select value=${chosen.value.contract} onChange=${pick("contract")}><option value="">all</option>${contracts.value.map((one) => html`<option value=${one}>${contractText(one)}</option>`)}</select></label>
    <label class="inline">Vehicle type <select value=${chosen.value.kind} onChange=${pick("kind")}><option value="">all</option>${kinds.value.map((one) => html`<option value=${one}>${inWords(one)}</option>`)}</select></label>
    <span role="status" class="soft">${reading.value}</span>${reading.value && html`<button type="button" class="small" onClick=${stopReading}>Stop</button>`}
  </form>`;
}

/** As many days, just before. @param {Days} days @returns {Days} */
function before({ first, last }) {
  const day = (/** @type {number} */ moment) => new Date(moment).toISOString().slice(0, 10);
  const length = Date.parse(last) - Date.parse(first) + 86_400_000;
  return { first: day(Date.parse(first) - length), last: day(Date.parse(last) - length), which: "published" };
}

/** @param {{legend: string, days: Days, onChange: (days: Days) => void}} props */
function DaysFields({ legend, days, onChange }) {
  const one = days.first === days.last ? days.first : null;
  const [versions, setVersions] = useState(/** @type {number[]} */ ([]));
  useEffect(() => {
    setVersions([]);
    if (one) attempt(async () => setVersions((await listVersions(one)).map((each) => each.version)));
  }, [one]);
  /** @param {"first" | "last"} end */
  const move = (end) => (/** @type {any} */ event) => {
    const date = event.target.value;
    if (!date) return;
    const moved = { ...days, [end]: date };
    if (moved.first > moved.last) moved[end === "first" ? "last" : "first"] = date;
    onChange(moved.first === moved.last || typeof moved.which !== "number" ? moved : { ...moved, which: "published" });
  };
  const which = (/** @type {any} */ event) => onChange({ ...days, which: Number(event.target.value) || event.target.value });
  return html`<fieldset><legend>${legend}</legend>
    <label class="inline"><span class="visually-hidden">${legend}, </span>from <input type="date" value=${days.first} required onChange=${move("first")} /></label>
    <label class="inline"><span class="visually-hidden">${legend}, </span>to <input type="date" value=${days.last} required onChange=${move("last")} /></label>
    <label class="inline"><span class="visually-hidden">${legend}, </span>roster <select value=${days.which} onChange=${which}><option value="published">published, else latest</option><option value="latest">latest</option>
      ${[...new Set([...(typeof days.which === "number" ? [days.which] : []), ...versions])].map((version) => html`<option value=${version}>version ${version}</option>`)}</select></label></fieldset>`;
}
