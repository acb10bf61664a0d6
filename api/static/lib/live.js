// Server-sent events over fetch, so that an API key in a header works: resumes where it broke off, says when it is stale.
import { ApiError, failure, identity } from "./api.js";

/** @typedef {{id: string, event: string, data: string}} Message */
/** @typedef {"connecting" | "live" | "stale" | "over"} State */

const SILENCE_MS = 45_000;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Follow a stream until it is closed here or `onMessage` returns false. Returns what closes it.
 * @param {string} path
 * @param {(message: Message) => boolean | void} onMessage
 * @param {(state: State) => void} onState
 */
export function follow(path, onMessage, onState = () => {}) {
  const closing = new AbortController();
  const messages = { last: "" };
  (async () => {
    for (let pause = 500; !closing.signal.aborted; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
      onState("connecting");
      try {
        const over = await readStream(path, messages, closing.signal, onMessage, () => {
          pause = 500;
          onState("live");
        });
        if (over) break;
      } catch (error) {
        if (error instanceof ApiError && error.status >= 400 && error.status < 500) break;
      }
      if (closing.signal.aborted) return;
      onState("stale");
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    onState("over");
  })();
  return () => closing.abort();
}

/** @param {string} path @param {{last: string}} messages @param {AbortSignal} closing @param {(message: Message) => boolean | void} onMessage @param {() => void} onLife */
async function readStream(path, messages, closing, onMessage, onLife) {
  const silence = new AbortController();
  let alarm = setTimeout(() => silence.abort(), SILENCE_MS);
  const headers = { Accept: "text/event-stream", ...identity(), ...(messages.last && { "Last-Event-ID": messages.last }) };
  try {
    const response = await fetch(path, { headers, cache: "no-store", signal: AbortSignal.any([closing, silence.signal]) });
    if (response.status === 204) return true;
    if (!response.ok || !response.body) throw await failure(response);
    onLife();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ""; ; ) {
      const { value, done } = await reader.read();
      if (done) return false;
      clearTimeout(alarm);
      alarm = setTimeout(() => silence.abort(), SILENCE_MS);
      const blocks = (rest + value).split(/\r?\n\r?\n/);
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const message = parse(block);
        if (message.id) messages.last = message.id;
        if (message.data && onMessage(message) === false) {
          await reader.cancel();
          return true;
        }
      }
    }
  } finally {
    clearTimeout(alarm);
  }
}

/** @param {string} block @returns {Message} */
function parse(block) {
  const message = { id: "", event: "message", data: "" };
  for (const line of block.split(/\r?\n/)) {
    const [, field, value] = line.match(/^(\w+): ?(.*)$/) ?? [];
    if (field === "data") message.data += (message.data && "\n") + value;
    else if (field === "id" || field === "event") message[field] = value;
  }
  return message;
}
