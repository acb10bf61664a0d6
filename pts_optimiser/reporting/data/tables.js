// Unserved journeys, targets missed, duties, and what stands behind the figures.

const journeyLink = (journey) => (journey.duty
  ? el("button", { type: "button", class: "link", onclick: () => visit(journey.duty, journey.pickup) }, journey.id) : journey.id);

const dueText = (journey) => (journey.due === null ? "" : `${journey.appointment ? "appointment" : "ready"} ${clock(journey.due)}`);

function showUnserved() {
  const home = byId("unserved-table");
  if (!unserved.length) {
    home.append(el("p", { class: "note" }, "✓ Every journey is served."));
    return;
  }
  const first = (left) => left.reasons[0]?.reason ?? "Unexplained";
  const counts = new Map();
  for (const left of unserved) counts.set(first(left), (counts.get(first(left)) ?? 0) + 1);
  const place = el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Unserved journeys" });
  const fillIn = (reason) => place.replaceChildren(table("Unserved journeys",
    ["Journey", "From", "To", "Needs", "Why", "What would help"],
    unserved.filter((left) => !reason || first(left) === reason).map(({ journey, reasons }) => el("tr", {},
      el("td", {}, el("b", {}, journey.id), el("div", { class: "small soft" }, journey.category)),
      el("td", {}, journey.from.label), el("td", {}, journey.to.label, el("div", { class: "small soft" }, dueText(journey))),
      el("td", {}, journey.mobility, el("div", { class: "small soft" }, [journey.escorts ? plural(journey.escorts, "escort") : "", journey.marks].filter(Boolean).join(", "))),
      el("td", {}, ...reasons.map((r) => el("div", {}, el("b", {}, r.reason), ` ${r.detail}`))),
      el("td", {}, ...reasons.map((r) => el("div", {}, r.action)))))));
  const chips = [["All", "", unserved.length], ...[...counts].sort((a, b) => b[1] - a[1]).map(([reason, n]) => [reason, reason, n])];
  const buttons = chips.map(([words, reason, n]) => el("button", { type: "button", "aria-pressed": String(!reason), onclick: (event) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button === event.currentTarget));
    fillIn(reason);
  } }, `${words} ${whole(n)}`));
  fillIn("");
  home.append(el("div", { class: "chips", role: "group", "aria-label": "Show by reason" }, ...buttons), place);
}

const MISSES = {
  arrive: (s) => (s < 0 ? `arrives ${span(-s)} late` : `arrives ${span(s)} early`),
  collect: (s) => `waits ${span(s)} after ready`,
  aboard: (s) => `aboard for ${span(s)}`,
};

function showMissed() {
  const home = byId("missed-table");
  if (!missed.length) {
    home.append(el("p", { class: "note" }, "✓ Every served journey is within its targets."));
    return;
  }
  const rows = missed.map(({ journey, measure, seconds }) => el("tr", {}, el("td", {}, journeyLink(journey)),
    el("td", {}, journey.category), el("td", {}, MISSES[measure](seconds)), el("td", {}, dueText(journey)),
    el("td", {}, `${journey.from.label} → ${journey.to.label}`), el("td", {}, journey.duty.id)));
  home.append(el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Journeys beyond a target" },
    table("Journeys beyond a target", ["Journey", "Category", "Beyond the target", "Wanted", "Ride", "Duty"], rows)));
}

function showDuties() {
  const columns = [
    ["Duty", (d) => d.id], ["Vehicle", (d) => d.vehicle], ["Type", (d) => d.type], ["Base", (d) => d.base.label],
    ["Leaves", (d) => d.out, clock], ["Back", (d) => d.back, clock], ["Journeys", (d) => d.journeys, whole],
    ["Hours", (d) => d.hours, one], ["Km", (d) => d.km, one], ["Journeys an hour", (d) => d.journeys / (d.hours || 1), (v) => one(v, 2)],
  ];
  const home = byId("duties-table");
  const place = el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Duties" });
  const sort = { by: 0, up: true };
  const fillIn = () => {
    const key = columns[sort.by][1];
    const compare = (a, b) => (typeof key(a) === "string" ? key(a).localeCompare(key(b), "en", { numeric: true }) : key(a) - key(b));
    const sorted = [...duties].sort((a, b) => (sort.up ? 1 : -1) * compare(a, b));
    const heads = columns.map(([words, , shown], i) => ({ num: Boolean(shown), sorted: i === sort.by ? (sort.up ? "ascending" : "descending") : null,
      head: el("button", { type: "button", onclick: () => { sort.up = sort.by === i ? !sort.up : true; sort.by = i; fillIn(); place.querySelectorAll("th button")[i].focus(); } },
        `${words}${i === sort.by ? (sort.up ? " ▲" : " ▼") : ""}`) }));
    place.replaceChildren(table("Duties", heads, sorted.map((duty) => el("tr", {}, ...columns.map(([, value, shown], i) => el("td", { class: shown ? "num" : null },
      i ? (shown ?? String)(value(duty)) : el("button", { type: "button", class: "link", onclick: () => visit(duty) }, duty.id)))))));
  };
  fillIn();
  home.append(duties.length ? place : el("p", { class: "note" }, "No duty is used."));
}

function showAbout() {
  const inputs = Object.entries(data.inputs).map(([file, hash]) => el("li", {}, `${file} `, el("code", {}, hash)));
  const engine = Object.entries(data.engine).map(([name, value]) => `${name.replaceAll("_", " ")} ${value}`).join(", ");
  byId("about-text").append(
    el("dl", { class: "about" }, ...data.definitions.map(([term, words]) => el("div", {}, el("dt", {}, term), el("dd", {}, words)))),
    el("details", {}, el("summary", {}, "What the roster was made from"), el("p", {}, `Engine: ${engine}`), el("ul", {}, ...inputs)),
    data.issues.length ? el("details", {}, el("summary", {}, `What was found in the input: ${whole(data.issues.length)}`),
      el("ul", {}, ...data.issues.map(([severity, text]) => el("li", {}, el("b", {}, severity), ` ${text}`)))) : "",
    el("p", { class: "small soft" }, "A plan supports the decision of the people who run the day; it does not take it."));
}
