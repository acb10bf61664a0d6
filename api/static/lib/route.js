// Where the reader is, kept in the address so that it can be shared and gone back to: #/plan/2026-11-24/3
import { signal } from "./vendor.js";

/** `item` is what a view shows of a version, such as a duty. @typedef {{view: string, date: string | null, version: number | null, item: string | null}} Route */

/** @returns {Route} */
function read() {
  const [view, date, version, item] = location.hash.replace(/^#\/?/, "").split("/");
  return { view: view || "plan", date: /^\d{4}-\d\d-\d\d$/.test(date ?? "") ? date : null, version: Number(version) || null, item: item ? decodeURIComponent(item) : null };
}

export const route = signal(read());
addEventListener("hashchange", () => (route.value = read()));

/** @param {string} view @param {string | null} [date] @param {number | null} [version] @param {string | null} [item] */
export const href = (view, date, version, item) => `#/${[view, date, item ? version || "published" : version, item && encodeURIComponent(item)].filter(Boolean).join("/")}`;

/** @param {string} view @param {string | null} [date] @param {number | null} [version] @param {string | null} [item] */
export function go(view, date, version, item) {
  location.hash = href(view, date, version, item);
}
