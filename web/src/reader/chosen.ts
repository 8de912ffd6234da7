// The words that a key acts on: one sentence, several, or any words selected.
import { format, pointAt, trimmed, unitAt, wordsOf, type Span } from "./offsets.ts";
import { beside, passageOf, rangeOf, sentences, side, textID, textOf, turnOf, turnOfText, unitsBefore, words } from "./turns.ts";

/** A sentence by its turn and number. */
interface Spot {
  turn: string; // id of its element: elements come and go
  n: number;
}

let anchor: Spot | null = null;
let head: Spot | null = null;
let passage: Span[] = [];
let selected = false; // with the mouse, or the browser's own keys

export const chosen = (): Span[] => passage;
export const place = (): string => format(passage);
const turnAt = (spot: Spot | null): HTMLElement | null => (spot ? (document.getElementById(spot.turn) as HTMLElement | null) : null);
export const chosenTurn = (): HTMLElement | null => (passage[0] ? turnOfText(passage[0].text) : null);

/** Chooses a sentence of a turn; a negative number counts from its end. */
export function choose(turn: HTMLElement, n = 0): void {
  const all = sentences(turn);
  anchor = head = { turn: turn.id, n: n < 0 ? all.length + n : Math.min(n, all.length - 1) };
  selected = false;
  getSelection()?.removeAllRanges();
  between();
}

/** Goes to the next or previous sentence; over is to choose it too. */
export function step(by: 1 | -1, over: boolean): HTMLElement | null {
  const turn = turnAt(head);
  if (!turn || !head) return null;
  let to: Spot = { turn: turn.id, n: head.n + by };
  let at = turn;
  if (to.n < 0 || to.n >= sentences(turn).length) {
    let next = beside(turn, by);
    while (over && next && side(next) !== side(turn)) next = beside(next, by); // the other side's words are not of the passage
    if (!next) return turn;
    at = next;
    to = { turn: next.id, n: by > 0 ? 0 : sentences(next).length - 1 };
  }
  head = to;
  if (!over) anchor = to;
  selected = false;
  between();
  return at;
}

/** Moves one end of what is chosen by a word. */
export function nudge(end: "start" | "end", by: 1 | -1): void {
  const span = end === "start" ? passage[0] : passage.at(-1);
  const turn = span && turnOfText(span.text);
  if (!span || !turn) return;
  const text = textOf(turn);
  const units: [number, number] = [unitAt(text, span.start), unitAt(text, span.end)];
  const all = wordsOf(text);
  if (end === "end") {
    const last = all.findLastIndex(([from]) => from < units[1]);
    units[1] = all[Math.min(Math.max(last + by, 0), all.length - 1)]![1];
  } else {
    const first = all.findIndex(([, to]) => to > units[0]);
    units[0] = all[Math.min(Math.max(first + by, 0), all.length - 1)]![0];
  }
  if (units[1] <= units[0]) return;
  const moved = { text: span.text, start: pointAt(text, units[0]), end: pointAt(text, units[1]) };
  passage = end === "start" ? [moved, ...passage.slice(1)] : [...passage.slice(0, -1), moved];
  paint();
}

/** Chooses what the browser's selection holds; nothing where it holds none. */
export function fromSelection(): boolean {
  const selection = getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed || !turnOf(selection.anchorNode)) return false;
  const all = passageOf(selection.getRangeAt(0), trimmed);
  const first = all[0] && turnOfText(all[0].text);
  if (!first) return false;
  passage = all.filter((s) => {
    const turn = turnOfText(s.text);
    return turn && side(turn) === side(first);
  });
  const last = turnOfText(passage.at(-1)!.text) ?? first;
  anchor = { turn: first.id, n: sentenceAt(first, passage[0]!.start) };
  head = { turn: last.id, n: sentenceAt(last, passage.at(-1)!.end - 1) };
  selected = true;
  paint();
  return true;
}

/** Chooses the sentence at a point of the page; gives its turn. */
export function chooseAt(node: Node, offset: number): HTMLElement | null {
  const turn = turnOf(node);
  if (!turn || !words(turn).contains(node)) return null;
  choose(turn, sentenceAt(turn, pointAt(textOf(turn), unitsBefore(words(turn), node, offset))));
  return turn;
}

/** Chooses a passage as it is named. */
export function choosePassage(spans: Span[]): void {
  const first = spans[0] && turnOfText(spans[0].text);
  if (!first) return;
  anchor = head = { turn: first.id, n: sentenceAt(first, spans[0]!.start) };
  passage = spans;
  selected = false;
  paint();
}

export function chooseNothing(): void {
  anchor = head = null;
  passage = [];
  paint();
}

/** Gives the number of the sentence that holds a code point, or the last before it. */
export function sentenceAt(turn: HTMLElement, point: number): number {
  return Math.max(0, sentences(turn).findLastIndex(([start]) => start <= point));
}

/** Sets the passage to all sentences between the ends, of one side. */
function between(): void {
  let [from, to] = [anchor, head];
  let [first, last] = [turnAt(from), turnAt(to)];
  if (!from || !to || !first || !last) return;
  const behind = first.compareDocumentPosition(last) & Node.DOCUMENT_POSITION_PRECEDING || (first === last && to.n < from.n);
  if (behind) [from, to, first, last] = [to, from, last, first];
  const whose = side(turnAt(anchor)!);
  passage = [];
  for (let turn: HTMLElement | null = first; turn; turn = turn === last ? null : beside(turn, 1)) {
    if (side(turn) !== whose) continue;
    const all = sentences(turn);
    const start = all[turn === first ? from.n : 0]?.[0] ?? 0;
    const end = (turn === last ? all[to.n] : all.at(-1))?.[1] ?? 0;
    if (end > start) passage.push(trim(turn, { text: textID(turn), start, end }));
  }
  paint();
}

/** Sentences may end in white space; as heard they do not, and a mark must be the same place. */
function trim(turn: HTMLElement, span: Span): Span {
  const exact = sentences(turn).some(([start, end]) => start === span.start && end === span.end);
  if (exact) return span;
  const text = textOf(turn);
  const [start, end] = trimmed(text, unitAt(text, span.start), unitAt(text, span.end));
  return { text: span.text, start: pointAt(text, start), end: pointAt(text, end) };
}

/** Paints what is chosen, unless the browser shows it as selected already. */
export function paint(): void {
  light("chosen", selected ? [] : passage);
  document.dispatchEvent(new CustomEvent("headway:chosen"));
}

/** Paints passing things: they are no marks, and nothing is kept of them. */
export function light(name: string, spans: Span[]): void {
  if (!("highlights" in CSS)) return;
  const ranges = spans.flatMap((s) => {
    const turn = turnOfText(s.text);
    const range = turn && rangeOf(turn, s.start, s.end);
    return range ? [range] : [];
  });
  if (ranges.length === 0) CSS.highlights.delete(name);
  else CSS.highlights.set(name, new Highlight(...ranges));
}
