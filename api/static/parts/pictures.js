// Which pictures the control room shows beside its lists, remembered: both where the screen has room.
import { signal } from "../lib/vendor.js";

/** @typedef {"map" | "timeline"} Picture */
const KEPT = "day-pictures";
const kept = localStorage.getItem(KEPT);

export const pictures = signal(/** @type {Picture[]} */ (kept === null ? (matchMedia("(min-width: 1600px) and (min-height: 900px)").matches ? ["map", "timeline"] : []) : kept.split(" ").filter(Boolean)));

/** Show a picture, or no more. @param {Picture} which */
export function showPicture(which) {
  pictures.value = pictures.value.includes(which) ? pictures.value.filter((one) => one !== which) : [...pictures.value, which];
  localStorage.setItem(KEPT, pictures.value.join(" "));
}
