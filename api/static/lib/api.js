// Calls to the API: problems as errors with their issues, keys and sessions, entity tags, one more try where that is safe.
import { expired, person } from "./store.js";

/** @typedef {{code: string, message: string, hint: string, path: string | null, row: number | null, severity?: string}} Issue */

/** A refusal of the API (RFC 9457), or no answer at all (status 0). */
export class ApiError extends Error {
  /** @param {number} status @param {string} title @param {string} detail @param {Issue[]} issues */
  constructor(status, title, detail, issues = []) {
    super(detail || title);
    this.status = status;
    this.title = title;
    this.issues = issues;
  }
}

const KEY = "api-key";
const TRIES = 3;
const AGAIN = new Set([502, 503, 504]);

/** The API key of this tab, forgotten with it. @param {string | null} key */
export function keepKey(key) {
  if (key) sessionStorage.setItem(KEY, key);
  else sessionStorage.removeItem(KEY);
}

export const hasKey = () => sessionStorage.getItem(KEY) !== null;

/** Headers that say who calls. @param {boolean} changes whether the call changes something */
export function identity(changes = false) {
  const key = sessionStorage.getItem(KEY);
  /** @type {Record<string, string>} */
  const headers = key ? { Authorization: `Bearer ${key}` } : {};
  if (changes && !key && person.value?.csrfToken) headers["X-CSRF-Token"] = person.value.csrfToken;
  return headers;
}

/**
 * @typedef {{method?: string, json?: unknown, body?: BodyInit, headers?: Record<string, string>, signal?: AbortSignal, once?: boolean}} Call
 * `once` gives a POST the key under which it is done once, however often it is sent.
 */

/**
 * The answer to a call; repeated where the connection fails and repeating is safe.
 * @param {string} path @param {Call} call
 * @returns {Promise<Response>}
 */
export async function ask(path, { method = "GET", json, body, headers = {}, signal, once } = {}) {
  const changes = method !== "GET";
  /** @type {Record<string, string>} */
  const sent = { Accept: "application/json", ...identity(changes), ...headers };
  if (json !== undefined) sent["Content-Type"] = "application/json";
  if (once) sent["Idempotency-Key"] = crypto.randomUUID();
  const safe = !changes || once || method === "DELETE";
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(path, { method, headers: sent, body: json === undefined ? body : JSON.stringify(json), signal }).catch((error) => {
      if (signal?.aborted) throw error;
      return null;
    });
    if (response?.ok) return response;
    const again = safe && attempt < TRIES && (!response || AGAIN.has(response.status));
    if (!again) throw await failure(response);
    await new Promise((resolve) => setTimeout(resolve, 400 * attempt));
  }
}

/** @param {string} path @param {Call} [call] @returns {Promise<any>} */
export async function askJson(path, call) {
  const response = await ask(path, call);
  return response.status === 204 ? null : response.json();
}

/** Every item of a list that comes in pages. @param {string} path */
export async function askAll(path) {
  const items = [];
  for (let next = ""; ; ) {
    const page = await askJson(`${path}${path.includes("?") ? "&" : "?"}limit=500${next && `&cursor=${encodeURIComponent(next)}`}`);
    items.push(...page.items);
    if (!page.next) return items;
    next = page.next;
  }
}

/** Save an answer as a file. @param {string} path @param {string} name */
export async function download(path, name) {
  const response = await ask(path, { headers: { Accept: "*/*" } });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** What a refusal says; who is not known any more is told so by the whole page. @param {Response | null} response */
export async function failure(response) {
  if (!response) return new ApiError(0, "No connection", "The service does not answer. Check the connection; nothing you did is lost.");
  const problem = await response.json().catch(() => ({}));
  if (response.status === 401) [expired.value, person.value] = [Boolean(person.value) || expired.value, null];
  return new ApiError(response.status, problem.title ?? response.statusText, problem.detail ?? "", problem.issues ?? []);
}
