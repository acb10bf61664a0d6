// Where a journey could go: ranked places, each with what it costs whom. One that is taken is published at once.
import { Dialog } from "./dialog.js";
import { ApiError } from "../lib/api.js";
import * as calls from "../lib/calls.js";
import { mayAct, openDate, publishedHere } from "../lib/control.js";
import { plural } from "../lib/format.js";
import { roster, say } from "../lib/store.js";
import { span } from "../lib/times.js";
import { wallTime } from "../lib/wall.js";
import { html, signal, useEffect, useState } from "../lib/vendor.js";

/**
 * @typedef {{duty_id: string, pickup_at: string, dropoff_at: string, extra_drive_s: number, extra_drive_m: number, price_s: number, misses: string[],
 *   moved: {journey_id: string, pickup_s: number | null, dropoff_s: number}[], touched: {journey_id: string, standard: string, kept: boolean}[]}} Option
 */
/**
 * @typedef {{journey_id: string, as_of: {etag: string}, standing: Option | null, options: Option[], exchanges: {journey_id: string, option: Option, new: Option | null}[],
 *   reasons: {code: string, detail: string, action: string}[], spoken_of: string[], lock: {user: string} | null}} Offer
 */

const STANDARDS = { arrive: "arrival", collect: "collection", aboard: "time aboard" };
const standard = (/** @type {string} */ code) => /** @type {any} */ (STANDARDS)[code] ?? code;

/** @param {Option} option */
function Delays({ moved }) {
  const later = moved.filter((one) => Math.max(one.pickup_s ?? 0, one.dropoff_s) >= 60).sort((a, b) => b.dropoff_s - a.dropoff_s);
  if (!later.length) return html`<span class="soft">nobody</span>`;
  const [worst] = later;
  const all = later.map((one) => `${one.journey_id} ${span(Math.max(one.pickup_s ?? 0, one.dropoff_s))}`).join(", ");
  return html`<span title=${all}>${worst.journey_id} by ${span(Math.max(worst.pickup_s ?? 0, worst.dropoff_s))}${later.length > 1 ? ` and ${plural(later.length - 1, "other")}` : ""}</span>`;
}

/** @param {Option} option */
function Standards({ misses, touched }) {
  const lost = touched.filter((one) => !one.kept), kept = touched.length - lost.length;
  if (!misses.length && !touched.length) return html`<span class="good">✓ all kept</span>`;
  return html`${misses.length > 0 && html`<strong class="bad">▾ its own ${misses.map(standard).join(" and ")}</strong> `}
    ${lost.map((one) => html`<span class="bad">▾ ${standard(one.standard)} of ${one.journey_id} </span>`)}${kept > 0 && html`<span class="good">✓ ${kept} mended</span>`}`;
}

/** Whether a place is the one that the journey has by now. @param {Offer} offer @param {Option} option */
const isStanding = ({ standing }, { duty_id, pickup_at, dropoff_at }) => standing?.duty_id === duty_id && standing.pickup_at === pickup_at && standing.dropoff_at === dropoff_at;

/** Places in their order; a digit or a button takes one. @param {{offer: Offer, take: string, onTake: (option: Option) => void, sending: boolean}} props */
export function OptionTable({ offer, take, onTake, sending }) {
  const duty = (/** @type {string} */ id) => roster.value?.dutyOf.get(id);
  return html`<table class="plain options"><caption class="visually-hidden">Places for ${offer.journey_id}, cheapest first</caption>
    <thead><tr><th scope="col"><span class="visually-hidden">Digit</span></th><th scope="col">Duty</th><th scope="col">Pick up</th><th scope="col">Set down</th><th scope="col" class="end">More driving</th><th scope="col">Delays</th><th scope="col">Standards</th><th scope="col"><span class="visually-hidden">Take</span></th></tr></thead>
    <tbody>${offer.options.map((option, at) => html`<tr key=${option.duty_id}>
      <td><kbd aria-hidden="true">${at + 1}</kbd></td><th scope="row"><b>${option.duty_id}</b>${offer.spoken_of.includes(option.duty_id) && html` <span class="warn" title="More was said of it since">◷</span>`}<br /><small class="soft">${duty(option.duty_id)?.type} · ${duty(option.duty_id)?.base.label}</small></th>
      <td>${wallTime(option.pickup_at)}</td><td>${wallTime(option.dropoff_at)}</td><td class="end">${span(option.extra_drive_s)}<br /><small class="soft">${(option.extra_drive_m / 1000).toFixed(1)} km</small></td>
      <td><${Delays} ...${option} /></td><td><${Standards} ...${option} /></td>
      <td class="end">${isStanding(offer, option) ? html`<span class="soft">as it is now</span>` : mayAct.value && html`<button type="button" class=${at === 0 ? "primary" : ""} disabled=${sending} aria-label=${`${take} ${option.duty_id}`} onClick=${() => onTake(option)}>${take}</button>`}</td></tr>`)}</tbody></table>`;
}

/** What is said where nothing fits. @param {{offer: Offer}} props */
export const NoOption = ({ offer }) => html`<p class="verdict bad"><span aria-hidden="true">!</span> No duty has a place for ${offer.journey_id} as the day stands.</p>
  <ul class="reasons">${offer.reasons.map((one) => html`<li>${one.detail}${one.action && html`<br /><span class="action">→ ${one.action}</span>`}</li>`)}
    ${offer.exchanges.map((one) => html`<li><span class="action">→ ${one.journey_id} could give way on ${one.option.duty_id}${one.new ? ` and go to ${one.new.duty_id} at ${wallTime(one.new.pickup_at)}` : ", and would have no place then"}.</span></li>`)}</ul>`;

/** Digits take options. @param {Offer | null} offer @param {(option: Option) => void} onTake */
export const digits = (offer, onTake) => (/** @type {KeyboardEvent} */ event) => {
  const option = /^[1-9]$/.test(event.key) && !/^(INPUT|SELECT)$/.test(/** @type {HTMLElement} */ (event.target).tagName) && offer?.options[Number(event.key) - 1];
  if (!option) return;
  event.preventDefault();
  if (!isStanding(/** @type {Offer} */ (offer), option)) onTake(option);
};

/** Put a journey on a duty; returns what speaks against it. @param {string} journey @param {Option} option @param {string} etag */
export async function takeOption(journey, option, etag) {
  try {
    const done = await calls.move(openDate(), journey, option.duty_id, etag);
    publishedHere(done.publication);
    say("good", `${journey} is on ${option.duty_id}, picked up at ${wallTime(option.pickup_at)}: version ${done.publication.version}.`);
    return "";
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.status === 412 ? "Somebody published another version meanwhile. Here are the places as they are now." : error.message;
  }
}

/** The journey that is asked about. */
export const placing = signal("");

export function OptionsDialog() {
  return placing.value && html`<${Options} key=${placing.value} journey=${placing.value} />`;
}

/** @param {{journey: string}} props */
function Options({ journey }) {
  const [offer, setOffer] = useState(/** @type {Offer | null} */ (null));
  const [trouble, setTrouble] = useState("");
  const [sending, setSending] = useState(false);
  const close = () => (placing.value = "");
  const read = () => calls.askOptions(openDate(), { journey_id: journey }).then(setOffer, (error) => setTrouble(error.message));
  useEffect(() => void read(), []);
  /** @param {Option} option */
  async function take(option) {
    setSending(true);
    const wrong = await takeOption(journey, option, /** @type {Offer} */ (offer).as_of.etag);
    if (!wrong) close();
    else {
      setTrouble(wrong);
      setSending(false);
      read();
    }
  }
  return html`<${Dialog} title=${`Where could ${journey} go?`} wide onClose=${close}><div class="form" onKeyDown=${digits(offer, take)}>
    ${trouble && html`<p class="verdict bad" role="alert"><span aria-hidden="true">!</span> ${trouble}</p>`}
    ${!offer && !trouble && html`<p class="waiting" role="status">Trying every duty…</p>`}
    ${offer?.standing && html`<p>Now on <b>${offer.standing.duty_id}</b>: picked up ${wallTime(offer.standing.pickup_at)}, set down ${wallTime(offer.standing.dropoff_at)}.${offer.lock && ` Held by ${offer.lock.user}.`}</p>`}
    ${offer && (offer.options.length ? html`<${OptionTable} offer=${offer} take=${offer.standing ? "Move here" : "Put here"} onTake=${take} sending=${sending} />` : html`<${NoOption} offer=${offer} />`)}
  </div><//>`;
}
