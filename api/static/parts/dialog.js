// A dialog of the browser's own kind: it keeps the focus inside and closes on Escape.
import { html, useEffect, useRef, useState } from "../lib/vendor.js";

/** @param {{title: string, onClose: () => void, children?: any, wide?: boolean}} props */
export function Dialog({ title, onClose, children, wide = false }) {
  const box = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    const dialog = /** @type {HTMLDialogElement} */ (box.current);
    dialog.showModal();
    return () => dialog.close();
  }, []);
  const leave = () => {
    if (!box.current) return; // "close" comes late, when another dialog may be asked for already
    box.current.close(); // gives the focus back
    onClose();
  };
  return html`<dialog ref=${box} class=${wide ? "wide" : ""} aria-label=${title} onCancel=${leave} onClose=${leave}>
    <header class="panel-head"><h2>${title}</h2><button type="button" class="small quiet" aria-label="Close" onClick=${onClose}>✕</button></header>
    ${children}
  </dialog>`;
}

/** A question with a yes. @param {{title: string, yes: string, onYes: () => Promise<unknown>, onClose: () => void, children?: any}} props */
export function Confirm({ title, yes, onYes, onClose, children }) {
  const [sending, setSending] = useState(false);
  const go = async () => {
    setSending(true);
    await onYes();
    onClose();
  };
  return html`<${Dialog} title=${title} onClose=${onClose}><div class="form">${children}
    <div class="actions"><button type="button" class="primary" disabled=${sending} onClick=${go}>${yes}</button><button type="button" onClick=${onClose}>Not now</button></div></div><//>`;
}
