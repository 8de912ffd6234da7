// The reader of transcripts: by keyboard alone, as far as a keyboard goes.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { invented, talks } from "../measure/invented.mjs";
import { browse, findings, start, transcript, visit } from "./workbench.mjs";

let workbench, browser, talk;
before(async () => {
  workbench = await start();
  browser = await browse();
  talk = await bring("call.vtt", transcript);
});
after(async () => {
  await browser?.close();
  await workbench?.stop();
});

/** Brings a conversation into a study of its own whose guesses are skipped; gives its path. */
async function bring(name, text) {
  const { page, context } = await visit(browser, workbench);
  await page.goto(workbench.at("/start"));
  await Promise.all([page.waitForURL(/evidence$/), page.locator("button[value=skip]").click()]);
  await page.locator("#files").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  await Promise.all([page.waitForURL(/import\/\d+$/), page.locator("form.evidence .act").click()]);
  await page.waitForSelector(".onward", { timeout: 120_000 });
  await page.locator(".onward a[href$=evidence]").click();
  const path = await page.locator("table.heads a").first().getAttribute("href");
  await context.close();
  return path;
}

async function open(path, options) {
  const opened = await visit(browser, workbench, options);
  await opened.page.goto(workbench.at(path));
  await opened.page.waitForSelector("body[data-ready]");
  return opened;
}

/** Does something that the server keeps, and waits until it is kept and its turns are drawn anew. */
async function kept(page, what) {
  await page.evaluate(() => {
    window.kept = new Promise((done, failed) => {
      document.addEventListener("headway:kept", () => document.addEventListener("headway:drawn", () => done(true), { once: true }), { once: true });
      setTimeout(() => failed(new Error(`not kept: ${document.querySelector(".told")?.textContent}`)), 15_000);
    });
    window.kept.catch(() => {}); // it is waited for below
  });
  await what();
  await page.evaluate(() => window.kept);
}

const names = (page, turn) => page.locator(".turn").nth(turn).locator(".noted .kind").allTextContents();

test("a sentence is chosen, marked, noted on, undone and done again by keys", async () => {
  const { page, wrong, context } = await open(talk);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  assert.equal(await page.locator(".turn").nth(1).evaluate((t) => t === document.activeElement), true);
  await page.keyboard.press("ArrowRight"); // its second sentence
  const before = await names(page, 1);
  assert.equal(before.includes("realization"), false);
  await kept(page, () => page.keyboard.press("a"));
  assert.ok((await names(page, 1)).includes("realization"));
  assert.match(await page.locator(".turn").nth(1).locator("mark").last().textContent(), /^I copy the numbers by hand/);

  await page.keyboard.press("Enter");
  await page.keyboard.type("ask how often");
  await kept(page, () => page.keyboard.press("Control+Enter"));
  assert.match(await page.locator(".turn").nth(1).locator(".note-on").textContent(), /ask how often.*you/s);

  await kept(page, () => page.keyboard.press("u"));
  assert.equal(await page.locator(".note-on").count(), 0);
  await kept(page, () => page.keyboard.press("Control+z"));
  assert.deepEqual(await names(page, 1), before);
  await kept(page, () => page.keyboard.press("Control+Shift+z"));
  assert.ok((await names(page, 1)).includes("realization"));
  await page.reload();
  assert.ok((await names(page, 1)).includes("realization"), "it was kept");
  await page.locator(".turn").nth(1).locator(".noted", { hasText: "realization" }).focus();
  await kept(page, () => page.keyboard.press("u"));
  assert.deepEqual(wrong, []);
  await context.close();
});

test("a mark goes over from one turn to the next and skips ours between them", async () => {
  const { page, context } = await open(talk);
  for (const key of ["j", "j", "ArrowRight", "Shift+ArrowRight"]) await page.keyboard.press(key);
  assert.match(await page.locator("[data-chosen]").textContent(), /over 2 turns/);
  await kept(page, () => page.keyboard.press("7"));
  assert.ok((await names(page, 1)).includes("anxiety"));
  assert.ok((await names(page, 3)).includes("anxiety"));
  assert.equal((await names(page, 2)).includes("anxiety"), false);
  await kept(page, () => page.keyboard.press("u"));
  assert.equal((await names(page, 3)).includes("anxiety"), false);
  await context.close();
});

test("suggestions are kept and dismissed where they stand, and taken back", async () => {
  const { page, context } = await open(talk);
  await page.keyboard.press("J");
  const noted = page.locator(".noted:focus");
  assert.equal(await noted.count(), 1);
  const verdict = () => noted.evaluate((n) => n.dataset.verdict ?? "");
  await kept(page, () => page.keyboard.press("y"));
  assert.equal(await verdict(), "kept");
  await kept(page, () => page.keyboard.press("n"));
  assert.equal(await verdict(), "dismissed");
  await kept(page, () => page.keyboard.press("n")); // a second press takes it back
  assert.equal(await verdict(), "");
  await context.close();
});

test("words selected with the mouse are marked by one press, to the letter", async () => {
  const { page, context } = await open(talk);
  await page.locator(".turn").nth(3).locator(".words").evaluate((p) => {
    const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.indexOf("my boss");
      if (at < 0) continue;
      getSelection().setBaseAndExtent(node, at, node, at + "my boss".length);
    }
  });
  await page.waitForFunction(() => document.querySelector("[data-chosen]")?.textContent === "2 words");
  await kept(page, () => page.locator("[data-dock] [data-label=struggle]").click());
  assert.deepEqual(await page.locator(".turn").nth(3).locator("mark", { hasText: /^my boss$/ }).allTextContents(), ["my boss"]);
  await kept(page, () => page.keyboard.press("u"));
  await context.close();
});

test("what is refused is taken off again, and said", async () => {
  const { page, context } = await open(talk);
  await page.route("**/api/v1/marks", (route) => route.fulfill({ status: 409, contentType: "application/problem+json", body: '{"code":"conflict","detail":"somebody corrected these words just now"}' }));
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const before = await names(page, 1);
  await page.keyboard.press("a");
  await page.waitForFunction(() => document.querySelector(".told")?.textContent === "Somebody corrected these words just now.");
  assert.deepEqual(await names(page, 1), before);
  await context.close();
});

test("what was done just before a page is left is kept, all of it", async () => {
  const { page, context, wrong } = await open(talk);
  for (const key of ["j", "j"]) await page.keyboard.press(key);
  const before = await names(page, 1);
  const kinds = ["realization", "habit", "decision"].filter((kind) => !before.includes(kind));
  assert.ok(kinds.length >= 2);
  await page.evaluate((kinds) => {
    for (const kind of kinds) document.querySelector(`[data-dock] [data-label=${kind}]`).click();
    location.assign("/");
  }, kinds);
  await page.waitForURL((url) => url.pathname === "/");
  await page.goto(workbench.at(talk));
  await page.waitForSelector("body[data-ready]");
  for (const kind of kinds) assert.ok((await names(page, 1)).includes(kind), `${kind} was kept`);
  for (const _ of kinds) await kept(page, () => page.keyboard.press("u"));
  assert.deepEqual(await names(page, 1), before);
  assert.deepEqual(wrong, []);
  await context.close();
});

test("single keys that are turned off do nothing, and buttons still do", async () => {
  const { page, context } = await open(talk);
  await page.goto(workbench.at("/keys"));
  await page.locator("button[value=off]").click();
  await page.goto(workbench.at(talk));
  await page.waitForSelector("body[data-ready]");
  await page.keyboard.press("j");
  assert.equal(await page.locator(".turn:focus").count(), 0);
  await page.locator(".turn").nth(1).locator(".words").click();
  await kept(page, () => page.locator("[data-dock] [data-label=decision]").click());
  assert.ok((await names(page, 1)).includes("decision"));
  await kept(page, () => page.locator("[data-dock] [data-do=undo]").click());
  await context.close();
});

test("the queue asks one after the other and takes back", async () => {
  const { page, wrong, context } = await visit(browser, workbench);
  const query = new URL(talk, workbench.url).search;
  await page.goto(workbench.at("/queue" + query));
  const left = async () => Number(/(\d+) suggestion/.exec(await page.locator(".lead").textContent())?.[1] ?? 0);
  const first = await left();
  assert.ok(first > 2, `${first} left`);
  const asked = await page.locator("#asked").textContent();
  for (const [key, now] of [["y", first - 1], ["n", first - 2], ["u", first - 1], ["u", first]]) {
    await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
    assert.equal(await left(), now, key);
  }
  assert.equal(await page.locator("#asked").textContent(), asked);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("s")]);
  assert.equal(await left(), first);
  assert.deepEqual(await findings(page), []);
  assert.deepEqual(wrong, []);
  await context.close();
});

test("without JavaScript moments are decided by plain forms, and a turn is gone to by its number", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(workbench.url);
  await page.goto(workbench.at(talk));
  await page.locator(".problem a", { hasText: "plain view" }).click();
  await page.locator(".turn .noted button[name=kept]").first().click();
  await page.waitForURL(/#t-/);
  assert.equal(await page.locator(".noted[data-verdict=kept]").count(), 1);
  await page.locator(".noted[data-verdict=kept] .undo").click();
  assert.equal(await page.locator(".noted[data-verdict=kept]").count(), 0);
  await page.locator("#jump").fill("4");
  await page.locator(".jump button").click();
  await page.waitForURL(/#t-/);
  await context.close();
});

for (const [name, options] of Object.entries({
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "360 px": { viewport: { width: 360, height: 740 } },
  "200 % zoom": { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
  "forced colours": { forcedColors: "active" },
})) {
  test(`nothing stands in anybody's way: ${name}`, async () => {
    const { page, wrong, context } = await open(talk, options);
    await page.locator("details").evaluateAll((all) => all.forEach((d) => (d.open = true)));
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    assert.equal(await page.locator("[data-dock]").isVisible(), true);
    assert.deepEqual(await findings(page), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
    assert.deepEqual(wrong, []);
    await context.close();
  });
}

/** The folder of real conversations beside the checkout, or "". */
function data() {
  const root = process.env.HEADWAY_DATA ?? resolve(dirname(fileURLToPath(import.meta.url)), "../../../../shared/data");
  return existsSync(root) ? root : "";
}

test("thirty passages of a real transcript are marked by keys, with at most two actions each", async (t) => {
  if (!data()) {
    assert.ok(!process.env.CI, "there are no real conversations beside the checkout");
    return t.skip("there are no real conversations beside the checkout; name their folder in HEADWAY_DATA");
  }
  const path = await bring("interview.md", await readFile(join(data(), "interviews/transcripts/00007.md"), "utf8"));
  const { page, wrong, context } = await open(path);
  let pressed = 0;
  const press = async (key) => {
    pressed++;
    await page.keyboard.press(key);
  };
  const most = { actions: 0, marked: 0 };
  const marks = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "r", "a", "d"];
  while (most.marked < 30) {
    const from = pressed;
    await press("ArrowRight"); // to the next sentence, whoever's it is
    const side = await page.evaluate(() => [...document.querySelectorAll("[data-dock] [data-side]")].find((d) => !d.hidden)?.dataset.side);
    if (side !== "theirs") {
      pressed = from; // read on: nothing to be marked here
      continue;
    }
    const before = await page.locator(".noted[data-verdict=kept]").count();
    await kept(page, () => press(marks[most.marked % marks.length]));
    assert.ok((await page.locator(".noted[data-verdict=kept]").count()) > before, `passage ${most.marked + 1} was marked`);
    most.marked++;
    most.actions = Math.max(most.actions, pressed - from);
  }
  assert.ok(most.actions <= 2, `${most.actions} actions for one passage`);
  assert.deepEqual(wrong, []);
  await context.close();
});

/** A recording of so many seconds in which a tone is heard. */
function tone(seconds) {
  const rate = 8000;
  const wav = Buffer.alloc(44 + rate * seconds);
  wav.write("RIFF", 0);
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write("WAVEfmt ", 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.write("data", 36);
  wav.writeUInt32LE(rate * seconds, 40);
  for (let i = 0; i < rate * seconds; i++) wav[44 + i] = 128 + Math.round(40 * Math.sin((2 * Math.PI * 220 * i) / rate));
  return wav;
}

test("a sentence is heard where it was clicked, and the page follows the voice until one goes elsewhere", async () => {
  const { page, wrong, context } = await open(talk);
  await page.locator(".record summary").click();
  await page.locator("input[name=recording]").setInputFiles({ name: "call.wav", mimeType: "audio/wav", buffer: tone(55) });
  await Promise.all([page.waitForNavigation(), page.locator(".record button").first().click()]);
  await page.waitForSelector("body[data-ready]");
  await page.waitForFunction(() => document.querySelector("audio").readyState >= 1);
  await page.locator(".turn").nth(3).locator(".words").click({ position: { x: 10, y: 12 } }); // spoken from second 25
  await page.waitForFunction(() => document.querySelector("audio").currentTime >= 25 && document.querySelector(".heard-now"));
  assert.equal(await page.locator(".turn").nth(3).evaluate((t) => t.classList.contains("heard-now")), true);
  assert.equal(await page.evaluate(() => CSS.highlights.has("spoken")), true);
  await page.mouse.wheel(0, 300);
  await page.waitForSelector("[data-back]:visible");
  await page.locator("[data-back]").click();
  assert.equal(await page.locator("[data-back]").isVisible(), false);
  await page.keyboard.press("Control+Space");
  await page.waitForFunction(() => document.querySelector("audio").paused);
  const wide = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, document.querySelector("[data-voice]").scrollWidth]);
  assert.deepEqual(widths.filter((w) => w > 360), [], "the player fits a phone");
  await page.setViewportSize(wide);
  await page.locator(".record summary").click();
  await Promise.all([page.waitForNavigation(), page.locator(".record button", { hasText: "Forget" }).click()]);
  assert.equal(await page.locator("[data-voice]").count(), 0);
  assert.deepEqual(wrong, []);
  await context.close();
});

test("what stands beside far turns comes when they near, when a key asks for it, and in print; without JavaScript it is there", async () => {
  const path = await bring("long.vtt", invented(300, talks.dense));
  const nameless = ".turn:has(mark):not(:has(.noted))";
  const waiting = (page) => page.locator(".turn noscript").count();
  const { page, wrong, context } = await open(path);
  const last = page.locator(".turns").last();
  const before = await waiting(page);
  assert.ok(before > 20, `beside ${before} turns something waits`);
  assert.equal(await last.locator(".noted").count(), 0);
  assert.ok(await last.locator("mark").count(), "the words are marked where they are");

  await page.locator(".turn").nth(200).evaluate((t) => t.focus({ preventScroll: true })); // out of sight
  await page.keyboard.press("J");
  assert.equal(await page.locator(".noted:focus .judge").count(), 1);
  assert.ok((await page.locator(".turn:has(.noted:focus)").evaluate((t) => [...document.querySelectorAll(".turn")].indexOf(t))) >= 200);
  await last.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelectorAll(".turns:last-of-type .noted").length > 0 && document.querySelectorAll(".turns:last-of-type noscript").length === 0);
  assert.ok(await last.locator("svg.lanes").count());
  assert.ok((await waiting(page)) > 0, "what was not near waits still");
  await page.pdf();
  assert.equal(await waiting(page), 0);
  assert.equal(await page.locator(nameless).count(), 0);
  assert.deepEqual(wrong, []);
  await context.close();

  const plain = await browser.newContext({ javaScriptEnabled: false });
  const unscripted = await plain.newPage();
  await unscripted.goto(workbench.url);
  await unscripted.goto(workbench.at(path));
  assert.equal(await unscripted.locator(nameless).count(), 0);
  assert.equal(await unscripted.locator(".noted").last().isVisible(), true);
  await plain.close();
});
