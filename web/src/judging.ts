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
  const line = button.closest<HTMLElement>("[data-line]");
  const before = line?.dataset.verdict;
  const verdict = before === meaning(button) ? "undecided" : meaning(button); // a second press takes it back
  const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
  if (inTranscript(button)) body.set(verdict, button.value);
  else body.set("verdict", verdict);
  press(line ?? form, button, verdict);
  waiting++;
  queue = queue.then(async () => {
    // Only the last one's page is shown; to wait for the others' would leave verdicts unsent where one goes on quickly.
    const page = await send(form.action, body, inTranscript(button) || waiting > 1);
    waiting--;
    if (page === null) {
      say("The verdict could not be kept. Load the page again.");
      location.reload();
      return;
    }
    if (waiting === 0 && page) swap(page);
    say(`${verdict === "undecided" ? "Taken back" : button.textContent?.trim()}. ${line?.closest("article")?.querySelector(".verdict > span")?.textContent ?? ""}`);
  });
}

/** The buttons of a transcript belong to one form and name the verdict; elsewhere each line has a form, and a button's value is the verdict. */
function inTranscript(button: HTMLButtonElement): boolean {
  return button.name !== "verdict";
}

/** The verdict that a button stands for, though it may be pressed and take it back. */
function meaning(button: HTMLButtonElement): string {
  return button.dataset.means ?? (inTranscript(button) ? button.name : button.value);
}

/** Gives the page that answers a verdict, or null; one that fails must not keep the next from going out. A page that is not to be shown is not asked for: its answer is empty. */
async function send(to: string, body: URLSearchParams, alone: boolean): Promise<string | null> {
  try {
    const answer = await fetch(to, { method: "POST", body, headers: { Accept: "text/html" }, redirect: alone ? "manual" : "follow" });
    if (answer.type === "opaqueredirect") return "";
    return answer.ok ? await answer.text() : null;
  } catch {
    return null; // Headway has stopped
  }
}

/** Shows the verdict at once; the counts follow with the answer. */
function press(line: HTMLElement, button: HTMLButtonElement, verdict: string): void {
  for (const b of line.querySelectorAll("button")) b.removeAttribute("aria-pressed");
  if (verdict === "undecided") {
    delete line.dataset.verdict;
    return;
  }
  button.setAttribute("aria-pressed", "true");
  line.dataset.verdict = verdict;
  if (!line.querySelector(".undo")) button.parentElement?.append(undo(button));
}

/** Gives the button that takes back what another one did. */
function undo(of: HTMLButtonElement): HTMLButtonElement {
  const button = document.createElement("button");
  const sends = inTranscript(of) ? { name: "undecided", value: of.value } : { name: "verdict", value: "undecided" };
  Object.assign(button, { ...sends, className: "undo", textContent: "undo" });
  button.dataset.key = "u";
  return button;
}

/** Puts what is new of a page into the one that is open, and keeps the focus. */
function swap(html: string): void {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const focused = document.activeElement?.closest<HTMLElement>("[data-line]")?.id;
  const open = new Set([...document.querySelectorAll("details[open]")].map(path));
  for (const old of document.querySelectorAll<HTMLElement>("article[data-live], #glance, #granted, #left, li[data-line]")) {
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
