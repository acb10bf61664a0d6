// The control room: what will go wrong, what happened, what to do about it. Live, and by keyboard alone.
import { OddList, ReadyList, RiskList, SaidList, UnplacedList, pickRow, risks, savable, wordsOf } from "../parts/board.js";
import { BookingDialog, booking } from "../parts/booking.js";
import { DayBar, Strips } from "../parts/day_bar.js";
import { Inspector } from "../parts/inspector.js";
import { RosterMap } from "../parts/map.js";
import { DutyActions, MoveActions, MoveDialog } from "../parts/move.js";
import { OptionsDialog, placing } from "../parts/options.js";
import { pictures, showPicture } from "../parts/pictures.js";
import { ProposalDialog, ProposalStrip } from "../parts/proposal.js";
import { AskReport, KeyHelp, Keys, ReportButtons, helping, letters, pressed } from "../parts/report.js";
import { Tabs } from "../parts/tabs.js";
import { Timeline } from "../parts/timeline.js";
import { board, clock, looking, mayAct, openControl, proposal, pulse, replan, without } from "../lib/control.js";
import { inWords } from "../lib/format.js";
import { followHeld } from "../lib/moving.js";
import { days, loadDays } from "../lib/planning.js";
import { href, route } from "../lib/route.js";
import { pickDuty, pickedJourney, roster, selection } from "../lib/store.js";
import { longDay } from "../lib/times.js";
import { atWall } from "../lib/wall.js";
import { computed, html, signal, useEffect } from "../lib/vendor.js";

const tab = signal("unplaced");
/** The lanes of who may be late. */
const atRisk = computed(() => ({ label: "At risk only", duties: new Set(risks.value.map((one) => one.duty_id)) }));
/** Seconds after the day's midnight, each minute. */
const now = computed(() => (roster.value ? Math.floor((clock.value - atWall(roster.value.date, "00:00").getTime()) / 60_000) * 60 : null));

export function DayView() {
  const { date } = route.value;
  useEffect(() => {
    if (!date) loadDays();
    return date ? openControl(date) : undefined;
  }, [date]);
  useEffect(followHeld, []);
  return date ? html`<${ControlRoom} date=${date} />` : html`<${Days} />`;
}

const Days = () => html`<section class="panel notplanned"><h2>Which day?</h2>
  ${days.value === null ? html`<p role="status" class="soft">Reading the days…</p>` : html`<ul>${days.value.map((one) => html`<li><a href=${href("day", one.service_date)}>${longDay(one.service_date)}</a></li>`)}</ul>`}</section>`;

/** @param {{date: string}} props */
function ControlRoom({ date }) {
  useEffect(() => {
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  if (without.value) return html`<${DayBar} date=${date} /><section class="panel notplanned" role="status"><h2>Nothing to watch</h2><p>${without.value}</p><p><a href=${href("plan", date)}>To the plan view</a></p></section>`;
  const { unplaced = [], ready = [], anomalies = [] } = board.value ?? {};
  const over = ready.filter((one) => one.target_left_s < 0).length;
  const badge = (/** @type {number} */ count, /** @type {string} */ tone) => html` <span class=${`badge ${count ? tone : "good"}`}>${count || "✓ 0"}</span>`;
  const tabs = /** @type {[string, any][]} */ ([["unplaced", html`Without a place${badge(unplaced.length, "bad")}`], ["odd", html`Odd reports${badge(anomalies.length, "bad")}`], ["said", "Said here"]]);
  return html`<${DayBar} date=${date} /><${Strips} /><${ProposalStrip} />
    <div class=${`control ${pictures.value.map((one) => `with-${one}`).join(" ")}`}>
      <section class="panel risks" aria-label="Late risk"><header class="panel-head"><h2>Who may be late, the most savable first</h2>
        <span class="soft" role="status">${board.value ? html`${savable.value} can be saved · ${risks.value.length} at risk` : "…"}</span></header><${RiskList} /></section>
      <section class="panel ready" aria-label="Ready queue"><header class="panel-head"><h2>Ready and waiting</h2><span class=${over ? "bad strong" : "soft"}>${ready.length ? `${over ? `▾ ${over} past the target · ` : ""}${ready.length} in all` : ""}</span></header><${ReadyList} /></section>
      <section class="panel left" aria-label="Other lists"><${Tabs} label="Other lists" tabs=${tabs} on=${tab.value} onPick=${(/** @type {string} */ key) => (tab.value = key)}>
        ${{ unplaced: html`<${UnplacedList} />`, odd: html`<${OddList} />`, said: html`<${SaidList} />` }[tab.value]}<//></section>
      ${pictures.value.includes("map") && html`<div class="picture on-map"><${RosterMap} /></div>`}
      ${pictures.value.includes("timeline") && html`<div class="picture on-timeline"><${Timeline} now=${now.value} only=${atRisk.value} /></div>`}
      <aside class="aside" aria-label="What is picked"><${Picked} /></aside>
    </div>
    <${AskReport} /><${KeyHelp} /><${OptionsDialog} /><${BookingDialog} /><${ProposalDialog} /><${MoveDialog} />`;
}

/** What is picked and what can be said of it; the keys where nothing is. */
function Picked() {
  const { journey, duty } = selection.value;
  if (!journey && !duty) return html`<section class="panel hint"><header class="panel-head"><h2>Two keystrokes a report</h2></header><div class="inspector-body" tabindex="0" role="region" aria-label="Keys"><p>Pick a journey with the arrows, then press a letter.</p><${Keys} /></div></section>`;
  return html`<section class="panel say" aria-label="Report"><header class="panel-head"><h2>${journey ?? duty}</h2><button type="button" class="small quiet" aria-label="Let go of what is picked" onClick=${() => pickDuty(null)}>✕</button></header>
      <div class="inspector-body" tabindex="0" role="region" aria-label="What can be said of it"><${Actions} journey=${journey} duty=${duty} /></div></section>
    <${Inspector} actions=${(/** @type {any} */ one) => html`<${MoveActions} journey=${one} />`} dutyActions=${(/** @type {any} */ one) => html`<${DutyActions} duty=${one} />`} />`;
}

/** @param {{journey: string | null, duty: string | null}} props */
function Actions({ journey, duty }) {
  const risk = risks.value.find((one) => one.journey_id === journey);
  const [why, help] = risk ? wordsOf(risk) : ["", ""];
  const known = pickedJourney.value || !journey;
  const row = [...(board.value?.ready ?? []), ...(board.value?.unplaced ?? [])].find((one) => one.journey_id === journey);
  const pick = (/** @type {string} */ id) => pickRow({ journey_id: id });
  return html`${!known && html`${row && html`<p class="lead">${inWords(row.category)}, ${row.pickup_place} → ${row.dropoff_place}</p>`}<p class="soft">Booked on the day; the roster does not know it yet.</p>`}${risk && html`<div class="risk-words"><p><${Linked} text=${why} pick=${pick} /></p>${help && html`<p class="action">→ <${Linked} text=${help} pick=${pick} /></p>`}</div>`}
    ${journey && mayAct.value && html`<button type="button" class="primary" aria-keyshortcuts="O" onClick=${() => (placing.value = journey)}><kbd aria-hidden="true">O</kbd> Where could it go?</button>`}
    <${ReportButtons} journey=${journey} duty=${duty} />
    ${duty && html`<a href=${href("crew", route.value.date, null, duty)}>The crew's sheet</a>`}`;
}

/** A text in which each journey of the roster can be picked. @param {{text: string, pick: (id: string) => void}} props */
const Linked = ({ text, pick }) => html`${text.split(/([\w-]{4,})/).map((part) => (roster.value?.journeyOf.has(part) ? html`<button type="button" class="link" onClick=${() => pick(part)}>${part}</button>` : part))}`;

/** Letters do something where nobody types and no dialog is open. @param {KeyboardEvent} event */
function onKey(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) || document.querySelector("dialog[open]")) return;
  const key = event.key.toUpperCase();
  if (key === "?") helping.value = true;
  else if (!letters.value) return;
  else if (key === "P" && proposal.value) looking.value = true;
  else if (key === "M") showPicture("map");
  else if (key === "L") showPicture("timeline");
  else if (!mayAct.value) return;
  else if (key === "J") booking.value = true;
  else if (key === "G" && !pulse.value?.replan_id) replan();
  else if (key === "O" && selection.value.journey) placing.value = selection.value.journey;
  else if (!pressed(key)) return;
  event.preventDefault();
}
