// Seconds after the service day's midnight, as the clock on the wall in London shows them.

/** @typedef {[from: number, shift: number][]} WallClock what to add to elapsed seconds, from then on */

const MINUTES_OF_DAY = 1440;

/**
 * `07:05`, or `00:20 +1` on another day.
 * @param {number} seconds
 * @param {WallClock} wall
 */
export function clock(seconds, wall = [[0, 0]]) {
  let shift = 0;
  for (const [from, value] of wall) if (seconds >= from) shift = value;
  const shown = Math.floor((seconds + shift) / 60);
  const days = Math.floor(shown / MINUTES_OF_DAY);
  const minutes = shown - days * MINUTES_OF_DAY;
  const time = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  return days ? `${time} ${days > 0 ? "+" : "−"}${Math.abs(days)}` : time;
}

/** `4 min`, `1 h 05`. @param {number} seconds */
export function span(seconds) {
  const minutes = Math.round(Math.abs(seconds) / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`;
}

/** `+4 min`, `−1 h 05`. @param {number} seconds */
export const signedSpan = (seconds) => `${seconds > 0 ? "+" : "−"}${span(seconds)}`;
/** The same, where it is half a minute or more. @param {number} seconds */
export const spanChange = (seconds) => (Math.abs(seconds) < 30 ? "as before" : signedSpan(seconds));

const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const SHORT_DAY = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
const MOMENT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });

/** `Tuesday 24 November 2026`. @param {string} date ISO */
export const longDay = (date) => DAY.format(new Date(`${date}T00:00:00Z`)).replace(",", "");
/** `Tue, 24 Nov`. @param {string} date ISO */
export const shortDay = (date) => SHORT_DAY.format(new Date(`${date}T00:00:00Z`));
/** `23 Nov, 16:40` in London. @param {string} moment ISO with offset */
export const momentText = (moment) => MOMENT.format(new Date(moment));
