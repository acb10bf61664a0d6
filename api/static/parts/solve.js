// Start a plan and watch it: time left, figures of the best roster yet, how they fall; stop early and keep the best.
import { Chart } from "./chart.js";
import { Dialog } from "./dialog.js";
import { number, plural } from "../lib/format.js";
import { counts, heardAt, live, plan, running, samples, startPlan, stopPlan, versionText, versions } from "../lib/planning.js";
import { span } from "../lib/times.js";
import { html, useEffect, useState } from "../lib/vendor.js";

export const BUDGETS = [[15, "15 seconds: a first look"], [60, "1 minute"], [90, "90 seconds: as usual"], [300, "5 minutes"], [900, "15 minutes: as good as it gets"]];
const WAITING = { accepted: "Accepted", validated: "Checked", queued: "Waiting for a worker" };

/** @param {{date: string, onClose: () => void}} props */
export function StartPlan({ date, onClose }) {
  const [budget, setBudget] = useState(90);
  const [distancing, setDistancing] = useState("");
  const [warm, setWarm] = useState(0);
  const [sending, setSending] = useState(false);
  /** @param {Event} event */
  async function start(event) {
    event.preventDefault();
    setSending(true);
    const order = { budget_s: budget, ...(distancing && { distancing }), ...(warm && { warm }) };
    if (await startPlan(date, order)) onClose();
    else setSending(false);
  }
  return html`<${Dialog} title="Plan the day" onClose=${onClose}>
    <form class="form" onSubmit=${start}>
      <label>How long to search
        <select value=${budget} onChange=${(/** @type {any} */ e) => setBudget(Number(e.target.value))}>${BUDGETS.map(([value, label]) => html`<option value=${value}>${label}</option>`)}</select></label>
      <label>Start from
        <select value=${warm} onChange=${(/** @type {any} */ e) => setWarm(Number(e.target.value))}><option value=${0}>Nothing: a fresh plan</option>${versions.value.map((one) => html`<option value=${one.version}>Version ${versionText(one)}: never worse than it</option>`)}</select></label>
      <label>Distancing
        <input type="text" value=${distancing} placeholder="as the day's policy has it" onInput=${(/** @type {any} */ e) => setDistancing(e.target.value.trim())} /><small class="soft">A profile of the policy, or “off”.</small></label>
      <p class="soft">You can stop at any moment and keep the best roster found. Nothing is published.</p>
      <div class="actions"><button type="submit" class="primary" disabled=${sending}>Start</button><button type="button" onClick=${onClose}>Not now</button></div>
    </form>
  <//>`;
}

/** The strip that stands over the results while a plan is searched for. */
export function SolveStrip() {
  const now = plan.value;
  const [tick, setTick] = useState(0);
  useEffect(() => {
    const clock = setInterval(() => setTick((n) => n + 1), 500);
    return () => clearInterval(clock);
  }, []);
  if (!now || !running(now)) return null;
  void tick;
  const budget = now.order?.budget_s ?? 90;
  const best = samples.value.at(-1);
  const spent = now.status === "solving" && best ? Math.min(budget, best.seconds + (Date.now() - heardAt.value) / 1000) : 0;
  const held = Object.keys(now.order?.held ?? {}).length;
  const state = now.stop_requested ? "Stopping, keeping the best…" : now.status === "solving" ? (held ? `Filling the rest round ${plural(held, "locked journey")}` : "Planning") : /** @type {any} */ (WAITING)[now.status];
  return html`<section class="panel solve" aria-label="Plan under way">
    <div class="solve-state">
      <h2>${state}${live.value === "stale" ? html` <span class="flag bad">connection lost, trying again</span>` : ""}</h2>
      <progress max=${budget} value=${spent} aria-label="Time spent"></progress>
      <p class="soft">${now.status === "solving" ? `${span(Math.max(0, budget - spent))} left at most` : "Starts as soon as a worker is free"}</p>
    </div>
    <dl class="tiles">
      <${Figure} label="Served" value=${best ? `${number(best.served)} of ${number(counts.value?.journeys)}` : "–"} good=${best && best.served === counts.value?.journeys} />
      <${Figure} label="Driving" value=${best ? `${number(best.driveHours, 1)} h` : "–"} />
      <${Figure} label="Search's cost" value=${best ? number(best.cost) : "–"} />
    </dl>
    <${Chart} label="Driving hours of the best roster over the seconds of search" x=${samples.value.map((one) => one.seconds)} y=${samples.value.map((one) => one.driveHours)} unit="h" />
    <div class="actions"><button type="button" class="primary" disabled=${now.stop_requested} onClick=${stopPlan}>Stop and keep the best</button></div>
    <p class="visually-hidden" role="status" aria-live="polite">${best && samples.value.length % 5 === 1 ? `${best.served} served, ${number(best.driveHours)} hours of driving` : ""}</p>
  </section>`;
}

/** @param {{label: string, value: string, good?: boolean}} props */
const Figure = ({ label, value, good }) => html`<div class=${`tile ${good ? "good" : ""}`}><dt>${label}</dt><dd class="value">${good && html`<span class="sign" aria-hidden="true">✓</span>`}${value}</dd></div>`;
