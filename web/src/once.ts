// A form that changes something is sent once, however often its button is
// pressed until the answer comes.
const patience = 5000; // milliseconds, after which it may be sent again: no answer came

export function once(): void {
  const sent = new WeakMap<HTMLFormElement, number>();
  // On the window, so that islands which send a form themselves have said so.
  window.addEventListener("submit", (e) => {
    const form = e.target as HTMLFormElement;
    if (e.defaultPrevented || form.method !== "post") return;
    const before = sent.get(form);
    if (before !== undefined && e.timeStamp - before < patience) e.preventDefault();
    else sent.set(form, e.timeStamp);
  });
  window.addEventListener("pageshow", (e) => {
    if (e.persisted) for (const form of document.forms) sent.delete(form);
  });
}
