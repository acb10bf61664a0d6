// Small tools: elements (text only ever as text), numbers and times.

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

const byId = (id) => document.getElementById(id);

const one = (value, places = 1) =>
  value === null ? "–" : value.toLocaleString("en-GB", { minimumFractionDigits: places, maximumFractionDigits: places });

const whole = (value) => one(value, 0);

const plural = (count, word, many = `${word}s`) => `${whole(count)} ${count === 1 ? word : many}`;

// "7 min", "1 h 05"
function span(seconds) {
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`;
}

function table(caption, columns, rows) {
  const head = columns.map((column) =>
    el("th", { scope: "col", class: column.num ? "num" : null, "aria-sort": column.sorted ?? null }, column.head ?? column));
  return el("table", {},
    caption ? el("caption", { class: "visually-hidden" }, caption) : "",
    el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows));
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

// Sizes a canvas to its box in device pixels and returns a context that draws in CSS pixels.
function context(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  return pen;
}

// At most one call a frame.
function perFrame(draw) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; draw(); });
  };
}
