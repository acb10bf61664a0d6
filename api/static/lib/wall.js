// The clock on the wall in London, for moments of the day itself.

const PARTS = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone: "Europe/London" });
const OFFSET = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", timeZoneName: "longOffset" });

/** `10:42` @param {string | number} moment ISO or milliseconds */
export const wallTime = (moment) => PARTS.format(new Date(moment)).slice(0, 5);
/** `10:42:07` @param {string | number} moment ISO or milliseconds */
export const wallSeconds = (moment) => PARTS.format(new Date(moment));

/** The moment at which the wall in London shows a time on a date. @param {string} date ISO @param {string} time `10:42` */
export function atWall(date, time) {
  const guess = Date.parse(`${date}T${time}:00Z`);
  return new Date(guess - offset(guess - offset(guess)));
}

/** Milliseconds that London is ahead of UTC. @param {number} moment */
function offset(moment) {
  const name = OFFSET.formatToParts(moment).find((part) => part.type === "timeZoneName")?.value ?? "";
  const [, sign, hours, minutes] = name.match(/([+-])(\d\d):(\d\d)/) ?? ["", "+", "0", "0"];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** ISO without fractions. @param {number | Date} moment */
export const toTheSecond = (moment) => new Date(moment).toISOString().replace(/\.\d+/, "");

/** A running clock: `12:07`, `1:02:07`; below 0 with its sign. @param {number} seconds */
export function stopwatch(seconds) {
  const all = Math.abs(Math.trunc(seconds));
  const [hours, minutes, rest] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return `${seconds <= -1 ? "−" : ""}${hours ? `${hours}:${two(minutes)}` : minutes}:${two(rest)}`;
}
