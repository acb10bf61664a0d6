// What the whole page knows: signals that parts read and change. Selection and filters are one, so views stay in step.
import { carriedBy } from "./roster.js";
import { computed, signal } from "./vendor.js";

/** @typedef {import("./roster.js").Roster} Roster */
/** @typedef {import("./roster.js").Journey} Journey */
/** @typedef {{journey: string | null, duty: string | null}} Selection */
/** @typedef {{text: string, state: string, category: string, contract: string, direction: string, mobility: string}} Filters */
/** @typedef {{name: string, roles: string[], csrfToken: string | null}} Person */
/** @typedef {{id: number, kind: "good" | "bad" | "note", text: string, action?: {label: string, act: () => unknown}}} Toast */

/** Who is signed in; undefined while that is not known. @type {import("../vendor/signals.js").Signal<Person | null | undefined>} */
export const person = signal(undefined);
/** Somebody was signed in, and is no more without having asked for it. */
export const expired = signal(false);
/** @type {import("../vendor/signals.js").Signal<Roster | null>} */
export const roster = signal(null);
/** @type {import("../vendor/signals.js").Signal<Selection>} */
export const selection = signal({ journey: null, duty: null });
/** @type {import("../vendor/signals.js").Signal<Filters>} */
export const filters = signal({ text: "", state: "", category: "", contract: "", direction: "", mobility: "" });
/** @type {import("../vendor/signals.js").Signal<Toast[]>} */
export const toasts = signal([]);

/** Locks of the service, on what is published. */
export const held = signal(/** @type {Map<string, {duty_id: string | null, user: string, since: string}>} */ (new Map()));
/** Locks of this page alone, for the next plan of a day: a duty for each journey. */
export const pinned = signal({ date: "", duties: /** @type {Map<string, string>} */ (new Map()) });
const NO_PINS = new Map();
export const pins = computed(() => (pinned.value.date === roster.value?.date ? pinned.value.duties : NO_PINS));

/** Whether a journey is locked, by whomever. @param {Journey} journey */
export const isLocked = (journey) => held.value.has(journey.id) || pins.value.get(journey.id) === (journey.duty?.id ?? "");
/** The locked among a duty's journeys. @param {import("./roster.js").Duty} duty */
export const lockedOn = (duty) => carriedBy(duty).filter(isLocked);

export const NO_FILTERS = filters.value;

export const pickedJourney = computed(() => roster.value?.journeyOf.get(selection.value.journey ?? "") ?? null);
export const pickedDuty = computed(() => roster.value?.dutyOf.get(selection.value.duty ?? "") ?? null);

/** Pick a journey with its duty, everywhere. @param {Journey | null} journey */
export function pickJourney(journey) {
  selection.value = { journey: journey?.id ?? null, duty: journey?.duty?.id ?? null };
}

/** Pick a duty, everywhere. @param {import("./roster.js").Duty | null} duty */
export function pickDuty(duty) {
  selection.value = { journey: null, duty: duty?.id ?? null };
}

/** What a journey can be as planned. @type {Record<string, [label: string, holds: (journey: Journey) => boolean]>} */
export const STATES = {
  served: ["Served", (journey) => journey.duty !== null],
  unserved: ["Unserved", (journey) => journey.duty === null],
  missed: ["Target missed", (journey) => journey.misses.length > 0],
  shared: ["Shares its run", (journey) => journey.duty !== null && sharing(journey)],
  alone: ["Must travel alone", (journey) => journey.alone],
  locked: ["Locked", isLocked],
};

/** @param {Journey} journey */
const sharing = ({ pickup, dropoff, duty }) =>
  Boolean(pickup && dropoff && duty?.stops.slice(pickup.number, dropoff.number).some((stop) => stop.parties > 1));

/** The journeys that pass the filters, in the order of their file. */
export const shownJourneys = computed(() => {
  const all = roster.value?.journeys ?? [];
  const { text, state, category, contract, direction, mobility } = filters.value;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = state ? STATES[state][1] : () => true;
  return all.filter(
    (journey) =>
      holds(journey) &&
      (!category || journey.category === category) &&
      (!contract || journey.contract === contract) &&
      (!direction || journey.direction === direction) &&
      (!mobility || journey.mobility === mobility) &&
      words.every((word) => journey.search.includes(word)),
  );
});

let last = 0;

/** Say something in passing; a failure stays until it is closed, an offer longer. @param {Toast["kind"]} kind @param {string} text @param {Toast["action"]} [action] */
export function say(kind, text, action) {
  const toast = { id: ++last, kind, text, action };
  toasts.value = [...toasts.value.slice(-3), toast];
  if (kind !== "bad") setTimeout(() => unsay(toast.id), action ? 20_000 : 8000);
}

/** @param {number} id */
export function unsay(id) {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}
