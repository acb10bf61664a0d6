// Journeys moved by hand, on what is published: tried first, then done; and journeys locked to their duty.
import * as calls from "./calls.js";
import { ApiError } from "./api.js";
import { publishedHere } from "./control.js";
import { attempt, published } from "./planning.js";
import { go, route } from "./route.js";
import { held, person, pinned, pins, roster, say } from "./store.js";
import { computed, effect, signal } from "./vendor.js";

/** @typedef {import("./roster.js").Journey} Journey */
/** @typedef {import("./roster.js").Duty} Duty */
/** @typedef {{journey_id: string, kind: string, from_duty: string | null, to_duty: string | null, minutes: number | null, why: string}} Change */
/**
 * @typedef {{feasible: boolean, as_of: {etag: string}, diff: {changes: Change[], told: string[], driving_s: number, served: number} | null,
 *   toll: {standards: {journey_id: string, standard: string, kept: boolean}[], paid_s: number, pounds: number} | null,
 *   reasons: {code: string, detail: string, action: string}[], broken: {code: string, message: string}[]}} WhatIf
 */
/** `answer` null: it is being asked. @typedef {{journey: Journey, duty: Duty, answer: WhatIf | null, refusal: string}} Trial */

/** The journey under the pointer. */
export const dragged = signal(/** @type {Journey | null} */ (null));
export const trial = signal(/** @type {Trial | null} */ (null));
/** Moves are made on what crews drive: the version that is shown must be the published one. */
export const movable = computed(() => roster.value !== null && roster.value.version !== null && roster.value.version === published.value?.version);
export const mayMove = computed(() => person.value?.roles.some((role) => role === "controller" || role === "admin") ?? false);

export const mayPlan = computed(() => person.value?.roles.some((role) => role === "planner" || role === "admin") ?? false);
/** Whether a lock is said to the service: else it is this page's. */
export const mayLock = computed(() => movable.value && mayMove.value);

/** Every locked journey with the duty on which it stays in a plan from the version that is shown. @returns {Record<string, string>} */
export function lockedDuties() {
  const shown = roster.value;
  const all = [...held.value].map(([id, lock]) => [id, lock.duty_id ?? shown?.journeyOf.get(id)?.duty?.id]);
  return Object.fromEntries([...pins.value, ...all].filter(([id, duty]) => duty && shown?.journeyOf.has(/** @type {string} */ (id))));
}

const REST_MS = 40;
let waiting = 0;
let asking = new AbortController();

/** Ask what a move would come to, once the choice rests. @param {Journey} journey @param {Duty} duty */
export function tryMove(journey, duty) {
  if (trial.value?.journey === journey && trial.value.duty === duty) return;
  clearTimeout(waiting);
  asking.abort();
  trial.value = { journey, duty, answer: null, refusal: "" };
  waiting = setTimeout(async () => {
    asking = new AbortController();
    const mine = trial.value;
    const tell = (/** @type {Partial<Trial>} */ told) => {
      if (mine && trial.value === mine) trial.value = { ...mine, ...told };
    };
    try {
      tell({ answer: await calls.whatIf(/** @type {string} */ (roster.value?.date), journey.id, duty.id, asking.signal) });
    } catch (error) {
      if (error instanceof ApiError) tell({ refusal: error.message });
      else if (!asking.signal.aborted) throw error;
    }
  }, REST_MS);
}

export function forgetTrial() {
  clearTimeout(waiting);
  asking.abort();
  trial.value = null;
}

/** Do it, in a new version that is published in place of the one that was seen. @param {Journey} journey @param {string} dutyId @param {string} etag */
export async function applyMove(journey, dutyId, etag) {
  const back = journey.duty?.id, wasLocked = held.value.has(journey.id);
  const done = await put(journey, dutyId, etag);
  if (!done) return false;
  say("good", `${journey.id} is on duty ${dutyId}, and stays there until it is unlocked: version ${done.version}.`, back ? { label: "Undo", act: () => undoMove(journey, back, done.etag, wasLocked) } : undefined);
  show(done.version);
  return true;
}

/** Back to the duty before, and locked there only if it was. @param {Journey} journey @param {string} dutyId @param {string} etag @param {boolean} locked */
async function undoMove(journey, dutyId, etag, locked) {
  const done = await put(journey, dutyId, etag);
  if (!done) return;
  if (!locked) await attempt(() => calls.release(/** @type {string} */ (roster.value?.date), journey.id));
  say("good", `${journey.id} is on duty ${dutyId} again: version ${done.version}.`);
  readHeld();
  show(done.version);
}

/** @param {Journey} journey @param {string} dutyId @param {string} etag */
const put = (journey, dutyId, etag) => attempt(async () => {
  const { publication } = await calls.move(/** @type {string} */ (roster.value?.date), journey.id, dutyId, etag);
  publishedHere(publication);
  return publication;
});

/** The day view shows what is published by itself. @param {number} version */
function show(version) {
  if (route.value.view === "plan") go("plan", roster.value?.date, version);
}

/** The locks of what is published, if anything is. */
export const readHeld = () => attempt(async () => {
  const [shown, out] = [roster.value, published.value];
  const locks = shown && out ? await calls.listLocks(shown.date) : [];
  if (published.value === out) held.value = new Map(locks.map((/** @type {any} */ one) => [one.journey_id, one]));
});

/** Read the locks with each roster that is shown and each publication. Returns what ends it. */
export const followHeld = () => effect(() => void readHeld());

/** Lock journeys to their duties, or unlock them. @param {Journey[]} journeys @param {boolean} hold */
export const setLocked = (journeys, hold) => attempt(async () => {
  const date = /** @type {string} */ (roster.value?.date);
  const [locks, duties] = [new Map(held.value), new Map(pins.value)];
  try {
    for (const journey of journeys) {
      if (!hold) {
        duties.delete(journey.id);
        if (mayLock.value && locks.has(journey.id)) await calls.release(date, journey.id);
        if (mayLock.value) locks.delete(journey.id);
      } else if (mayLock.value) {
        if (!locks.has(journey.id)) locks.set(journey.id, await calls.lock(date, journey.id));
      } else if (journey.duty) duties.set(journey.id, journey.duty.id);
    }
  } finally {
    held.value = locks;
    pinned.value = { date, duties };
  }
});
