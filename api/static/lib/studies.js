// Studies: what was run, the one that is open, and how its figures are called.
import * as calls from "./calls.js";
import { follow } from "./live.js";
import { attempt, running } from "./planning.js";
import { say } from "./store.js";
import { signal } from "./vendor.js";

/** @typedef {{scenario: string, figure: string, days: number, mean: number, mean_low: number | null, mean_high: number | null}} Mean */
/** @typedef {{scenario: string, baseline: string, figure: string, days: number, baseline_mean: number, mean: number, difference: number, difference_low: number | null, difference_high: number | null, percent?: number | null, percent_low?: number | null, percent_high?: number | null}} Paired */
/** @typedef {{scenario: string, baseline: string, days: number, definition: string, seats: string, reading: "relative" | "points" | "level", baseline_mean: number, mean: number, value: number, low: number | null, high: number | null, inside: boolean, served_percent: number}} Reading */
/** @typedef {{name: string, about: any, means: Mean[], differences: Paired[], distancing: Reading[], tables: string[]}} Study */

export const studies = signal(/** @type {calls.StudySummary[] | null} */ (null));
export const underWay = signal(/** @type {calls.Plan[]} */ ([]));
export const study = signal(/** @type {Study | null} */ (null));
export const studyFigure = signal("U1");

export const loadStudies = () => attempt(async () => {
  const { items, under_way } = await calls.listStudies();
  [studies.value, underWay.value] = [items, under_way];
  if (!study.value && items.length) await openStudy(items[0].name);
});

/** The contracts of the generator's region. */
export const REGION = ["pan_birmingham", "sandwell", "black_country", "coventry_warwickshire", "cheshire"];

/** Order a study and look at what is under way; whether it was taken. @param {any} order */
export async function order(order) {
  const ordered = await attempt(() => calls.orderStudy(order));
  if (ordered) await loadStudies();
  return ordered !== null;
}

export const stop = (/** @type {string} */ id) => attempt(async () => {
  await calls.stopStudy(id);
  say("note", "Stopping. The days that are solved are kept.");
});

/** Follow a study under way until it ends. @param {string} id */
export const watch = (id) => follow(calls.progressPath(id), ({ data }) => {
  /** @type {calls.Plan} */
  const now = JSON.parse(data);
  const over = !running(now);
  underWay.value = underWay.value.map((one) => (one.plan_id === id ? { ...one, ...now } : one)).filter((one) => one.plan_id !== id || !over);
  if (over) ended(now);
  return !over;
}, () => {});

/** @param {calls.Plan} now */
async function ended(now) {
  if (now.status === "failed") say("bad", `The study came to nothing: ${now.error?.message ?? now.error?.code ?? now.status}.`);
  await loadStudies();
  if (studies.value?.some((one) => one.name === now.plan_id)) await openStudy(now.plan_id);
}

/** @param {string} name */
export const openStudy = (name) => attempt(async () => {
  const read = await calls.readStudy(name);
  if (!read.means.some((row) => row.figure === studyFigure.value)) studyFigure.value = read.means[0]?.figure ?? "";
  study.value = read;
});

/** Label, unit and decimals; shares are shown as percent. @type {Record<string, [label: string, unit: string, places: number, scale?: number]>} */
const FIGURES = {
  U1: ["U1 seats taken while loaded", "%", 1, 100], U1p: ["U1p seats taken by patients", "%", 1, 100], U2: ["U2 seats taken, empty drives too", "%", 1, 100], U3: ["U3 seats taken, by distance", "%", 1, 100],
  U4: ["U4 fullest moment of a run", "%", 1, 100], U5: ["U5 patients a run", "", 2], U6: ["U6 boardings to seats of a run", "%", 1, 100], U1_permitted: ["U1 of permitted seats", "%", 1, 100],
  served_percent: ["Journeys served", "%", 1], standards_met: ["Standards met", "", 1], arrive_percent: ["Arrivals within target", "%", 1], collect_percent: ["Collections within target", "%", 1], aboard_percent: ["Time aboard within target", "%", 1],
  journeys_per_vehicle_hour: ["Journeys per vehicle-hour", "", 2], empty_km_percent: ["Empty kilometres", "%", 1], aboard_mean_min: ["Time aboard, mean", "min", 1], aboard_p90_min: ["Time aboard, 90th percentile", "min", 1], detour_ratio_mean: ["Detour ratio, mean", "", 2],
  wait_p50_min: ["Wait after ready, median", "min", 1], wait_p90_min: ["Wait after ready, 90th percentile", "min", 1], duties_used: ["Duties used", "", 1], service_hours: ["Vehicle-hours in service", "h", 1], driven_hours: ["Driven hours", "h", 1], driven_km: ["Kilometres", "km", 0],
  paid_hours: ["Paid crew hours", "h", 1], cost: ["Cost a day", "£", 0], cost_per_journey: ["Cost per journey", "£", 2], co2e_kg: ["CO₂e a day", "kg", 0], co2e_per_journey_kg: ["CO₂e per journey", "kg", 2],
};

/** A figure of a study as those of days are. @param {string} key @returns {{key: string, label: string, unit: string, places: number, scale: number}} */
export function studyFigureOf(key) {
  const [label, unit, places, scale = 1] = FIGURES[key] ?? [key.replaceAll("_", " "), "", 2];
  return { key, label, unit, places, scale };
}
