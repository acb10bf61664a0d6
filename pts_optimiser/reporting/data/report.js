// What is chosen, who hears of it, and the search box.

const chosen = { duty: null, stop: null };

function choose(duty, stop = null) {
  const other = duty !== chosen.duty;
  Object.assign(chosen, { duty, stop });
  byId("duty").value = duty ? String(duty.index) : "";
  byId("said").textContent = stop ? sentence(stop) : duty ? `${duty.id}: ${dutySentence(duty)}` : "All duties";
  showSheet();
  if (other) fitChosen();
  if (duty) revealRow(duty, stop);
  drawMap();
  drawTimeline();
}

function visit(duty, stop = null) {
  choose(duty, stop);
  byId("runs").scrollIntoView();
  byId("sheet").focus({ preventScroll: true });
}

function wireDuty() {
  const pick = byId("duty");
  const sorted = [...duties].sort(ORDERS.id);
  pick.append(el("option", { value: "" }, `All ${plural(duties.length, "duty", "duties")}`),
    ...sorted.map((duty) => el("option", { value: duty.index }, `${duty.id} · ${duty.base.label} ${clock(duty.out)}`)));
  pick.addEventListener("change", () => choose(pick.value === "" ? null : duties[Number(pick.value)]));
  const step = (by) => {
    const at = rows.indexOf(chosen.duty);
    if (rows.length) choose(rows[at < 0 ? 0 : (at + by + rows.length) % rows.length]);
  };
  byId("before").addEventListener("click", () => step(-1));
  byId("next").addEventListener("click", () => step(1));
  byId("clear").addEventListener("click", () => choose(null));
}

function matches(text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const holds = (id) => id.toLowerCase().includes(wanted);
  const exact = (id) => (id.toLowerCase() === wanted ? 0 : 1);
  return [
    ...duties.filter((duty) => holds(duty.id) || holds(duty.vehicle))
      .map((duty) => ({ id: duty.id, words: dutySentence(duty), go: () => visit(duty) })),
    ...journeys.filter((journey) => holds(journey.id)).map((journey) => ({
      id: journey.id,
      words: journey.duty ? `${journey.duty.id}, ${clock(journey.pickup.begin)} ${journey.from.label} → ${journey.to.label}` : "unserved",
      go: () => (journey.duty ? visit(journey.duty, journey.pickup) : byId("unserved").scrollIntoView()),
    })),
  ].sort((a, b) => exact(a.id) - exact(b.id)).slice(0, 8);
}

function wireSearch() {
  const [form, input, list] = [byId("search"), byId("find"), byId("found")];
  const close = () => (list.hidden = true);
  const go = (found) => { close(); found.go(); };
  input.addEventListener("input", () => {
    const found = matches(input.value);
    list.hidden = !input.value.trim();
    list.replaceChildren(...(found.length ? found.map((hit) => el("li", {}, el("button", { type: "button", onclick: () => go(hit) },
      el("b", {}, hit.id), el("br"), el("small", {}, hit.words)))) : [el("li", { class: "none" }, "Nothing with that id on this day")]));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [hit] = matches(input.value);
    if (hit) go(hit);
  });
  form.addEventListener("keydown", (event) => {
    const buttons = [...list.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "Escape") { close(); input.focus(); }
    else if (event.key === "ArrowDown") buttons[Math.min(buttons.length - 1, at + 1)]?.focus();
    else if (event.key === "ArrowUp") (buttons[at - 1] ?? input).focus();
    else return;
    event.preventDefault();
  });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) close(); });
}

showGlance();
showStandards();
showSeats();
showUtilisation();
wireDuty();
wireSearch();
wireMap();
wireTimeline();
showSheet();
showUnserved();
showMissed();
showDuties();
showAbout();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { drawMap(); drawTimeline(); });
const asked = duties.find((duty) => `#${duty.id}` === decodeURIComponent(location.hash));
if (asked) choose(asked);
