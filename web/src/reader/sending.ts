// Deeds go out through the API one after the other, in the order in which they
// were done. What they do is shown at once; once a deed is kept the turns that it
// changed are drawn anew, and the server's word is put in the place of ours. What
// is refused is taken off again.
import type { Answer } from "../api/call.ts";
import type { Operation } from "../api/types.gen.ts";
import { inWords, say } from "../say.ts";
import { reader, textID } from "./turns.ts";

let queue: Promise<unknown> = Promise.resolve();
const waiting = new Map<string, number>(); // deeds under way on a turn, by its element's id
const unsent = new Set<() => Promise<unknown>>(); // deeds that have not gone out yet
const mine = new Set<number>(); // numbers of deeds that were done from this page

/** Does a deed when those before it are done; before are the turns that it was shown in already, each as it was. */
export function send<T>(deed: () => Promise<Answer<T>>, texts: (done: T) => string[], before = new Map<string, HTMLElement>()): Promise<T | null> {
  for (const id of before.keys()) waiting.set(id, (waiting.get(id) ?? 0) + 1);
  unsent.add(deed);
  const done = queue.then(async () => {
    if (!unsent.delete(deed)) return null; // it went out when the page was left
    const answer = await deed();
    for (const id of before.keys()) waiting.set(id, waiting.get(id)! - 1);
    if (!answer.ok) {
      for (const [id, was] of before) if (!waiting.get(id)) swap(id, was);
      void draw([...before.values()].map(textID));
      tell(inWords(answer.problem));
      return null;
    }
    const changed = texts(answer.value); // it also tells which deeds these were
    document.dispatchEvent(new CustomEvent("headway:kept"));
    void draw(changed);
    return answer.value;
  });
  queue = done;
  return done;
}

// What has not gone out when the page is left goes out all at once; the browser
// ends it without us (keepalive, in call.ts).
addEventListener("pagehide", () => {
  const left = [...unsent];
  unsent.clear();
  for (const deed of left) void deed();
});

/** Gives the texts that deeds of ours were about. */
export function textsOf(done: Operation[]): string[] {
  for (const op of done) mine.add(op.seq);
  return done.flatMap((op) => [...(op.span ? [op.span] : []), ...(op.more ?? [])].map((s) => s.text));
}

/** Says whether a deed was done from this page, which knows of it by the answer. */
export const isMine = (seq: number): boolean => mine.has(seq);

const drawing = new Map<string, number>(); // the last time that a turn was asked for, by its element's id
let asked = 0;
let underWay = 0;

/** Draws the turns of some texts as they are now, but those on which more is under way. */
export async function draw(texts: string[]): Promise<void> {
  const now = ++asked;
  underWay++;
  for (const text of texts) drawing.set(idOf(text), now);
  const turns = texts.length > 0 ? await look([...new Set(texts)]) : {};
  for (const [id, html] of Object.entries(turns)) if (!waiting.get(id) && drawing.get(id) === now) swap(id, html);
  if (--underWay === 0) document.dispatchEvent(new CustomEvent("headway:drawn"));
}

const idOf = (text: string): string => `t-${text.split(".")[0]}`;

/** Gives turns as HTML by the ids of their elements; none where Headway has stopped: what is shown stays. */
async function look(texts: string[]): Promise<Record<string, string>> {
  const { conversation = "", study = "" } = reader()?.dataset ?? {};
  const query = new URLSearchParams([["study", study], ...texts.map((t) => ["text", t])]);
  try {
    const answer = await fetch(`/conversation/${conversation}/turns?${query}`, { headers: { Accept: "application/json" } });
    return answer.ok ? ((await answer.json()) as Record<string, string>) : {};
  } catch {
    return {};
  }
}

/** Puts a turn in the place of the one that is shown, and keeps the focus in it. */
function swap(id: string, by: string | HTMLElement): void {
  const old = document.getElementById(id);
  if (!old) return;
  const fresh = typeof by === "string" ? element(by) : by;
  const noted = old.contains(document.activeElement) ? document.activeElement?.closest<HTMLElement>(".noted") : null;
  const value = noted?.dataset.v;
  const focused = old.contains(document.activeElement);
  old.replaceWith(fresh);
  if (!focused) return;
  const again = value ? [...fresh.querySelectorAll<HTMLElement>(".noted")].find((n) => n.dataset.v === value) : undefined;
  (again ?? fresh).focus({ preventScroll: true });
}

function element(html: string): HTMLElement {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild as HTMLElement;
}

let shown: number | undefined;

/** Says something to everybody, for a while. */
export function tell(what: string): void {
  say(what);
  let place = document.querySelector<HTMLElement>(".told");
  if (!place) {
    place = document.createElement("p");
    place.className = "told";
    document.body.append(place);
  }
  place.textContent = what;
  place.hidden = false;
  clearTimeout(shown);
  shown = window.setTimeout(() => (place.hidden = true), 6000);
}
