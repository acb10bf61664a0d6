// Light or dark: as the system has it, unless the reader chose.
import { computed, effect, signal } from "./vendor.js";

/** @typedef {"system" | "light" | "dark"} Choice */
const KEY = "theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const systemDark = signal(system.matches);

export const choice = signal(/** @type {Choice} */ (localStorage.getItem(KEY) ?? "system"));
export const dark = computed(() => (choice.value === "system" ? systemDark.value : choice.value === "dark"));
export const calm = matchMedia("(prefers-reduced-motion: reduce)");

export function followTheme() {
  system.addEventListener("change", () => (systemDark.value = system.matches));
  effect(() => {
    document.documentElement.dataset.theme = dark.value ? "dark" : "light";
    localStorage.setItem(KEY, choice.value);
  });
}
