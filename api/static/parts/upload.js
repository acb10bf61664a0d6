// Upload a day: its files are dropped or chosen, and every problem in them is listed with its row.
import { Issues } from "./issues.js";
import { ApiError } from "../lib/api.js";
import { uploadDay } from "../lib/calls.js";
import { plural } from "../lib/format.js";
import { loadDays } from "../lib/planning.js";
import { go } from "../lib/route.js";
import { say } from "../lib/store.js";
import { html, useState } from "../lib/vendor.js";

/** @typedef {"journeys" | "duties" | "policy"} Kind */
/** @type {[kind: Kind, label: string, hint: string][]} */
const KINDS = [
  ["journeys", "Journeys", "journeys.csv or a workbook"],
  ["duties", "Duties", "duties.csv or a workbook"],
  ["policy", "Policy (optional)", "policy.toml, laid over the default"],
];

/** Which file a dropped one is, by its name. @param {File} file @returns {Kind | null} */
function kindOf({ name }) {
  const plain = name.toLowerCase();
  return plain.endsWith(".toml") ? "policy" : plain.includes("dut") ? "duties" : plain.includes("journey") || plain.includes("booking") ? "journeys" : null;
}

/** The file's content now; a DOMException where it has changed since it was chosen. @param {File | undefined} file */
const asItIs = async (file) => (file ? new File([await file.arrayBuffer()], file.name) : null);

export function Upload() {
  const [files, setFiles] = useState(/** @type {Partial<Record<Kind, File>>} */ ({}));
  const [issues, setIssues] = useState(/** @type {import("../lib/api.js").Issue[]} */ ([]));
  const [state, setState] = useState(/** @type {"" | "sending" | "refused" | "done"} */ (""));
  const [message, setMessage] = useState("");
  const [date, setDate] = useState("");

  /** @param {DragEvent} event */
  function onDrop(event) {
    event.preventDefault();
    const found = [...(event.dataTransfer?.files ?? [])].map((file) => [kindOf(file), file]);
    const known = Object.fromEntries(found.filter(([kind]) => kind));
    setFiles({ ...files, ...known });
    if (found.some(([kind]) => !kind)) say("note", "A file whose name says neither journeys nor duties: choose it below.");
  }

  async function send() {
    setState("sending");
    setIssues([]);
    try {
      const [journeys, duties, policy] = await Promise.all([files.journeys, files.duties, files.policy].map(asItIs));
      const answer = await uploadDay({ journeys: /** @type {File} */ (journeys), duties: /** @type {File} */ (duties), policy });
      setDate(answer.view.day.service_date);
      setIssues(answer.issues ?? []);
      setMessage(`${plural(answer.view.journeys, "journey")} and ${plural(answer.view.duties, "duty", "duties")} are in.${answer.issues?.length ? ` ${plural(answer.issues.length, "warning")} to look at:` : ""}`);
      setState("done");
      loadDays();
      if (!answer.issues?.length) go("plan", answer.view.day.service_date);
    } catch (error) {
      if (error instanceof DOMException) {
        setMessage("A file has changed since it was chosen. Choose it again.");
        return setState("refused");
      }
      if (!(error instanceof ApiError)) throw error;
      setIssues(error.issues);
      setMessage(error.issues.length ? `Nothing was changed: ${plural(error.issues.length, "problem")} in the data. Correct the rows and send the files again.` : error.message);
      setState("refused");
    }
  }

  return html`<section class="panel upload" aria-label="Upload a day" onDragOver=${(/** @type {DragEvent} */ e) => e.preventDefault()} onDrop=${onDrop}>
    <header class="panel-head"><h2>Upload a day</h2></header>
    <div class="upload-body">
      <p class="soft">Drop the files here, or choose them. A day that is there already is replaced; its rosters stay. No names, no NHS numbers: a pseudonym for each patient.</p>
      ${KINDS.map(([kind, label, hint]) => html`<label class="file"><span>${label}<small>${hint}</small></span>
        <input type="file" accept=${kind === "policy" ? ".toml" : ".csv,.xlsx"} onClick=${(/** @type {any} */ e) => (e.target.value = "")} onChange=${(/** @type {any} */ e) => setFiles({ ...files, [kind]: e.target.files[0] })} />
        <b class=${files[kind] ? "" : "soft"}>${files[kind]?.name ?? "no file yet"}</b></label>`)}
      <div class="actions"><button type="button" class="primary" disabled=${!files.journeys || !files.duties || state === "sending"} onClick=${send}>${state === "sending" ? "Checking…" : "Check and upload"}</button>
        ${state === "done" && html`<button type="button" onClick=${() => go("plan", date)}>Open the day</button>`}</div>
      <p class=${`verdict ${state === "refused" ? "bad" : "good"}`} role="status">${state === "refused" || state === "done" ? message : ""}</p>
    </div>
    ${issues.length > 0 && html`<div class="issues"><${Issues} issues=${issues} /></div>`}
  </section>`;
}
