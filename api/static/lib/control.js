// The day as it happens: its pulse is followed, and what it tells of is read again. One day at a time.
import { ApiError } from "./api.js";
import * as calls from "./calls.js";
import { follow } from "./live.js";
import { attempt, published } from "./planning.js";
import { NO_FILTERS, filters, person, roster, say, selection } from "./store.js";
import { momentText } from "./times.js";
import { wallTime } from "./wall.js";
import { batch, computed, signal } from "./vendor.js";

/** @typedef {{now: string, uploaded: number, position: number, publication: (calls.Published & {number: number}) | null, proposal_id: string | null, replan_id: string | null}} Pulse */
/**
 * @typedef {{journey_id: string, duty_id: string, category: string, standard: string, target: number | null, hard: number, planned_spare_s: number,
 *   likely_spare_s: number, bad_spare_s: number, saved: number, reason: string}} Risk
 */
/** @typedef {{journey_id: string, category: string, pickup_place: string, dropoff_place: string, since: string, waited_s: number, target_left_s: number, hard_left_s: number, duty_id: string | null, pickup_at: string | null}} Waiting */
/** @typedef {{journey_id: string, category: string, pickup_place: string, dropoff_place: string, due_at: string | null, why: string, aboard_lost: boolean}} Unplaced */
/** @typedef {{occurred_at: string, oddity: string, duty_id: string, journey_id: string, detail: string, source: string, type: string}} Odd */
/**
 * @typedef {{as_of: {now: string, position: number, version: number, etag: string}, risks: Risk[], risks_in_all: number, ready: Waiting[],
 *   unplaced: Unplaced[], anomalies: Odd[], spoken_of: string[], reported: Record<string, string[]>, lost: string[]}} Board
 */
/** @typedef {{journey_id: string, kind: string, from_duty: string | null, to_duty: string | null, pickup_before: string | null, pickup_after: string | null, minutes: number | null, why: string}} Change */
/**
 * @typedef {{proposal_id: string, version: number, base_etag: string, status: string, created_at: string,
 *   diff: {changes: Change[], told: string[], driving_s: number, served: number}}} Proposal
 */

export const pulse = signal(/** @type {Pulse | null} */ (null));
export const link = signal(/** @type {import("./live.js").State} */ ("connecting"));
export const board = signal(/** @type {Board | null} */ (null));
export const proposal = signal(/** @type {Proposal | null} */ (null));
/** Whether the proposal is looked at. */
export const looking = signal(false);
/** What somebody else did to the roster, until it is read. */
export const notice = signal("");
/** Why there is nothing to show. */
export const without = signal("");
/** The service's time, each second, in milliseconds. */
export const clock = signal(Date.now());
/** When the service was last known to be there, by its own clock. */
const heardAt = signal(0);

const PATIENCE_MS = 4000;
const OLD_MS = 100_000;
/** What is not as it is now: why, and since when; null where all is well. */
export const stale = computed(() => {
  if (link.value !== "live" && heardAt.value && clock.value - heardAt.value > PATIENCE_MS) return { why: "silence", since: heardAt.value };
  const read = board.value && Date.parse(board.value.as_of.now);
  return read && clock.value - read > OLD_MS ? { why: "slow", since: read } : null;
});
export const mayAct = computed(() => person.value?.roles.some((role) => role === "controller" || role === "admin") ?? false);

const BOARD_EVERY_MS = 20_000;
const AGAIN_MS = 1500;
/** Vehicles tell where they are many times a second: the board is not read as often. */
const APART_MS = 2000;
let date = "";
let ahead = 0;
let readAt = 0;
let waiting = 0;
let reading = false;
let ordered = "";
/** Tags of what this page has published itself. */
const mine = new Set();

/** Follow a day. Returns what ends it. @param {string} opened */
export function openControl(opened) {
  date = opened;
  [pulse.value, board.value, proposal.value, roster.value, published.value] = [null, null, null, null, null];
  [notice.value, without.value, link.value, heardAt.value, looking.value] = ["", "", "connecting", 0, false];
  [selection.value, filters.value] = [{ journey: null, duty: null }, NO_FILTERS];
  let unfollow = connect();
  const ticking = setInterval(tick, 1000);
  const offline = () => {
    unfollow();
    link.value = "stale";
  };
  const online = () => {
    unfollow();
    unfollow = connect();
  };
  addEventListener("offline", offline);
  addEventListener("online", online);
  return () => {
    unfollow();
    clearInterval(ticking);
    clearTimeout(waiting);
    removeEventListener("offline", offline);
    removeEventListener("online", online);
    date = "";
  };
}

/** Follow the day's pulse. Returns what ends it, from when on it says nothing more. */
function connect() {
  let open = true;
  const unfollow = follow(calls.pulsePath(date), ({ data }) => (open ? hear(JSON.parse(data)) : false), (state) => {
    if (!open) return;
    link.value = state;
    if (state === "over") readBoard(); // says why: signed out, or no such day
  });
  return () => {
    open = false;
    unfollow();
  };
}

function tick() {
  clock.value = Date.now() + ahead;
  if (link.value === "live") heardAt.value = clock.value;
  if (link.value === "live" && Date.now() - readAt > BOARD_EVERY_MS) readBoard();
}

/** @param {Pulse} now */
function hear(now) {
  const before = pulse.value;
  ahead = Date.parse(now.now) - Date.now();
  heardAt.value = clock.value = Date.parse(now.now);
  pulse.value = now;
  if (now.publication?.etag !== before?.publication?.etag) hearPublished(now, before !== null);
  else if (now.position !== before?.position) readBoardSoon();
  if (now.proposal_id !== proposal.value?.proposal_id) readProposal(now.proposal_id);
  if (before?.replan_id && !now.replan_id) hearReplanned(before.replan_id, now.proposal_id);
}

/** @param {Pulse} now @param {boolean} anew */
async function hearPublished({ publication }, anew) {
  const opened = date;
  if (!publication) return void (without.value = "Nothing is published for this day. The control room follows what crews drive: publish a version in the plan view.");
  without.value = "";
  if (anew && !mine.has(publication.etag)) notice.value = `${publication.published_by} published version ${publication.version} at ${wallTime(publication.published_at)}. The board and the lists show it from now on; proposals made before it can no longer be accepted.`;
  const read = await attempt(() => calls.readVersion(opened, publication.version));
  if (!read || opened !== date) return;
  const { journey, duty } = selection.value;
  batch(() => {
    roster.value = read;
    published.value = publication;
    selection.value = { journey, duty: journey ? (read.journeyOf.get(journey)?.duty?.id ?? null) : duty };
  });
  readBoard();
}

function readBoardSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(readBoard, Math.max(0, readAt + APART_MS - Date.now()));
}

/** Read the board, and again until it has taken in the last event. */
async function readBoard() {
  if (!date || reading || without.value) return;
  const opened = date;
  [reading, readAt] = [true, Date.now()];
  try {
    const read = await calls.readBoard(opened);
    if (opened !== date) return;
    board.value = read;
    const behind = read.as_of.position < (pulse.value?.position ?? 0) || read.as_of.etag !== (pulse.value?.publication?.etag ?? read.as_of.etag);
    clearTimeout(waiting);
    if (behind) waiting = setTimeout(readBoard, AGAIN_MS);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 404) without.value = error.message;
  } finally {
    reading = false;
  }
}

/** @param {string | null} id */
async function readProposal(id) {
  const opened = date;
  const read = id && (await attempt(() => calls.readProposal(opened, id)));
  if (opened !== date || pulse.value?.proposal_id !== id) return;
  proposal.value = read || null;
}

/** @param {string} id @param {string | null} proposed */
async function hearReplanned(id, proposed) {
  if (ordered !== id) return;
  ordered = "";
  const plan = await attempt(() => calls.readPlan(id));
  if (plan?.status === "failed") say("bad", `The re-plan came to nothing: ${plan.error?.message ?? plan.status}. What is published stands.`);
  else if (proposed) looking.value = true;
}

/** Have the rest of the day planned anew. */
export const replan = () => attempt(async () => {
  const found = await calls.reoptimise(date);
  ordered = found.plan_id;
  say("note", found.joined ? "A re-plan is under way already; its proposal is shown here too." : "Planning the rest of the day anew. The proposal is shown here when it is there.");
});

/** Tell what this page published, so that it is nobody else's. @param {calls.Published} publication */
export const publishedHere = (publication) => mine.add(publication.etag);

/** Decide on the proposal; returns what speaks against it, or null. @param {string[] | null} journeys null: all of it @returns {Promise<ApiError | null>} */
export async function accept(journeys) {
  const chosen = /** @type {Proposal} */ (proposal.value);
  try {
    const done = await calls.accept(date, chosen.proposal_id, journeys);
    publishedHere(done.publication);
    say("good", `Version ${done.publication.version} is what crews drive from ${momentText(done.publication.published_at)}. Tell ${chosen.diff.told.length === 1 ? "the crew" : "the crews"}.`);
    return null;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error;
  }
}

export const reject = () => attempt(async () => {
  await calls.reject(date, /** @type {Proposal} */ (proposal.value).proposal_id);
  say("note", "Rejected. What is published stands.");
});

export const openDate = () => date;
