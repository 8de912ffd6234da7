// Single keys: one judges the sentence that has the focus. They can be turned
// off (WCAG 2.1.4) and never act while somebody writes.

export function keys(): void {
  if (!("keys" in document.body.dataset) || document.querySelector("[data-reading]")) return; // the reader has keys of its own
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || writes(e.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (act(e.key)) e.preventDefault();
  });
}

/** Says whether the target takes text, so that keys belong to it. */
function writes(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select"));
}

function act(key: string): boolean {
  switch (key) {
    case "j":
      return move(1);
    case "k":
      return move(-1);
    case "o":
      return open();
    case "Enter":
      return document.activeElement === line() && open();
    case "a":
      return toggleEleven();
    case "/":
      return focus(document.getElementById("q"));
    case "?":
      document.querySelector<HTMLDialogElement>("#help")?.showModal();
      return true;
  }
  const button = line()?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  button?.click();
  return !!button;
}

function line(): HTMLElement | null {
  const mark = document.activeElement?.closest("mark[aria-describedby]");
  const noted = mark && document.getElementById(mark.getAttribute("aria-describedby") ?? "")?.querySelector<HTMLElement>("[data-line]");
  return noted ?? document.activeElement?.closest<HTMLElement>("[data-line], .turn") ?? null;
}

function move(by: 1 | -1): boolean {
  const all = [...document.querySelectorAll<HTMLElement>("[data-line], .turn")].filter((l) => l.checkVisibility());
  return focus(all[next(all.indexOf(line() as HTMLElement), by, all.length)] ?? null);
}

/** Gives the index to go to; from nowhere down goes to the first, up to the last. */
export function next(at: number, by: 1 | -1, length: number): number {
  if (at < 0) return by > 0 ? 0 : length - 1;
  return Math.min(Math.max(at + by, 0), length - 1);
}

function focus(element: HTMLElement | null): boolean {
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: "nearest" });
  return !!element;
}

function open(): boolean {
  const link = line()?.querySelector<HTMLAnchorElement>("blockquote a, .ours a, p a");
  link?.click();
  return !!link;
}

function toggleEleven(): boolean {
  const eleven = document.querySelector<HTMLDetailsElement>("details[data-eleven]");
  if (!eleven) return false;
  eleven.open = !eleven.open;
  eleven.querySelector("summary")?.focus();
  return true;
}
