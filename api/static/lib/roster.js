// The columns of a roster's view as objects that know each other.
import { clock } from "./times.js";

/** @typedef {{index: number, label: string, lat: number, lon: number, kind: string, base: boolean}} Place */
/** @typedef {{code: string, reason: string, detail: string, action: string}} Reason */
/**
 * `due` is the appointment or the time ready; `off` how many seconds it misses its target by (0: kept).
 * @typedef {{
 *   index: number, id: string, attendance: string, contract: string, category: string, mobility: string, direction: string,
 *   escorts: number, alone: boolean, cohort: string, skills: string, from: Place, to: Place, tied: boolean,
 *   due: number | null, earliest: number | null, latest: number | null, aboardTarget: number,
 *   duty: Duty | null, pickup: Stop | null, dropoff: Stop | null, reasons: Reason[], search: string,
 *   misses: Miss[], back: Journey | null }} Journey
 */
/** @typedef {{measure: "arrive" | "collect" | "aboard", by: number}} Miss */
/**
 * @typedef {{
 *   number: number, kind: string, duty: Duty, journey: Journey | null, place: Place, arrive: number, begin: number, depart: number,
 *   metres: number, parties: number, seats: number, wheelchairs: number, stretchers: number, layout: number }} Stop
 */
/**
 * @typedef {{
 *   index: number, id: string, vehicle: string, type: string, layouts: string[], base: Place, crew: number, from: number, until: number,
 *   energy: string, skills: string, contracts: string, breakEarliest: number | null, breakLatest: number | null,
 *   stops: Stop[], journeys: number, missed: number, out: number, back: number, metres: number, emptyMetres: number, most: number }} Duty
 */
/**
 * @typedef {{
 *   date: string, version: number | null, roads: boolean, at: (seconds: number) => string, headlines: Headline[], kpis: any, policy: any, engine: any, travel: string,
 *   places: Place[], journeys: Journey[], duties: Duty[], used: Duty[], unserved: Journey[],
 *   journeyOf: Map<string, Journey>, dutyOf: Map<string, Duty> }} Roster
 */
/** How travel times along roads are called; those by the formula know no ways. */
const ROADS = /^(osm|synthetic roads)\//;
/** @typedef {{label: string, value: string, remark: string, good: boolean | null, verdict: string}} Headline */

/**
 * @param {any} view the document of `GET …/view`
 * @param {number | null} version
 * @returns {Roster}
 */
export function readRoster(view, version) {
  const { words, kinds } = view;
  const places = view.places.map((/** @type {any} */ [label, lat, lon, kind], /** @type {number} */ index) => ({ index, label, lat, lon, kind, base: false }));
  const j = view.journeys, d = view.duties, s = view.stops;
  /** @type {Journey[]} */
  const journeys = j.id.map((/** @type {string} */ id, /** @type {number} */ n) => ({
    index: n, id, attendance: j.attendance[n], contract: words[j.contract[n]], category: words[j.category[n]],
    mobility: words[j.mobility[n]], direction: words[j.direction[n]], escorts: j.escorts[n], alone: j.alone[n] === 1,
    cohort: words[j.cohort[n]], skills: words[j.skills[n]], from: places[j.from[n]], to: places[j.to[n]], tied: j.tied[n] === 1,
    due: j.due[n], earliest: j.earliest[n], latest: j.latest[n], aboardTarget: j.aboard[n],
    duty: null, pickup: null, dropoff: null, reasons: [], search: "", misses: [], back: null,
  }));
  /** @type {Duty[]} */
  const duties = d.id.map((/** @type {string} */ id, /** @type {number} */ n) => ({
    index: n, id, vehicle: d.vehicle[n], type: words[d.type[n]], layouts: d.layouts[n].map((/** @type {number} */ w) => words[w]),
    base: places[d.base[n]], crew: d.crew[n], from: d.from[n], until: d.until[n], energy: words[d.energy[n]], skills: words[d.skills[n]],
    contracts: words[d.contracts[n]], breakEarliest: d.break_earliest[n], breakLatest: d.break_latest[n],
    stops: [], journeys: 0, missed: 0, out: d.from[n], back: d.until[n], metres: 0, emptyMetres: 0, most: 0,
  }));
  for (const duty of duties) {
    duty.base.base = true;
    for (let n = d.first[duty.index]; n < d.first[duty.index + 1]; n++) {
      addStop(duty, {
        number: duty.stops.length, kind: kinds[s.kind[n]], duty, journey: s.journey[n] < 0 ? null : journeys[s.journey[n]],
        place: places[s.place[n]], arrive: s.arrive[n], begin: s.begin[n], depart: s.depart[n], metres: s.metres[n],
        parties: s.parties[n], seats: s.seats[n], wheelchairs: s.wheelchairs[n], stretchers: s.stretchers[n], layout: s.layout[n],
      });
    }
  }
  for (const [n, reasons] of view.unserved) {
    journeys[n].reasons = reasons.map((/** @type {string[]} */ [code, reason, detail, action]) => ({ code, reason, detail, action }));
  }
  for (const journey of journeys) finish(journey);
  pair(journeys);
  return {
    date: view.date, version, roads: ROADS.test(view.travel), at: (seconds) => clock(seconds, view.clock), kpis: view.kpis, policy: view.policy, engine: view.engine, travel: view.travel,
    headlines: view.headlines.map((/** @type {any} */ [label, value, remark, good, verdict]) => ({ label, value, remark, good, verdict })),
    places, journeys, duties, used: duties.filter((duty) => duty.stops.length > 0), unserved: journeys.filter((journey) => !journey.duty),
    journeyOf: new Map(journeys.map((journey) => [journey.id, journey])), dutyOf: new Map(duties.map((duty) => [duty.id, duty])),
  };
}

/** @param {Duty} duty @param {Stop} stop */
function addStop(duty, stop) {
  const before = duty.stops.at(-1);
  duty.stops.push(stop);
  if (before && before.parties === 0) duty.emptyMetres += stop.metres;
  duty.metres += stop.metres;
  duty.most = Math.max(duty.most, people(stop));
  if (!before) duty.out = stop.depart;
  duty.back = stop.arrive;
  if (!stop.journey) return;
  stop.journey.duty = duty;
  if (stop.kind === "pickup") {
    stop.journey.pickup = stop;
    duty.journeys += 1;
  } else stop.journey.dropoff = stop;
}

/** @param {Journey} journey */
function finish(journey) {
  journey.misses = misses(journey);
  if (journey.duty && journey.misses.length) journey.duty.missed += 1;
  journey.search = [journey.id, journey.attendance, journey.from.label, journey.to.label, journey.category, journey.contract, journey.mobility, journey.duty?.id ?? "unserved", journey.duty?.vehicle ?? ""]
    .join(" ").toLowerCase();
}

/** The targets that a planned journey misses. A ride straight from door to door cannot be shorter, so it misses none aboard. @param {Journey} journey @returns {Miss[]} */
function misses({ pickup, dropoff, tied, earliest, latest, aboardTarget }) {
  if (!pickup || !dropoff) return [];
  /** @type {Miss[]} */
  const found = [];
  const met = tied ? dropoff.begin : pickup.begin;
  const measure = tied ? "arrive" : "collect";
  if (latest !== null && met > latest) found.push({ measure, by: met - latest });
  else if (earliest !== null && met < earliest) found.push({ measure, by: met - earliest });
  const aboard = dropoff.begin - pickup.depart;
  if (aboard > aboardTarget && dropoff.number > pickup.number + 1) found.push({ measure: "aboard", by: aboard - aboardTarget });
  return found;
}

/** Each way of an attendance knows the other. @param {Journey[]} journeys */
function pair(journeys) {
  const first = new Map();
  for (const journey of journeys) {
    const other = journey.attendance && first.get(journey.attendance);
    if (other) [journey.back, other.back] = [other, journey];
    else first.set(journey.attendance, journey);
  }
}

/** Places taken, whatever their kind. @param {Stop} stop */
export const people = (stop) => stop.seats + stop.wheelchairs + stop.stretchers;

/** The journeys of a duty, in the order of their pick-ups. @param {Duty} duty */
export const carriedBy = (duty) => duty.stops.flatMap((stop) => (stop.kind === "pickup" && stop.journey ? [stop.journey] : []));

/** Seconds between boarding and alighting. @param {Journey} journey */
export const aboard = ({ pickup, dropoff }) => (pickup && dropoff ? dropoff.begin - pickup.depart : null);

/** What a stop is, for the reader. */
export const VERBS = { start: "Leave base", pickup: "Pick up", dropoff: "Set down", break: "Break", end: "Back at base" };

/** How a miss is said. @param {Miss} miss */
export function missText({ measure, by }) {
  const minutes = Math.max(1, Math.round(Math.abs(by) / 60));
  if (measure === "aboard") return `${minutes} min over the time aboard`;
  if (measure === "collect") return by > 0 ? `collected ${minutes} min after its target` : `collected ${minutes} min before ready`;
  return by > 0 ? `${minutes} min late` : `${minutes} min too early`;
}

/** The stops of a duty from empty to empty: its runs. @param {Duty} duty @returns {Stop[][]} */
export function runsOf(duty) {
  const runs = [];
  /** @type {Stop[]} */
  let run = [];
  for (const stop of duty.stops) {
    if (run.length || stop.kind === "pickup") run.push(stop);
    if (run.length && stop.parties === 0) {
      runs.push(run);
      run = [];
    }
  }
  return runs;
}
