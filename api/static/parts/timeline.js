// The timeline: a lane a duty. Only lanes in sight are painted, so hundreds scroll freely; its table twin is the list of duties.
import { Lock } from "./lock.js";
import { DragVerdict, moving } from "./move.js";
import { paintAxis, paintLane, paintName, paintNow } from "./timeline_paint.js";
import { dutyColour, token } from "../lib/colours.js";
import { perFrame, sharpPen } from "../lib/frame.js";
import { plural } from "../lib/format.js";
import { dragged, forgetTrial, tryMove } from "../lib/moving.js";
import { VERBS, people, missText } from "../lib/roster.js";
import { held, isLocked, lockedOn, pickDuty, pickJourney, pickedDuty, pickedJourney, pins, roster, shownJourneys } from "../lib/store.js";
import { dark } from "../lib/theme.js";
import { span } from "../lib/times.js";
import { computed, html, signal, useEffect, useRef, useState } from "../lib/vendor.js";

/** @typedef {import("../lib/roster.js").Duty} Duty */
/** @typedef {import("../lib/roster.js").Stop} Stop */
/** @typedef {{first: number, last: number, perHour: number, gutter: number, axis: number, row: number, ink: Record<string, string>, colour: (duty: Duty) => string}} Scene */

const ROW = 24, AXIS = 26, GUTTER = 218, RIM = 40;
const INKS = ["card", "ink", "soft", "grid", "line", "faint", "stop", "empty", "wait", "rest", "accent", "accent-soft", "bad", "pick"];
/** @type {Record<string, [label: string, compare: (a: Duty, b: Duty) => number]>} */
const ORDERS = {
  start: ["Start", (a, b) => a.out - b.out || a.id.localeCompare(b.id)],
  base: ["Base", (a, b) => a.base.label.localeCompare(b.base.label) || a.out - b.out],
  type: ["Vehicle", (a, b) => a.type.localeCompare(b.type) || a.out - b.out],
  busy: ["Most journeys", (a, b) => b.journeys - a.journeys || a.out - b.out],
  missed: ["Most targets missed", (a, b) => b.missed - a.missed || a.out - b.out],
};

const order = signal("start");
const onlyShown = signal(true);
const lanes = computed(() => {
  const all = roster.value?.used ?? [];
  const filtered = onlyShown.value && roster.value && shownJourneys.value.length < roster.value.journeys.length;
  const wanted = filtered ? new Set(shownJourneys.value.map((journey) => journey.duty)) : null;
  return all.filter((duty) => !wanted || wanted.has(duty)).sort(ORDERS[order.value][1]);
});

/**
 * `now`: seconds after midnight, where the day is under way; `only`: duties of which alone the lanes may be shown.
 * @param {{now?: number | null, only?: {label: string, duties: Set<string>} | null}} props
 */
export function Timeline({ now = null, only = null }) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const [zoom, setZoom] = useState(1);
  const [tip, setTip] = useState(/** @type {{x: number, y: number, duty: Duty, stop: Stop | null} | null} */ (null));
  const [few, setFew] = useState(false);
  const rows = few && only ? lanes.value.filter((one) => only.duties.has(one.id)) : lanes.value;
  const duty = pickedDuty.value, journey = pickedJourney.value;
  const hours = spread(rows);
  const [width, setWidth] = useState(800);
  const perHour = Math.max(20, (width - GUTTER - RIM) / hours.count) * zoom;
  const across = Math.max(width, GUTTER + hours.count * perHour + RIM);

  const paint = () => {
    const host = box.current;
    if (!host || !canvas.current) return;
    const [w, h, left, top] = [host.clientWidth, host.clientHeight, host.scrollLeft, host.scrollTop];
    const pen = sharpPen(canvas.current, w, h);
    /** @type {Scene} */
    const scene = {
      first: hours.first, last: hours.first + 3600 * hours.count, perHour, gutter: GUTTER, axis: AXIS, row: ROW,
      ink: Object.fromEntries(INKS.map((name) => [name, token(name)])), colour: (one) => dutyColour(one.index, dark.value),
    };
    const x = (/** @type {number} */ t) => GUTTER + ((t - hours.first) / 3600) * perHour - left;
    const from = Math.max(0, Math.floor(top / ROW)), to = Math.min(rows.length, Math.ceil((top + h) / ROW));
    const at = roster.value?.at ?? String;
    const locked = rows.slice(from, to).map(lockedOn);
    for (let n = from; n < to; n++) paintLane(pen, scene, rows[n], AXIS + n * ROW - top, x, w, rows[n] === duty, journey, locked[n - from]);
    for (let n = from; n < to; n++) paintName(pen, scene, rows[n], AXIS + n * ROW - top, rows[n] === duty, locked[n - from].length > 0);
    if (now !== null) paintNow(pen, scene, x(now), h);
    paintAxis(pen, scene, x, w, h, at, plural(rows.length, "duty", "duties"));
  };
  const painter = useRef(paint);
  painter.current = paint;
  const soon = useRef(perFrame(() => painter.current())).current;
  soon();
  void [dark.value, held.value, pins.value];

  useEffect(() => {
    const host = /** @type {HTMLDivElement} */ (box.current);
    const sizes = new ResizeObserver(() => {
      setWidth(host.clientWidth);
      soon();
    });
    sizes.observe(host);
    host.addEventListener("scroll", soon, { passive: true });
    const onWheel = (/** @type {WheelEvent} */ event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      setZoom((now) => Math.min(10, Math.max(1, now * (event.deltaY < 0 ? 1.2 : 1 / 1.2))));
    };
    host.addEventListener("wheel", onWheel, { passive: false });
    return () => {
      sizes.disconnect();
      host.removeEventListener("scroll", soon);
      host.removeEventListener("wheel", onWheel);
    };
  }, []);

  useEffect(() => reveal(box.current, rows.indexOf(/** @type {Duty} */ (duty)), journey?.pickup ?? null, hours.first, perHour), [duty, journey, rows, perHour]);

  /** @param {MouseEvent} event */
  const hit = (event) => {
    const host = /** @type {HTMLDivElement} */ (box.current);
    const place = host.getBoundingClientRect();
    const [px, py] = [event.clientX - place.left, event.clientY - place.top];
    const lane = py < AXIS ? undefined : rows[Math.floor((py - AXIS + host.scrollTop) / ROW)];
    if (!lane || px > host.clientWidth) return null;
    const t = hours.first + ((px + host.scrollLeft - GUTTER) / perHour) * 3600;
    const stop = px < GUTTER ? null : lane.stops.find((one) => t <= one.depart && t >= lane.out) ?? null;
    return { duty: lane, stop };
  };
  /** @param {Duty} lane @param {Stop | null} stop */
  const pick = (lane, stop) => (stop?.journey ? pickJourney(stop.journey) : pickDuty(lane));

  /** @param {DragEvent} event */
  function onDragOver(event) {
    const lane = dragged.value && hit(event)?.duty;
    if (!lane || lane === dragged.value?.duty) return forgetTrial();
    event.preventDefault();
    tryMove(/** @type {any} */ (dragged.value), lane);
    setTip({ duty: lane, stop: null, x: event.clientX, y: event.clientY });
  }
  /** @param {DragEvent} event */
  function onDrop(event) {
    const lane = hit(event)?.duty;
    if (!dragged.value || !lane) return;
    event.preventDefault();
    moving.value = { journey: dragged.value, duty: lane };
    setTip(null);
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const row = duty ? rows.indexOf(duty) : -1;
    /** @type {Record<string, number>} */
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -rows.length, End: rows.length };
    if (event.key in steps) {
      const next = rows[Math.min(rows.length - 1, Math.max(0, row + steps[event.key]))];
      if (next) pickDuty(next);
    } else if ((event.key === "ArrowRight" || event.key === "ArrowLeft") && duty) {
      const calls = duty.stops.filter((stop) => stop.kind === "pickup");
      const now = calls.findIndex((stop) => stop.journey === journey);
      const next = calls[Math.min(calls.length - 1, Math.max(0, now + (event.key === "ArrowRight" ? 1 : -1)))];
      if (next) pick(duty, next);
    } else if (event.key === "+" || event.key === "=") setZoom((now) => Math.min(10, now * 1.5));
    else if (event.key === "-") setZoom((now) => Math.max(1, now / 1.5));
    else return;
    event.preventDefault();
  }

  return html`<section class="panel timeline-panel" aria-label="Timeline of duties">
    <header class="panel-head">
      <h2>${now === null ? "Timeline" : "Timeline, as planned"}</h2>
      <${Legend} />
      <label class="inline">Order <select value=${order.value} onChange=${(/** @type {any} */ e) => (order.value = e.target.value)}>
        ${Object.entries(ORDERS).map(([key, [label]]) => html`<option value=${key}>${label}</option>`)}</select></label>
      ${only
        ? html`<label class="inline"><input type="checkbox" checked=${few} onChange=${() => setFew(!few)} /> ${only.label}</label>`
        : html`<label class="inline"><input type="checkbox" checked=${onlyShown.value} onChange=${(/** @type {any} */ e) => (onlyShown.value = e.target.checked)} /> As filtered</label>`}
      <span class="buttons" role="group" aria-label="Zoom of the timeline">
        <button type="button" class="small" aria-label="Longer stretch of time" onClick=${() => setZoom(Math.max(1, zoom / 1.5))}>−</button>
        <button type="button" class="small" aria-label="Shorter stretch of time" onClick=${() => setZoom(Math.min(10, zoom * 1.5))}>+</button>
      </span>
    </header>
    <div class="timeline" ref=${box} tabindex="0" role="application" aria-label="Timeline: up and down pick a duty, left and right a journey, plus and minus zoom. The list of duties says the same as a table."
      onKeyDown=${onKey} onClick=${(/** @type {MouseEvent} */ e) => { const found = hit(e); if (found) pick(found.duty, found.stop); }}
      onPointerMove=${(/** @type {PointerEvent} */ e) => { const found = hit(e); setTip(found && { ...found, x: e.clientX, y: e.clientY }); }} onPointerLeave=${() => setTip(null)}
      onDragOver=${onDragOver} onDrop=${onDrop} onDragLeave=${() => { setTip(null); forgetTrial(); }}>
      <canvas ref=${canvas} aria-hidden="true"></canvas>
      <div class="timeline-size" style=${{ width: `${across}px`, height: `${AXIS + rows.length * ROW + 4}px` }}></div>
    </div>
    <p class="visually-hidden" role="status">${duty ? said(duty, journey) : ""}</p>
    ${tip && (dragged.value ? html`<${DragVerdict} x=${tip.x} y=${tip.y} />` : html`<${Tip} ...${tip} />`)}
  </section>`;
}

const Legend = () => html`<ul class="legend" aria-hidden="true">
  <li><i class="key loaded"></i>loaded, height by load</li><li><i class="key empty"></i>empty</li><li><i class="key wait"></i>waits</li>
  <li><i class="key rest"></i>break</li><li><i class="key miss"></i>target missed</li><li><${Lock} />locked</li></ul>`;

/** @param {{x: number, y: number, duty: Duty, stop: Stop | null}} props */
function Tip({ x, y, duty, stop }) {
  const at = roster.value?.at ?? String;
  const style = { left: `${Math.min(x + 14, innerWidth - 300)}px`, ...(y > innerHeight - 150 ? { bottom: `${innerHeight - y + 12}px` } : { top: `${y + 16}px` }) };
  return html`<div class="tip" style=${style} aria-hidden="true">
    <b>${duty.id}</b> ${duty.vehicle}
    ${stop
      ? html`<br />${/** @type {any} */ (VERBS)[stop.kind]}${stop.journey ? ` ${stop.journey.id}` : ""}${stop.journey && isLocked(stop.journey) ? ", locked" : ""} · ${stop.place.label}<br />
        arrives ${at(stop.arrive)}${stop.begin > stop.arrive ? `, waits ${span(stop.begin - stop.arrive)}` : ""}, leaves ${at(stop.depart)} · ${plural(people(stop), "place")} taken
        ${stop.journey?.misses.map((miss) => html`<br /><strong class="bad">${missText(miss)}</strong>`)}`
      : html`<br />${duty.type}, ${duty.base.label} · ${at(duty.from)}–${at(duty.until)}<br />${plural(duty.journeys, "journey")} · ${Math.round(duty.metres / 1000)} km`}
  </div>`;
}

/** @param {Duty} duty @param {import("../lib/roster.js").Journey | null} journey */
function said(duty, journey) {
  const at = roster.value?.at ?? String;
  return journey?.pickup ? `${journey.id} on duty ${duty.id}, picked up ${at(journey.pickup.begin)}${isLocked(journey) ? ", locked" : ""}` : `Duty ${duty.id}, ${plural(duty.journeys, "journey")}, ${at(duty.out)} to ${at(duty.back)}`;
}

/** @param {Duty[]} rows */
function spread(rows) {
  if (!rows.length) return { first: 0, count: 24 };
  let first = Infinity, last = -Infinity;
  for (const duty of rows) {
    first = Math.min(first, duty.from, duty.out);
    last = Math.max(last, duty.until, duty.back);
  }
  first = Math.floor(first / 3600) * 3600;
  return { first, count: Math.ceil((last - first) / 3600) };
}

/** @param {HTMLDivElement | null} host @param {number} row @param {Stop | null} stop @param {number} first @param {number} perHour */
function reveal(host, row, stop, first, perHour) {
  if (!host || row < 0) return;
  const y = row * ROW;
  if (y < host.scrollTop || y + ROW > host.scrollTop + host.clientHeight - AXIS) host.scrollTop = y - (host.clientHeight - AXIS) / 2;
  if (!stop) return;
  const x = GUTTER + ((stop.begin - first) / 3600) * perHour;
  if (x < host.scrollLeft + GUTTER || x > host.scrollLeft + host.clientWidth - 60) host.scrollLeft = x - host.clientWidth / 2;
}
