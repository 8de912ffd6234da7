// The reader of transcripts. The page is whole without it: this makes it quick,
// and gives it keys. Single keys can be turned off (WCAG 2.1.4).
import { live, type Change } from "../live.ts";
import { say } from "../say.ts";
import { chooseAt, chooseNothing, chosen, chosenTurn, fromSelection, nudge, step } from "./chosen.ts";
import { finding } from "./finding.ts";
import { lay, laying, layThem } from "./laying.ts";
import { bulk, buttons, cut, keepNote, mark, note, press, redo, undo } from "./marking.ts";
import { goTo, goToMoment, here, momentBy, name, namesOf, turnBy } from "./moving.ts";
import { nearing } from "./nearing.ts";
import { format } from "./offsets.ts";
import { overview } from "./overview.ts";
import { draw, isMine, tell } from "./sending.ts";
import { names, reader, side, turnInSight, turnOf } from "./turns.ts";
import { voice } from "./voice.ts";

const root = reader();
const find = finding();
const dock = document.querySelector<HTMLElement>("[data-dock]");
const hear = voice();
const single = (): boolean => "keys" in document.body.dataset;

/** Keys that a key press may not belong to us: somebody writes, or a dialog is open. */
function writes(target: EventTarget | null): boolean {
  if (document.querySelector("dialog[open]")) return true;
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select, audio, video"));
}

document.addEventListener("keydown", (e) => {
  if (!root || writes(e.target)) return;
  const control = e.ctrlKey || e.metaKey;
  if (control && e.key.toLowerCase() === "z" && root.dataset.judges !== undefined) {
    e.preventDefault();
    if (e.shiftKey) redo();
    else undo();
    return;
  }
  if (control && e.key === " ") {
    if (hear.toggle()) e.preventDefault();
    return;
  }
  if (control || e.altKey || !single()) return;
  if (e.key === "Enter" && (e.target as Element).closest("a, button, summary")) return; // they have a use for it
  if (act(e.key, e.shiftKey)) e.preventDefault();
});

function act(key: string, shift: boolean): boolean {
  switch (key) {
    case "j":
      return turnBy(1);
    case "k":
      return turnBy(-1);
    case "J":
    case "]":
      return momentBy(1);
    case "K":
    case "[":
      return momentBy(-1);
    case "ArrowRight":
    case "s":
      return sentence(1, shift);
    case "ArrowLeft":
    case "S":
      return sentence(-1, shift && key !== "S");
    case ".":
      return word("end", 1);
    case ",":
      return word("end", -1);
    case ">":
      return word("start", 1);
    case "<":
      return word("start", -1);
    case "Escape":
      if (chosen().length === 0) return false;
      chooseNothing();
      getSelection()?.removeAllRanges();
      return true;
    case "/":
      find();
      return true;
    case "g":
      return focus("#jump");
    case "?":
      document.querySelector<HTMLDialogElement>("#help")?.showModal();
      return true;
    case "x":
      return hear.fromChosen();
  }
  return root?.dataset.judges !== undefined && marks(key);
}

/** The keys of those who may mark. */
function marks(key: string): boolean {
  switch (key) {
    case "Enter":
      if (chosen().length === 0) return false;
      note();
      return true;
    case "y":
    case "n":
      return decide(key);
    case "u":
      undo();
      return true;
    case "e":
      return correct();
    case "b":
      return lay();
  }
  const turn = chosenTurn();
  const kind = turn && dock?.querySelector<HTMLElement>(`[data-side="${side(turn)}"] [data-k="${CSS.escape(key)}"]`);
  if (kind?.dataset.label) mark(kind.dataset.label);
  return !!kind;
}

function sentence(by: 1 | -1, over: boolean): boolean {
  const at = here();
  if (!at || chosen().length === 0) return goTo(at ?? turnInSight(), by > 0 ? 0 : -1);
  const turn = step(by, over);
  name(null);
  turn?.focus({ preventScroll: true });
  turn?.scrollIntoView({ block: "nearest" });
  return true;
}

function word(end: "start" | "end", by: 1 | -1): boolean {
  nudge(end, by);
  return chosen().length > 0;
}

/** Keeps or dismisses the moment that has the focus, or the first open one on the sentence. */
function decide(key: string): boolean {
  const focused = document.activeElement?.closest<HTMLElement>(".noted");
  const span = chosen()[0];
  const turn = here();
  const at = span && `${span.text}:${span.start}-${span.end}`;
  const onIt = turn ? names(turn).filter((n) => at && n.dataset.v?.includes(at)) : [];
  const noted = focused ?? onIt.find((n) => !n.dataset.verdict) ?? onIt[0];
  const button = noted && buttons(noted)?.querySelector<HTMLButtonElement>(`button[data-key="${key}"]`);
  if (button) press(button);
  return !!button;
}

/** Opens the page on which a turn is corrected. */
function correct(): boolean {
  const turn = chosenTurn() ?? here();
  if (!turn || !root) return false;
  location.assign(`/conversation/${root.dataset.conversation}/turn/${turn.id.slice(2)}/edit?study=${root.dataset.study ?? ""}`);
  return true;
}

function focus(selector: string): boolean {
  const field = document.querySelector<HTMLInputElement>(selector);
  field?.focus();
  field?.select();
  return !!field;
}

// the mouse, and fingers
document.addEventListener("click", (e) => {
  const target = e.target as Element;
  const button = target.closest<HTMLButtonElement>("button");
  if (button?.name && button.closest(".turns .notes")) {
    e.preventDefault();
    press(button);
    return;
  }
  if (button?.dataset.label) return mark(button.dataset.label);
  if (button?.dataset.do) return { note, edit: correct, undo }[button.dataset.do as "note" | "edit" | "undo"]() as void;
  if (button && "close" in button.dataset) return button.closest("dialog")?.close();
  const noted = target.closest<HTMLElement>(".noted");
  if (noted) return void goToMoment(noted);
  if (!target.closest(".turn .words") || getSelection()?.isCollapsed === false) return;
  const caret = caretAt(e.clientX, e.clientY);
  const turn = caret && chooseAt(caret.node, caret.offset);
  if (!turn) return;
  turn.focus({ preventScroll: true });
  const marked = target.closest("mark[data-m]");
  name(marked ? (namesOf(marked)[0] ?? null) : null);
  hear.clicked();
});

function caretAt(x: number, y: number): { node: Node; offset: number } | null {
  if ("caretPositionFromPoint" in document) {
    const at = document.caretPositionFromPoint(x, y);
    return at && { node: at.offsetNode, offset: at.offset };
  }
  const range = (document as Document & { caretRangeFromPoint?(x: number, y: number): Range | null }).caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}

let settling: number | undefined;
document.addEventListener("selectionchange", () => {
  clearTimeout(settling);
  settling = window.setTimeout(() => fromSelection(), 60);
});

document.addEventListener("mouseover", (e) => {
  const noted = (e.target as Element).closest<HTMLElement>(".noted") ?? null;
  const marked = (e.target as Element).closest("mark[data-m]");
  if (noted || marked) name(noted ?? namesOf(marked!)[0] ?? null);
});

document.addEventListener("submit", (e) => {
  const form = e.target as HTMLFormElement;
  if (form.closest("#noting")) {
    e.preventDefault();
    keepNote(form);
  } else if ("lay" in form.dataset) {
    if (lay()) e.preventDefault();
  } else if (laying(form)) {
    e.preventDefault();
    layThem(form, e.submitter);
  } else if ("bulk" in form.dataset) {
    e.preventDefault();
    bulk(form, e.submitter as HTMLButtonElement);
  }
});
document.querySelector("#noting textarea")?.addEventListener("keydown", (e) => {
  if ((e as KeyboardEvent).key === "Enter" && ((e as KeyboardEvent).ctrlKey || (e as KeyboardEvent).metaKey)) {
    e.preventDefault();
    (e.target as HTMLTextAreaElement).form?.requestSubmit();
  }
});

/** The dock offers what can be put on the words chosen. */
document.addEventListener("headway:chosen", () => {
  const turn = chosenTurn();
  if (!dock) return;
  dock.hidden = !turn;
  if (!turn) return;
  for (const kinds of dock.querySelectorAll<HTMLElement>("[data-side]")) kinds.hidden = kinds.dataset.side !== side(turn);
  const at = chosen();
  for (const place of dock.querySelectorAll<HTMLInputElement>("[data-place]")) place.value = format(at.slice(0, 1));
  for (const passage of dock.querySelectorAll<HTMLInputElement>("[data-passage]")) passage.value = format(at);
  for (const back of dock.querySelectorAll<HTMLInputElement>("[name=back]")) back.value = `${location.pathname}${location.search}#${turn.id}`;
  const told = at.map(cut).join(" … ");
  const count = told.split(/\s+/).length;
  dock.querySelector("[data-chosen]")!.textContent = `${count} ${count === 1 ? "word" : "words"}${at.length > 1 ? ` over ${at.length} turns` : ""}`;
  say(`${turn.querySelector("b")?.textContent ?? ""}: ${told}`);
  document.documentElement.style.setProperty("--dock", `${dock.offsetHeight}px`);
});

// what the palette asks for
document.addEventListener("headway:commands", (e) => {
  const into = (e as CustomEvent<{ name: string; key?: string; group: string; go(): void }[]>).detail;
  if (root?.dataset.judges !== undefined && chosen().length)
    for (const b of dock?.querySelectorAll<HTMLElement>("[data-side]:not([hidden]) [data-label]") ?? []) into.push({ group: "Put on the words chosen", name: b.dataset.label!, key: b.dataset.k, go: () => mark(b.dataset.label!) });
  if (chosen().length) into.push({ group: "The words chosen", name: "Write a note", key: "Enter", go: note });
  if (root?.dataset.judges !== undefined && chosenTurn()?.classList.contains("theirs")) into.push({ group: "The words chosen", name: "Lay them beside a job", key: "b", go: () => void lay() });
  into.push({ group: "Here", name: "Go to a turn", key: "g", go: () => void focus("#jump") });
  into.push({ group: "Here", name: "Find here", key: "/", go: find });
  into.push({ group: "Here", name: "Next moment", key: "J", go: () => void momentBy(1) });
  const at = chosen();
  if (at.length) into.push({ group: "Here", name: "Print the turns chosen", go: () => printed() });
});

/** Shows the chosen turns alone, to be printed. */
function printed(): void {
  const numbers = chosen().map((s) => Number(/\d+/.exec(document.querySelector(`.turn[data-t="${CSS.escape(s.text)}"] .when`)?.getAttribute("aria-label") ?? "")?.[0]));
  const query = new URLSearchParams({ study: root?.dataset.study ?? "", from: String(Math.min(...numbers)), to: String(Math.max(...numbers)) });
  location.assign(`${location.pathname}?${query}`);
}

// what others do in the same conversation
document.addEventListener("headway:changed", (e) => {
  const changes = (e as CustomEvent<Change[]>).detail.filter((c) => !isMine(c.seq));
  const texts = changes.filter((c) => c.deed === "mark" || c.deed === "note").flatMap((c) => c.texts ?? []);
  if (texts.length) void draw(texts);
  if (changes.some((c) => ["correct", "speak", "place", "mask", "lift", "erase"].includes(c.deed))) tell("The words of this conversation were changed just now. Load the page again to see them.");
});

/** Turns that an address names are chosen from. */
const named = document.querySelector<HTMLElement>(".turn.here") ?? (location.hash.startsWith("#t-") ? turnOf(document.getElementById(location.hash.slice(1))) : null);
if (named) requestAnimationFrame(() => named.focus({ preventScroll: true }));
if (root) nearing(root);
overview();
live();
document.body.dataset.ready = "";
performance.mark("ready");
