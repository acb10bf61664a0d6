// The one door to third-party modules, which `npm` brings and page/vendor.mjs lays beside ours.
import htm from "../vendor/htm.js";
import { h } from "../vendor/preact.js";

export { render } from "../vendor/preact.js";
export { useEffect, useLayoutEffect, useMemo, useRef, useState } from "../vendor/preact-hooks.js";
export { batch, computed, effect, signal, useComputed, useSignal, useSignalEffect } from "../vendor/signals.js";

export const html = htm.bind(h);

/** The map engine, loaded when a map is first shown. */
export async function loadMapEngine() {
  const engine = await import("../vendor/maplibre-gl.js");
  engine.setWorkerUrl(new URL("../vendor/maplibre-gl-worker.js", import.meta.url).href);
  return engine;
}

/** The chart engine, loaded when a chart is first shown. */
export const loadCharts = async () => (await import("../vendor/uplot.js")).default;
