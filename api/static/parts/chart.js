// A small line chart.
import { token } from "../lib/colours.js";
import { dark } from "../lib/theme.js";
import { html, loadCharts, useEffect, useRef } from "../lib/vendor.js";

/** @param {{label: string, x: number[], y: number[], unit: string}} props */
export function Chart({ label, x, y, unit }) {
  const host = useRef(/** @type {HTMLDivElement | null} */ (null));
  const chart = useRef(/** @type {import("../vendor/uplot.js").default | null} */ (null));
  const shade = dark.value;
  useEffect(() => {
    let gone = false;
    loadCharts().then((Engine) => {
      const box = host.current;
      if (gone || !box) return;
      const axis = { stroke: token("soft"), grid: { stroke: token("grid"), width: 1 }, ticks: { show: false }, font: "11px system-ui" };
      chart.current = new Engine(
        {
          width: box.clientWidth, height: box.clientHeight, cursor: { show: false }, legend: { show: false }, scales: { x: { time: false } },
          axes: [{ ...axis, size: 22, values: (_, marks) => marks.map((mark) => `${mark} s`) }, { ...axis, size: 46, values: (_, marks) => marks.map((mark) => `${mark} ${unit}`) }],
          series: [{}, { stroke: token("accent"), width: 2, points: { show: false } }],
        },
        [x, y], box,
      );
    });
    return () => {
      gone = true;
      chart.current?.destroy();
      chart.current = null;
    };
  }, [shade]);
  useEffect(() => chart.current?.setData([x, y]), [x.length]);
  return html`<div class="chart" ref=${host} role="img" aria-label=${label}></div>`;
}
