// How a lane is drawn. Shape says as much as colour: loads are steps, empty drives lines, waits dotted, breaks hatched, misses marked.
import { people } from "../lib/roster.js";

/** @typedef {import("../lib/roster.js").Duty} Duty */
/** @typedef {import("../lib/roster.js").Journey} Journey */
/** @typedef {import("./timeline.js").Scene} Scene */
/** @typedef {CanvasRenderingContext2D} Pen */
/** @typedef {(t: number) => number} Across */

const FONT = "12px 'Segoe UI Variable Text', 'Segoe UI', -apple-system, Arial, 'Liberation Sans', sans-serif";
/** Pixels of what stands before a lane: its duty's name, a lock, the vehicle's type, the number of journeys. */
const NAME_AT = 10, LOCK_AT = 97, LOCK_WIDE = 12, TYPE_AT = 106, COUNT_WIDE = 38;

/** @param {Pen} pen @param {Scene} scene @param {Duty} duty @param {number} y @param {Across} x @param {number} width @param {boolean} picked @param {Journey | null} journey @param {Journey[]} locked */
export function paintLane(pen, scene, duty, y, x, width, picked, journey, locked) {
  const { ink, row } = scene;
  const floor = y + row - 4, tall = row - 8;
  if (picked) {
    pen.fillStyle = ink["accent-soft"];
    pen.fillRect(0, y, width, row);
  }
  pen.fillStyle = ink.faint;
  pen.fillRect(x(duty.from), y + 2, x(duty.until) - x(duty.from), row - 4);
  const full = Math.max(3, duty.most);
  duty.stops.forEach((stop, n) => {
    const before = duty.stops[n - 1];
    if (before && x(stop.depart) > 0 && x(before.depart) < width) {
      const [a, b] = [x(before.depart), x(stop.arrive)];
      if (before.parties > 0) paintLoad(pen, scene.colour(duty), a, Math.max(1, x(stop.begin) - a), floor, tall, people(before) / full);
      else if (b > a) {
        pen.fillStyle = ink.empty;
        pen.fillRect(a, floor - 1, b - a, 1);
      }
      if (stop.begin - stop.arrive > 60) paintWait(pen, ink.wait, b, x(stop.begin), floor - tall / 2);
    }
    paintStop(pen, scene, stop, x, y, before?.parties ?? 0);
  });
  if (journey?.duty === duty && journey.pickup && journey.dropoff) {
    pen.strokeStyle = ink.pick;
    pen.lineWidth = 2;
    pen.strokeRect(x(journey.pickup.begin) - 1, y + 2, x(journey.dropoff.depart) - x(journey.pickup.begin) + 2, row - 4);
  }
  for (const { pickup, dropoff } of locked) if (pickup && dropoff) paintLock(pen, ink, (x(pickup.begin) + x(dropoff.depart)) / 2, y + 6);
}

/** A padlock. @param {Pen} pen @param {Record<string, string>} ink @param {number} x its middle @param {number} y its top */
function paintLock(pen, ink, x, y) {
  pen.fillStyle = ink.card;
  pen.fillRect(x - LOCK_WIDE / 2, y - 2, LOCK_WIDE, 15);
  pen.strokeStyle = pen.fillStyle = ink.ink;
  pen.lineWidth = 1.5;
  pen.beginPath();
  pen.arc(x, y + 4, 2.5, Math.PI, 0);
  pen.stroke();
  pen.fillRect(x - 4, y + 4.5, 8, 6.5);
}

/** The moment that it is: what lies behind it is veiled. @param {Pen} pen @param {Scene} scene @param {number} x @param {number} height */
export function paintNow(pen, { ink, gutter }, x, height) {
  if (x <= gutter) return;
  pen.globalAlpha = 0.45;
  pen.fillStyle = ink.card;
  pen.fillRect(gutter, 0, x - gutter, height);
  pen.globalAlpha = 1;
  pen.fillStyle = ink.accent;
  pen.fillRect(x - 1, 0, 2, height);
}

/** @param {Pen} pen @param {string} colour @param {number} x @param {number} wide @param {number} floor @param {number} tall @param {number} share */
function paintLoad(pen, colour, x, wide, floor, tall, share) {
  const high = Math.max(4, tall * share);
  pen.fillStyle = colour;
  pen.fillRect(x, floor - high, wide, high);
}

/** @param {Pen} pen @param {string} colour @param {number} from @param {number} to @param {number} y */
function paintWait(pen, colour, from, to, y) {
  pen.fillStyle = colour;
  for (let at = from + 2; at < to - 1; at += 4) pen.fillRect(at, y, 2, 2);
}

/** @param {Pen} pen @param {Scene} scene @param {import("../lib/roster.js").Stop} stop @param {Across} x @param {number} y @param {number} load parties aboard on arrival */
function paintStop(pen, scene, stop, x, y, load) {
  const { ink, row } = scene;
  const [a, b] = [x(stop.begin), x(stop.depart)];
  if (stop.kind === "break") return paintBreak(pen, ink, a, y + 4, Math.max(2, b - a), row - 8);
  if (stop.kind === "start" || stop.kind === "end") {
    pen.fillStyle = ink.stop;
    pen.fillRect(x(stop.kind === "end" ? stop.arrive : stop.depart) - 1, y + 5, 2, row - 9);
    return;
  }
  pen.fillStyle = ink.stop;
  const up = stop.kind === "pickup"; // boards: a mark at the foot, alights: at the head
  pen.fillRect(a, up ? y + row - 6 : y + 3, Math.max(1.5, b - a - 0.5), 3);
  if (load > 0 && stop.parties > 0) {
    pen.globalAlpha = 0.35;
    pen.fillRect(a, y + row - 8, Math.max(1, b - a), 4);
    pen.globalAlpha = 1;
  }
  const missed = stop.journey?.misses.some((miss) => (miss.measure === "collect") === up);
  if (missed) paintMiss(pen, ink, (a + b) / 2, y);
}

/** @param {Pen} pen @param {Record<string, string>} ink @param {number} x @param {number} y */
function paintMiss(pen, ink, x, y) {
  pen.fillStyle = ink.bad;
  pen.strokeStyle = ink.card;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(x - 5, y + 1);
  pen.lineTo(x + 5, y + 1);
  pen.lineTo(x, y + 10);
  pen.closePath();
  pen.fill();
  pen.stroke();
}

/** @param {Pen} pen @param {Record<string, string>} ink @param {number} x @param {number} y @param {number} width @param {number} height */
function paintBreak(pen, ink, x, y, width, height) {
  pen.save();
  pen.beginPath();
  pen.rect(x, y, width, height);
  pen.clip();
  pen.strokeStyle = ink.rest;
  pen.lineWidth = 1.2;
  pen.beginPath();
  for (let at = x - height; at < x + width; at += 4) {
    pen.moveTo(at, y + height);
    pen.lineTo(at + height, y);
  }
  pen.stroke();
  pen.restore();
  pen.strokeStyle = ink.rest;
  pen.lineWidth = 1;
  pen.strokeRect(x + 0.5, y + 0.5, Math.max(1, width - 1), height - 1);
}

/** @param {Pen} pen @param {Scene} scene @param {Duty} duty @param {number} y @param {boolean} picked @param {boolean} locked one of its journeys is */
export function paintName(pen, scene, duty, y, picked, locked) {
  const { ink, row, gutter } = scene;
  pen.fillStyle = picked ? ink["accent-soft"] : ink.card;
  pen.fillRect(0, y, gutter - 6, row);
  pen.fillStyle = picked ? ink.accent : scene.colour(duty);
  pen.fillRect(0, y + 3, 4, row - 6);
  pen.font = FONT;
  pen.textBaseline = "middle";
  pen.textAlign = "start";
  pen.fillStyle = ink.ink;
  pen.fillText(duty.id, NAME_AT, y + row / 2, LOCK_AT - LOCK_WIDE / 2 - 2 - NAME_AT);
  if (locked) paintLock(pen, ink, LOCK_AT, y + 6);
  pen.fillStyle = ink.soft;
  pen.fillText(duty.type, TYPE_AT, y + row / 2, gutter - COUNT_WIDE - TYPE_AT);
  pen.textAlign = "end";
  pen.fillStyle = duty.missed ? ink.bad : ink.soft;
  pen.fillText(`${duty.missed ? "▾" : ""}${duty.journeys}`, gutter - 12, y + row / 2);
}

/** @param {Pen} pen @param {Scene} scene @param {Across} x @param {number} width @param {number} height @param {(t: number) => string} at @param {string} label */
export function paintAxis(pen, scene, x, width, height, at, label) {
  const { ink, axis, gutter, first, last, perHour } = scene;
  pen.globalAlpha = 0.7;
  pen.fillStyle = ink.grid;
  for (let t = first; t <= last; t += 3600) if (x(t) >= gutter) pen.fillRect(Math.round(x(t)), axis, 1, height);
  pen.globalAlpha = 1;
  pen.fillStyle = ink.card;
  pen.fillRect(0, 0, width, axis);
  pen.fillStyle = ink.line;
  pen.fillRect(0, axis - 1, width, 1);
  pen.font = FONT;
  pen.textBaseline = "middle";
  pen.textAlign = "center";
  pen.fillStyle = ink.soft;
  const step = perHour > 200 ? 1800 : perHour < (last > 86400 ? 58 : 46) ? 7200 : 3600;
  for (let t = first; t <= last; t += step) if (x(t) >= gutter - 2) pen.fillText(at(t), x(t), axis / 2);
  pen.textAlign = "start";
  pen.fillStyle = ink.card;
  pen.fillRect(0, 0, gutter - 24, axis - 1);
  pen.fillStyle = ink.soft;
  pen.fillText(label, 10, axis / 2);
}
