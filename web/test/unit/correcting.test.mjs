import assert from "node:assert/strict";
import { test } from "node:test";
import { change, record } from "../../../build/unit/correcting.js";

const was = "We count the 👩‍🔧 boxes, the boxes by hand.";

/** Types edits at random, each as a browser would leave text and caret. */
function typed(steps, random) {
  const r = record(was);
  let now = was;
  for (let n = 0; n < steps; n++) {
    const points = [...now];
    const start = Math.floor(random() * (points.length + 1));
    const end = Math.min(points.length, start + Math.floor(random() * 4));
    const words = ["", "x", "the ", "👩", "boxes", "\n"][Math.floor(random() * 6)];
    const head = points.slice(0, start).join("") + words;
    now = head + points.slice(end).join("");
    r.typed(now, head.length);
  }
  return [r.edits(), now];
}

function apply(text, edits) {
  const points = [...text];
  let out = "";
  let at = 0;
  for (const e of edits) {
    assert.ok(e.start >= at && e.end >= e.start && e.end <= points.length, "edits rise and do not overlap");
    out += points.slice(at, e.start).join("") + e.words;
    at = e.end;
  }
  return out + points.slice(at).join("");
}

test("whatever is typed, the edits lead from what it was to what it is", () => {
  let seed = 7;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let n = 0; n < 3000; n++) {
    const [edits, now] = typed(1 + Math.floor(random() * 8), random);
    assert.equal(apply(was, edits), now);
  }
});

test("of words that are alike, those that were taken out are gone", () => {
  const r = record("no, no, no.");
  r.typed("no, no.", 4);
  assert.deepEqual(r.edits(), [{ start: 4, end: 8, words: "" }]);
});

test("a character of two units is put in and taken out whole", () => {
  assert.deepEqual(change("👩", "👨", 2), [0, 2, "👨"]);
  assert.deepEqual(change("a👩", "a👩👨", 5), [3, 3, "👨"]);
});

test("where the caret does not tell, the texts do", () => {
  assert.deepEqual(change("one two three", "one 2 three", 0), [4, 7, "2"]);
});
