// Find here: all words of the transcript are in the page, so the browser's own
// find works too; this one is a key away and shows how many there are.
import { goTo } from "./moving.ts";
import { unitRange, words } from "./turns.ts";

export function finding(): () => void {
  let bar: HTMLFormElement | null = null;
  let found: Range[] = [];
  let at = -1;

  const look = (query: string): void => {
    found = [];
    at = -1;
    const wanted = query.toLocaleLowerCase();
    if (wanted.length > 1)
      for (const turn of document.getElementsByClassName("turn")) {
        const within = words(turn as HTMLElement);
        const text = (within.textContent ?? "").toLocaleLowerCase();
        for (let i = text.indexOf(wanted); i >= 0 && found.length < 2000; i = text.indexOf(wanted, i + wanted.length)) {
          const range = unitRange(within, i, i + wanted.length);
          if (range) found.push(range);
        }
      }
    if ("highlights" in CSS) CSS.highlights.set("named", new Highlight(...found));
    count();
  };
  const count = (): void => {
    bar!.querySelector("output")!.textContent = found.length === 0 ? "nothing" : `${at < 0 ? "" : `${at + 1} of `}${found.length}${found.length >= 2000 ? " or more" : ""}`;
  };
  const go = (by: 1 | -1): void => {
    if (found.length === 0) return;
    at = (at + by + found.length) % found.length;
    found[at]!.startContainer.parentElement?.scrollIntoView({ block: "center" });
    count();
  };
  const open = (): void => {
    if (!bar) {
      bar = document.createElement("form");
      bar.className = "told find-here";
      bar.innerHTML = '<label>Find here <input type="search" autocomplete="off"></label> <output aria-live="polite"></output> <button type="button" data-by="-1" aria-label="Previous">↑</button> <button type="button" data-by="1" aria-label="Next">↓</button> <button type="button" data-close>Close</button>';
      document.body.append(bar);
      const input = bar.querySelector("input")!;
      let soon: number | undefined;
      input.addEventListener("input", () => {
        clearTimeout(soon);
        soon = window.setTimeout(() => look(input.value), 120);
      });
      bar.addEventListener("submit", (e) => {
        e.preventDefault();
        go(1);
      });
      bar.addEventListener("keydown", (e) => {
        if (e.key === "Escape") close();
      });
      bar.addEventListener("click", (e) => {
        const button = (e.target as Element).closest("button");
        if (button?.dataset.by) go(Number(button.dataset.by) as 1 | -1);
        if (button && "close" in button.dataset) close();
      });
    }
    bar.hidden = false;
    bar.querySelector("input")!.select();
    bar.querySelector("input")!.focus();
  };
  const close = (): void => {
    bar!.hidden = true;
    if ("highlights" in CSS) CSS.highlights.delete("named");
    const turn = found[at]?.startContainer.parentElement?.closest<HTMLElement>(".turn");
    if (turn) goTo(turn);
  };
  return open;
}
