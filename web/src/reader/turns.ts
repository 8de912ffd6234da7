// What a turn's element holds, and the way from one turn to the next. There may
// be ten thousand: nothing here looks at more than it must.
import { lift } from "./nearing.ts";
import { pointAt, unitAt, type Span } from "./offsets.ts";

export const reader = (): HTMLElement | null => document.querySelector<HTMLElement>("[data-reading]");

export function turnOf(node: Node | null): HTMLElement | null {
  const element = node instanceof Element ? node : node?.parentElement;
  return element?.closest<HTMLElement>(".turn") ?? null;
}

export function turnOfText(text: string): HTMLElement | null {
  const turn = document.getElementById(`t-${text.split(".")[0]}`);
  return turn?.dataset.t === text ? turn : document.querySelector<HTMLElement>(`.turn[data-t="${CSS.escape(text)}"]`);
}

export const words = (turn: HTMLElement): HTMLElement => turn.querySelector<HTMLElement>(".words")!;
export const textOf = (turn: HTMLElement): string => words(turn).textContent ?? "";
/** Gives the names of the moments of a turn, which stand beside it. */
export function names(turn: HTMLElement): HTMLElement[] {
  lift(turn);
  return [...turn.querySelectorAll<HTMLElement>(".noted")];
}

export const textID = (turn: HTMLElement): string => turn.dataset.t ?? "";
export const side = (turn: HTMLElement): "theirs" | "ours" | "unknown" => (turn.classList.contains("theirs") ? "theirs" : turn.classList.contains("ours") ? "ours" : "unknown");

/** Gives the sentences of a turn, in code points; the whole turn where none were cut. */
export function sentences(turn: HTMLElement): [number, number][] {
  const cuts = (turn.dataset.s ?? "").split(" ").filter(Boolean).map(Number);
  const all: [number, number][] = [];
  for (let i = 0; i + 1 < cuts.length; i += 2) all.push([cuts[i]!, cuts[i + 1]!]);
  if (all.length === 0) all.push([0, [...textOf(turn)].length]);
  return all;
}

/** Gives the turn after or before one. */
export function beside(turn: HTMLElement, by: 1 | -1): HTMLElement | null {
  const next = by > 0 ? turn.nextElementSibling : turn.previousElementSibling;
  if (next) return next as HTMLElement;
  let section = turn.parentElement;
  do section = (by > 0 ? section?.nextElementSibling : section?.previousElementSibling) as HTMLElement | null;
  while (section && section.tagName !== "SECTION");
  return ((by > 0 ? section?.firstElementChild : section?.lastElementChild) as HTMLElement | null) ?? null;
}

export const firstTurn = (): HTMLElement | null => document.querySelector<HTMLElement>(".turn");

/** Gives the first turn that begins in the window, to begin from; else the one that fills it. */
export function turnInSight(): HTMLElement | null {
  let fills: HTMLElement | null = null;
  for (let y = 4; y < innerHeight; y += 24) {
    const turn = turnOf(document.elementFromPoint(innerWidth / 2.5, y));
    if (turn && turn.getBoundingClientRect().top >= 0) return turn;
    fills ??= turn;
  }
  return fills ?? firstTurn();
}

/** Gives the DOM range of words in a turn, in code points. */
export function rangeOf(turn: HTMLElement, start: number, end: number): Range | null {
  const text = textOf(turn);
  return unitRange(words(turn), unitAt(text, start), unitAt(text, end));
}

export function unitRange(within: HTMLElement, from: number, to: number): Range | null {
  const range = document.createRange();
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  let at = 0;
  let begun = false;
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    if (!begun && from <= at + node.length) {
      range.setStart(node, from - at);
      begun = true;
    }
    if (begun && to <= at + node.length) {
      range.setEnd(node, to - at);
      return range;
    }
    at += node.length;
  }
  return begun ? range : null;
}

/** Gives how many units of a turn's words stand before a point in the DOM. */
export function unitsBefore(within: HTMLElement, node: Node, offset: number): number {
  const range = document.createRange();
  range.selectNodeContents(within);
  range.setEnd(node, offset);
  return range.toString().length;
}

/** Gives the passage of a selection: of each turn that it touches, the words in it. */
export function passageOf(range: Range, trim: (text: string, start: number, end: number) => [number, number]): Span[] {
  const passage: Span[] = [];
  const last = turnOf(range.endContainer);
  for (let turn = turnOf(range.startContainer); turn; turn = turn === last ? null : beside(turn, 1)) {
    const within = words(turn);
    const text = textOf(turn);
    const from = within.contains(range.startContainer) ? unitsBefore(within, range.startContainer, range.startOffset) : 0;
    const to = within.contains(range.endContainer) ? unitsBefore(within, range.endContainer, range.endOffset) : text.length;
    const [start, end] = trim(text, from, to);
    if (end > start && range.intersectsNode(within)) passage.push({ text: textID(turn), start: pointAt(text, start), end: pointAt(text, end) });
    if (passage.length > 200) break;
  }
  return passage;
}
