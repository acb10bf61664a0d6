// Order a small study: which days, under which caps, demands and fleets.
import { Dialog } from "./dialog.js";
import { contractText, plural } from "../lib/format.js";
import { REGION, order } from "../lib/studies.js";
import { html, useState } from "../lib/vendor.js";

const CAPS = { off: "no distancing", three_parties: "three parties aboard", two_parties: "two parties aboard", one_party: "one party aboard" };

/** `1, 0.8` as numbers; null where one is none. @param {string} text */
function factors(text) {
  const read = text.split(/[,;\s]+/).filter(Boolean).map(Number);
  return read.length && read.every((one) => one >= 0.1 && one <= 3) ? read : null;
}

/** @param {{first: string, last: string, onClose: () => void}} props */
export function OrderStudy({ first, last, onClose }) {
  const [asked, setAsked] = useState({ title: "", source: "generated", first, last, contract: "sandwell", caps: ["off", "two_parties"], demand: "1", fleet: "1", budget: 45 });
  const [sending, setSending] = useState(false);
  const set = (/** @type {string} */ name) => (/** @type {any} */ event) => setAsked({ ...asked, [name]: event.target.value });
  const cap = (/** @type {string} */ name) => (/** @type {any} */ event) => setAsked({ ...asked, caps: Object.keys(CAPS).filter((one) => (one === name ? event.target.checked : asked.caps.includes(one))) });
  const [demand, fleet] = [factors(asked.demand), factors(asked.fleet)];
  const scenarios = asked.caps.length * (demand?.length ?? 0) * (fleet?.length ?? 0);
  const baseline = asked.caps.length > 1 ? CAPS[/** @type {keyof typeof CAPS} */ (asked.caps[0])] : (demand?.length ?? 0) > 1 ? `demand × ${demand?.[0]}` : (fleet?.length ?? 0) > 1 ? `duties × ${fleet?.[0]}` : "";
  const good = scenarios > 0 && asked.title.trim() !== "" && asked.first <= asked.last;
  /** @param {Event} event */
  async function send(event) {
    event.preventDefault();
    setSending(true);
    const contracts = asked.source === "generated" && asked.contract ? [asked.contract] : [];
    const taken = await order({ title: asked.title.trim(), source: asked.source, first: asked.first, last: asked.last, contracts, distancing: asked.caps, demand, fleet, budget: Number(asked.budget) });
    setSending(false);
    if (taken) onClose();
  }
  return html`<${Dialog} title="Order a study" onClose=${onClose}><form class="form" onSubmit=${send}>
    <label>Title <input required maxlength="200" value=${asked.title} onInput=${set("title")} /></label>
    <label>Whose days <select value=${asked.source} onChange=${set("source")}><option value="generated">made by the generator: nobody's journeys</option><option value="kept">kept here, as uploaded</option></select></label>
    ${asked.source === "generated" && html`<label>Contract <select value=${asked.contract} onChange=${set("contract")}><option value="">the whole region</option>${REGION.map((one) => html`<option value=${one}>${contractText(one)}</option>`)}</select></label>`}
    <div class="pair"><label>First day <input type="date" required value=${asked.first} onChange=${set("first")} /></label><label>Last day <input type="date" required value=${asked.last} onChange=${set("last")} /></label></div>
    <p class="soft">Monday to Friday. An interval needs two days at least, a good one ten.</p>
    <fieldset class="caps"><legend>Distancing</legend>${Object.entries(CAPS).map(([name, text]) => html`<label class="check"><input type="checkbox" checked=${asked.caps.includes(name)} onChange=${cap(name)} />${text}</label>`)}</fieldset>
    <div class="pair"><label>Demand, × the day's <input value=${asked.demand} aria-invalid=${!demand} onInput=${set("demand")} /></label><label>Duties, × the day's <input value=${asked.fleet} aria-invalid=${!fleet} onInput=${set("fleet")} /></label></div>
    <label>Search, iterations a journey <input type="number" min="0" max="300" required value=${asked.budget} onInput=${set("budget")} /></label>
    <p role="status">${good ? `${plural(scenarios, "scenario")} of each day${baseline ? `, compared with ${baseline}` : ""}.` : scenarios ? "Give it a title, and days in order." : "Choose a distancing; demand and duties are numbers such as 1, 0.8 from 0.1 to 3."}</p>
    <p class="soft">It is solved on one processor, behind all other work. Larger studies are run by the command study.</p>
    <div class="actions"><button type="submit" class="primary" disabled=${!good || sending}>Order</button><button type="button" onClick=${onClose}>Not now</button></div></form><//>`;
}
