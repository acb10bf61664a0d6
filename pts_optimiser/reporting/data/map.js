// The map of the runs: straight lines on a plain ground, sites and bases named.

const view = { scale: 1, x: 0, y: 0 };
const squeeze = Math.cos((places.reduce((sum, place) => sum + place.lat, 0) / Math.max(1, places.length)) * Math.PI / 180);
const flat = (place) => [place.lon * squeeze, -place.lat];
const mapCanvas = byId("map");
const drawMap = perFrame(paintMap);

const landmarks = (() => {
  const visits = new Map();
  for (const duty of duties) for (const stop of duty.stops) visits.set(stop.place, (visits.get(stop.place) ?? 0) + 1);
  return [...visits].filter(([place]) => place.base || place.kind !== "home").sort((a, b) => b[1] - a[1]).map(([place]) => place);
})();

const onScreen = (place) => {
  const [x, y] = flat(place);
  return [x * view.scale + view.x, y * view.scale + view.y];
};

function fitMap(shown) {
  const points = shown.map(flat);
  if (!points.length || !mapCanvas.clientWidth) return;
  const xs = points.map((p) => p[0]), ys = points.map((p) => p[1]);
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const [width, height, margin] = [mapCanvas.clientWidth, mapCanvas.clientHeight, 48];
  view.scale = Math.min((width - 2 * margin) / Math.max(east - west, 1e-3), (height - 2 * margin) / Math.max(south - north, 1e-3));
  view.x = width / 2 - ((west + east) / 2) * view.scale;
  view.y = height / 2 - ((north + south) / 2) * view.scale;
  drawMap();
}

const fitChosen = () => fitMap(chosen.duty ? chosen.duty.stops.map((stop) => stop.place) : duties.flatMap((duty) => duty.stops.map((stop) => stop.place)));

function zoomMap(factor, x = mapCanvas.clientWidth / 2, y = mapCanvas.clientHeight / 2) {
  view.x = x - (x - view.x) * factor;
  view.y = y - (y - view.y) * factor;
  view.scale *= factor;
  drawMap();
}

function paintMap() {
  const [width, height] = [mapCanvas.clientWidth, mapCanvas.clientHeight];
  const pen = context(mapCanvas, width, height);
  pen.lineCap = pen.lineJoin = "round";
  pen.globalAlpha = chosen.duty ? 0.1 : Math.max(0.16, Math.min(0.6, 20 / duties.length));
  for (const duty of duties) if (duty !== chosen.duty) drawDuty(pen, duty, 1.1, false);
  pen.globalAlpha = 1;
  if (chosen.duty) drawDuty(pen, chosen.duty, 3, true);
  drawLandmarks(pen, chosen.duty ? drawNumbers(pen, chosen.duty) : new Map());
  drawScale(pen, height);
}

function drawDuty(pen, duty, weight, withEmpty) {
  for (const loaded of withEmpty ? [false, true] : [true]) {
    pen.beginPath();
    duty.stops.forEach((stop, i) => {
      if (!i || (duty.stops[i - 1].parties > 0) !== loaded) return;
      pen.moveTo(...onScreen(duty.stops[i - 1].place));
      pen.lineTo(...onScreen(stop.place));
    });
    pen.setLineDash(loaded ? [] : [6, 5]);
    pen.lineWidth = loaded ? weight : weight / 2;
    pen.strokeStyle = colour(loaded ? "loaded" : "empty");
    pen.stroke();
  }
  pen.setLineDash([]);
}

// Signs and names of sites and bases; a name gives way to the numbers of the chosen duty and to busier places.
function drawLandmarks(pen, marks) {
  const taken = [...marks.values()];
  pen.font = "600 12px system-ui, 'Liberation Sans', sans-serif";
  pen.textBaseline = "middle";
  for (const place of landmarks) {
    const [x, y] = onScreen(place);
    if (x < -80 || y < -10 || x > mapCanvas.clientWidth + 10 || y > mapCanvas.clientHeight + 10) continue;
    const mark = marks.get(place);
    pen.fillStyle = colour(chosen.duty && !mark && place !== chosen.duty.base ? "soft" : "ink");
    pen.beginPath();
    if (mark) pen.rect(0, 0, 0, 0);
    else if (place.base) { pen.moveTo(x, y - 6); pen.lineTo(x + 6, y + 5); pen.lineTo(x - 6, y + 5); } else pen.rect(x - 3.5, y - 3.5, 7, 7);
    pen.fill();
    const from = mark ? mark[2] : x + 8;
    const box = [from, y - 8, from + 4 + pen.measureText(place.label).width, y + 8];
    if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
    taken.push(box);
    halo(pen, place.label, from + 2, y);
  }
}

function halo(pen, text, x, y) {
  pen.lineWidth = 3.5;
  pen.strokeStyle = colour("card");
  pen.strokeText(text, x, y);
  pen.fillText(text, x, y);
}

// Numbers of the stops; stops at the same spot share one mark. Returns the box of each place's mark.
function drawNumbers(pen, duty) {
  const spots = new Map(), marks = new Map();
  for (const stop of duty.stops.slice(1, -1)) spots.set(stop.place, [...(spots.get(stop.place) ?? []), stop]);
  pen.font = "600 11px system-ui, 'Liberation Sans', sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  for (const [place, stops] of spots) {
    const [x, y] = onScreen(place);
    const on = stops.some((stop) => stop === chosen.stop);
    const text = stops.length > 2 ? `${stops[0].number}…${stops[stops.length - 1].number}` : stops.map((stop) => stop.number).join(" ");
    const half = Math.max(9, pen.measureText(text).width / 2 + 5);
    pen.beginPath();
    pen.roundRect(x - half, y - 9, 2 * half, 18, 9);
    pen.fillStyle = on ? colour("pick") : colour("card");
    pen.fill();
    pen.lineWidth = 2;
    pen.strokeStyle = on ? colour("pick") : colour("loaded");
    pen.stroke();
    pen.fillStyle = on ? colour("card") : colour("ink");
    pen.fillText(text, x, y + 0.5);
    marks.set(place, [x - half, y - 9, x + half + 2, y + 9]);
  }
  pen.textAlign = "start";
  return marks;
}

function drawScale(pen, height) {
  const pixelsPerKm = view.scale / 111.32;
  const km = [1, 2, 5, 10, 20, 50, 100].find((length) => length * pixelsPerKm > 60) ?? 100;
  pen.strokeStyle = pen.fillStyle = colour("soft");
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(14, height - 20); pen.lineTo(14, height - 14); pen.lineTo(14 + km * pixelsPerKm, height - 14); pen.lineTo(14 + km * pixelsPerKm, height - 20);
  pen.stroke();
  pen.font = "12px system-ui, 'Liberation Sans', sans-serif";
  pen.fillText(`${km} km`, 20, height - 24);
}

// The duty whose drive with patients passes nearest to a point, within a few pixels, and the stop it leads to.
function dutyAt(x, y) {
  let best = null, nearest = 8;
  for (const duty of duties) {
    duty.stops.forEach((stop, i) => {
      if (!i || duty.stops[i - 1].parties === 0) return;
      const gap = distance(x, y, onScreen(duty.stops[i - 1].place), onScreen(stop.place));
      if (gap < nearest) [best, nearest] = [{ duty, stop }, gap];
    });
  }
  return best;
}

function distance(x, y, [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

function wireMap() {
  let dragged = null;
  mapCanvas.addEventListener("pointerdown", (event) => {
    dragged = { x: event.clientX, y: event.clientY, far: false };
    mapCanvas.setPointerCapture(event.pointerId);
  });
  mapCanvas.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    const [dx, dy] = [event.clientX - dragged.x, event.clientY - dragged.y];
    if (!dragged.far && Math.hypot(dx, dy) < 4) return;
    dragged = { x: event.clientX, y: event.clientY, far: true };
    view.x += dx;
    view.y += dy;
    drawMap();
  });
  mapCanvas.addEventListener("pointerup", (event) => {
    const hit = dragged && !dragged.far ? dutyAt(event.offsetX, event.offsetY) : null;
    dragged = null;
    if (hit) choose(hit.duty, hit.stop);
  });
  mapCanvas.addEventListener("wheel", (event) => {
    if (document.activeElement !== mapCanvas && !event.ctrlKey) return;
    event.preventDefault();
    zoomMap(Math.exp(-event.deltaY / 400), event.offsetX, event.offsetY);
  }, { passive: false });
  mapCanvas.addEventListener("keydown", (event) => {
    const moves = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
    if (moves[event.key]) { view.x += moves[event.key][0]; view.y += moves[event.key][1]; drawMap(); }
    else if (event.key === "+" || event.key === "=") zoomMap(1.4);
    else if (event.key === "-") zoomMap(1 / 1.4);
    else if (event.key === "0") fitChosen();
    else return;
    event.preventDefault();
  });
  byId("map-in").addEventListener("click", () => zoomMap(1.5));
  byId("map-out").addEventListener("click", () => zoomMap(1 / 1.5));
  byId("map-all").addEventListener("click", fitChosen);
  new ResizeObserver(() => (view.scale === 1 ? fitChosen() : drawMap())).observe(mapCanvas);
}
