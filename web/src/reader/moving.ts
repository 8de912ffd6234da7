// Where the reader is: a turn, one of its sentences, perhaps one of its moments.
import { choose, choosePassage, chosenTurn, light } from "./chosen.ts";
import { buttons } from "./marking.ts";
import { parse } from "./offsets.ts";
import { beside, firstTurn, names, turnInSight, turnOf } from "./turns.ts";

let lit: HTMLElement | null = null;

/** The turn that has the focus, else the one chosen from, else the one in sight. */
export function here(): HTMLElement | null {
  return turnOf(document.activeElement) ?? chosenTurn() ?? null;
}

export function goTo(turn: HTMLElement | null, sentence = 0): boolean {
  if (!turn) return false;
  turn.focus({ preventScroll: true });
  turn.scrollIntoView({ block: "nearest" });
  choose(turn, sentence);
  name(null);
  return true;
}

export function turnBy(by: 1 | -1): boolean {
  const from = here();
  return goTo(from ? beside(from, by) : turnInSight());
}

/** Goes to the next or previous moment: its name beside the turn gets the focus. */
export function momentBy(by: 1 | -1): boolean {
  const focused = document.activeElement?.closest<HTMLElement>(".noted") ?? null;
  let turn = here() ?? turnInSight() ?? firstTurn();
  if (focused && turn) {
    const all = names(turn);
    const next = all[all.indexOf(focused) + by];
    if (next) return goToMoment(next);
    turn = beside(turn, by);
  } else if (turn && by < 0) turn = beside(turn, by);
  for (; turn; turn = beside(turn, by)) {
    const all = names(turn);
    if (all.length > 0) return goToMoment(all[by > 0 ? 0 : all.length - 1]!);
  }
  return false;
}

export function goToMoment(noted: HTMLElement): boolean {
  buttons(noted);
  noted.focus({ preventScroll: true });
  turnOf(noted)?.scrollIntoView({ block: "nearest" });
  const spans = placeOf(noted);
  if (spans.length) choosePassage(spans);
  name(noted);
  return true;
}

/** Gives the passage that a name beside a turn stands for. */
export function placeOf(noted: HTMLElement): ReturnType<typeof parse> {
  const value = noted.dataset.v ?? "";
  return parse(value.slice(value.indexOf(" ") + 1));
}

/** Shows which words a name stands for. */
export function name(noted: HTMLElement | null): void {
  if (lit === noted) return;
  lit?.classList.remove("now");
  lit = noted;
  noted?.classList.add("now");
  if (noted) buttons(noted);
  light("named", noted ? placeOf(noted) : []);
}

/** Gives the names of the moments that a mark in the words stands for. */
export function namesOf(mark: Element): HTMLElement[] {
  const turn = turnOf(mark);
  const marked = (mark.getAttribute("data-m") ?? "").split(" ");
  return turn ? names(turn).filter((n) => marked.includes(n.dataset.m ?? "")) : [];
}
