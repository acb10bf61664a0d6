// One calm colour a duty, told apart from its neighbours' and legible on the theme's ground.

const HUES = 14;

/**
 * The colour of the n-th duty as `#rrggbb`.
 * @param {number} index
 * @param {boolean} dark
 */
export function dutyColour(index, dark) {
  const hue = ((index * 5) % HUES) * (360 / HUES) + 15;
  const deeper = Math.floor(index / HUES) % 2;
  return dark ? oklch(deeper ? 0.8 : 0.7, 0.1, hue) : oklch(deeper ? 0.5 : 0.58, 0.115, hue);
}

/** OKLCH to sRGB (Ottosson 2020), clipped. @param {number} lightness @param {number} chroma @param {number} hue degrees */
function oklch(lightness, chroma, hue) {
  const a = chroma * Math.cos((hue * Math.PI) / 180), b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return `#${linear.map((x) => hex(x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055)).join("")}`;
}

/** @param {number} share */
const hex = (share) => Math.round(Math.min(1, Math.max(0, share)) * 255).toString(16).padStart(2, "0");

/** A colour of the style sheet, as painters need it. @param {string} name of a custom property, without its dashes */
export const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
