// What the map looks like, in the theme's colours. Sources start empty and are filled by map.js.
import { token } from "../lib/colours.js";

const NOTHING = /** @type {any} */ ({ type: "FeatureCollection", features: [] });
const SOURCES = ["roads", "runs", "spots", "sites", "picked", "calls", "unserved"];
const WIDTH_BY_LOAD = (/** @type {number} */ thin, /** @type {number} */ step) => ["+", thin, ["*", step, ["min", 6, ["get", "load"]]]];
const FONT = ["Segoe UI", "Liberation Sans", "Arial", "sans-serif"];

/** @returns {any} a MapLibre style without any outside address */
export function mapStyle() {
  const ink = Object.fromEntries(
    ["map", "map-road", "map-main", "map-water", "card", "ink", "soft", "empty", "accent", "pick", "bad", "stop"].map((name) => [name, token(name)]),
  );
  const halo = { "text-halo-color": ink.map, "text-halo-width": 1.6 };
  const label = (/** @type {any} */ field, size = 11) => ({ "text-field": field, "text-size": size, "text-font": FONT });
  return {
    version: 8,
    sources: Object.fromEntries(SOURCES.map((name) => [name, { type: "geojson", data: NOTHING, ...(name === "runs" && { tolerance: 0.6 }) }])),
    layers: [
      { id: "ground", type: "background", paint: { "background-color": ink.map } },
      { id: "water", type: "line", source: "roads", filter: ["==", ["get", "highway"], "water"], paint: { "line-color": ink["map-water"], "line-width": 4 } },
      {
        id: "roads", type: "line", source: "roads", filter: ["match", ["get", "highway"], ["motorway", "trunk", "water"], false, true],
        paint: { "line-color": ink["map-road"], "line-width": ["interpolate", ["linear"], ["zoom"], 7, 0.3, 12, 1.4, 15, 4] },
      },
      {
        id: "main-roads", type: "line", source: "roads", filter: ["match", ["get", "highway"], ["motorway", "trunk"], true, false],
        layout: { "line-cap": "round", "line-join": "round" },
        paint: { "line-color": ink["map-main"], "line-width": ["interpolate", ["linear"], ["zoom"], 7, ["match", ["get", "highway"], "motorway", 2, 1], 13, ["match", ["get", "highway"], "motorway", 6, 4]] },
      },
      { id: "runs", type: "line", source: "runs", layout: { "line-cap": "round" }, paint: { "line-color": ["get", "colour"], "line-width": WIDTH_BY_LOAD(0.6, 0.4), "line-opacity": 0.4 } },
      { id: "spots", type: "circle", source: "spots", minzoom: 10, paint: { "circle-radius": 3, "circle-color": ["get", "colour"], "circle-stroke-color": ink.map, "circle-stroke-width": 1, "circle-opacity": 0.8 } },
      { id: "picked-empty", type: "line", source: "picked", filter: ["==", ["get", "load"], 0], paint: { "line-color": ink.empty, "line-width": 1.5, "line-dasharray": [3, 3] } },
      { id: "picked-casing", type: "line", source: "picked", filter: [">", ["get", "load"], 0], layout: { "line-cap": "round" }, paint: { "line-color": ink.map, "line-width": WIDTH_BY_LOAD(4, 1.3) } },
      { id: "picked", type: "line", source: "picked", filter: [">", ["get", "load"], 0], layout: { "line-cap": "round" }, paint: { "line-color": ["get", "colour"], "line-width": WIDTH_BY_LOAD(1.4, 1.3) } },
      { id: "ride", type: "line", source: "picked", filter: ["==", ["get", "ride"], true], layout: { "line-cap": "round" }, paint: { "line-color": ink.pick, "line-width": 2, "line-gap-width": 8 } },
      {
        id: "loads", type: "symbol", source: "picked", filter: [">", ["get", "load"], 0], minzoom: 8,
        layout: { ...label(["concat", ["get", "load"], " aboard"], 10), "symbol-placement": "line-center", "text-offset": [0, -0.9] },
        paint: { "text-color": ink.soft, ...halo },
      },
      { id: "sites", type: "circle", source: "sites", paint: { "circle-radius": ["match", ["get", "kind"], "base", 4, 3], "circle-color": ["match", ["get", "kind"], "base", ink.map, ink.stop], "circle-stroke-color": ink.stop, "circle-stroke-width": 1.5 } },
      { id: "site-names", type: "symbol", source: "sites", layout: { ...label(["get", "label"]), "text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": 0.6, "symbol-sort-key": ["get", "rank"] }, paint: { "text-color": ink.soft, ...halo } },
      { id: "unserved", type: "circle", source: "unserved", paint: { "circle-radius": 5, "circle-color": ink.map, "circle-stroke-color": ink.bad, "circle-stroke-width": 2.5 } },
      { id: "calls", type: "circle", source: "calls", paint: { "circle-radius": ["case", ["get", "on"], 11, 9], "circle-color": ["case", ["get", "on"], ink.pick, ink.card], "circle-stroke-color": ["case", ["get", "on"], ink.pick, ["get", "colour"]], "circle-stroke-width": 2 } },
      { id: "call-numbers", type: "symbol", source: "calls", layout: { ...label(["get", "label"]), "text-allow-overlap": true, "symbol-sort-key": ["case", ["get", "on"], 1, 0] }, paint: { "text-color": ["case", ["get", "on"], ink.card, ink.ink] } },
    ],
  };
}
