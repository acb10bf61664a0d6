// A journey that is asked for on the day: said in a few fields, answered with ranked places, booked on one of them.
import { Dialog } from "./dialog.js";
import { NoOption, OptionTable, digits, takeOption } from "./options.js";
import { ApiError } from "../lib/api.js";
import * as calls from "../lib/calls.js";
import { clock, openDate } from "../lib/control.js";
import { inWords } from "../lib/format.js";
import { attempt } from "../lib/planning.js";
import { sayOf } from "../lib/reports.js";
import { pickRow } from "./board.js";
import { roster } from "../lib/store.js";
import { atWall, toTheSecond, wallTime } from "../lib/wall.js";
import { html, signal, useEffect, useState } from "../lib/vendor.js";

/** @typedef {import("./options.js").Offer} Offer */
/** Each code beside its words. @typedef {{mobility: [string, string][], contract: [string, string][]}} Codes */

export const booking = signal(false);

const CATEGORIES = ["discharge", "outpatient", "transfer", "renal", "oncology", "day_case", "admission", "hdu"];
const DIRECTIONS = /** @type {[string, string][]} */ ([["outward", "Home or away from hospital"], ["inward", "To an appointment"], ["transfer", "Between hospitals"]]);

/** An id that no journey of the day has. */
const freshId = () => `N${openDate().slice(2).replaceAll("-", "")}-${wallTime(clock.value).replace(":", "")}-${crypto.randomUUID().slice(0, 3)}`;

export function BookingDialog() {
  return booking.value && html`<${Booking} />`;
}

function Booking() {
  const [codes, setCodes] = useState(/** @type {Codes | null} */ (null));
  const [asked, setAsked] = useState(/** @type {any} */ (null));
  const [offer, setOffer] = useState(/** @type {Offer | null} */ (null));
  const [trouble, setTrouble] = useState(/** @type {ApiError | string} */ (""));
  const [sending, setSending] = useState(false);
  const [form, setForm] = useState(() => ({ journey_id: freshId(), patient_ref: "", category: "discharge", direction: "outward", mobility: "", contract: "", from: "", to: "", time: wallTime(clock.value), escorts: "0", alone: false }));
  const close = () => (booking.value = false);
  useEffect(() => {
    attempt(() => calls.someJourneys(openDate())).then((all) => {
      const of = (/** @type {"mobility" | "contract"} */ key) => [...new Map((all ?? []).map((/** @type {any} */ one) => [one[key], roster.value?.journeyOf.get(one.journey_id)?.[key] ?? inWords(one[key])]))];
      const found = { mobility: of("mobility"), contract: of("contract") };
      setCodes(found);
      setForm((now) => ({ ...now, mobility: found.mobility[0]?.[0] ?? "", contract: found.contract[0]?.[0] ?? "" }));
    });
  }, []);
  const set = (/** @type {string} */ key) => (/** @type {any} */ event) => {
    setForm({ ...form, [key]: event.target.type === "checkbox" ? event.target.checked : event.target.value });
    setOffer(null);
  };
  /** @param {Event} [event] */
  async function ask(event) {
    event?.preventDefault();
    setTrouble("");
    setSending(true);
    const journey = journeyOf(form);
    try {
      setOffer(await calls.askOptions(openDate(), { journey }));
      setAsked(journey);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setTrouble(error);
    }
    setSending(false);
  }
  /** Book it, on a duty where one is chosen. @param {import("./options.js").Option | null} option */
  async function book(option) {
    setSending(true);
    const known = await sayOf({ type: "journey_booked", journey: asked }, `${asked.journey_id} booked`);
    const wrong = known && option && (await takeOption(asked.journey_id, option, /** @type {Offer} */ (offer).as_of.etag));
    if (known && !wrong) {
      pickRow({ journey_id: asked.journey_id, duty_id: option?.duty_id ?? null });
      close();
      return;
    }
    setSending(false);
    if (wrong) {
      await ask();
      setTrouble(`${wrong} ${asked.journey_id} is booked and has no place yet.`);
    }
  }
  const outward = form.direction !== "inward";
  const labels = [...new Set(roster.value?.places.map((place) => place.label))].sort();
  const pick = (/** @type {string} */ key, /** @type {string} */ label, /** @type {(string | [string, string])[]} */ all) => html`<label>${label}<select value=${/** @type {any} */ (form)[key]} onChange=${set(key)}>
    ${all.map((one) => (Array.isArray(one) ? html`<option value=${one[0]}>${one[1]}</option>` : html`<option value=${one}>${inWords(one)}</option>`))}</select></label>`;
  const place = (/** @type {"from" | "to"} */ key, /** @type {string} */ label) => html`<label>${label}<input list="places" required autocomplete="off" placeholder="Site, place or postcode" value=${form[key]} onInput=${set(key)} /></label>`;
  return html`<${Dialog} title="New journey" wide onClose=${close}><div class="form" onKeyDown=${digits(sending ? null : offer, book)}>
    <form class="booking" onSubmit=${ask}>
      <datalist id="places">${labels.map((label) => html`<option value=${label} />`)}</datalist>
      ${pick("direction", "Which way", DIRECTIONS)}${pick("category", "Category", CATEGORIES)}
      <label>${outward ? "Ready at" : "Appointment at"}<input type="time" required value=${form.time} onInput=${set("time")} /></label>
      ${place("from", "From")}${place("to", "To")}${pick("mobility", "Mobility", codes?.mobility ?? [])}
      ${pick("contract", "Contract", codes?.contract ?? [])}<label>Escorts<input type="number" min="0" max="5" value=${form.escorts} onInput=${set("escorts")} /></label>
      <label>Patient (a pseudonym)<input required autocomplete="off" value=${form.patient_ref} onInput=${set("patient_ref")} /></label>
      <label class="check"><input type="checkbox" checked=${form.alone} onChange=${set("alone")} />Must travel alone</label>
      <div class="actions"><button type="submit" class=${offer ? "" : "primary"} disabled=${sending || !codes}>Where could it go?</button><span class="soft">${form.journey_id}</span></div>
    </form>
    ${trouble && html`<div role="alert"><p class="verdict bad"><span aria-hidden="true">!</span> ${typeof trouble === "string" ? trouble : trouble.message}</p>
      ${typeof trouble !== "string" && html`<ul class="reasons">${trouble.issues.map((one) => html`<li>${one.message}${one.hint && html`<br /><span class="action">→ ${one.hint}</span>`}</li>`)}</ul>`}</div>`}
    <div role="status">${sending && !offer && html`<p class="soft">Trying every duty…</p>`}${offer && html`<p class="soft">${offer.options.length ? "Cheapest first. Press a digit to book it there." : ""}</p>`}</div>
    ${offer && (offer.options.length ? html`<${OptionTable} offer=${offer} take="Book" onTake=${book} sending=${sending} />` : html`<${NoOption} offer=${offer} />
      <div class="actions"><button type="button" disabled=${sending} onClick=${() => book(null)}>Book it without a place</button><small class="soft">The next re-plan looks for one.</small></div>`)}
  </div><//>`;
}

/** The form as the service takes it. A place that the day knows goes with its position, another as a postcode. @param {any} form */
function journeyOf(form) {
  const moment = toTheSecond(atWall(openDate(), form.time));
  const end = (/** @type {"pickup" | "dropoff"} */ which, /** @type {string} */ label) => {
    const known = roster.value?.places.find((place) => place.label.toLowerCase() === label.trim().toLowerCase());
    return known ? { [`${which}_place`]: known.label, [`${which}_lat`]: known.lat, [`${which}_lon`]: known.lon, [`${which}_kind`]: known.kind }
      : { [`${which}_place`]: label.trim(), [`${which}_postcode`]: label.trim().toUpperCase() };
  };
  return {
    journey_id: form.journey_id, patient_ref: form.patient_ref.trim(), contract: form.contract, category: form.category, direction: form.direction, mobility: form.mobility,
    escorts: Number(form.escorts), travel_alone: form.alone, booked_at: toTheSecond(clock.value), ...end("pickup", form.from), ...end("dropoff", form.to),
    ...(form.direction === "inward" ? { appointment_at: moment } : { ready_at: moment }),
  };
}
