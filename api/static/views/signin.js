// Sign in: with the organisation's account where the service has one, or with an API key for this tab.
import { keepPlace, signInWithKey } from "../lib/session.js";
import { expired } from "../lib/store.js";
import { html, useState } from "../lib/vendor.js";

/** Whether the service has a provider of identities; the page was told when it was served. */
const account = document.body.dataset.signIn === "account";

export function SignIn() {
  const [key, setKey] = useState("");
  const [message, setMessage] = useState("");
  /** @param {Event} event */
  async function enter(event) {
    event.preventDefault();
    setMessage("");
    setMessage(await signInWithKey(key.trim()));
  }
  return html`<main class="signin" id="main"><section class="panel" aria-label="Sign in">
    <h1>Patient transport planning</h1>
    ${expired.value && html`<p class="verdict bad" role="alert"><span aria-hidden="true">!</span> Your session has ended. Nothing that the service had confirmed is lost. Sign in again, and you are back where you were.</p>`}
    ${account && html`<a class="button primary" href="/sign-in" onClick=${keepPlace}>Sign in with your organisation's account</a><p class="or">or</p>`}
    <form class="form" onSubmit=${enter}>
      <label>API key <input type="password" autocomplete="off" value=${key} required onInput=${(/** @type {any} */ e) => setKey(e.target.value)} /></label>
      <button type="submit" class=${account ? "" : "primary"}>Use this key</button>
      <p class="verdict bad" role="alert">${message}</p>
      <p class="soft">The key stays in this tab and is forgotten with it. The first key is printed when the service starts for the first time.</p>
    </form>
  </section></main>`;
}
