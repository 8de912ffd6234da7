// Long conversations that nobody held: the same words every time, of invented
// people who go through a list of what stands in an invented shop. In the
// ordinary one next to nothing is heard, so that its moments are those that a
// measurement puts there. In the dense one our side tells as theirs does, and
// nearly every turn of ours is heard as playing back what they said.

const people = ["Ilse Varn", "Moderator"];
const lists = {
  thing: ["shelf", "ladder", "invoice", "window", "corridor", "blue folder", "parcel", "kettle", "lamp", "calendar", "drawer", "label printer", "trolley", "counter", "till"],
  place: ["near the door", "in the back room", "on the second floor", "beside the stairs", "at the corner", "under the counter", "in the yard", "by the window"],
  did: ["stood", "was kept", "was put", "lay", "was moved", "was found", "was seen", "was left"],
  time: ["on Monday", "in the morning", "after lunch", "last spring", "that week", "the day after", "before noon", "in October"],
  tail: ["and nobody said much about it", "which is how it was then", "and then came the next one", "as far as I remember", "like the one before", "and the other one too", "and it was a grey one", "so that was that"],
  number: ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
};
const told = ["The {thing} {did} {place} {time}, {tail}."];
const answers = ["Yes, the {thing} {did} {place} {time}.", "Yes, the {thing} {did} {place} {time}, number {number} on the list."];
const remarks = [
  "Let me turn the page, we are at the {thing}, and the {thing} is on the page after it.",
  "Thank you, I have the {thing} on my list now, and the {thing} is on the other page.",
  "Mm-hm, {number} is the {thing} and {number} is the {thing}, please go on.",
  "Thank you, one moment, my pen is {place}, and here is page {number}.",
  "Yes, thank you, please go on with number {number}, the {thing} {place}.",
  "I am looking at the {thing} {place}, one moment please, the page is rather small.",
];

/** What each side says: theirs, then ours. */
export const talks = { ordinary: [answers, remarks], dense: [told, told] };

/** A generator of numbers that gives the same ones every time. */
export function chance(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Gives a WebVTT file of so many turns, about 27 words each. */
export function invented(turns = 10_000, talk = talks.ordinary, seed = 7) {
  const pick = chance(seed);
  const some = (list) => list[pick(list.length)];
  const sentence = (patterns) => some(patterns).replace(/\{(\w+)\}/g, (_, name) => some(lists[name]));
  const lines = ["WEBVTT", ""];
  let ms = 2000;
  for (let i = 0; i < turns; i++) {
    const count = 1 + pick(2) + (pick(5) < 2 ? 1 : 0);
    const said = Array.from({ length: count }, () => sentence(talk[i % 2])).join(" ");
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
