// Puts kinds, verdicts and notes on the words chosen, and shows them at once.
import * as api from "../api/client.gen.ts";
import type { Deeds, Label, Operation, Verdict } from "../api/types.gen.ts";
import { say } from "../say.ts";
import { chosen, chosenTurn, place } from "./chosen.ts";
import { format, parse, unitAt, type Span } from "./offsets.ts";
import { send, tell, textsOf } from "./sending.ts";
import { names, reader, side, textID, textOf, turnOfText, unitRange, words } from "./turns.ts";

const changed = (deeds: Deeds): string[] => textsOf(deeds.done);

/** Puts a kind on the words chosen; on what has it already, takes it off. */
export function mark(label: string): void {
  const at = chosen();
  const turn = chosenTurn();
  if (at.length === 0 || !turn) return tell("Choose words first: with the mouse, or with the arrow keys.");
  if (side(turn) === "unknown") return tell("Say first whose words these are, under “Who is who?”.");
  const where = format(at);
  const has = noted(turn, `${label} ${where}`);
  const verdict = has?.dataset.verdict === "kept" ? "undecided" : "kept";
  const before = remember(at);
  if (verdict === "kept") show(at, label, `${label} ${where}`);
  else has?.setAttribute("data-verdict", "undecided");
  say(verdict === "kept" ? `Marked as ${label}` : `${label} taken back`);
  decide(at, label as Label, verdict, before);
}

function decide(spans: Span[], label: Label, verdict: Verdict, before: Map<string, HTMLElement>): void {
  void send(() => api.mark({ marks: [{ spans, label, verdict }] }), changed, before);
}

/** Gives the name beside a turn that stands for a label on a place. */
function noted(turn: HTMLElement, value: string): HTMLElement | undefined {
  return names(turn).find((n) => n.dataset.v === value);
}

/** Gives the buttons of a name beside a turn; they are made when they are first wanted. */
export function buttons(noted: HTMLElement): HTMLElement | null {
  const there = noted.querySelector<HTMLElement>(".judge");
  if (there || noted.dataset.v === undefined || reader()?.dataset.judges === undefined) return there;
  const judge = document.createElement("span");
  judge.className = "judge";
  const verdict = noted.dataset.verdict;
  for (const [name, key, text] of [["kept", "y", "yes"], ["dismissed", "n", "not this"], ["undecided", "u", "undo"]] as const) {
    if (name === "undecided" && !verdict) continue;
    const button = document.createElement("button");
    Object.assign(button, { name: name === verdict ? "undecided" : name, value: noted.dataset.v, textContent: text });
    button.dataset.key = key;
    if (name === verdict) button.setAttribute("aria-pressed", "true");
    if (name === "undecided") button.className = "undo";
    button.setAttribute("aria-label", `${noted.querySelector(".kind")?.textContent ?? ""}: ${text}`);
    judge.append(button);
  }
  noted.append(judge);
  return judge;
}

/** Presses a button beside the turn: keeps, dismisses, takes back. */
export function press(button: HTMLButtonElement): void {
  const line = button.closest<HTMLElement>(".noted");
  const turn = button.closest<HTMLElement>(".turn");
  if (!turn) return;
  const before = new Map([[turn.id, turn.cloneNode(true) as HTMLElement]]);
  const verdict = button.name;
  if (line) {
    if (verdict === "undecided") delete line.dataset.verdict;
    else line.dataset.verdict = verdict;
    for (const b of line.querySelectorAll("button")) b.removeAttribute("aria-pressed");
    if (verdict !== "undecided") button.setAttribute("aria-pressed", "true");
    const name = line.querySelector(".kind")?.textContent ?? "";
    say(`${verdict === "kept" ? "Kept" : verdict === "dismissed" ? "Dismissed" : "Taken back"}: ${name}`);
  }
  if (verdict === "unnote") return void send(() => api.takeOffNote(button.value), () => [textID(turn)], before);
  const [label = "", where = ""] = button.value.split(" ");
  decide(parse(where), label as Label, verdict as Verdict, before);
}

/** Opens the field for a note on the words chosen. */
export function note(): void {
  const dialog = document.querySelector<HTMLDialogElement>("#noting");
  const at = chosen();
  if (!dialog || at.length === 0) return;
  dialog.querySelector<HTMLInputElement>("[name=place]")!.value = place();
  dialog.querySelector("[data-words]")!.textContent = at.map(cut).join(" … ");
  dialog.querySelector("textarea")!.value = "";
  dialog.showModal();
}

/** Keeps the note that was written. */
export function keepNote(form: HTMLFormElement): void {
  const { place = "", words = "" } = Object.fromEntries(new FormData(form)) as Record<string, string>;
  const spans = parse(place);
  form.closest("dialog")?.close();
  void send(
    () => api.writeNote({ spans, words }),
    () => spans.map((s) => s.text),
  ).then((a) => a && tell("The note is kept."));
}

export function undo(): void {
  void send(api.undo, changed).then((a) => a && reversed("Undone", a.done));
}

export function redo(): void {
  void send(api.redo, changed).then((a) => a && reversed("Done again", a.done));
}

/** Deeds that change no more of this page than the turns that they are on. */
const light = new Set(["mark", "note", "bear", "claim", "choose", "group"]);

/** Says what was taken back, or done again; what changes more is shown by the page as a whole. */
function reversed(how: string, done: Operation[]): void {
  if (done.some((op) => !light.has(op.deed))) return location.reload();
  const here = textsOf(done).some((text) => turnOfText(text));
  const last = done[0] ? deedName(done[0]) : "";
  tell(`${how}: ${done.length > 1 ? `${done.length} deeds, the last of them: ` : ""}${last}.${here ? "" : " It was in another conversation."}`);
}

/** Says what a deed on words did. */
function deedName(op: Operation): string {
  if (op.deed !== "mark" && op.deed !== "note") return "words beside a job";
  if (op.deed === "note") return op.verdict === "undecided" ? "the note taken off" : "the note put back";
  const label = op.label?.startsWith("asks:") ? `asks for ${op.label.slice(5)}` : op.label;
  return op.verdict === "undecided" ? `the verdict on ${label} taken back` : `${label} ${op.verdict}`;
}

/** Decides on many at once. */
export function bulk(form: HTMLFormElement, button: HTMLButtonElement): void {
  const label = new FormData(form).get("label") as Label;
  const { conversation = "", study } = reader()?.dataset ?? {};
  void send(() => api.markHeard(conversation, { label, verdict: button.value as Verdict }, { study }), changed).then((a) => a && tell(`${new Set(textsOf(a.done)).size} turns changed. One undo takes all of it back.`));
}

/** Gives the words of a span. */
export function cut(span: Span): string {
  const turn = turnOfText(span.text);
  if (!turn) return "";
  const text = textOf(turn);
  return text.slice(unitAt(text, span.start), unitAt(text, span.end));
}

/** Keeps the turns of a passage as they are, to put back what is refused. */
function remember(at: Span[]): Map<string, HTMLElement> {
  const before = new Map<string, HTMLElement>();
  for (const span of at) {
    const turn = turnOfText(span.text);
    if (turn) before.set(turn.id, turn.cloneNode(true) as HTMLElement);
  }
  return before;
}

/** Shows a mark before it is kept. */
function show(at: Span[], label: string, value: string): void {
  const tone = [...(document.querySelector(`[data-dock] [data-label="${label}"]`)?.classList ?? [])].find((c) => c.startsWith("s-"))?.slice(2) ?? "ours";
  at.forEach((span, i) => {
    const turn = turnOfText(span.text);
    if (!turn) return;
    const text = textOf(turn);
    wrap(words(turn), unitAt(text, span.start), unitAt(text, span.end), `heard pending hue-${tone}`);
    if (i === 0) beside(turn, label, value);
  });
}

/** Names the mark beside the turn; the server's answer takes its place. */
function beside(turn: HTMLElement, label: string, value: string): void {
  let list = turn.querySelector("ul.notes");
  if (!list) {
    list = document.createElement("ul");
    list.className = "notes";
    turn.append(list);
  }
  const item = document.createElement("li");
  item.className = "noted pending";
  Object.assign(item.dataset, { v: value, verdict: "kept" }); // so that a second press takes it back
  const kind = document.createElement("span");
  kind.className = "kind";
  kind.textContent = label;
  item.append(kind);
  list.append(item);
}

/** Puts marks round the text between two units. */
function wrap(within: HTMLElement, from: number, to: number, name: string): void {
  const range = unitRange(within, from, to);
  if (!range) return;
  const texts: Text[] = [];
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) if (range.intersectsNode(node)) texts.push(node);
  const { startContainer, startOffset, endContainer, endOffset } = range;
  for (let node of texts) {
    if (node === endContainer && endOffset < node.length) node.splitText(endOffset);
    if (node === startContainer && startOffset > 0) node = node.splitText(startOffset);
    if (node.length === 0) continue;
    const mark = document.createElement("mark");
    mark.className = name;
    node.replaceWith(mark);
    mark.append(node);
  }
}
