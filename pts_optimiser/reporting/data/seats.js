// Seats in service, permitted and taken over the day, as a chart with its table.

const SVG = "http://www.w3.org/2000/svg";

function svg(tag, attributes = {}, text = "") {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text) node.textContent = text;
  return node;
}

function showSeats() {
  const rows = data.seats;
  if (!rows.length) {
    byId("seats-chart").append(el("p", { class: "note" }, "No vehicle is in service."));
    return;
  }
  const width = 640, height = 300, left = 40, bottom = 24, top = 8;
  const first = rows[0][0], last = rows[rows.length - 1][0];
  const step = niceStep(Math.max(...rows.map((row) => row[1])) / 4);
  const most = step * Math.ceil(Math.max(...rows.map((row) => row[1]), 1) / step);
  const x = (t) => left + ((t - first) / Math.max(1, last - first)) * (width - left - 8);
  const y = (n) => height - bottom - (n / most) * (height - bottom - top);
  const chart = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": "Seats in service and seats taken over the day; the table below holds the numbers" });
  for (let n = 0; n <= most; n += step) {
    chart.append(svg("line", { x1: left, x2: width - 8, y1: y(n), y2: y(n), stroke: "var(--grid)" }),
      svg("text", { x: left - 7, y: y(n) + 4, "text-anchor": "end" }, whole(n)));
  }
  const everyHours = last - first > 12 * 3600 ? 2 : 1;
  for (let t = Math.ceil(first / 3600) * 3600; t <= last; t += 3600) {
    if ((t / 3600) % everyHours) continue;
    chart.append(svg("text", { x: x(t), y: height - 6, "text-anchor": "middle" }, clock(t).slice(0, 5)));
  }
  const path = (column) => rows.map((row, i) => `${i ? "L" : "M"}${x(row[0]).toFixed(1)} ${y(row[column]).toFixed(1)}`).join("");
  const area = (column) => `${path(column)}L${x(last)} ${y(0)}L${x(first)} ${y(0)}Z`;
  const limited = rows.some((row) => row[2] !== row[1]);
  chart.append(svg("path", { d: area(1), fill: "var(--faint)" }),
    svg("path", { d: path(1), fill: "none", stroke: "var(--empty)", "stroke-width": 1.5 }));
  if (limited) chart.append(svg("path", { d: path(2), fill: "none", stroke: "var(--break)", "stroke-width": 1.8, "stroke-dasharray": "5 3" }));
  chart.append(svg("path", { d: area(3), fill: "var(--loaded)" }));
  const cursor = svg("line", { y1: top, y2: height - bottom, stroke: "var(--ink)", visibility: "hidden" });
  chart.append(cursor);
  const readout = el("p", { class: "readout" });
  const tell = (row) => readout.replaceChildren(el("b", {}, clock(row[0])), `  ${whole(row[3])} seats taken`,
    limited ? `, ${whole(row[2])} permitted` : "", `, ${whole(row[1])} in service`);
  const busiest = rows.reduce((best, row) => (row[3] > best[3] ? row : best));
  const rest = () => {
    cursor.setAttribute("visibility", "hidden");
    tell(busiest);
    readout.prepend("Busiest at ");
  };
  chart.addEventListener("pointermove", (event) => {
    const box = chart.getBoundingClientRect();
    const t = first + (((event.clientX - box.left) / box.width) * width - left) / (width - left - 8) * (last - first);
    const row = rows[Math.max(0, Math.min(rows.length - 1, Math.round((t - first) / 600)))];
    cursor.setAttribute("x1", x(row[0]));
    cursor.setAttribute("x2", x(row[0]));
    cursor.setAttribute("visibility", "visible");
    tell(row);
  });
  chart.addEventListener("pointerleave", rest);
  rest();
  const hourly = rows.filter((row) => row[0] % 3600 === 0).map((row) => el("tr", {}, el("td", {}, clock(row[0])),
    ...row.slice(1).map((n) => el("td", { class: "num" }, whole(n)))));
  const head = ["Time", ...["In service", "Permitted", "Taken"].map((words) => ({ head: words, num: true }))];
  byId("seats-chart").append(el("div", { class: "chart" }, readout, chart,
    el("div", { class: "key" }, el("span", {}, el("i", { class: "k-loaded bar" }), "taken"),
      limited ? el("span", {}, el("i", { style: "border-top:2px dashed var(--break)" }), "permitted") : "",
      el("span", {}, el("i", { style: "border-top:2px solid var(--empty)" }), "in service")),
    el("details", {}, el("summary", {}, "Hour by hour"), table("Seats by the hour", head, hourly))));
}

// 1, 2 or 5 times a power of ten, not below `least`.
function niceStep(least) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return [1, 2, 5, 10].map((k) => k * power).find((value) => value >= least) ?? 1;
}
