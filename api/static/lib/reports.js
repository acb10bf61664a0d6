// What happens is said in two keystrokes: pick a journey, press a letter. Each report is one event of the day.
import * as calls from "./calls.js";
import { board, clock, openDate, replan } from "./control.js";
import { attempt } from "./planning.js";
import { roster, say } from "./store.js";
import { toTheSecond, wallTime } from "./wall.js";
import { signal } from "./vendor.js";

/** @typedef {{journey: string, duty: string | null}} About */
/** `ask` names what is chosen by a digit before it is sent; `of` says what it is about; `until` is by which words it is too late. */
/** @typedef {{letter: string, label: string, hint: string, of: "journey" | "stop" | "duty", says?: string, until: string[], ask?: string, choices?: [label: string, fields: any][], fields: (about: About) => any}} Kind */

const MINUTE = 60_000;
const later = (/** @type {number} */ minutes) => toTheSecond(clock.value + minutes * MINUTE);
const reasons = (/** @type {string[]} */ ...words) => /** @type {[string, any][]} */ (words.map((word) => [word, { reason: word }]));
const minutes = (/** @type {number[]} */ ...all) => /** @type {[string, any][]} */ (all.map((one) => [`${one} min`, { minutes: one }]));
/** @param {"stop_arrived" | "stop_departed"} type @param {"pickup" | "dropoff"} kind */
const stop = (type, kind) => (/** @type {About} */ { journey, duty }) => ({ type, kind, duty_id: duty, journey_id: journey });
const called = (/** @type {string} */ type) => (/** @type {About} */ { journey }) => ({ type, journey_id: journey });
const driven = (/** @type {string} */ type) => (/** @type {About} */ { duty }) => ({ type, duty_id: duty });

/** @type {Kind[]} */
export const KINDS = [
  { letter: "R", label: "Ready", hint: "The patient is ready now", of: "journey", says: "ready", until: ["ready", "aboard", "there", "set_down"], fields: called("ready") },
  { letter: "N", label: "Not ready", hint: "Not before some minutes from now", of: "journey", until: ["aboard", "there", "set_down"], ask: "Ready in", choices: minutes(10, 20, 30, 45, 60, 90), fields: called("not_ready") },
  { letter: "A", label: "Arrived", hint: "The crew is at the pick-up", of: "stop", says: "arrived", until: ["arrived", "aboard", "there", "set_down"], fields: stop("stop_arrived", "pickup") },
  { letter: "B", label: "On board", hint: "The patient is aboard, the vehicle leaves", of: "stop", says: "aboard", until: ["aboard", "there", "set_down"], fields: stop("stop_departed", "pickup") },
  { letter: "T", label: "There", hint: "The vehicle is at the destination", of: "stop", says: "there", until: ["there", "set_down"], fields: stop("stop_arrived", "dropoff") },
  { letter: "S", label: "Set down", hint: "The patient is handed over, the vehicle leaves", of: "stop", says: "set_down", until: ["set_down"], fields: stop("stop_departed", "dropoff") },
  { letter: "C", label: "Cancelled", hint: "The journey is not wanted", of: "journey", says: "cancelled", until: ["aboard", "there", "set_down"], ask: "Why", choices: reasons("Appointment cancelled", "Too ill", "Own way", "Booked twice", "Other"), fields: called("journey_cancelled") },
  { letter: "X", label: "Aborted", hint: "The crew was there in vain", of: "journey", says: "aborted", until: ["set_down"], ask: "Why", choices: reasons("Not at home", "Not fit to travel", "Refused", "Not ready", "Wrong vehicle", "Other"), fields: called("journey_aborted") },
  { letter: "W", label: "Behind", hint: "The duty runs late", of: "duty", until: ["lost"], ask: "Behind its plan by", choices: minutes(5, 10, 15, 20, 30, 45, 60), fields: driven("duty_delayed") },
  { letter: "V", label: "Vehicle lost", hint: "The duty does nothing more; the rest is planned anew", of: "duty", until: ["lost"], ask: "Why", choices: reasons("Breakdown", "Crash", "Crew ill", "Recalled", "Other"), fields: driven("duty_lost") },
];

/** What was said on this page, latest first. */
export const said = signal(/** @type {{at: string, text: string, good: boolean}[]} */ ([]));
/** The report that waits for a digit. */
export const asking = signal(/** @type {{kind: Kind, about: About} | null} */ (null));

/** What was said here of a journey, until the board knows it. */
const toldHere = signal(/** @type {Map<string, string>} */ (new Map()));
const WORDS = /** @type {Record<string, string>} */ ({ ready: "ready", arrived: "the crew is there", aboard: "on board", there: "at the destination", set_down: "set down", cancelled: "cancelled", aborted: "aborted", lost: "the vehicle is lost" });

/** Why a report comes too late: what was reported already; empty where it does not. @param {Kind} kind @param {About} about */
export function tooLate(kind, about) {
  const words = kind.of === "duty" ? (board.value?.lost.includes(about.duty ?? "") ? ["lost"] : []) : [...(board.value?.reported[about.journey] ?? []), toldHere.value.get(about.journey) ?? ""];
  const found = words.find((word) => word === "cancelled" || word === "aborted" || kind.until.includes(word));
  return found ? WORDS[found] : "";
}

const source = `control-${crypto.randomUUID().slice(0, 8)}`;
let sequence = Date.now();

/** Begin a report: at once where there is nothing to ask. @param {Kind} kind @param {About} about */
export function begin(kind, about) {
  if (kind.of !== "journey" && !about.duty) return say("bad", `${about.journey || "Nothing that is picked"} has no duty: ${kind.label.toLowerCase()} cannot be.`);
  if (kind.of !== "duty" && !about.journey) return say("bad", "Pick a journey first.");
  const known = tooLate(kind, about);
  if (known) return say("note", `${kind.of === "duty" ? about.duty : about.journey}: already reported, ${known}.`);
  if (kind.choices) asking.value = { kind, about };
  else send(kind, about, {});
}

/** Send a report. A vehicle that is lost has the rest of the day planned anew. @param {Kind} kind @param {About} about @param {any} chosen */
export async function send(kind, about, chosen) {
  const { minutes: by, ...rest } = chosen;
  const fields = { ...kind.fields(about), ...rest };
  if (fields.type === "not_ready") fields.ready_at = later(by);
  if (fields.type === "duty_delayed") fields.minutes = by;
  const detail = by ? ` ${by} min` : rest.reason ? `: ${rest.reason.toLowerCase()}` : "";
  const text = `${kind.of === "duty" ? about.duty : about.journey} ${kind.label.toLowerCase()}${detail}`;
  const known = await sayOf(fields, text);
  if (known && kind.of !== "duty") toldHere.value = new Map(toldHere.value).set(about.journey, kind.says ?? "");
  if (known && fields.type === "duty_lost") await replan();
  return known;
}

/** Say what happened, now. @param {any} fields @param {string} text */
export async function sayOf(fields, text) {
  const at = clock.value;
  const event = { event_id: crypto.randomUUID(), source, sequence: ++sequence, occurred_at: toTheSecond(at), ...fields };
  const known = await attempt(() => calls.report(openDate(), event));
  said.value = [{ at: wallTime(at), text, good: Boolean(known) }, ...said.value].slice(0, 200);
  if (known) say("good", `${wallTime(at)} ${text}`);
  for (const issue of known?.issues ?? []) say("note", `${issue.message} ${issue.hint}`);
  return known !== null;
}

/** What a report on a journey is about: by the roster in force. @param {string | null} journey @param {string | null} duty @returns {About} */
export const aboutOf = (journey, duty) => ({ journey: journey ?? "", duty: (journey && roster.value?.journeyOf.get(journey)?.duty?.id) || duty });
