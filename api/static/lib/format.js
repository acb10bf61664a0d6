// Numbers and words as a reader in Britain expects them.

/** @param {number | null | undefined} value @param {number} places */
export const number = (value, places = 0) =>
  value === null || value === undefined || Number.isNaN(value)
    ? "–"
    : value.toLocaleString("en-GB", { minimumFractionDigits: places, maximumFractionDigits: places });

/** `3 duties`. @param {number} count @param {string} one @param {string} [many] */
export const plural = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

/** `Day case` from `day_case`. @param {string} code */
export function inWords(code) {
  const words = code.replaceAll("_", " ").trim();
  return (words.charAt(0).toUpperCase() + words.slice(1)).replace(/\b(hdu|pts)\b/gi, (word) => word.toUpperCase());
}

/** `Pan Birmingham` from `pan_birmingham`: contracts are called as places are. @param {string} code */
export const contractText = (code) => code.split("_").filter(Boolean).map(inWords).join(" ");

/** Class names that hold. @param {Record<string, unknown>} names */
export const classes = (names) => Object.keys(names).filter((name) => names[name]).join(" ");
