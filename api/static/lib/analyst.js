// What the analyst asks: which days of which rosters, of whom, beside which others; and the days read for it.
import { ApiError } from "./api.js";
import { sums } from "./breakdown.js";
import * as calls from "./calls.js";
import { contractText, inWords, plural } from "./format.js";
import { longDay, shortDay } from "./times.js";
import { batch, computed, signal } from "./vendor.js";

/** `which`: the published version, else the latest; the latest; or one version of the one day. @typedef {{first: string, last: string, which: "published" | "latest" | number}} Days */
/** `of` is what was asked for; `unpublished` counts days whose version is not the one that is published. @typedef {{of: Days, days: import("./breakdown.js").Breakdown[], unpublished: number}} Read */

export const asked = signal(/** @type {Days | null} */ (null));
export const beside = signal(/** @type {Days | null} */ (null));
export const chosen = signal(/** @type {import("./breakdown.js").Chosen} */ ({ contract: "", kind: "" }));
export const split = signal(/** @type {Exclude<import("./breakdown.js").Split, "all">} */ ("contract"));
export const figureKey = signal("U1");
export const found = signal(/** @type {Read | null} */ (null));
export const other = signal(/** @type {Read | null} */ (null));
/** What is being read, in words; empty once all is. */
export const reading = signal("");
export const wrong = signal("");

const WEEK_MS = 6 * 86_400_000;
const AT_ONCE = 2;
const KEPT = 120;
/** Breakdowns by day and version, which never change. @type {Map<string, import("./breakdown.js").Breakdown>} */
const known = new Map();
let turn = new AbortController();

/** The dates of what was read. @param {Read | null} read */
export const datesOf = (read) => read?.days.map((day) => day.date) ?? [];
export const figures = computed(() => found.value?.days[0]?.figures ?? []);
export const figure = computed(() => figures.value.find((one) => one.key === figureKey.value) ?? figures.value[0] ?? null);
const named = (/** @type {(day: import("./breakdown.js").Breakdown) => string[]} */ of) => computed(() => [...new Set([...(found.value?.days ?? []), ...(other.value?.days ?? [])].flatMap(of))].sort());
export const contracts = named((day) => day.contracts);
export const kinds = named((day) => day.vehicle_types);
export const whole = computed(() => sums(found.value?.days ?? [], chosen.value, "all"));
export const otherWhole = computed(() => sums(other.value?.days ?? [], chosen.value, "all"));

/** Begin with the day of the address, or with the week up to the latest day. @param {string | null} date @param {number | null} version */
export async function begin(date, version) {
  if (asked.value && (!date || (asked.value.first === date && asked.value.last === date && (!version || asked.value.which === version)))) return;
  const last = date ?? (await calls.latestDay());
  if (!last) return void (wrong.value = "No day is here yet. Planners upload days in the plan view.");
  const first = date ?? new Date(Date.parse(last) - WEEK_MS).toISOString().slice(0, 10);
  await ask({ first, last, which: version ?? "published" }, null);
}

/** Read the days that are asked for and those beside them. @param {Days} days @param {Days | null} others */
export async function ask(days, others) {
  turn.abort();
  const { signal: over } = (turn = new AbortController());
  batch(() => {
    [asked.value, beside.value, wrong.value, reading.value] = [days, others, "", "Looking which days there are…"];
  });
  try {
    const one = await read(days, over), two = others && (await read(others, over));
    if (over.aborted) return;
    batch(() => {
      [found.value, other.value, reading.value] = [one, two, ""];
      if (!one.days.length) wrong.value = `No day from ${shortDay(days.first)} to ${shortDay(days.last)} has a roster.`;
      else if (two && !two.days.length) wrong.value = "None of the days to compare with has a roster.";
      if (!contracts.value.includes(chosen.value.contract)) chosen.value = { ...chosen.value, contract: "" };
      if (!kinds.value.includes(chosen.value.kind)) chosen.value = { ...chosen.value, kind: "" };
    });
  } catch (error) {
    if (over.aborted) return;
    if (!(error instanceof ApiError)) throw error;
    [wrong.value, reading.value] = [error.message, ""];
  }
}

export function stopReading() {
  turn.abort();
  reading.value = "";
}

/** @param {Days} of @param {AbortSignal} over @returns {Promise<Read>} */
async function read(of, over) {
  const { first, last, which } = of;
  const there = await calls.listRosteredDays(first, last);
  const versions = there.map((day) => (typeof which === "number" ? which : which === "latest" ? day.latest : (day.published ?? day.latest)));
  /** @type {import("./breakdown.js").Breakdown[]} */
  const days = [];
  let next = 0;
  const reader = async () => {
    while (next < there.length && !over.aborted) {
      const n = next++;
      reading.value = `Reading day ${n + 1} of ${there.length}…`;
      days[n] = await readOne(there[n].service_date, versions[n], over);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
  return { of, days, unpublished: there.filter((day, n) => day.published !== versions[n]).length };
}

/** @param {string} date @param {number} version @param {AbortSignal} over */
async function readOne(date, version, over) {
  const key = `${date}/${version}`;
  const made = known.get(key) ?? (await calls.readBreakdown(date, version, over));
  known.delete(key);
  known.set(key, made);
  if (known.size > KEPT) known.delete(/** @type {string} */ (known.keys().next().value));
  return made;
}

/** What figures are of, in words that go with every picture. @param {Read} read */
function toldOf(read) {
  const days = read.of, dates = datesOf(read);
  const range = days.first === days.last ? longDay(days.first) : `${plural(dates.length, "day")} from ${shortDay(days.first)} to ${shortDay(days.last)} ${days.last.slice(0, 4)}`;
  const which = typeof days.which === "number" ? `version ${days.which}` : days.which === "latest" ? "latest versions" : !read.unpublished ? "published rosters" : read.unpublished === dates.length ? "latest versions, none is published" : `published rosters, of ${plural(read.unpublished, "day")} the latest version`;
  const policies = [...new Set(read.days.map((day) => day.policy.distancing))].map((one) => (one === "off" ? "off" : inWords(one).toLowerCase()));
  return `${range}; ${which}; distancing ${policies.join(" and ")}`;
}

/** Everything that a picture is of. */
export const told = computed(() => {
  const { contract, kind } = chosen.value;
  const of = [contract ? `${contractText(contract)} contract` : "all contracts", kind ? inWords(kind) : "all vehicle types"].join(", ");
  return found.value ? [`${toldOf(found.value)}; ${of}.`, ...(other.value ? [`Compared with ${toldOf(other.value)}.`] : [])] : [];
});

/** The days in the name of a file. */
export const nameOf = () => `${found.value?.of.first}-${found.value?.of.last}`;

/** The same for every row of a file. @returns {Record<string, string | number>} */
export function whereOf() {
  /** @param {string} before @param {Read | null} read */
  const columns = (before, read) => (read ? { [`${before}first_day`]: read.of.first, [`${before}last_day`]: read.of.last, [`${before}days`]: read.days.length, [`${before}rosters`]: String(read.of.which) } : {});
  return { ...columns("", found.value), ...columns("compared_", other.value), only_contract: chosen.value.contract, only_vehicle_type: chosen.value.kind };
}
