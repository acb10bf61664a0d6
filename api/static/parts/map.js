// The map: runs coloured by duty, thicker the fuller; the picked duty with its calls. Its table twin is the list of calls beside it.
import { bounds, calls, picked, runs, sites, spots, unserved } from "./map_data.js";
import { mapStyle } from "./map_style.js";
import { askJson } from "../lib/api.js";
import { pickDuty, pickJourney, pickedDuty, pickedJourney, roster, shownJourneys } from "../lib/store.js";
import { calm, dark } from "../lib/theme.js";
import { followWays, ways } from "../lib/ways.js";
import { effect, html, loadMapEngine, signal, useEffect, useRef } from "../lib/vendor.js";

const REGION = /** @type {[number, number, number, number]} */ ([-3.2, 51.9, -1.2, 53.6]);
const PICKABLE = ["calls", "unserved", "spots", "picked", "runs"];
const trouble = signal("");
const credit = signal("");
/** @type {Promise<any> | null} */
let baseMap = null;
const loadBaseMap = () => (baseMap ??= askJson("/v1/base-map").catch((error) => {
  baseMap = null;
  throw error;
}));

export function RosterMap() {
  const host = useRef(/** @type {HTMLDivElement | null} */ (null));
  const engine = useRef(/** @type {import("maplibre-gl").Map | null} */ (null));
  useEffect(() => {
    let over = () => {};
    let gone = false;
    startMap(/** @type {HTMLDivElement} */ (host.current)).then(
      (map) => {
        engine.current = map;
        over = keepInStep(map);
        if (gone) over();
      },
      () => (trouble.value = "The map cannot be drawn here: this browser has no WebGL 2. Timeline and tables show the same."),
    );
    return () => {
      gone = true;
      over();
    };
  }, []);
  return html`<section class="panel map-panel" aria-label="Map of runs">
    <div class="map" ref=${host}></div>
    <div class="map-tools">
      <button type="button" class="small" onClick=${() => engine.current?.zoomIn()} aria-label="Map: zoom in">+</button>
      <button type="button" class="small" onClick=${() => engine.current?.zoomOut()} aria-label="Map: zoom out">−</button>
      <button type="button" class="small" onClick=${() => engine.current && fit(engine.current, true)} aria-label="Map: show the whole day">Whole day</button>
    </div>
    <p class="map-credit" title=${credit.value}>${credit.value}</p>
    ${trouble.value && html`<p class="map-note" role="status">${trouble.value}</p>`}
  </section>`;
}

/** @param {HTMLDivElement} container */
async function startMap(container) {
  const { Map: Engine, ScaleControl } = await loadMapEngine();
  const map = new Engine({
    container, style: mapStyle(), bounds: REGION, attributionControl: false, dragRotate: false, pitchWithRotate: false, maxPitch: 0,
    fadeDuration: 0, renderWorldCopies: false, maxZoom: 17, trackResize: false, // its own way of it breaks off a flight
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
  map.getCanvas().setAttribute("aria-label", "Map: arrow keys move it, plus and minus zoom. The list of calls says the same as a table.");
  loadBaseMap().then((document) => {
    credit.value = document.attribution ?? "";
    fill(map, "roads", document);
  }, () => (trouble.value = "The base map is missing; runs are drawn on plain ground."));
  await new Promise((resolve) => map.once("load", () => resolve(undefined)));
  pickable(map);
  return map;
}

/** @param {import("maplibre-gl").Map} map @param {string} source @param {any} data */
function fill(map, source, data) {
  const found = /** @type {import("maplibre-gl").GeoJSONSource | undefined} */ (map.getSource(source));
  if (found) found.setData(data);
  else map.once("load", () => fill(map, source, data));
}

/** Draw again what has changed. Returns what ends it. @param {import("maplibre-gl").Map} map */
function keepInStep(map) {
  /** @type {import("../lib/roster.js").Roster | null} */
  let fitted = null;
  /** @type {[number, number, number, number] | null} */
  let aim = null;
  const sizes = new ResizeObserver(() => {
    map.resize();
    if (aim) show(map, aim);
  });
  sizes.observe(map.getContainer());
  const ends = [
    followWays(),
    effect(() => {
      void dark.value;
      for (const layer of mapStyle().layers) {
        for (const [name, value] of Object.entries(layer.paint ?? {})) map.setPaintProperty(layer.id, /** @type {any} */ (name), value);
      }
    }),
    effect(() => {
      if (!roster.value) return;
      fill(map, "runs", runs(roster.value, dark.value, ways.value));
      fill(map, "spots", spots(roster.value, dark.value));
      fill(map, "sites", sites(roster.value));
      fill(map, "unserved", unserved(roster.value));
      if (fitted?.date !== roster.value.date) fit(map, false);
      fitted = roster.value;
    }),
    effect(() => {
      const [duty, journey] = [pickedDuty.value, pickedJourney.value];
      fill(map, "picked", picked(duty, journey, dark.value, ways.value));
      fill(map, "calls", calls(duty, journey, dark.value));
      const dim = Boolean(duty || journey);
      map.setPaintProperty("runs", "line-opacity", dim ? 0.07 : 0.42);
      map.setPaintProperty("spots", "circle-opacity", dim ? 0.12 : 0.8);
      const seen = duty ? duty.stops.map((stop) => stop.place) : journey ? [journey.from, journey.to] : [];
      const box = bounds(seen);
      aim = box;
      if (box) soon(() => show(map, box));
    }),
    effect(() => {
      const all = !roster.value || shownJourneys.value.length === roster.value.journeys.length;
      const duties = all ? null : [...new Set(shownJourneys.value.flatMap((journey) => journey.duty?.index ?? []))];
      for (const layer of ["runs", "spots"]) map.setFilter(layer, duties && ["in", ["get", "duty"], ["literal", duties]]);
    }),
  ];
  return () => {
    for (const end of ends) end();
    sizes.disconnect();
    map.remove();
  };
}

/** @param {import("maplibre-gl").Map} map @param {boolean} moving */
function fit(map, moving) {
  const places = roster.value ? roster.value.used.flatMap((duty) => duty.stops.map((stop) => stop.place)) : [];
  map.fitBounds(bounds(places) ?? REGION, { padding: 28, duration: moving && !calm.matches ? 450 : 0 });
}

/** Once what was picked has been laid out, as the map may have become narrower. @param {() => void} work */
const soon = (work) => requestAnimationFrame(() => requestAnimationFrame(work));

/** @param {import("maplibre-gl").Map} map @param {[number, number, number, number]} box */
function show(map, box) {
  if (!contains(map, box)) map.fitBounds(box, { padding: 48, maxZoom: 13, duration: calm.matches ? 0 : 450 });
}

/** @param {import("maplibre-gl").Map} map @param {[number, number, number, number]} box */
function contains(map, [west, south, east, north]) {
  const seen = map.getBounds();
  const small = (east - west) / (seen.getEast() - seen.getWest()) < 0.3 && (north - south) / (seen.getNorth() - seen.getSouth()) < 0.3;
  return !small && seen.contains([west, south]) && seen.contains([east, north]);
}

/** @param {import("maplibre-gl").Map} map */
function pickable(map) {
  /** @param {import("maplibre-gl").MapMouseEvent} event */
  const under = ({ point: { x, y } }) => {
    const found = map.queryRenderedFeatures([[x - 4, y - 4], [x + 4, y + 4]], { layers: PICKABLE });
    return found.sort((a, b) => PICKABLE.indexOf(a.layer.id) - PICKABLE.indexOf(b.layer.id))[0]?.properties;
  };
  map.on("click", (event) => {
    const found = under(event);
    if (!found || !roster.value) return pickDuty(null);
    if (found.journey !== undefined) pickJourney(roster.value.journeys[found.journey]);
    else if (found.duty !== undefined) pickDuty(roster.value.duties[found.duty]);
  });
  map.on("mousemove", (event) => (map.getCanvas().style.cursor = under(event) ? "pointer" : ""));
}
