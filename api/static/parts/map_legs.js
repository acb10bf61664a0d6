// Legs of duties as the map paints them: lines in Mercator's square from 0 to 1, what is aboard, and which leg lies under the pointer.
import { people } from "../lib/roster.js";

/** @typedef {import("../lib/roster.js").Duty} Duty */
/** @typedef {import("../lib/roster.js").Place} Place */
/** @typedef {import("../lib/roster.js").Stop} Stop */
/** A leg leads to `stop`; `at`: x and y in turn; `box`: west, north, east, south. @typedef {{duty: Duty, stop: Stop, load: number, at: Float64Array, box: number[]}} Leg */
/** Where the map is: pixels of the whole world, and of the corner that is shown. @typedef {{world: number, left: number, top: number}} View */

/** Pixels of the world at zoom 0, and of a tile. */
export const TILE = 512;
/** Points nearer to each other than this, in pixels, are one. */
const APART = 0.6;

/** @param {number[]} position longitude, latitude */
export function mercator([lon, lat]) {
  const phi = (lat * Math.PI) / 180;
  return [(lon + 180) / 360, (1 - Math.log(Math.tan(phi) + 1 / Math.cos(phi)) / Math.PI) / 2];
}

/** @param {Place} place */
export const placed = ({ lon, lat }) => mercator([lon, lat]);

/** The legs of a duty, each along its way where it is known. @param {Duty} duty @param {import("../lib/ways.js").Ways | null} ways @returns {Leg[]} */
export const legsOf = (duty, ways) => duty.stops.slice(1).flatMap((stop, n) => {
  const before = duty.stops[n];
  if (before.place === stop.place) return [];
  const points = ways?.get(stop)?.map(mercator) ?? [placed(before.place), placed(stop.place)];
  const xs = points.map(([x]) => x), ys = points.map(([, y]) => y);
  return [{ duty, stop, load: people(before), at: Float64Array.from(points.flat()), box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] }];
});

/** @param {Leg} leg @param {number} west @param {number} north @param {number} east @param {number} south */
export const meets = ({ box }, west, north, east, south) => box[0] <= east && box[2] >= west && box[1] <= south && box[3] >= north;

/** A line as a path of the pen. @param {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} pen @param {View} view @param {Float64Array} at */
export function trace(pen, { world, left, top }, at) {
  let x = at[0] * world - left, y = at[1] * world - top;
  pen.beginPath();
  pen.moveTo(x, y);
  for (let k = 2; k < at.length; k += 2) {
    const nextX = at[k] * world - left, nextY = at[k + 1] * world - top;
    if (k + 2 < at.length && Math.abs(nextX - x) + Math.abs(nextY - y) < APART) continue;
    pen.lineTo(nextX, nextY);
    [x, y] = [nextX, nextY];
  }
}

/** The leg nearest to a point and at most so far off, if there is one. @param {Leg[]} legs @param {number[]} point @param {number} most */
export function legAt(legs, [x, y], most) {
  let found = null, least = most;
  for (const leg of legs) {
    if (!meets(leg, x - least, y - least, x + least, y + least)) continue;
    for (let k = 2; k < leg.at.length; k += 2) {
      const away = distance(x, y, leg.at.subarray(k - 2, k + 2));
      if (away < least) [found, least] = [leg, away];
    }
  }
  return found;
}

/** From a point to a stretch. @param {number} x @param {number} y @param {Float64Array} stretch */
function distance(x, y, [ax, ay, bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const share = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}
