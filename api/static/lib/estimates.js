// Figures over days with their 95 % intervals: a ratio of sums over days, and how two of them differ.
// Source: Cochran, Sampling Techniques (1977), §2.11, the ratio estimator linearised; Student's t over days.

/** `parts` is by how much each day moves the value: in the order of `dates`. @typedef {{value: number, low: number | null, high: number | null, dates: string[], parts: number[]}} Estimate */
/** @typedef {{value: number, low: number | null, high: number | null, percent: number | null, paired: boolean}} Difference */

/** t(degrees, 0.975), the last of infinity; between them linear in 1/degrees. @type {[degrees: number, t: number][]} */
const T = [[1, 12.706], [2, 4.303], [3, 3.182], [4, 2.776], [5, 2.571], [6, 2.447], [7, 2.365], [8, 2.306], [9, 2.262], [10, 2.228], [12, 2.179], [15, 2.131], [20, 2.086], [30, 2.042], [60, 2.0], [Infinity, 1.96]];

/** @param {number} degrees at least 1 */
export function student(degrees) {
  const next = Math.max(1, T.findIndex(([known]) => known >= degrees));
  const [[few, high], [many, low]] = [T[next - 1], T[next]];
  return low + ((high - low) * (1 / degrees - 1 / many)) / (1 / few - 1 / many);
}

/** scale · Σ over ÷ Σ by, neither ever below 0; null where there is nothing to divide by. @param {string[]} dates @param {number[]} over @param {number[]} by @param {number} scale @returns {Estimate | null} */
export function ratio(dates, over, by, scale) {
  const whole = total(by), days = dates.length;
  if (!whole) return null;
  const value = total(over) / whole;
  const parts = over.map((part, day) => (scale * (part - value * by[day]) * days) / whole);
  const known = by.filter((part) => part > 0).length;
  const { low, high } = around(scale * value, known > 1 ? spread(parts) : NaN, days - 1);
  return { value: scale * value, low: low && Math.max(0, low), high, dates, parts };
}

/** What `one` is more than `other`: day by day where both have the same days. @param {Estimate | null} one @param {Estimate | null} other @returns {Difference | null} */
export function difference(one, other) {
  if (!one || !other) return null;
  const value = one.value - other.value;
  const percent = other.value > 0 ? 100 * (one.value / other.value - 1) : null;
  const paired = one.dates.join() === other.dates.join();
  if (paired) return { value, ...around(value, spread(one.parts.map((part, day) => part - other.parts[day])), one.dates.length - 1), percent, paired };
  const [a, b] = [spread(one.parts), spread(other.parts)];
  const degrees = (a + b) ** 2 / (a ** 2 / (one.dates.length - 1) + b ** 2 / (other.dates.length - 1)); // Welch
  return { value, ...around(value, a + b, degrees), percent, paired };
}

/** The variance of a mean of which these are the days' parts. @param {number[]} parts */
const spread = (parts) => total(parts.map((part) => part ** 2)) / (parts.length * (parts.length - 1));

/** @param {number} value @param {number} variance @param {number} degrees */
function around(value, variance, degrees) {
  if (!Number.isFinite(variance) || !(degrees >= 1)) return { low: null, high: null };
  const half = student(degrees) * Math.sqrt(variance);
  return { low: value - half, high: value + half };
}

/** @param {number[]} values */
const total = (values) => values.reduce((sum, value) => sum + value, 0);
