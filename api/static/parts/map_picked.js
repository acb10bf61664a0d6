// What is picked, painted over the map: the legs of a duty with what is aboard, the ride of a journey, numbered calls.
// It is painted here and not by the map's engine, which would cut it into tiles beside the page and draw all its layers again at every pick.
import { placed, trace } from "./map_legs.js";
import { dutyColour, token } from "../lib/colours.js";

/** @typedef {import("../lib/roster.js").Duty} Duty */
/** @typedef {import("../lib/roster.js").Journey} Journey */
/** @typedef {import("../lib/roster.js").Stop} Stop */
/** @typedef {import("./map_legs.js").View} View */
/** @typedef {CanvasRenderingContext2D} Pen */
/** One mark a place; `at` in Mercator's square. @typedef {{at: number[], label: string, on: boolean, journey: Journey | null}} Call */
/** @typedef {{legs: {load: number, ride: boolean, at: Float64Array}[], calls: Call[], colour: string}} Picked */

const FONT = "'Segoe UI', 'Liberation Sans', Arial, sans-serif";
const RADIUS = 9, RADIUS_ON = 11;
/** Characters that a mark has room for. */
const ROOM_ON_MARK = 3;
/** Pixels that a leg needs for its words, and that words keep from each other. */
const ROOM = 70, APART = 34;

/** What is to be painted. @param {Duty | null} duty @param {Journey | null} journey @param {import("./map_legs.js").Leg[]} legs of the duty @param {boolean} dark @returns {Picked} */
export function pickedShapes(duty, journey, legs, dark) {
  if (duty) return { legs: legs.map((leg) => ({ ...leg, ride: rides(journey, leg.stop) })), calls: callsOf(duty, journey), colour: dutyColour(duty.index, dark) };
  if (!journey) return { legs: [], calls: [], colour: "" };
  const [from, to] = [placed(journey.from), placed(journey.to)];
  const calls = [from, to].map((at, n) => ({ at, label: "▲▼"[n], on: true, journey }));
  return { legs: [{ load: 0, ride: true, at: Float64Array.from([...from, ...to]) }], calls, colour: "" };
}

/** Whether a journey is aboard on the way to a stop. @param {Journey | null} journey @param {Stop} stop */
const rides = (journey, stop) => Boolean(journey?.pickup && journey.dropoff && stop.number > journey.pickup.number && stop.number <= journey.dropoff.number);

/** @param {Duty} duty @param {Journey | null} journey @returns {Call[]} */
function callsOf(duty, journey) {
  const at = Map.groupBy(duty.stops.filter((stop) => stop.journey), (stop) => stop.place);
  return [...at].map(([place, stops]) => ({
    at: placed(place), label: labelOf(stops),
    on: journey !== null && stops.some((stop) => stop.journey === journey), journey: stops[0].journey,
  })).sort((a, b) => Number(a.on) - Number(b.on));
}

/** The numbers of the calls at a place, as many as its mark has room for. @param {Stop[]} stops */
function labelOf(stops) {
  const all = stops.map((stop) => stop.number).join(" ");
  return all.length > ROOM_ON_MARK ? `${stops[0].number}…` : all;
}

/** @param {Pen} pen @param {View} view @param {Picked} picked */
export function paintPicked(pen, view, { legs, calls, colour }) {
  const ink = Object.fromEntries(["map", "card", "ink", "soft", "empty", "pick"].map((name) => [name, token(name)]));
  const wide = (/** @type {{load: number}} */ leg) => 1.4 + 1.3 * Math.min(6, leg.load);
  /** @param {typeof legs} which @param {string} style @param {(leg: typeof legs[0]) => number} width */
  const stroke = (which, style, width) => {
    pen.strokeStyle = style;
    for (const leg of which) {
      pen.lineWidth = width(leg);
      trace(pen, view, leg.at);
      pen.stroke();
    }
  };
  const loaded = legs.filter((leg) => leg.load > 0).sort((a, b) => b.load - a.load); // the fuller first: thinner lines stay in sight, words have their room
  [pen.lineCap, pen.lineJoin] = ["round", "round"];
  stroke(legs.filter((leg) => leg.ride), ink.pick, (leg) => wide(leg) + 8);
  stroke(legs.filter((leg) => leg.ride || leg.load), ink.map, (leg) => wide(leg) + 3.5);
  pen.setLineDash([4.5, 4.5]);
  stroke(legs.filter((leg) => !leg.load), ink.empty, () => 1.5);
  pen.setLineDash([]);
  stroke(loaded, colour, wide);
  paintLoads(pen, view, loaded, ink);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  for (const call of calls) paintCall(pen, view, call, colour || ink.soft, ink);
}

/** How many are aboard, along the middle stretch of each leg that has room for it. @param {Pen} pen @param {View} view @param {Picked["legs"]} legs @param {Record<string, string>} ink */
function paintLoads(pen, { world, left, top }, legs, ink) {
  [pen.font, pen.textAlign, pen.textBaseline, pen.lineWidth] = [`10px ${FONT}`, "center", "alphabetic", 3];
  [pen.fillStyle, pen.strokeStyle] = [ink.soft, ink.map];
  /** @type {number[][]} */
  const taken = [];
  for (const { at, load } of legs) {
    const k = 2 * Math.floor((at.length - 2) / 4);
    const [ax, ay, bx, by] = [at[k], at[k + 1], at[k + 2], at[k + 3]];
    const x = ((ax + bx) / 2) * world - left, y = ((ay + by) / 2) * world - top;
    if (Math.hypot(at[0] - at[at.length - 2], at[1] - at[at.length - 1]) * world < ROOM || taken.some(([u, v]) => Math.hypot(u - x, v - y) < APART)) continue;
    taken.push([x, y]);
    const turn = Math.atan((by - ay) / (bx - ax || 1e-12));
    pen.save();
    pen.translate(x, y);
    pen.rotate(turn);
    pen.strokeText(`${load} aboard`, 0, -6);
    pen.fillText(`${load} aboard`, 0, -6);
    pen.restore();
  }
}

/** @param {Pen} pen @param {View} view @param {Call} call @param {string} colour @param {Record<string, string>} ink */
function paintCall(pen, { world, left, top }, { at, label, on }, colour, ink) {
  const x = at[0] * world - left, y = at[1] * world - top;
  pen.beginPath();
  pen.arc(x, y, on ? RADIUS_ON : RADIUS, 0, 2 * Math.PI);
  [pen.fillStyle, pen.strokeStyle, pen.lineWidth] = [on ? ink.pick : ink.card, on ? ink.pick : colour, 2];
  pen.fill();
  pen.stroke();
  [pen.font, pen.fillStyle] = [`11px ${FONT}`, on ? ink.card : ink.ink];
  pen.fillText(label, x, y + 0.5);
}

/** The call whose mark lies under a point. @param {Call[]} calls @param {View} view @param {{x: number, y: number}} point */
export const callAt = (calls, { world, left, top }, { x, y }) =>
  calls.findLast(({ at, on }) => Math.hypot(at[0] * world - left - x, at[1] * world - top - y) <= (on ? RADIUS_ON : RADIUS) + 2);
