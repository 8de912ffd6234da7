import assert from "node:assert/strict";
import { test } from "node:test";
import { seemsAboutUs } from "../../../build/unit/about-us.js";
import { summary } from "../../../build/unit/evidence.js";
import { next } from "../../../build/unit/keys.js";

test("an answer that names our price, quality or a feature seems to be about us", () => {
  for (const answer of ["our low price", "They like the Quality", "it has the best features", "cheaper than the others"]) {
    assert.equal(seemsAboutUs(answer), true, answer);
  }
});

test("an answer about their own lives does not", () => {
  for (const answer of ["be home when the kids are up", "close the month without staying late", "a second warehouse opened", ""]) {
    assert.equal(seemsAboutUs(answer), false, answer);
  }
});

test("chosen files are counted with their size", () => {
  assert.equal(summary([{ file: { size: 10 } }]), "1 file, 1 KB");
  assert.equal(summary([{ file: { size: 1_400_000 } }, { file: { size: 2_000_000 } }]), "2 files, 3.4 MB");
});

test("j from nowhere goes to the first sentence, k to the last, and both stop at the ends", () => {
  assert.equal(next(-1, 1, 5), 0);
  assert.equal(next(-1, -1, 5), 4);
  assert.equal(next(4, 1, 5), 4);
  assert.equal(next(0, -1, 5), 0);
});
