// The timeline: one row a duty. Only what is in sight is painted, so hundreds of duties scroll freely.

const ROW = 22, GUTTER = 178, AXIS = 28, RIM = 44;
const timeline = byId("timeline");
const lane = timeline.firstElementChild;
const timeCanvas = lane.firstElementChild;
const drawTimeline = perFrame(paintTimeline);
const range = { first: 0, last: 3600, perHour: 60, zoom: 1 };
let rows = [...duties];

const ORDERS = {
  start: (a, b) => a.out - b.out || a.id.localeCompare(b.id),
  id: (a, b) => a.id.localeCompare(b.id, "en", { numeric: true }),
  base: (a, b) => a.base.label.localeCompare(b.base.label) || a.out - b.out,
  journeys: (a, b) => b.journeys - a.journeys || a.out - b.out,
};

const timeX = (t) => GUTTER + ((t - range.first) / 3600) * range.perHour;

function layTimeline() {
  range.first = Math.floor(Math.min(...duties.map((duty) => duty.from), Infinity) / 3600) * 3600;
  range.last = Math.ceil(Math.max(...duties.map((duty) => duty.until), -Infinity) / 3600) * 3600;
  if (!Number.isFinite(range.first)) [range.first, range.last] = [0, 24 * 3600];
  const hours = (range.last - range.first) / 3600;
  const fitting = Math.max(24, (timeline.clientWidth - GUTTER - RIM) / hours);
  range.perHour = fitting * range.zoom;
  lane.style.width = `${Math.max(timeline.clientWidth, GUTTER + hours * range.perHour + RIM)}px`;
  lane.style.height = `${AXIS + rows.length * ROW + 8}px`;
  timeline.style.height = `${Math.min(432, AXIS + rows.length * ROW + 26)}px`;
  drawTimeline();
}

function paintTimeline() {
  const [width, height] = [timeline.clientWidth, timeline.clientHeight];
  timeCanvas.style.width = `${width}px`;
  timeCanvas.style.height = `${height}px`;
  const pen = context(timeCanvas, width, height);
  const ink = Object.fromEntries(["card", "ink", "soft", "grid", "line", "loaded", "empty", "stop", "break", "wait", "accent", "pick", "faint"].map((name) => [name, colour(name)]));
  ink.accentSoft = colour("accent-soft");
  const [left, top] = [timeline.scrollLeft, timeline.scrollTop];
  const x = (t) => timeX(t) - left;
  pen.textBaseline = "middle";
  pen.font = "12px system-ui, 'Liberation Sans', sans-serif";
  const firstRow = Math.max(0, Math.floor(top / ROW) - 1);
  const lastRow = Math.min(rows.length, Math.ceil((top + height) / ROW) + 1);
  for (let i = firstRow; i < lastRow; i++) {
    if (rows[i] === chosen.duty) {
      pen.fillStyle = ink.accentSoft;
      pen.fillRect(0, AXIS + i * ROW - top, width, ROW);
    }
  }
  for (let t = range.first; t <= range.last; t += 3600) {
    pen.fillStyle = ink.grid;
    pen.fillRect(Math.round(x(t)), AXIS, 1, height);
  }
  for (let i = firstRow; i < lastRow; i++) paintRow(pen, rows[i], AXIS + i * ROW - top, x, ink);
  pen.fillStyle = ink.card;
  pen.fillRect(0, 0, GUTTER - 8, height);
  for (let i = firstRow; i < lastRow; i++) paintName(pen, rows[i], AXIS + i * ROW - top, ink);
  pen.fillStyle = ink.card;
  pen.fillRect(0, 0, width, AXIS);
  pen.fillStyle = ink.line;
  pen.fillRect(0, AXIS - 1, width, 1);
  pen.fillStyle = ink.soft;
  pen.textAlign = "center";
  const widest = range.last >= 86400 ? 72 : 46; // a label after midnight carries (+1)
  for (let t = range.first; t <= range.last; t += range.perHour < widest ? 7200 : 3600) {
    if (x(t) >= GUTTER - 4) pen.fillText(clock(t), x(t), AXIS / 2);
  }
  pen.textAlign = "start";
  pen.fillText(plural(rows.length, "duty", "duties"), 12, AXIS / 2);
}

function paintName(pen, duty, y, ink) {
  if (duty === chosen.duty) {
    pen.fillStyle = ink.accentSoft;
    pen.fillRect(0, y, GUTTER - 8, ROW);
    pen.fillStyle = ink.accent;
    pen.fillRect(0, y, 4, ROW);
  }
  pen.fillStyle = ink.ink;
  pen.fillText(duty.id, 12, y + ROW / 2, 66);
  pen.fillStyle = ink.soft;
  pen.fillText(duty.type, 82, y + ROW / 2, GUTTER - 96);
}

// Told apart by shape as well as colour: loaded drives are full, empty ones thin outlines, breaks hatched, waits dotted.
function paintRow(pen, duty, y, x, ink) {
  const middle = y + ROW / 2;
  pen.fillStyle = ink.faint;
  pen.fillRect(x(duty.from), y + 2, x(duty.until) - x(duty.from), ROW - 4);
  duty.stops.forEach((stop, i) => {
    const before = duty.stops[i - 1];
    if (before) {
      if (before.parties > 0) {
        pen.fillStyle = ink.loaded;
        pen.fillRect(x(before.depart), y + 4, x(stop.arrive) - x(before.depart), ROW - 8);
      } else if (stop.arrive > before.depart) {
        pen.strokeStyle = ink.empty;
        pen.lineWidth = 1;
        pen.strokeRect(x(before.depart) + 0.5, middle - 2.5, Math.max(0, x(stop.arrive) - x(before.depart) - 1), 5);
      }
      if (stop.begin > stop.arrive) {
        pen.strokeStyle = ink.wait;
        pen.lineWidth = 2;
        pen.setLineDash([2, 3]);
        pen.beginPath();
        pen.moveTo(x(stop.arrive), middle);
        pen.lineTo(x(stop.begin), middle);
        pen.stroke();
        pen.setLineDash([]);
      }
    }
    const wide = Math.max(2, x(stop.depart) - x(stop.begin));
    if (stop.kind === "break") paintBreak(pen, x(stop.begin), y + 4, wide, ROW - 8, ink);
    else if (stop.kind === "pickup" || stop.kind === "dropoff") {
      pen.fillStyle = ink.card;
      pen.fillRect(x(stop.begin), y + 4, wide, ROW - 8);
      pen.fillStyle = stop === chosen.stop ? ink.pick : ink.stop;
      pen.fillRect(x(stop.begin) + 0.5, y + 4, Math.max(1.5, wide - 1), ROW - 8);
    } else {
      pen.fillStyle = ink.stop;
      pen.fillRect(x(stop.kind === "end" ? stop.arrive : stop.depart) - 1, y + 2, 2, ROW - 4);
    }
  });
}

function paintBreak(pen, x, y, width, height, ink) {
  pen.save();
  pen.beginPath();
  pen.rect(x, y, width, height);
  pen.clip();
  pen.strokeStyle = ink.break;
  pen.lineWidth = 1.5;
  pen.beginPath();
  for (let at = x - height; at < x + width; at += 5) { pen.moveTo(at, y + height); pen.lineTo(at + height, y); }
  pen.stroke();
  pen.restore();
  pen.strokeStyle = ink.break;
  pen.lineWidth = 1;
  pen.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
}

// What lies under a point: the duty, and the stop at or before which the vehicle is.
function timelineAt(event) {
  const box = timeline.getBoundingClientRect();
  const y = event.clientY - box.top + timeline.scrollTop - AXIS;
  const duty = event.clientY - box.top < AXIS ? undefined : rows[Math.floor(y / ROW)];
  if (!duty) return null;
  const inside = event.clientX - box.left;
  if (inside < GUTTER - 8) return { duty, stop: null };
  const t = range.first + ((inside + timeline.scrollLeft - GUTTER) / range.perHour) * 3600;
  return { duty, stop: duty.stops.find((stop) => t <= stop.depart && t >= duty.out) ?? null, t };
}

function revealRow(duty, stop) {
  const y = rows.indexOf(duty) * ROW;
  if (y < timeline.scrollTop) timeline.scrollTop = y;
  if (y + ROW > timeline.scrollTop + timeline.clientHeight - AXIS) timeline.scrollTop = y + ROW - timeline.clientHeight + AXIS + 4;
  if (!stop) return;
  const x = timeX(stop.begin);
  if (x < timeline.scrollLeft + GUTTER || x > timeline.scrollLeft + timeline.clientWidth - 40) timeline.scrollLeft = x - timeline.clientWidth / 2;
}

function stepTimeline(event) {
  const duty = chosen.duty ?? rows[0];
  if (!duty) return;
  const row = rows.indexOf(duty);
  const stop = chosen.stop ? chosen.stop.number : -1;
  if (event.key === "ArrowDown") choose(rows[Math.min(rows.length - 1, chosen.duty ? row + 1 : 0)]);
  else if (event.key === "ArrowUp") choose(rows[Math.max(0, row - 1)]);
  else if (event.key === "Home") choose(rows[0]);
  else if (event.key === "End") choose(rows[rows.length - 1]);
  else if (event.key === "ArrowRight") choose(duty, duty.stops[Math.min(duty.stops.length - 1, stop + 1)]);
  else if (event.key === "ArrowLeft") choose(duty, duty.stops[Math.max(0, stop - 1)]);
  else return;
  event.preventDefault();
}

function wireTimeline() {
  const tip = byId("tip");
  timeline.addEventListener("scroll", drawTimeline, { passive: true });
  timeline.addEventListener("keydown", stepTimeline);
  timeline.addEventListener("click", (event) => {
    const hit = timelineAt(event);
    if (hit) choose(hit.duty, hit.stop);
  });
  timeline.addEventListener("pointermove", (event) => {
    const hit = timelineAt(event);
    tip.hidden = !hit;
    if (!hit) return;
    tip.replaceChildren(el("b", {}, `${hit.duty.id} · ${hit.duty.vehicle}`), ...hit.stop ? [sentence(hit.stop, hit.t)] : [dutySentence(hit.duty)]);
    tip.style.left = `${Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8)}px`;
    tip.style.top = `${Math.min(event.clientY + 16, innerHeight - tip.offsetHeight - 8)}px`;
  });
  timeline.addEventListener("pointerleave", () => (tip.hidden = true));
  const zoom = (factor) => { range.zoom = Math.max(1, Math.min(8, range.zoom * factor)); layTimeline(); };
  byId("time-in").addEventListener("click", () => zoom(1.5));
  byId("time-out").addEventListener("click", () => zoom(1 / 1.5));
  byId("order").addEventListener("change", (event) => { rows.sort(ORDERS[event.target.value]); drawTimeline(); });
  rows.sort(ORDERS.start);
  new ResizeObserver(perFrame(layTimeline)).observe(timeline);
}
