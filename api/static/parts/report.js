// Reports in two keystrokes: the letters, the digits that some ask for, and the help that names them.
import { Dialog } from "./dialog.js";
import { clock, mayAct } from "../lib/control.js";
import { plural } from "../lib/format.js";
import { KINDS, aboutOf, asking, begin, send, tooLate } from "../lib/reports.js";
import { roster, selection } from "../lib/store.js";
import { atWall } from "../lib/wall.js";
import { html, signal, useState } from "../lib/vendor.js";

/** @typedef {import("../lib/reports.js").Kind} Kind */

const KEPT = "letter-keys";
/** Whether single letters do something: who dictates or presses by accident turns them off. */
export const letters = signal(localStorage.getItem(KEPT) !== "off");
export const helping = signal(false);

/** @param {boolean} on */
function setLetters(on) {
  letters.value = on;
  localStorage.setItem(KEPT, on ? "on" : "off");
}

/** Do what a letter says. @param {string} letter @returns {boolean} whether it says anything */
export function pressed(letter) {
  const kind = KINDS.find((one) => one.letter === letter);
  if (kind) begin(kind, aboutOf(selection.value.journey, selection.value.duty));
  return kind !== undefined;
}

/** Buttons for what can be said of what is picked. @param {{journey: string | null, duty: string | null}} props */
export function ReportButtons({ journey, duty }) {
  if (!mayAct.value) return html`<small class="soft">A controller reports what happens.</small>`;
  const about = aboutOf(journey, duty);
  const fits = (/** @type {Kind} */ kind) => (kind.of === "duty" || journey !== null) && (kind.of === "journey" || about.duty !== null);
  return html`<div class="letters">${KINDS.filter(fits).map((kind) => {
    const known = tooLate(kind, about);
    return html`<button type="button" key=${kind.letter} title=${known ? `Already reported: ${known}` : kind.hint} disabled=${known !== ""} aria-keyshortcuts=${kind.letter} onClick=${() => begin(kind, about)}><kbd aria-hidden="true">${kind.letter}</kbd> ${kind.label}</button>`;
  })}</div>`;
}

/** What a report still has to be told, by a digit. */
export function AskReport() {
  const open = asking.value;
  return open && html`<${Ask} key=${open.kind.letter} ...${open} />`;
}

/** @param {{kind: Kind, about: import("../lib/reports.js").About}} props */
function Ask({ kind, about }) {
  const [sending, setSending] = useState(false);
  const [keep, setKeep] = useState(false);
  const journey = roster.value?.journeyOf.get(about.journey);
  const back = kind.letter === "C" && journey?.direction === "inward" && journey.back;
  const close = () => (asking.value = null);
  const choices = kind.choices ?? [];
  /** @param {number} at */
  async function choose(at) {
    if (sending || !choices[at]) return;
    setSending(true);
    await send(kind, about, { ...choices[at][1], ...(back && { keep_return: keep }) });
    close();
  }
  const onKey = (/** @type {KeyboardEvent} */ event) => /^[1-9]$/.test(event.key) && (event.preventDefault(), choose(Number(event.key) - 1));
  return html`<${Dialog} title=${`${kind.label}: ${kind.of === "duty" ? about.duty : about.journey}`} onClose=${close}><div class="form" onKeyDown=${onKey}>
    ${kind.letter === "V" && html`<${Lost} duty=${about.duty ?? ""} />`}
    <p>${kind.ask}? <span class="soft">Press a digit; Escape lets it be.</span></p>
    <div class="choices">${choices.map(([label], at) => html`<button type="button" disabled=${sending} autofocus=${at === 0} onClick=${() => choose(at)}><kbd aria-hidden="true">${at + 1}</kbd> ${label}</button>`)}</div>
    ${back && html`<label class="check"><input type="checkbox" checked=${keep} onChange=${() => setKeep(!keep)} />The journey home ${back.id} is still wanted</label>`}
  </div><//>`;
}

/** What goes with a vehicle. @param {{duty: string}} props */
function Lost({ duty }) {
  const found = roster.value?.dutyOf.get(duty);
  const now = (clock.value - atWall(roster.value?.date ?? "", "00:00").getTime()) / 1000;
  const ahead = found?.stops.filter((stop) => stop.kind === "pickup" && stop.begin > now).length ?? 0;
  return html`<p>${found ? `${found.vehicle}, ${found.type}, ${found.base.label}. ` : ""}By the plan ${plural(ahead, "pick-up is", "pick-ups are")} still ahead of it.</p>
    <p class="soft">The duty does nothing more, patients aboard are put first, and the rest of the day is planned anew. You decide on the proposal.</p>`;
}

const ELSEWHERE = [["↑ ↓", "Pick in a list"], ["Tab", "To the next list"], ["/", "Find a journey"], ["O", "Where could it go?"], ["J", "New journey"], ["M", "Map, or not"], ["L", "Timeline, or not"], ["P", "Look at the proposal"], ["G", "Plan the rest of the day anew"], ["Esc", "Let go of what is picked"], ["?", "This help"]];

export function KeyHelp() {
  if (!helping.value) return null;
  return html`<${Dialog} title="Keys" wide onClose=${() => (helping.value = false)}><div class="form"><${Keys} />
    <label class="check"><input type="checkbox" checked=${letters.value} onChange=${() => setLetters(!letters.value)} />Single letters do something on this computer</label></div><//>`;
}

/** Every key and what it does. */
export const Keys = () => html`<div class="keys"><div><h3>Of what is picked</h3><dl>${KINDS.map((kind) => html`<dt><kbd>${kind.letter}</kbd></dt><dd><b>${kind.label}</b> <span class="soft">${kind.hint}</span></dd>`)}</dl></div>
  <div><h3>Anywhere</h3><dl>${ELSEWHERE.map(([key, does]) => html`<dt><kbd>${key}</kbd></dt><dd>${does}</dd>`)}</dl></div></div>`;
