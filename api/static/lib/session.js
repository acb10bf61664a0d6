// Who is signed in: by a session's cookie or by an API key that this tab keeps.
import { ApiError, ask, askJson, hasKey, keepKey } from "./api.js";
import { expired, person } from "./store.js";

const BACK = "back-to";
/** Remember where the reader is, before the way to the organisation's account loses it. */
export const keepPlace = () => sessionStorage.setItem(BACK, location.hash);

/** Find out who is signed in: nobody is asked where there is neither key nor session. */
export async function startSession() {
  const back = sessionStorage.getItem(BACK);
  sessionStorage.removeItem(BACK);
  if (back && !location.hash) location.hash = back;
  if (hasKey() || "signedIn" in document.body.dataset) await findPerson();
  else person.value = null;
}

/** Ask the service who is signed in. */
async function findPerson() {
  try {
    const me = await askJson("/v1/me");
    expired.value = false;
    person.value = { name: me.shown_name, roles: me.roles, csrfToken: me.csrf_token };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    person.value = null;
  }
}

/** Returns what went wrong, or nothing. @param {string} key */
export async function signInWithKey(key) {
  const again = expired.value;
  keepKey(key);
  await findPerson();
  if (person.value) {
    if (again) location.reload(); // it may be somebody else, who need not see what the one before has seen
    return "";
  }
  keepKey(null);
  return "This key is not known, or has expired.";
}

/** Nothing of what was seen stays in the page. Throws where the service did not hear it, and the session goes on. */
export async function signOut() {
  await ask("/sign-out", { method: "POST" }).catch((error) => {
    if (error.status !== 401 && !hasKey()) throw error;
  });
  keepKey(null);
  location.reload();
}
