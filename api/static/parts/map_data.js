// The roster as shapes for the map: runs by duty with their load, sites, the calls of a picked duty.
import { dutyColour } from "../lib/colours.js";
import { people } from "../lib/roster.js";

/** @typedef {import("../lib/roster.js").Duty} Duty */
/** @typedef {import("../lib/roster.js").Journey} Journey */
/** @typedef {import("../lib/roster.js").Place} Place */
/** @typedef {import("../lib/roster.js").Roster} Roster */
/** @typedef {import("../lib/ways.js").Ways} Ways */

/** @param {Place} place */
const position = ({ lon, lat }) => [lon, lat];
/** @param {any[]} features @returns {any} */
const collection = (features) => ({ type: "FeatureCollection", features });
/** @param {any} coordinates @param {any} properties @returns {any} */
const line = (coordinates, properties) => ({ type: "Feature", geometry: { type: "LineString", coordinates }, properties });
/** @param {Place} place @param {any} properties @returns {any} */
const point = (place, properties) => ({ type: "Feature", geometry: { type: "Point", coordinates: position(place) }, properties });

/** The legs of a duty: between which stops, along which way where it is known, and what is aboard. @param {Duty} duty @param {boolean} dark @param {Ways | null} ways @param {Journey | null} [journey] */
function legs(duty, dark, ways, journey = null) {
  const colour = dutyColour(duty.index, dark);
  return duty.stops.slice(1).flatMap((stop, n) => {
    const before = duty.stops[n];
    if (before.place === stop.place) return [];
    const ride = Boolean(journey?.pickup && journey.dropoff && before.number >= journey.pickup.number && stop.number <= journey.dropoff.number);
    return [line(ways?.get(stop) ?? [position(before.place), position(stop.place)], { duty: duty.index, load: people(before), colour, ride })];
  });
}

/** Loaded legs of all duties. @param {Roster} roster @param {boolean} dark @param {Ways | null} ways */
export const runs = (roster, dark, ways) => collection(roster.used.flatMap((duty) => legs(duty, dark, ways).filter((leg) => leg.properties.load > 0)));

/** Where patients live or wait: every call that is not at a site. @param {Roster} roster @param {boolean} dark */
export const spots = (roster, dark) =>
  collection(roster.used.flatMap((duty) => {
    const colour = dutyColour(duty.index, dark);
    return duty.stops.filter((stop) => stop.journey && stop.place.kind === "home").map((stop) => point(stop.place, { journey: stop.journey?.index, duty: duty.index, colour }));
  }));

/** Sites and bases, the busiest first in the fight for room. @param {Roster} roster */
export function sites(roster) {
  /** @type {Map<string, {place: Place, count: number}>} */
  const visits = new Map();
  for (const { place } of roster.used.flatMap((duty) => duty.stops)) {
    if (place.kind === "home" && !place.base) continue;
    const known = visits.get(place.label);
    if (known) known.count += 1;
    else visits.set(place.label, { place, count: 1 });
  }
  return collection([...visits.values()].map(({ place, count }) => point(place, { label: place.label, kind: place.base ? "base" : "site", rank: -count })));
}

/** @param {Roster} roster */
export const unserved = (roster) => collection(roster.unserved.map((journey) => point(journey.from, { journey: journey.index })));

/** @param {Duty | null} duty @param {Journey | null} journey @param {boolean} dark @param {Ways | null} ways */
export function picked(duty, journey, dark, ways) {
  if (duty) return collection(legs(duty, dark, ways, journey));
  return collection(journey ? [line([position(journey.from), position(journey.to)], { load: 0, ride: true })] : []);
}

/** Numbered calls of a duty, one mark a place. @param {Duty | null} duty @param {Journey | null} journey @param {boolean} dark */
export function calls(duty, journey, dark) {
  if (!duty) return collection(journey ? [point(journey.from, { label: "▲", on: true, colour: "#888" }), point(journey.to, { label: "▼", on: true, colour: "#888" })] : []);
  /** @type {Map<Place, import("../lib/roster.js").Stop[]>} */
  const at = new Map();
  for (const stop of duty.stops) if (stop.journey) at.set(stop.place, [...(at.get(stop.place) ?? []), stop]);
  const colour = dutyColour(duty.index, dark);
  return collection([...at].map(([place, stops]) => {
    const numbers = stops.map((stop) => stop.number);
    const label = numbers.length > 2 ? `${numbers[0]}…` : numbers.join(" ");
    return point(place, { label, colour, duty: duty.index, journey: stops[0].journey?.index, on: journey !== null && stops.some((stop) => stop.journey === journey) });
  }));
}

/** West, south, east, north of what should be in sight. @param {Place[]} places @returns {[number, number, number, number] | null} */
export function bounds(places) {
  if (!places.length) return null;
  const lons = places.map((place) => place.lon), lats = places.map((place) => place.lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
