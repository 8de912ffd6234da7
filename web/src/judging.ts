import * as api from "./api/client.gen.ts";
import type { Answer } from "./api/call.ts";
import type { Label, Place, Verdict } from "./api/types.gen.ts";
import { parse } from "./reader/offsets.ts";
import { inWords, say } from "./say.ts";

// A verdict is a form. Here it is done through the API instead; then the page with
// the counts after it is fetched, and what changed is put into the page that is
// open: each element marked data-live and the first screen. Verdicts go out one
// after the other, in the order in which they were given.
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
  const fields = Object.fromEntries(new FormData(form)) as Record<string, string>;
  const deed = deedOf(form, fields, verdict as Verdict);
  const page = after(fields, verdict);
  press(line ?? form, button, verdict);
  waiting++;
  queue = queue.then(async () => {
    const answer = await deed();
    waiting--;
    if (!answer.ok) {
      say(`${inWords(answer.problem)} The verdict was not kept.`);
      location.reload();
      return;
    }
    // Only the last one's page is shown; to wait for the others' would leave verdicts unsent where one goes on quickly.
    if (waiting === 0) await showNow(page);
    say(`${verdict === "undecided" ? "Taken back" : button.textContent?.trim()}. ${line?.closest("article")?.querySelector(".verdict > span")?.textContent ?? ""}`);
  });
}

/** Gives what a form does, by its address: /study/ID/judge, mark or test, /round/ID/settle. */
function deedOf(form: HTMLFormElement, fields: Record<string, string>, verdict: Verdict): () => Promise<Answer<unknown>> {
  const [, , of = "", does] = new URL(form.action).pathname.split("/");
  const span = parse(fields.span ?? "")[0] as Place;
  const label = fields.label as Label;
  switch (does) {
    case "judge":
      return () => api.judge(of, { guess: fields.guess ?? "", span, verdict });
    case "test":
      return () => api.test(of, { ours: span, answer: parse(fields.answer ?? "")[0], verdict });
    case "settle":
      return () => api.settle(of, { span, kind: label, verdict, why: fields.why?.trim() || fields.reason });
  }
  return () => api.mark({ marks: [{ spans: [span], label, verdict }] });
}

/** Gives the address of the page after a verdict; one that takes a sentence out of it says so, to offer it still. */
function after(fields: Record<string, string>, verdict: string): URL {
  const page = new URL(fields.back || location.href, location.href);
  if (verdict === "dismissed" && fields.label && fields.span && fields.back) {
    page.searchParams.set("dismissed", fields.span);
    page.searchParams.set("label", fields.label);
  }
  return page;
}

/** Puts what changed of a page into the one that is open, unless Headway has stopped or more is under way by then. */
async function showNow(page: URL): Promise<void> {
  try {
    const answer = await fetch(page, { headers: { Accept: "text/html" } });
    const html = await answer.text();
    if (answer.ok && waiting === 0) swap(html);
  } catch {
    // the verdict is kept; its counts show when the page is loaded again
  }
}

/** The verdict that a button stands for, though it may be pressed and take it back. */
function meaning(button: HTMLButtonElement): string {
  return button.dataset.means ?? button.value;
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
  if (!line.querySelector(".undo")) button.parentElement?.append(undo());
}

/** Gives the button that takes back what another one did. */
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
