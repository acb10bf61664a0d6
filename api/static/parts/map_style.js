// What the map looks like, in the theme's colours. Sources start empty and are filled by map.js.
import { TILE } from "./map_legs.js";
import { token } from "../lib/colours.js";

export const NOTHING = /** @type {any} */ ({ type: "FeatureCollection", features: [] });
const SOURCES = ["roads", "spots", "sites", "unserved"];
const FONT = ["Segoe UI", "Liberation Sans", "Arial", "sans-serif"];

/** @returns {any} a MapLibre style without any outside address */
export function mapStyle() {
  const ink = Object.fromEntries(["map", "map-road", "map-main", "map-water", "soft", "bad", "stop"].map((name) => [name, token(name)]));
  const halo = { "text-halo-color": ink.map, "text-halo-width": 1.6 };
  return {
    version: 8,
    transition: { duration: 0, delay: 0 },
    sources: { ...Object.fromEntries(SOURCES.map((name) => [name, { type: "geojson", data: NOTHING }])), runs: { type: "raster", tiles: ["runs://none/{z}/{x}/{y}"], tileSize: TILE, maxzoom: 17 } },
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
      { id: "runs", type: "raster", source: "runs", paint: { "raster-fade-duration": 0 } },
      { id: "spots", type: "circle", source: "spots", minzoom: 10, paint: { "circle-radius": 3, "circle-color": ["get", "colour"], "circle-stroke-color": ink.map, "circle-stroke-width": 1 } },
      { id: "sites", type: "circle", source: "sites", paint: { "circle-radius": ["match", ["get", "kind"], "base", 4, 3], "circle-color": ["match", ["get", "kind"], "base", ink.map, ink.stop], "circle-stroke-color": ink.stop, "circle-stroke-width": 1.5 } },
      { id: "site-names", type: "symbol", source: "sites", layout: { "text-field": ["get", "label"], "text-size": 11, "text-font": FONT, "text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": 1, "symbol-sort-key": ["get", "rank"] }, paint: { "text-color": ink.soft, ...halo } },
      { id: "unserved", type: "circle", source: "unserved", paint: { "circle-radius": 5, "circle-color": ink.map, "circle-stroke-color": ink.bad, "circle-stroke-width": 2.5 } },
    ],
  };
}
