// A long conversation that nobody held: the same words every time, of invented
// people who speak of an invented shop. Most of it is meant to show nothing, so
// that the moments in it are those that a measurement puts there.

const people = ["Ilse Varn", "Moderator"];
const things = ["shelf", "ladder", "invoice", "window", "corridor", "blue folder", "parcel", "kettle", "lamp", "calendar", "drawer", "label printer", "trolley", "counter", "till"];
const places = ["near the door", "in the back room", "on the second floor", "beside the stairs", "at the corner", "under the counter", "in the yard", "by the window"];
const acts = ["stood", "was kept", "was put", "lay", "was moved", "was found", "was seen", "was left"];
const times = ["on Monday", "in the morning", "after lunch", "last spring", "that week", "the day after", "before noon", "in October"];
const tails = ["and nobody said much about it", "which is how it was then", "and then came the next one", "as far as I remember", "like the one before", "and the other one too", "and it was a grey one", "so that was that"];

/** A generator of numbers that gives the same ones every time. */
export function chance(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function sentence(pick) {
  const some = (list) => list[pick(list.length)];
  return `The ${some(things)} ${some(acts)} ${some(places)} ${some(times)}, ${some(tails)}.`;
}

/** Gives a WebVTT file of so many turns, about 27 words each. */
export function invented(turns = 10_000, seed = 7) {
  const pick = chance(seed);
  const lines = ["WEBVTT", ""];
  let ms = 2000;
  for (let i = 0; i < turns; i++) {
    const count = 1 + pick(2) + (pick(5) < 2 ? 1 : 0);
    const said = Array.from({ length: count }, () => sentence(pick)).join(" ");
    const long = said.split(" ").length * 330;
    lines.push(`${clock(ms)} --> ${clock(ms + long)}`, `<v ${people[i % 2]}>${said}`, "");
    ms += long + 400;
  }
  return lines.join("\n");
}

function clock(ms) {
  const two = (n) => String(Math.floor(n)).padStart(2, "0");
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${String(ms % 1000).padStart(3, "0")}`;
}
