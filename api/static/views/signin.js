// Sign in: with the organisation's account where the service has one, or with an API key for this tab.
import { signInWithKey, signInWays } from "../lib/session.js";
import { html, useEffect, useState } from "../lib/vendor.js";

export function SignIn() {
  const [key, setKey] = useState("");
  const [message, setMessage] = useState("");
  const [ways, setWays] = useState(/** @type {{oidc: boolean, development: boolean}} */ ({ oidc: false, development: false }));
  useEffect(() => void signInWays().then(setWays), []);
  /** @param {Event} event */
  async function enter(event) {
    event.preventDefault();
    setMessage("");
    setMessage(await signInWithKey(key.trim()));
  }
  return html`<main class="signin" id="main"><section class="panel" aria-label="Sign in">
    <h1>Patient transport planning</h1>
    ${ways.oidc && html`<a class="button primary" href="/v1/session/sign-in">Sign in with your organisation's account</a><p class="or">or</p>`}
    <form class="form" onSubmit=${enter}>
      <label>API key <input type="password" autocomplete="off" value=${key} required onInput=${(/** @type {any} */ e) => setKey(e.target.value)} /></label>
      <button type="submit" class=${ways.oidc ? "" : "primary"}>Use this key</button>
      <p class="verdict bad" role="alert">${message}</p>
      <p class="soft">The key stays in this tab and is forgotten with it. The first key is printed when the service starts for the first time.</p>
    </form>
  </section></main>`;
}
