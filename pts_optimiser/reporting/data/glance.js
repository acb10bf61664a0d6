// The day at a glance: figures, response standards, and the facts line of the header.

function showGlance() {
  byId("date").textContent = data.date;
  const facts = [
    ["Standards", data.policy.standards], ["Distancing", data.policy.distancing],
    ["Planned by", [data.engine.name, data.engine.seed !== undefined ? `seed ${data.engine.seed}` : "",
      data.engine.version ? `version ${data.engine.version}` : ""].filter(Boolean).join(", ")],
    ["Travel times", data.travel],
  ].filter(([, value]) => value);
  byId("facts").append(...facts.flatMap(([name, value], index) => [index ? " · " : "", `${name} `, el("b", {}, value)]));
  byId("n-unserved").textContent = whole(unserved.length);
  byId("n-missed").textContent = whole(missed.length);
  byId("n-duties").textContent = whole(duties.length);
  byId("tiles").append(...data.headlines.map(([label, value, remark, good, verdict]) =>
    el("dl", { class: "tile" },
      el("dt", {}, label), el("dd", { class: "value" }, value),
      good === null ? "" : el("dd", { class: `flag ${good ? "good" : "bad"}` }, `${good ? "✓" : "✗"} ${verdict}`),
      el("dd", { class: "remark" }, remark))));
}

const flag = (kind, words) => el("span", { class: `flag ${kind}` }, words);

const MEASURES = { arrive: "Arrival on time", collect: "Collection after ready", aboard: "Time aboard" };

function showStandards() {
  const profiles = [...new Set(data.standards.map((row) => row.profile))];
  byId("standards-table").append(...profiles.map((profile) => {
    const rows = data.standards.filter((row) => row.profile === profile);
    const categories = [...new Set(rows.map((row) => row.category))];
    const body = categories.map((category) => el("tr", {}, el("th", { scope: "row" }, category),
      ...Object.keys(MEASURES).map((measure) => standardCell(rows.find((r) => r.category === category && r.measure === measure)))));
    const caption = el("caption", {}, profile, rows[0].illustrative ? flag("none", "illustrative: agreed by nobody") : "");
    if (rows[0].illustrative) caption.firstChild.after(" ");
    return el("div", { class: "std" }, el("table", {}, caption,
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Category"),
        ...Object.values(MEASURES).map((words) => el("th", { scope: "col" }, words)))),
      el("tbody", {}, ...body)));
  }));
}

function standardCell(row) {
  if (!row) return el("td", { class: "soft" }, "–");
  const kind = row.met === null ? "none" : row.met ? "good" : "bad";
  const verdict = row.met === null ? "no target" : row.met ? "✓ met" : `✗ ${one(-row.headroom_points)} short`;
  const share = row.observed_percent ?? 0;
  const meter = el("div", { class: `meter ${kind}`, "aria-hidden": "true" }, el("i", { style: `width:${share}%` }),
    row.target_percent === null ? "" : el("u", { style: `left:${row.target_percent}%` }));
  const apart = [
    row.excluded ? `${whole(row.excluded)} unserved` : "", row.unavoidable ? `${whole(row.unavoidable)} unavoidable` : "",
  ].filter(Boolean).join(" · ");
  return el("td", {},
    el("div", { class: "line" }, el("b", {}, row.observed_percent === null ? "–" : `${one(row.observed_percent)} %`),
      flag(kind, row.journeys_counted ? verdict : "none counted")),
    meter,
    el("div", { class: "small soft" }, row.target_percent === null ? "" : `target ${whole(row.target_percent)} % · `,
      `of ${whole(row.journeys_counted)}`), apart ? el("div", { class: "small soft" }, `not counted: ${apart}`) : "");
}

function showUtilisation() {
  const names = {
    U1: "U1 seat-minutes, patients aboard", U1p: "U1p patients only", U2: "U2 seat-minutes, all drives", U3: "U3 seat-kilometres",
    U4: "U4 fullest moment of a run", U6: "U6 boarded per seat of a run",
  };
  const share = (value) => (value === null ? "–" : `${one(100 * value)} %`);
  const families = ["nominal", "permitted", "nominal_raw_places"];
  const rows = Object.entries(names).map(([key, words]) => el("tr", {}, el("th", { scope: "row" }, words),
    ...families.map((family) => el("td", { class: "num" }, share(data.utilisation[family][key])))));
  byId("utilisation").append(el("div", { class: "util" }, table("Seat utilisation",
    ["Seat utilisation", { head: "of seats", num: true }, { head: "of permitted seats", num: true },
      { head: "of places", num: true }], rows)),
  el("p", { class: "small soft" }, "Seats: a wheelchair position counts as two. Places: every seat, position and stretcher counts once."));
}
