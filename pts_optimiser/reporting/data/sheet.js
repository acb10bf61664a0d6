// The run sheet of the chosen duty, and duties and stops in a sentence.

const aboardText = (stop) => (stop.parties === 0 ? "empty"
  : plural(stop.parties, "patient") + (stop.people > stop.parties ? ` + ${plural(stop.people - stop.parties, "escort")}` : ""));

const dutySentence = (duty) =>
  `${duty.type} from ${duty.base.label}, ${clock(duty.out)} to ${clock(duty.back)}, ${plural(duty.journeys, "journey")}, ${whole(duty.km)} km`;

// One stop in words; with a time before the stop's begin, what the vehicle does then.
function sentence(stop, t = stop.begin) {
  const what = `${VERBS[stop.kind]}${stop.journey ? ` ${stop.journey.id}` : ""} at ${stop.place.label}, ${when(stop)}`;
  const needs = stop.journey ? `, ${stop.journey.mobility.toLowerCase()}${stop.journey.escorts ? `, ${plural(stop.journey.escorts, "escort")}` : ""}` : "";
  const before = stop.kind === "start" ? "" : t < stop.arrive ? "Driving to: " : t < stop.begin ? "Waiting to: " : "";
  const after = stop.kind === "pickup" || stop.kind === "dropoff" ? `; then ${aboardText(stop)}` : "";
  return `${before}${what}${needs}${after}`;
}

function showSheet() {
  const sheet = byId("sheet");
  const duty = chosen.duty;
  if (!duty) {
    sheet.replaceChildren(el("div", { class: "empty" },
      duties.length ? "Choose a duty on the map, on the timeline or in the list above to read its run sheet." : "No duty is used."));
    return;
  }
  const facts = el("p", { class: "facts" }, el("strong", {}, duty.id), ` · ${duty.vehicle} · ${duty.type}${duty.energy === "electric" ? ", electric" : ""}`,
    el("br"), `${duty.base.label}, shift ${clock(duty.from)} – ${clock(duty.until)}, crew of ${duty.crew}, ${plural(duty.journeys, "journey")}, ${whole(duty.km)} km`);
  let layout = -1;
  const rows = duty.stops.flatMap((stop) => {
    const set = stop.layout >= 0 && stop.layout !== layout;
    if (set) layout = stop.layout;
    return [set ? el("tr", { class: "layout" }, el("td", { colspan: 5 }, `Layout: ${duty.layouts[layout]}`)) : null, stopRow(duty, stop)];
  }).filter(Boolean);
  sheet.replaceChildren(facts, table(`Run sheet of ${duty.id}`, ["Time", "Do", "Where", "Patient", "Aboard after"], rows));
  const on = sheet.querySelector("tr.on");
  if (on) sheet.scrollTop = Math.max(0, on.offsetTop - sheet.clientHeight / 2);
  else sheet.scrollTop = 0;
}

function stopRow(duty, stop) {
  const before = duty.stops[stop.number - 1];
  const waits = before && stop.kind !== "end" ? stop.begin - stop.arrive : 0;
  const drive = before && stop.metres ? `${span(stop.arrive - before.depart)}, ${one(stop.metres / 1000)} km` : "";
  const journey = stop.journey;
  const due = !journey || journey.due === null ? "" : journey.appointment
    ? (stop.kind === "dropoff" ? `appointment ${clock(journey.due)}` : "") : (stop.kind === "pickup" ? `ready ${clock(journey.due)}` : "");
  const small = (text) => (text ? el("div", { class: "small soft" }, text) : "");
  return el("tr", { class: stop === chosen.stop ? "on" : null },
    el("td", {}, el("button", { type: "button", class: "when", onclick: () => choose(duty, stop), "aria-pressed": String(stop === chosen.stop) }, when(stop)),
      small(drive), small(waits >= 60 ? `wait ${span(waits)}` : "")),
    el("td", {}, `${VERBS[stop.kind]}`, small(journey ? journey.id : stop.kind === "break" ? `until ${clock(stop.depart)}` : "")),
    el("td", {}, stop.place.label, small(stop.place.postcode)),
    el("td", {}, journey ? journey.mobility : "",
      small(journey ? [journey.escorts ? plural(journey.escorts, "escort") : "", stop.kind === "pickup" ? journey.category : "", due, journey.marks].filter(Boolean).join(", ") : "")),
    el("td", {}, stop.kind === "pickup" || stop.kind === "dropoff" ? aboardText(stop) : ""));
}
