// The day that is open: its versions, what is published, the plan under way. Reads and orders through calls.js.
import { ApiError } from "./api.js";
import * as calls from "./calls.js";
import { follow } from "./live.js";
import { go } from "./route.js";
import { NO_FILTERS, filters, roster, say, selection } from "./store.js";
import { batch, signal } from "./vendor.js";

/** @typedef {import("./calls.js").Plan} Plan */
/** @typedef {import("./calls.js").Version} Version */
/** @typedef {{seconds: number, served: number, driveHours: number, cost: number}} Sample */

export const days = signal(/** @type {import("./calls.js").Day[] | null} */ (null));
export const counts = signal(/** @type {{journeys: number, duties: number} | null} */ (null));
export const versions = signal(/** @type {import("./calls.js").Version[]} */ ([]));
export const published = signal(/** @type {import("./calls.js").Published | null} */ (null));
export const plan = signal(/** @type {Plan | null} */ (null));
export const samples = signal(/** @type {Sample[]} */ ([]));
/** When the plan under way was last heard of, in milliseconds. */
export const heardAt = signal(0);
export const live = signal(/** @type {import("./live.js").State} */ ("over"));
export const busy = signal("");
export const trouble = signal("");

const RUNNING = ["accepted", "validated", "queued", "solving"];
export const running = (/** @type {Plan | null} */ one) => one !== null && RUNNING.includes(one.status);
const BEST_EVERY_MS = 8000;

/** Do something that may be refused: say so, and give null. @template T @param {() => Promise<T>} work @returns {Promise<T | null>} */
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status !== 401) say("bad", error.message);
    return null;
  }
}

export const loadDays = () => attempt(async () => void (days.value = await calls.listDays()));

/** Whether a version is what a re-plan proposes for the rest of a day. @param {Version} one */
export const isReplan = ({ engine }) => Boolean(engine.reoptimised_at) && engine.name !== "by_hand";
/** A version in a list to choose from: its number, and how it came about where not by a plan. @param {Version} one */
export const versionText = (one) => `${one.version}${isReplan(one) ? ` · re-plan of ${one.based_on}` : one.based_on ? ` · by hand on ${one.based_on}` : ""}`;
/** What a day is opened at: its latest version, but for proposals that are not in force. @param {Version[]} known @param {import("./calls.js").Published | null} out */
const latest = (known, out) => known.find((one) => !isReplan(one) || one.version === out?.version)?.version ?? null;

let unfollow = () => {};
let opened = 0;

/** Open a day at a version, or at its latest. @param {string} date @param {number | null} version */
export async function openDay(date, version) {
  const turn = ++opened;
  unfollow();
  busy.value = "Reading the day…";
  trouble.value = "";
  try {
    const [found, known, out, plans] = await Promise.all([calls.readDay(date), calls.listVersions(date), calls.readPublished(date), calls.listPlans(date)]);
    const wanted = version ?? latest(known, out);
    const read = wanted === null ? null : await calls.readVersion(date, wanted);
    if (turn !== opened) return;
    const ahead = plans.find((one) => one.kind === "plan" && running(one));
    const under = ahead ? await calls.readPlan(ahead.plan_id) : null;
    if (turn !== opened) return;
    batch(() => {
      counts.value = { journeys: found.journeys, duties: found.duties };
      versions.value = known;
      published.value = out;
      const same = roster.value?.date === date;
      if (!same) filters.value = NO_FILTERS;
      selection.value = same ? keptSelection(read) : { journey: null, duty: null };
      roster.value = read;
      plan.value = under;
      samples.value = [];
      busy.value = "";
    });
    if (under) watch(under);
  } catch (error) {
    if (turn !== opened) return;
    if (!(error instanceof ApiError)) throw error;
    batch(() => {
      busy.value = "";
      trouble.value = error.message;
      roster.value = null;
    });
  }
}

/** What was picked, where it is in another version: a journey brings the duty that it is on now. @param {import("./store.js").Roster | null} read */
function keptSelection(read) {
  const { journey, duty } = selection.value;
  return { journey, duty: journey ? (read?.journeyOf.get(journey)?.duty?.id ?? null) : duty };
}

/** Order a plan of the open day and watch it. @param {string} date @param {any} order */
export async function startPlan(date, order) {
  const ordered = await attempt(() => calls.orderPlan(date, order));
  if (!ordered) return false;
  samples.value = [];
  watch(ordered);
  return true;
}

export const stopPlan = () => attempt(async () => {
  if (plan.value) await calls.stopPlan(plan.value.plan_id);
  say("note", "Stopping. The best roster so far is kept.");
});

/** @param {Plan} ordered */
function watch(ordered) {
  plan.value = ordered;
  let shownAt = 0;
  unfollow();
  unfollow = follow(
    calls.progressPath(ordered.plan_id),
    ({ data }) => {
      /** @type {Plan} */
      const now = { ...ordered, ...JSON.parse(data) };
      plan.value = now;
      const best = now.best_so_far;
      heardAt.value = Date.now();
      if (best?.seconds > (samples.value.at(-1)?.seconds ?? -1)) samples.value = [...samples.value, { seconds: best.seconds, served: best.served, driveHours: best.drive_s / 3600, cost: best.cost }];
      if (running(now)) {
        if (Date.now() - shownAt > BEST_EVERY_MS) {
          shownAt = Date.now();
          showBest(now.plan_id);
        }
        return true;
      }
      finish(now);
      return false;
    },
    (state) => (live.value = state),
  );
}

/** The map and lists as good as they are by now. @param {string} id */
async function showBest(id) {
  const best = await calls.readBest(id).catch(() => null);
  if (!best || plan.value?.plan_id !== id || !running(plan.value)) return;
  batch(() => {
    selection.value = keptSelection(best);
    roster.value = best;
  });
}

/** @param {Plan} ended */
async function finish(ended) {
  const date = ended.service_date;
  if (ended.status === "failed" || ended.status === "invalid") say("bad", `The plan came to nothing: ${ended.error?.message ?? ended.error?.code ?? ended.status}.`);
  const { version } = await calls.readPlan(ended.plan_id).catch(() => ended);
  if (version) say("good", ended.status === "stopped" ? `Stopped early; the best roster is version ${version}.` : `Planned: version ${version}.`);
  if (version && location.hash !== `#/plan/${date}/${version}`) go("plan", date, version);
  else openDay(date, version ?? null);
}

/** Publish the version that is shown. @param {string} date @param {number} version */
export const publish = (date, version) => attempt(async () => {
  try {
    await calls.publish(date, version, published.value);
    say("good", `Version ${version} is published.`);
  } catch (error) {
    if (!(error instanceof ApiError) || ![409, 412].includes(error.status)) throw error;
    say("bad", "Somebody else has published meanwhile. Look at their version, then publish again if yours should replace it.");
  }
  published.value = await calls.readPublished(date);
});
