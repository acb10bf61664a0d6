// The sign of a lock, wherever a journey or a whole duty is named.
import { html } from "../lib/vendor.js";

/** @param {{label?: string}} props */
export const Lock = ({ label = "Locked to this duty" }) => html`<svg class="lock" viewBox="0 0 10 12" role="img" aria-label=${label}><title>${label}</title><path d="M2.5 5V3.5a2.5 2.5 0 0 1 5 0V5M1 5h8v6H1z" /></svg>`;
