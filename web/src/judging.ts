import { say } from "./say.ts";

// A verdict is a form. Here its answer, the page with the counts after it, is
// fetched, and what changed is put into the page that is open: each element
// marked data-live and the first screen. Verdicts go out one after the other,
// in the order in which they were given.
let queue: Promise<void> = Promise.resolve();
let waiting = 0;

export function judging(): void {
  document.addEventListener("submit", (e) => {
    const form = e.target as HTMLFormElement;
    const button = e.submitter as HTMLButtonElement | null;
    if (!form.matches("form.judge[data-live]") || !button) return;
    e.preventDefault();
    judge(form, button);
  });
}

function judge(form: HTMLFormElement, button: HTMLButtonElement): void {
  const body = new URLSearchParams(new FormData(form, button) as unknown as Record<string, string>);
  const line = form.closest<HTMLElement>("[data-line]");
  press(form, button);
  waiting++;
  queue = queue.then(async () => {
    const page = await send(form.action, body);
    waiting--;
    if (page === null) {
      say("The verdict could not be kept. Load the page again.");
      location.reload();
      return;
    }
    if (waiting === 0) swap(page);
    say(`${button.textContent?.trim()}. ${line?.closest("article")?.querySelector(".verdict > span")?.textContent ?? ""}`);
  });
}

/** Gives the page that answers a verdict, or null; one that fails must not keep the next from going out. */
async function send(to: string, body: URLSearchParams): Promise<string | null> {
  try {
    const answer = await fetch(to, { method: "POST", body, headers: { Accept: "text/html" } });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null; // Headway has stopped
  }
}

/** Shows the verdict at once; the counts follow with the answer. */
function press(form: HTMLFormElement, button: HTMLButtonElement): void {
  const line = form.closest<HTMLElement>("[data-line]");
  for (const b of form.querySelectorAll("button")) b.removeAttribute("aria-pressed");
  if (button.value === "undecided") {
    delete line?.dataset.verdict;
    return;
  }
  button.setAttribute("aria-pressed", "true");
  if (line) line.dataset.verdict = button.value;
  if (!form.querySelector(".undo")) form.append(undo());
}

function undo(): HTMLButtonElement {
  const button = document.createElement("button");
  Object.assign(button, { name: "verdict", value: "undecided", className: "undo", textContent: "undo" });
  button.dataset.key = "u";
  return button;
}

/** Puts what is new of a page into the one that is open, and keeps the focus. */
function swap(html: string): void {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const focused = document.activeElement?.closest<HTMLElement>("[data-line]")?.id;
  const open = new Set([...document.querySelectorAll("details[open]")].map(path));
  for (const old of document.querySelectorAll<HTMLElement>("article[data-live], #glance, #granted, li[data-line]")) {
    const now = old.id ? fresh.getElementById(old.id) : null;
    if (!now && old.matches(".said")) nothingLeft(old);
    if (!now || !old.isConnected || old.innerHTML === now.innerHTML) continue;
    keepStruck(old, now);
    old.replaceWith(now);
  }
  for (const details of document.querySelectorAll<HTMLDetailsElement>("details")) {
    if (open.has(path(details))) details.open = true;
  }
  if (focused && !document.activeElement?.closest("[data-line]")) document.getElementById(focused)?.focus({ preventScroll: true });
}

/** A kind of which the last sentence was taken out counts nothing any more. */
function nothingLeft(said: HTMLElement): void {
  const count = said.querySelector(".n");
  if (count) count.textContent = "none counted";
}

/** A sentence that was just taken out stays in its place, struck, to be undone. */
function keepStruck(old: HTMLElement, now: HTMLElement): void {
  for (const list of old.querySelectorAll("ol.lines")) {
    const into = now.querySelector("ol.lines");
    [...list.children].forEach((line, i) => {
      const struck = (line as HTMLElement).dataset.verdict === "dismissed" || line.contains(document.activeElement);
      if (struck && into && !now.querySelector(`[id="${CSS.escape(line.id)}"]`)) into.insertBefore(line, into.children[i] ?? null);
    });
  }
}

/** Names a details element by where it stands, to open its successor again. */
function path(details: Element): string {
  return `${details.closest("[id]")?.id ?? ""}/${details.className}`;
}
