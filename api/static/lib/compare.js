// What two versions of a day differ in: journeys that changed duty or time, figures gained and lost.

/** @typedef {import("./roster.js").Roster} Roster */
/** @typedef {import("./roster.js").Journey} Journey */
/** @typedef {{journey: Journey, was: Journey | null, kind: "served" | "unserved" | "duty" | "time" | "new", shift: number | null}} Change */

const SAME_TIME_S = 60;

/** The journeys of `now` that stand differently in `before`. @param {Roster} before @param {Roster} now @returns {Change[]} */
export function changes(before, now) {
  return now.journeys.flatMap((journey) => {
    const was = before.journeyOf.get(journey.id) ?? null;
    const kind = difference(was, journey);
    const shift = was?.pickup && journey.pickup ? journey.pickup.begin - was.pickup.begin : null;
    return kind ? [{ journey, was, kind, shift }] : [];
  });
}

/** @param {Journey | null} was @param {Journey} is @returns {Change["kind"] | null} */
function difference(was, is) {
  if (!was) return "new";
  if (!was.duty || !is.duty) return was.duty === is.duty ? null : is.duty ? "served" : "unserved";
  if (was.duty.id !== is.duty.id) return "duty";
  const moved = (/** @type {"pickup" | "dropoff"} */ call) => Math.abs((was[call]?.begin ?? 0) - (is[call]?.begin ?? 0)) >= SAME_TIME_S;
  return moved("pickup") || moved("dropoff") ? "time" : null;
}

/** Label, value in both, decimals, and whether less is better. @type {[label: string, of: (kpis: any) => number | null, places: number, less: boolean][]} */
const FIGURES = [
  ["Served", (k) => k.served, 0, false],
  ["Targets met", (k) => k.standards_met, 0, false],
  ["Duties used", (k) => k.duties_used, 0, true],
  ["Driven hours", (k) => k.driven_hours, 1, true],
  ["Kilometres", (k) => k.driven_km, 0, true],
  ["Minutes aboard, mean", (k) => k.time_aboard?.mean_min, 1, true],
  ["Minutes waited, median", (k) => k.wait_after_ready?.p50_min, 1, true],
  ["Cost per journey, £", (k) => k.cost?.per_journey, 2, true],
];

/** @param {Roster} before @param {Roster} now */
export const figures = (before, now) =>
  FIGURES.map(([label, of, places, less]) => {
    const [was, is] = [of(before.kpis), of(now.kpis)];
    const by = was === null || was === undefined || is === null || is === undefined ? null : is - was;
    return { label, was, is, by, places, better: by === null || Math.abs(by) < 0.5 * 10 ** -places ? null : by < 0 === less };
  });
