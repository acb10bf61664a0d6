// Each question that the page asks the service, by name. Paths are here and nowhere else.
import { askAll, askJson, download, hasKey } from "./api.js";
import { readRoster } from "./roster.js";

/** @typedef {{version: number, published: boolean, served: number | null, unserved: number | null}} DayRoster */
/** @typedef {{service_date: string, revision: number, created_at: string, updated_at: string, journeys: number, duties: number, roster: DayRoster | null}} Day */
/** @typedef {{version: number, served: number, unserved: number, created_at: string, created_by: string, plan_id: string | null, based_on: number | null, engine: any}} Version */
/** @typedef {{version: number, etag: string, published_at: string, published_by: string}} Published */
/**
 * @typedef {{plan_id: string, kind: string, service_date: string, status: string, revision: number, order: any, best_so_far: any, error: any,
 *   stop_requested: boolean, started_at: string | null, created_at: string, version?: number | null}} Plan
 */

/** @typedef {{session_id: string, who: string, browser: string, begun_at: string, last_used_at: string, until: string, current: boolean}} MySession */

const day = (/** @type {string} */ date) => `/v1/days/${date}`;
const rosterPath = (/** @type {string} */ date, /** @type {number} */ version) => `${day(date)}/rosters/${version}`;

export const listDays = () => /** @type {Promise<Day[]>} */ (askAll("/v1/days"));
export const readDay = (/** @type {string} */ date) => askJson(day(date));
export const listVersions = (/** @type {string} */ date) => /** @type {Promise<Version[]>} */ (askAll(`${day(date)}/rosters`));
export const readVersion = async (/** @type {string} */ date, /** @type {number} */ version) => readRoster(await askJson(`${rosterPath(date, version)}/view`), version);
/** Runs and stops as GeoJSON, along the roads where the roster was made with some. @param {string} date @param {number} version */
export const readRoutes = (date, version) => askJson(`${rosterPath(date, version)}/routes.geojson`);
export const listPlans = (/** @type {string} */ date) => /** @type {Promise<Plan[]>} */ (askAll(`${day(date)}/plans`));
export const readPlan = (/** @type {string} */ id) => /** @type {Promise<Plan>} */ (askJson(`/v1/plans/${id}`));
/** The best checked roster so far of a plan that is searched for; null while there is none. @param {string} id */
export const readBest = async (id) => {
  const view = await askJson(`/v1/plans/${id}/draft`);
  return view && readRoster(view, null);
};
export const progressPath = (/** @type {string} */ id) => `/v1/plans/${id}/progress`;
export const orderPlan = (/** @type {string} */ date, /** @type {any} */ order) => /** @type {Promise<Plan>} */ (askJson(`${day(date)}/plans`, { method: "POST", json: order, once: true }));
export const stopPlan = (/** @type {string} */ id) => askJson(`/v1/plans/${id}`, { method: "DELETE" });
/** What crews drive; null where nothing is published. @param {string} date @returns {Promise<Published | null>} */
export const readPublished = async (date) => (await askJson(`${day(date)}/publications?limit=1`)).items[0] ?? null;

/** Publish a version over what this page has seen published. @param {string} date @param {number} version @param {Published | null} seen */
export const publish = (date, version, seen) =>
  askJson(`${day(date)}/published`, { method: "POST", json: { version }, once: true, headers: seen ? { "If-Match": `"${seen.etag}"` } : { "If-None-Match": "*" } });

/** What a move would come to. @param {string} date @param {string} journey @param {string} duty @param {AbortSignal} signal */
export const whatIf = (date, journey, duty, signal) =>
  /** @type {Promise<import("./moving.js").WhatIf>} */ (askJson(`${day(date)}/moves/what-if`, { method: "POST", json: { journey_id: journey, duty_id: duty }, signal }));
/** Move a journey over the publication that was seen. @param {string} date @param {string} journey @param {string} duty @param {string} etag */
export const move = (date, journey, duty, etag) =>
  /** @type {Promise<{publication: Published}>} */ (askJson(`${day(date)}/moves`, { method: "POST", json: { journey_id: journey, duty_id: duty }, once: true, headers: { "If-Match": `"${etag}"` } }));
export const listLocks = async (/** @type {string} */ date) => (await askJson(`${day(date)}/locks`)).items;
export const lock = (/** @type {string} */ date, /** @type {string} */ journey) => askJson(`${day(date)}/locks`, { method: "POST", json: { journey_id: journey }, once: true });
export const release = (/** @type {string} */ date, /** @type {string} */ journey) => askJson(`${day(date)}/locks/release`, { method: "POST", json: { journey_id: journey }, once: true });

/** @param {string} date */
export const pulsePath = (date) => `${day(date)}/live`;
export const readBoard = (/** @type {string} */ date) => /** @type {Promise<import("./control.js").Board>} */ (askJson(`${day(date)}/board?most=500`));
export const report = (/** @type {string} */ date, /** @type {any} */ event) => askJson(`${day(date)}/events`, { method: "POST", json: event, once: true });
/** Where a journey could go: one of the day (`journey_id`), or a new one (`journey`). @param {string} date @param {any} asked @param {AbortSignal} [signal] */
export const askOptions = (date, asked, signal) => /** @type {Promise<import("../parts/options.js").Offer>} */ (askJson(`${day(date)}/options`, { method: "POST", json: asked, signal }));
export const reoptimise = (/** @type {string} */ date) => /** @type {Promise<{plan_id: string, joined: boolean}>} */ (askJson(`${day(date)}/reoptimise`, { method: "POST", json: { budget_s: 2 }, once: true }));
const proposalPath = (/** @type {string} */ date, /** @type {string} */ id) => `${day(date)}/proposals/${id}`;
export const readProposal = (/** @type {string} */ date, /** @type {string} */ id) => /** @type {Promise<import("./control.js").Proposal>} */ (askJson(proposalPath(date, id)));
/** Publish a proposal; `journeys` null: all of it. @param {string} date @param {string} id @param {string[] | null} journeys */
export const accept = (date, id, journeys) => /** @type {Promise<{publication: Published}>} */ (askJson(`${proposalPath(date, id)}/accept`, { method: "POST", json: { journeys }, once: true }));
export const reject = (/** @type {string} */ date, /** @type {string} */ id) => askJson(`${proposalPath(date, id)}/reject`, { method: "POST", once: true });
/** Some journeys as they were uploaded: with their codes. @param {string} date */
export const someJourneys = async (date) => (await askJson(`${day(date)}/journeys?limit=500`)).items;

/** @typedef {{service_date: string, published: number | null, latest: number}} RosteredDay */
/** The days of a range that have a roster. @param {string} first @param {string} last @returns {Promise<RosteredDay[]>} */
export const listRosteredDays = async (first, last) => (await askJson(`/v1/figures/days?first=${first}&last=${last}`)).items;
/** The day that was uploaded for the latest date. @returns {Promise<string | null>} */
export const latestDay = async () => (await askJson("/v1/days?limit=1")).items[0]?.service_date ?? null;
/** @param {string} date @param {number} version @param {AbortSignal} signal */
export const readBreakdown = (date, version, signal) => /** @type {Promise<import("./breakdown.js").Breakdown>} */ (askJson(`${rosterPath(date, version)}/figures`, { signal }));

/** @typedef {{name: string, title: string, first_day: string, last_day: string, days: number, scenarios: number, solved: number, made_at: string}} StudySummary */
/** The studies that were run, and those that are ordered or run. @returns {Promise<{items: StudySummary[], under_way: Plan[]}>} */
export const listStudies = () => askJson("/v1/studies");
export const orderStudy = (/** @type {any} */ order) => /** @type {Promise<Plan>} */ (askJson("/v1/studies", { method: "POST", json: order, once: true }));
export const stopStudy = (/** @type {string} */ id) => askJson(`/v1/studies/${id}`, { method: "DELETE" });
const studyPath = (/** @type {string} */ name) => `/v1/studies/${encodeURIComponent(name)}`;
export const readStudy = (/** @type {string} */ name) => /** @type {Promise<import("./studies.js").Study>} */ (askJson(studyPath(name)));
export const saveStudyTable = (/** @type {string} */ name, /** @type {string} */ table) => download(`${studyPath(name)}/tables/${table}`, `${name}-${table}.csv`);
/** A page beside this one for who is signed in, a file for who has a key. @param {string} name */
export async function openStudyReport(name) {
  if (hasKey()) await download(`${studyPath(name)}/report`, `${name}-report.html`);
  else window.open(`${studyPath(name)}/report`, "_blank", "noopener");
}

/** Upload a day as files. @param {{journeys: File, duties: File, policy: File | null}} files */
export function uploadDay({ journeys, duties, policy }) {
  const body = new FormData();
  body.append("journeys", journeys);
  body.append("duties", duties);
  if (policy) body.append("policy", policy);
  return askJson("/v1/days", { method: "POST", body, once: true });
}

export const listMySessions = async () => /** @type {MySession[]} */ ((await askJson("/v1/me/sessions")).items);
export const endMySession = (/** @type {string} */ id) => askJson(`/v1/me/sessions/${id}`, { method: "DELETE" });
export const endOtherSessions = () => askJson("/v1/me/sessions", { method: "DELETE" });

/** What the service prints for crews: a page beside this one for who is signed in, a file for who has a key, which a new page could not send. @param {string} date @param {number} version */
export async function openRunSheets(date, version) {
  const path = `${rosterPath(date, version)}/run-sheets`;
  if (hasKey()) await download(path, `${date}-v${version}-run-sheets.html`);
  else window.open(path, "_blank", "noopener");
}

export const saveFile = (/** @type {string} */ date, /** @type {number} */ version, /** @type {"roster.xlsx" | "roster.csv" | "routes.geojson"} */ part) =>
  download(`${rosterPath(date, version)}/${part}`, `${date}-v${version}-${part}`);
