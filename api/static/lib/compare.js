// What two versions of a day differ in: journeys that changed duty or time, figures gained and lost.

/** @typedef {import("./roster.js").Roster} Roster */
/** @typedef {import("./roster.js").Journey} Journey */
/** `is` null: it is not there any more. @typedef {{id: string, category: string, was: Journey | null, is: Journey | null, kind: "served" | "unserved" | "duty" | "time" | "new" | "gone", shift: number | null}} Change */

const SAME_TIME_S = 60;

/** The journeys that stand differently in two versions: those of `now`, then those that only `before` has. @param {Roster} before @param {Roster} now @returns {Change[]} */
export function changes(before, now) {
  const changed = now.journeys.flatMap((is) => {
    const was = before.journeyOf.get(is.id) ?? null;
    const kind = difference(was, is);
    const shift = was?.pickup && is.pickup ? is.pickup.begin - was.pickup.begin : null;
    return kind ? [{ id: is.id, category: is.category, was, is, kind, shift }] : [];
  });
  const gone = before.journeys.filter((was) => !now.journeyOf.has(was.id));
  return [...changed, ...gone.map((was) => ({ id: was.id, category: was.category, was, is: null, kind: /** @type {const} */ ("gone"), shift: null }))];
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
