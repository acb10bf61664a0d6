// Lays what the page takes from npm into api/static/vendor, as modules that a browser finds without an import map:
// a bare name in an import becomes the file beside it.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const vendor = join(here, "..", "api", "static", "vendor");

/** Package, file in it, name in the vendor folder. */
const FILES = [
  ["preact", "dist/preact.mjs", "preact.js"],
  ["preact", "hooks/dist/hooks.mjs", "preact-hooks.js"],
  ["@preact/signals-core", "dist/signals-core.mjs", "signals-core.js"],
  ["@preact/signals", "dist/signals.mjs", "signals.js"],
  ["htm", "dist/htm.mjs", "htm.js"],
  ["maplibre-gl", "dist/maplibre-gl.mjs", "maplibre-gl.js"],
  ["maplibre-gl", "dist/maplibre-gl-worker.mjs", "maplibre-gl-worker.js"],
  ["maplibre-gl", "dist/maplibre-gl.css", "maplibre-gl.css"],
  ["uplot", "dist/uPlot.esm.js", "uplot.js"],
  ["uplot", "dist/uPlot.min.css", "uplot.css"],
];

/** What a bare name stands for. */
const BESIDE = {
  preact: "preact.js",
  "preact/hooks": "preact-hooks.js",
  "@preact/signals-core": "signals-core.js",
};

/** Types for `tsc`, which would otherwise guess them from packed code. */
const TYPES = {
  "preact.d.ts": 'export * from "preact";\n',
  "preact-hooks.d.ts": 'export * from "preact/hooks";\n',
  "signals.d.ts": 'export * from "@preact/signals";\n',
  "htm.d.ts": 'export { default } from "htm";\n',
  "maplibre-gl.d.ts": 'export * from "maplibre-gl";\n',
  "uplot.d.ts": 'export { default } from "uplot";\n',
};

const withoutMap = (/** @type {string} */ text) => text.replace(/\n\/[/*]# sourceMappingURL=[^\n]*/g, "");
const resolved = (/** @type {string} */ text) =>
  text.replace(/\bfrom"([@a-z][^"]*)"/g, (all, name) => (name in BESIDE ? `from"./${BESIDE[name]}"` : all));

await rm(vendor, { recursive: true, force: true });
await mkdir(vendor, { recursive: true });
const licences = new Map();
for (const [name, file, to] of FILES) {
  const folder = join(here, "node_modules", name);
  const text = await readFile(join(folder, file), "utf8");
  await writeFile(join(vendor, to), resolved(withoutMap(text)));
  if (licences.has(name)) continue;
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const wording = await readFile(join(folder, "LICENSE"), "utf8").catch(() => readFile(join(folder, "LICENSE.txt"), "utf8"));
  licences.set(name, `${name} ${version} (${license})\n\n${wording}`);
}
for (const [name, text] of Object.entries(TYPES)) await writeFile(join(vendor, name), text);
await writeFile(join(vendor, "LICENCES.txt"), [...licences.values()].join(`\n${"-".repeat(80)}\n\n`));
await writeFile(join(vendor, ".ready"), "");
