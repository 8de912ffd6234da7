// Deeds go out one after the other, in the order in which they were done. What
// they do is shown at once; the server answers with the turns as they are now,
// and its word is put in the place of ours. What is refused is taken off again.
import { say } from "../say.ts";

export interface Answer {
  turns?: Record<string, string>;
  again?: boolean;
  elsewhere?: boolean;
  said?: string;
}

let queue: Promise<unknown> = Promise.resolve();
const waiting = new Map<string, number>(); // deeds under way on a turn, by its id
const unsent = new Set<() => void>(); // how to send what has not gone out yet when the page is left

/** Sends a form; turns are those that it was shown in already, each as it was. */
export function send(to: string, fields: Record<string, string>, before = new Map<string, HTMLElement>()): Promise<Answer | null> {
  for (const id of before.keys()) waiting.set(id, (waiting.get(id) ?? 0) + 1);
  const leaving = (): void => void navigator.sendBeacon(to, new URLSearchParams(fields));
  unsent.add(leaving);
  const done = queue.then(async () => {
    unsent.delete(leaving);
    const answer = await post(to, fields);
    for (const id of before.keys()) waiting.set(id, waiting.get(id)! - 1);
    if (typeof answer === "string") {
      for (const [id, was] of before) if (!waiting.get(id)) swap(id, was);
      tell(answer);
      return null;
    }
    if (answer.again) location.reload();
    for (const [id, html] of Object.entries(answer.turns ?? {})) if (!waiting.get(id)) swap(id, html);
    document.dispatchEvent(new CustomEvent("headway:kept"));
    return answer;
  });
  queue = done;
  return done;
}

addEventListener("pagehide", () => {
  for (const leave of unsent) leave();
  unsent.clear();
});

/** Gives the answer, or why there is none, in words. */
async function post(to: string, fields: Record<string, string>): Promise<Answer | string> {
  try {
    const answer = await fetch(to, { method: "POST", body: new URLSearchParams(fields), headers: { Accept: "application/json" }, keepalive: true });
    const said = (await answer.json()) as Answer & { problem?: string };
    return answer.ok ? said : (said.problem ?? "That was refused.");
  } catch {
    return "Headway does not answer, so this was not kept. Is it still running?";
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

/** Draws turns anew that somebody else changed. */
export async function drawAgain(conversation: string, study: string, texts: string[]): Promise<void> {
  const query = new URLSearchParams([["study", study], ...texts.map((t) => ["text", t])]);
  try {
    const answer = await fetch(`/conversation/${conversation}/turns?${query}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    for (const [id, html] of Object.entries(((await answer.json()) as Answer).turns ?? {})) if (!waiting.get(id)) swap(id, html);
  } catch {
    // Headway has stopped: what is shown stays
  }
}
