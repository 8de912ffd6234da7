// The recording beside the words: a sentence is heard by clicking it, what is
// being said is painted, and the page follows the voice until the reader goes
// elsewhere; then a button leads back.
import { chosen, chosenTurn, light } from "./chosen.ts";
import { sentences, textID, turnOf } from "./turns.ts";

interface Voice {
  toggle(): boolean;
  clicked(): void;
  fromChosen(): boolean;
}

/** A place and when it is said, in milliseconds. */
export interface Tick {
  point: number;
  ms: number;
}

/** Gives when a place is said, between the two ticks around it by characters. */
export function whenAt(ticks: Tick[], point: number): number {
  const after = ticks.findIndex((t) => t.point > point);
  if (after === 0) return ticks[0]!.ms;
  if (after < 0) return ticks.at(-1)?.ms ?? 0;
  const [a, b] = [ticks[after - 1]!, ticks[after]!];
  return a.ms + ((point - a.point) / (b.point - a.point)) * (b.ms - a.ms);
}

/** Gives the place that is being said. */
export function pointAtMS(ticks: Tick[], ms: number): number {
  const after = ticks.findIndex((t) => t.ms > ms);
  if (after === 0) return ticks[0]!.point;
  if (after < 0) return ticks.at(-1)?.point ?? 0;
  const [a, b] = [ticks[after - 1]!, ticks[after]!];
  return Math.floor(a.point + ((ms - a.ms) / (b.ms - a.ms)) * (b.point - a.point));
}

const silent: Voice = { toggle: () => false, clicked: () => {}, fromChosen: () => false };

export function voice(): Voice {
  const bar = document.querySelector<HTMLElement>("[data-voice]");
  const media = bar?.querySelector<HTMLMediaElement>("audio, video");
  const times = bar && document.querySelector<HTMLElement>("[data-times]");
  if (!bar || !media || !times) return silent;
  const turns = timed(times.dataset.times ?? "");
  const back = bar.querySelector<HTMLButtonElement>("[data-back]")!;
  let follows = true;
  let spoken = "";

  const at = (ms: number): Timed | undefined => turns.findLast((t) => t.ticks[0]!.ms <= ms);
  const follow = (): void => {
    const ms = media.currentTime * 1000;
    const turn = at(ms);
    const element = turn && (document.getElementById(`t-${turn.id}`) as HTMLElement | null);
    if (!turn || !element) return;
    const point = pointAtMS(turn.ticks, ms);
    const sentence = sentences(element).findLast(([start]) => start <= point) ?? sentences(element)[0]!;
    const now = `${turn.id} ${sentence[0]}`;
    if (now === spoken) return;
    spoken = now;
    document.querySelector(".heard-now")?.classList.remove("heard-now");
    element.classList.add("heard-now");
    light("spoken", [{ text: textID(element), start: sentence[0], end: sentence[1] }]);
    if (!follows) return;
    element.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  };
  const seek = (turn: HTMLElement, point: number): boolean => {
    const known = turns.find((t) => `t-${t.id}` === turn.id);
    if (!known) return false;
    media.currentTime = whenAt(known.ticks, point) / 1000;
    spoken = "";
    follows = true;
    back.hidden = true;
    void media.play();
    return true;
  };
  const away = (): void => {
    if (media.paused) return;
    follows = false;
    back.hidden = false;
  };
  for (const how of ["wheel", "touchmove"]) addEventListener(how, away, { passive: true });
  addEventListener("keydown", (e) => {
    if (["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown", "j", "k"].includes(e.key)) away();
  });
  back.addEventListener("click", () => {
    follows = true;
    back.hidden = true;
    spoken = "";
    follow();
  });
  media.addEventListener("timeupdate", follow);
  media.addEventListener("play", () => tick());
  const tick = (): void => {
    follow();
    if (!media.paused) requestAnimationFrame(tick);
  };
  bar.querySelector<HTMLSelectElement>("[data-speed]")?.addEventListener("change", (e) => (media.playbackRate = Number((e.target as HTMLSelectElement).value)));
  const fromChosen = (): boolean => {
    const span = chosen()[0];
    const turn = chosenTurn() ?? turnOf(document.activeElement);
    return !!turn && seek(turn, span?.start ?? 0);
  };
  return {
    toggle() {
      if (media.paused) void media.play();
      else media.pause();
      return true;
    },
    clicked: () => void fromChosen(),
    fromChosen,
  };
}

interface Timed {
  id: string;
  ticks: Tick[];
}

/** Reads "turn point ms point ms …" lines; a turn ends where the next one begins. */
function timed(lines: string): Timed[] {
  return lines
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [id, ...numbers] = line.split(" ");
      const ticks: Tick[] = [];
      for (let i = 0; i + 1 < numbers.length; i += 2) ticks.push({ point: Number(numbers[i]), ms: Number(numbers[i + 1]) });
      return { id: id!, ticks };
    });
}
