// The roster as shapes for the map's engine: where patients live, sites, the unserved.
import { dutyColour } from "../lib/colours.js";

/** @typedef {import("../lib/roster.js").Place} Place */
/** @typedef {import("../lib/roster.js").Roster} Roster */

/** @param {Place} place */
const position = ({ lon, lat }) => [lon, lat];
/** @param {any[]} features @returns {any} */
const collection = (features) => ({ type: "FeatureCollection", features });
/** @param {Place} place @param {any} properties @returns {any} */
const point = (place, properties) => ({ type: "Feature", geometry: { type: "Point", coordinates: position(place) }, properties });

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

/** West, south, east, north of what should be in sight. @param {Place[]} places @returns {[number, number, number, number] | null} */
export function bounds(places) {
  if (!places.length) return null;
  const lons = places.map((place) => place.lon), lats = places.map((place) => place.lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
