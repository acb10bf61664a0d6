// Where the reader is, kept in the address so that it can be shared and gone back to: #/plan/2026-11-24/3
import { signal } from "./vendor.js";

/** @typedef {{view: string, date: string | null, version: number | null}} Route */

/** @returns {Route} */
function read() {
  const [view, date, version] = location.hash.replace(/^#\/?/, "").split("/");
  return { view: view || "plan", date: /^\d{4}-\d\d-\d\d$/.test(date ?? "") ? date : null, version: Number(version) || null };
}

export const route = signal(read());
addEventListener("hashchange", () => (route.value = read()));

/** @param {string} view @param {string | null} [date] @param {number | null} [version] */
export const href = (view, date, version) => `#/${[view, date, version].filter(Boolean).join("/")}`;

/** @param {string} view @param {string | null} [date] @param {number | null} [version] */
export function go(view, date, version) {
  location.hash = href(view, date, version);
}
