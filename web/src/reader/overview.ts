// The strip along the edge: where one is, and a way to anywhere in it.
import { goTo } from "./moving.ts";
import { turnInSight } from "./turns.ts";

export function overview(): void {
  const strip = document.querySelector<SVGSVGElement>("[data-overview]");
  const now = strip?.querySelector<SVGRectElement>(".now");
  const turns = document.getElementsByClassName("turn");
  if (!strip || !now) return;
  strip.addEventListener("click", (e) => {
    const box = strip.getBoundingClientRect();
    goTo(turns[Math.min(turns.length - 1, Math.floor(((e.clientY - box.top) / box.height) * turns.length))] as HTMLElement);
  });
  let due = false;
  const follow = (): void => {
    due = false;
    const turn = turnInSight();
    const section = turn?.parentElement;
    if (!turn || !section) return;
    // sections are of the same number of turns: no need to look at all ten thousand
    const sections = document.querySelectorAll("section.turns");
    const at = [...sections].indexOf(section) * 50 + [...section.children].indexOf(turn);
    now.setAttribute("y", String((240 * at) / turns.length));
    now.setAttribute("height", String(Math.max(2, (240 * 12) / turns.length)));
  };
  addEventListener(
    "scroll",
    () => {
      if (!due) requestAnimationFrame(follow);
      due = true;
    },
    { passive: true },
  );
  follow();
}
