// Problems in the data with file, row, column and what would help.
import { Table } from "./table.js";
import { html } from "../lib/vendor.js";

/** @typedef {import("../lib/api.js").Issue} Issue */

/** @type {import("./table.js").Column<{issue: Issue, n: number}>[]} */
const COLUMNS = [
  { key: "severity", label: "", width: 26, text: ({ issue }) => (issue.severity === "warning" ? html`<span class="warn" title="Warning">△</span>` : html`<strong class="bad" title="Error">!</strong>`), order: ({ issue }) => issue.severity ?? "" },
  { key: "row", label: "Row", width: 54, end: true, text: ({ issue }) => issue.row ?? "–", order: ({ issue }) => issue.row },
  { key: "path", label: "Where", width: 190, text: ({ issue }) => issue.path ?? "" },
  { key: "message", label: "What is wrong", width: 260, grow: true, text: ({ issue }) => html`<span title=${issue.message}>${issue.message}</span>`, order: ({ issue }) => issue.message },
  { key: "hint", label: "What would help", width: 240, grow: true, text: ({ issue }) => html`<span title=${issue.hint}>${issue.hint}</span>`, order: ({ issue }) => issue.hint },
  { key: "code", label: "Code", width: 130, text: ({ issue }) => html`<code>${issue.code}</code>`, order: ({ issue }) => issue.code },
];

/** @param {{issues: Issue[]}} props */
export const Issues = ({ issues }) => html`<${Table} label="Problems in the data" columns=${COLUMNS} rows=${issues.map((issue, n) => ({ issue, n }))}
  rowId=${(/** @type {{n: number}} */ row) => String(row.n)} picked=${null} onPick=${() => {}} empty="No problems." />`;
