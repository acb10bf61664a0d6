// The way of each leg along the roads, for rosters that were made with roads; else legs are drawn straight.
import * as calls from "./calls.js";
import { plural } from "./format.js";
import { attempt } from "./planning.js";
import { roster } from "./store.js";
import { computed, effect, signal } from "./vendor.js";

/** @typedef {import("./roster.js").Roster} Roster */
/** @typedef {import("./roster.js").Place} Place */
/** A leg's positions for the stop that it leads to. @typedef {Map<import("./roster.js").Stop, number[][]>} Ways */

/** So many duties are named. */
const NAMED = 3;
const ALL_STRAIGHT = "Runs are drawn straight from call to call";

/** What was read last: of which roster, its ways, and the duties of which some drive follows no road. */
const found = signal({ of: /** @type {Roster | null} */ (null), ways: /** @type {Ways} */ (new Map()), straight: /** @type {string[]} */ ([]) });
/** The ways of the roster that is shown: until they are there, those of the drives that it has in common with the one before. */
export const ways = computed(() => (found.value.of === roster.value ? found.value.ways : roster.value?.roads ? inCommon(roster.value) : null));
/** Whether no way is known yet of a roster that has some: what is drawn now would be drawn once more in a moment. */
export const awaited = computed(() => roster.value !== null && roster.value.roads && roster.value.version !== null && found.value.of !== roster.value && !ways.value?.size);
/** What is to be said of runs that follow no road; empty while that is not known. */
export const straightRuns = computed(() => {
  const shown = roster.value, { of, straight } = found.value;
  if (!shown?.used.length) return "";
  if (!shown.roads) return ALL_STRAIGHT;
  if (of !== shown || !straight.length) return "";
  if (straight.length === shown.used.length) return ALL_STRAIGHT;
  return `Partly drawn straight: ${straight.slice(0, NAMED).join(", ")}${straight.length > NAMED ? ` and ${plural(straight.length - NAMED, "other")}` : ""}`;
});

/** Read the ways of whatever roster is shown and has some. Returns what ends it. */
export const followWays = () => effect(() => {
  const shown = roster.value;
  if (shown?.roads && shown.version !== null && found.peek().of !== shown) readWays(shown, shown.version);
});

/** @param {Roster} shown @param {number} version */
async function readWays(shown, version) {
  const map = await attempt(() => calls.readRoutes(shown.date, version));
  if (roster.value !== shown) return;
  if (!map) return void (found.value = { of: shown, ways: new Map(), straight: shown.used.map((duty) => duty.id) });
  const straight = new Set(map.features.filter((/** @type {any} */ one) => one.properties.by_road === false).map((/** @type {any} */ one) => one.properties.duty_id));
  found.value = { of: shown, ways: waysOf(shown, map.features), straight: [...straight] };
}

/** @param {number[]} from @param {number[]} to longitude, latitude */
const ends = (from, to) => `${from}>${to}`;

/** @param {Roster} shown @returns {Ways} */
function inCommon(shown) {
  const known = new Map([...found.value.ways.values()].map((way) => [ends(way[0], way[way.length - 1]), way]));
  /** @type {Ways} */
  const kept = new Map();
  for (const duty of shown.used) {
    for (const stop of duty.stops.slice(1)) {
      const from = duty.stops[stop.number - 1].place, to = stop.place;
      const way = known.get(ends([from.lon, from.lat], [to.lon, to.lat]));
      if (way) kept.set(stop, way);
    }
  }
  return kept;
}

/** Degrees; files keep five decimals. */
const SAME = 1e-5;
/** @param {number[]} position @param {Place} place */
const isAt = ([lon, lat], place) => Math.abs(lon - place.lon) < SAME && Math.abs(lat - place.lat) < SAME;

/** The runs' lines cut at the stops; a stop that is not on its line leaves its leg straight. @param {Roster} shown @param {any[]} features */
export function waysOf(shown, features) {
  /** @type {Map<string, number[][]>} */
  const lines = new Map();
  const parts = features.filter((one) => one.geometry.type === "LineString").sort((a, b) => a.properties.part - b.properties.part);
  for (const { geometry, properties } of parts) lines.set(properties.duty_id, [...(lines.get(properties.duty_id) ?? []), ...geometry.coordinates]);
  /** @type {Ways} */
  const cut = new Map();
  for (const duty of shown.used) {
    const line = (lines.get(duty.id) ?? []).filter(([lon, lat], n, all) => n === 0 || lon !== all[n - 1][0] || lat !== all[n - 1][1]);
    let from = 0;
    for (const stop of duty.stops.slice(1)) {
      const to = line.findIndex((position, n) => n >= from && isAt(position, stop.place));
      if (to < 0) continue;
      if (to > from + 1) cut.set(stop, line.slice(from, to + 1));
      from = to;
    }
  }
  return cut;
}
