// Journeys moved by hand, on what is published: tried first, then done; and journeys held on their duty.
import * as calls from "./calls.js";
import { ApiError } from "./api.js";
import { attempt, published } from "./planning.js";
import { go } from "./route.js";
import { person, roster, say } from "./store.js";
import { computed, signal } from "./vendor.js";

/** @typedef {import("./roster.js").Journey} Journey */
/** @typedef {import("./roster.js").Duty} Duty */
/** @typedef {{journey_id: string, kind: string, from_duty: string | null, to_duty: string | null, minutes: number | null, why: string}} Change */
/**
 * @typedef {{feasible: boolean, as_of: {etag: string}, diff: {changes: Change[], told: string[], driving_s: number, served: number} | null,
 *   reasons: {code: string, detail: string, action: string}[], broken: {code: string, message: string}[]}} WhatIf
 */
/** `answer` null: it is being asked. @typedef {{journey: Journey, duty: Duty, answer: WhatIf | null, refusal: string}} Trial */

/** The journey under the pointer. */
export const dragged = signal(/** @type {Journey | null} */ (null));
export const trial = signal(/** @type {Trial | null} */ (null));
export const held = signal(/** @type {Map<string, {user: string, since: string}>} */ (new Map()));

/** Moves are made on what crews drive: the version that is shown must be the published one. */
export const movable = computed(() => roster.value !== null && roster.value.version !== null && roster.value.version === published.value?.version);
export const mayMove = computed(() => person.value?.roles.some((role) => role === "controller" || role === "admin") ?? false);

const REST_MS = 90;
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
  const date = /** @type {string} */ (roster.value?.date);
  const back = journey.duty?.id;
  const done = await attempt(() => calls.move(date, journey.id, dutyId, etag));
  if (!done) return false;
  say("good", `${journey.id} is on duty ${dutyId}, in version ${done.publication.version}.`, back ? { label: "Undo", act: () => applyMove({ ...journey, duty: null }, back, done.publication.etag) } : undefined);
  go("plan", date, done.publication.version);
  return true;
}

export const readHeld = () => attempt(async () => {
  if (!movable.value || !roster.value) return;
  held.value = new Map((await calls.listLocks(roster.value.date)).map((/** @type {any} */ one) => [one.journey_id, one]));
});

/** @param {Journey} journey @param {boolean} hold */
export const setHeld = (journey, hold) => attempt(async () => {
  const date = /** @type {string} */ (roster.value?.date);
  const now = new Map(held.value);
  if (hold) now.set(journey.id, await calls.lock(date, journey.id));
  else {
    await calls.release(date, journey.id);
    now.delete(journey.id);
  }
  held.value = now;
});
