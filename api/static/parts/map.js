// The map: runs coloured by duty, thicker the fuller; the picked duty with its calls. Its table twin is the list of calls beside it.
import { bounds, sites, spots, unserved } from "./map_data.js";
import { TILE, legAt, legsOf, mercator } from "./map_legs.js";
import { callAt, paintPicked, pickedShapes } from "./map_picked.js";
import { paintTile } from "./map_runs.js";
import { mapStyle } from "./map_style.js";
import { askJson } from "../lib/api.js";
import { perFrame, sharpPen } from "../lib/frame.js";
import { pickDuty, pickJourney, pickedDuty, pickedJourney, roster, shownJourneys } from "../lib/store.js";
import { calm, dark } from "../lib/theme.js";
import { awaited, followWays, straightRuns, ways } from "../lib/ways.js";
import { computed, effect, html, loadMapEngine, signal, useEffect, useRef } from "../lib/vendor.js";

/** @typedef {import("../lib/roster.js").Duty} Duty */
/** @typedef {import("../lib/roster.js").Journey} Journey */

const REGION = /** @type {[number, number, number, number]} */ ([-3.2, 51.9, -1.2, 53.6]);
const PICKABLE = ["spots", "unserved"];
const NEAR = 4; // pixels
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
  useEffect(followWays, []);
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
    <p class="map-credit">${said.value}</p>
    ${trouble.value && html`<p class="map-note" role="status">${trouble.value}</p>`}
  </section>`;
}

const said = computed(() => [credit.value, straightRuns.value].filter(Boolean).join(" · "));
const pickedLegs = computed(() => (pickedDuty.value ? legsOf(pickedDuty.value, ways.value) : []));
const shapes = computed(() => pickedShapes(pickedDuty.value, pickedJourney.value, pickedLegs.value, dark.value));
/** What all duties drive loaded, once it is known along which ways. */
const runs = computed(() => (awaited.value ? [] : (roster.value?.used ?? [])).flatMap((duty) => legsOf(duty, ways.value)).filter((leg) => leg.load > 0));
/** The duties that pass the filters; null: all. */
const shownDuties = computed(() => (!roster.value || shownJourneys.value.length === roster.value.journeys.length ? null : new Set(shownJourneys.value.map((journey) => journey.duty))));
const shownRuns = computed(() => (shownDuties.value ? runs.value.filter((leg) => shownDuties.value?.has(leg.duty)) : runs.value));
/** Of the runs' tiles; those of one that is over are not painted. */
let edition = 0;
/** Of the map in pixels; to ask the page for it while it is drawn would lay it out once more. */
let size = { width: 0, height: 0 };

/** @param {HTMLDivElement} container */
async function startMap(container) {
  const { Map: Engine, ScaleControl, addProtocol } = await loadMapEngine();
  addProtocol("runs", async ({ url }) => {
    const [of, z, x, y] = url.split("/").slice(-4).map(Number);
    return { data: (of === edition && paintTile(shownRuns.value, z, x, y, dark.value)) || new ArrayBuffer(0) };
  });
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
  const sizes = new ResizeObserver(([{ contentRect }]) => {
    size = contentRect;
    map.resize();
    if (aim) show(map, aim);
  });
  sizes.observe(map.getContainer());
  const over = map.getCanvasContainer().appendChild(document.createElement("canvas"));
  over.className = "map-picked";
  over.ariaHidden = "true";
  const paint = () => paintPicked(sharpPen(over, size.width, size.height), viewOf(map), shapes.value);
  const paintSoon = perFrame(paint);
  map.on("render", paint);
  const ends = [
    effect(() => {
      void dark.value;
      for (const layer of mapStyle().layers) {
        for (const [name, value] of Object.entries(layer.paint ?? {})) map.setPaintProperty(layer.id, /** @type {any} */ (name), value);
      }
    }),
    effect(() => {
      if (!roster.value) return;
      fill(map, "spots", spots(roster.value, dark.value));
      fill(map, "sites", sites(roster.value));
      fill(map, "unserved", unserved(roster.value));
      if (fitted?.date !== roster.value.date) fit(map, false);
      fitted = roster.value;
    }),
    effect(() => {
      void shapes.value;
      paintSoon();
    }),
    effect(() => {
      const [duty, journey] = [pickedDuty.value, pickedJourney.value];
      const dim = Boolean(duty || journey);
      map.setPaintProperty("runs", "raster-opacity", dim ? 0.17 : 1);
      map.setPaintProperty("spots", "circle-opacity", dim ? 0.12 : 0.8);
      const seen = duty ? duty.stops.map((stop) => stop.place) : journey ? [journey.from, journey.to] : [];
      const box = bounds(seen);
      aim = box;
      if (box) soon(() => show(map, box));
    }),
    effect(() => {
      const duties = shownDuties.value && [...shownDuties.value].flatMap((duty) => duty?.index ?? []);
      map.setFilter("spots", duties && ["in", ["get", "duty"], ["literal", duties]]);
    }),
    effect(() => {
      void [shownRuns.value, dark.value];
      /** @type {import("maplibre-gl").RasterTileSource} */ (map.getSource("runs")).setTiles([`runs://${++edition}/{z}/{x}/{y}`]);
    }),
  ];
  return () => {
    for (const end of ends) end();
    sizes.disconnect();
    map.remove();
  };
}

/** @param {import("maplibre-gl").Map} map @returns {import("./map_legs.js").View} */
function viewOf(map) {
  const { lng, lat } = map.getCenter();
  const world = TILE * 2 ** map.getZoom(), [x, y] = mercator([lng, lat]);
  return { world, left: x * world - size.width / 2, top: y * world - size.height / 2 };
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
  /** What lies under the pointer, the smallest first. @param {import("maplibre-gl").MapMouseEvent} event @returns {{journey?: Journey | null, duty?: Duty} | null} */
  const under = ({ point: { x, y }, lngLat: { lng, lat } }) => {
    const view = viewOf(map);
    const call = callAt(shapes.value.calls, view, { x, y });
    if (call) return call;
    const [found] = map.queryRenderedFeatures([[x - NEAR, y - NEAR], [x + NEAR, y + NEAR]], { layers: PICKABLE }); // the topmost first
    if (found) return { journey: roster.value?.journeys[found.properties.journey] };
    const [here, most] = [mercator([lng, lat]), NEAR / view.world];
    return legAt(pickedLegs.value, here, most) ?? legAt(shownRuns.value, here, most);
  };
  map.on("click", (event) => {
    const found = under(event);
    if (found?.journey) pickJourney(found.journey);
    else pickDuty(found?.duty ?? null);
  });
  map.on("mousemove", (event) => (map.getCanvas().style.cursor = under(event) ? "pointer" : ""));
}
