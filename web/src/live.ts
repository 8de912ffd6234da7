import { say } from "./say.ts";

/** What others did in the conversation that is open; the words are read anew. */
export interface Change {
  seq: number;
  deed: string;
  member: string;
  texts?: string[];
}

interface News {
  changes: Change[] | null;
  people: { name: string; turn?: string }[];
}

/** Tells the page what others do in its conversation (an event "headway:changed" with the changes), and shows who is there. */
export function live(): void {
  const page = document.querySelector<HTMLElement>("[data-live-from]");
  if (!page?.dataset.liveFrom) return;
  const events = new EventSource(page.dataset.liveFrom);
  events.addEventListener("message", (e: MessageEvent<string>) => {
    const news = JSON.parse(e.data) as News;
    if (news.changes?.length) document.dispatchEvent(new CustomEvent("headway:changed", { detail: news.changes }));
    show(news.people);
  });
  addEventListener("pagehide", () => events.close());
  tellWhere(page.dataset.here ?? "");
}

/** Who is there stands in the page's [data-people], and at the turns where they are. */
function show(people: News["people"]): void {
  const place = document.querySelector<HTMLElement>("[data-people]");
  const names = people.map((p) => p.name).join(", ");
  if (place && place.textContent !== names) {
    place.textContent = names;
    place.parentElement?.toggleAttribute("hidden", !names);
    if (names) say(`Also here: ${names}`);
  }
  for (const turn of document.querySelectorAll<HTMLElement>("[data-reader]")) delete turn.dataset.reader;
  for (const p of people) {
    const turn = p.turn ? document.getElementById(`t-${p.turn}`) : null;
    if (turn) turn.dataset.reader = p.name;
  }
}

/** Tells the others at which turn the focus rests, a moment after it came to rest. */
function tellWhere(to: string): void {
  if (!to) return;
  let at = "";
  let timer = 0;
  document.addEventListener("focusin", (e) => {
    const turn = (e.target as HTMLElement).closest?.(".turn")?.id.slice(2) ?? "";
    if (!turn || turn === at) return;
    at = turn;
    clearTimeout(timer);
    timer = window.setTimeout(() => void fetch(to, { method: "POST", body: new URLSearchParams({ turn }) }), 500);
  });
}
