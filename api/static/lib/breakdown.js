// The sums of days by contract, hour and vehicle type, put together into the groups that a reader asks for.
import { contractText, inWords, number } from "./format.js";
import { ratio } from "./estimates.js";

/** @typedef {{key: string, label: string, unit: string, places: number, over: string, by: string, scale: number, good: "more" | "less" | "", meaning: string}} Figure */
/** @typedef {{profile: string, category: string, measure: string, target_percent: number | null, illustrative: boolean}} Target */
/**
 * @typedef {{date: string, policy: {distancing: string, standards: string}, engine: any, figures: Figure[], contracts: string[], vehicle_types: string[],
 *   cells: Record<string, number[]>, standards: Record<string, number[]>, targets: Target[]}} Breakdown
 */
/** @typedef {{contract: string, kind: string}} Chosen both empty: all */
/** @typedef {"all" | "contract" | "hour" | "kind" | "day"} Split */
/** @typedef {Map<string, Map<string, Record<string, number>>>} Groups by group, then by date: sums */
/** @typedef {{target: Target, group: string, counted: number, missed: number, unavoidable: number, excluded: number, kept: number | null}} Kept */

/** What figures may be split by, as the page says it. @type {Record<Exclude<Split, "all">, string>} */
export const SPLITS = { contract: "contract", hour: "hour of the day", kind: "vehicle type", day: "day" };

/** Keys of hours sort as numbers do. @param {number} hour */
const hourKey = (hour) => String(hour + 100);

/** The rows of columns that are chosen, each with its group. @param {Breakdown} day @param {Record<string, number[]>} columns @param {Chosen} chosen @param {Split} split @returns {[row: number, group: string][]} */
function chosenRows(day, columns, chosen, split) {
  const kindOf = (/** @type {number} */ row) => day.vehicle_types[columns.vehicle_type[row]] ?? "";
  /** @type {Record<Split, (row: number) => string>} */
  const groups = { all: () => "", contract: (row) => day.contracts[columns.contract[row]], hour: (row) => hourKey(columns.hour[row]), kind: kindOf, day: () => day.date };
  return columns.hour.flatMap((_, row) => {
    const fits = (!chosen.contract || day.contracts[columns.contract[row]] === chosen.contract) && (!chosen.kind || kindOf(row) === chosen.kind);
    return fits ? [/** @type {[number, string]} */ ([row, groups[split](row)])] : [];
  });
}

/** @param {Breakdown[]} days @param {Chosen} chosen @param {Split} split @returns {Groups} */
export function sums(days, chosen, split) {
  /** @type {Groups} */
  const found = new Map();
  for (const day of days) {
    const names = Object.keys(day.cells).filter((name) => !["contract", "hour", "vehicle_type"].includes(name));
    for (const [row, group] of chosenRows(day, day.cells, chosen, split)) {
      const of = found.get(group) ?? new Map();
      found.set(group, of);
      const into = of.get(day.date) ?? Object.fromEntries(names.map((name) => [name, 0]));
      of.set(day.date, into);
      for (const name of names) into[name] += day.cells[name][row];
    }
  }
  return new Map([...found].sort(([one], [other]) => one.localeCompare(other)));
}

/** A figure of one group over the days. @param {Groups} groups @param {string} group @param {Figure} figure @param {string[]} dates */
export function estimate(groups, group, figure, dates) {
  const of = groups.get(group);
  if (!of) return null;
  const column = (/** @type {string} */ name) => dates.map((date) => of.get(date)?.[name] ?? 0);
  return ratio(dates, column(figure.over), figure.by ? column(figure.by) : dates.map(() => 1), figure.scale);
}

/** Journeys within their targets over all days together, as contracts count them. @param {Breakdown[]} days @param {Chosen} chosen @param {Split} split @returns {Kept[]} */
export function standards(days, chosen, split) {
  /** @type {Map<string, Kept>} */
  const found = new Map();
  for (const day of days) {
    for (const [row, group] of chosenRows(day, day.standards, chosen, split)) {
      const target = day.targets[day.standards.target[row]];
      const key = [target.profile, target.category, target.measure, target.target_percent, group].join();
      const kept = found.get(key) ?? { target, group, counted: 0, missed: 0, unavoidable: 0, excluded: 0, kept: null };
      found.set(key, kept);
      for (const name of /** @type {const} */ (["counted", "missed", "unavoidable", "excluded"])) kept[name] += day.standards[name][row];
    }
  }
  const order = (/** @type {Kept} */ one) => [one.group, one.target.profile, one.target.category, one.target.measure].join();
  const rows = [...found.values()].sort((one, other) => order(one).localeCompare(order(other)));
  for (const row of rows) row.kept = row.counted ? 100 * (1 - row.missed / row.counted) : null;
  return rows;
}

/** The name of a group as a reader sees it. @param {Split} split @param {string} group @param {(date: string) => string} dayName */
export function groupName(split, group, dayName) {
  if (split === "hour") {
    const hour = Number(group) - 100, two = (/** @type {number} */ n) => String(((n % 24) + 24) % 24).padStart(2, "0");
    return `${two(hour)}–${two(hour + 1)}${hour >= 24 ? " +1" : hour < 0 ? " −1" : ""}`;
  }
  if (split === "day") return dayName(group);
  if (!group) return split === "kind" ? "no vehicle" : "no contract";
  return split === "contract" ? contractText(group) : inWords(group);
}

/** `−`, and `+` where it is wanted; none where what is shown is 0. @param {number} value @param {string} size as it is shown @param {boolean} signed */
const signOf = (value, size, signed) => (!/[1-9]/.test(size) ? "" : value < 0 ? "−" : signed ? "+" : "");

/** A change as it is shown: `+1.2 %`. @param {number | null | undefined} value */
export function changeText(value) {
  if (value === null || value === undefined) return "–";
  const size = number(Math.abs(value), 1);
  return `${signOf(value, size, true)}${size} %`;
}

/** A value with its unit: `£12.40`, `61.2 %`. @param {Figure} figure @param {number | null | undefined} value @param {boolean} [signed] */
export function valueText(figure, value, signed = false) {
  if (value === null || value === undefined) return "–";
  const size = number(Math.abs(value), figure.places), sign = signOf(value, size, signed);
  if (figure.unit === "£") return `${sign}£${size}`;
  return `${sign}${size}${figure.unit ? ` ${signed && figure.unit === "%" ? "points" : figure.unit}` : ""}`;
}
