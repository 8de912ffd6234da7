// Measures the reader on a conversation of 10,000 turns with 2,000 moments, in a
// real browser against the real program, and prints what it took. Others may be
// using the machine: look at the load that it prints, and at the medians. With
// "dense" nearly every turn of ours is heard as something besides.
//
//	go run ./tools/dev build && node web/test/measure/reader.mjs [runs [turns [dense]]]
import { loadavg } from "node:os";
import { browse, start } from "../e2e/workbench.mjs";
import { alone } from "./alone.mjs";
import { chance, invented, talks } from "./invented.mjs";

const runs = Number(process.argv[2] ?? 5);
const turns = Number(process.argv[3] ?? 10_000);
const dense = process.argv[4] === "dense";
const wanted = turns / 5; // moments, where our side says ordinary things
const bars = { "first paint": 400, ready: 1000, "mark shown, p95": 50, "mark kept, p95": 50, "memory, MB": 120, "ready, 4x slower": 2500, "jump to turn 9,000": 250 };

const workbench = await start();
const browser = await browse();
const figures = {};
const note = (name, value) => (figures[name] ??= []).push(value);
const load = () => loadavg()[0].toFixed(1);
console.log(`load ${load()} before`);

const path = await bring();
await mark(path);
for (let i = 0; i < runs; i++) {
  await open(1);
  await open(4);
  await weigh();
}
console.log(`load ${load()} after; medians of ${runs} runs, with the extremes`);
for (const [name, values] of Object.entries(figures)) {
  values.sort((a, b) => a - b);
  const median = values[Math.floor(values.length / 2)];
  console.log(`${name.padEnd(26)} ${show(median).padStart(7)}  (${show(values[0])}–${show(values.at(-1))})${bars[name] ? `  bar ${bars[name]}${median > bars[name] ? "  MISSED" : ""}` : ""}`);
}
await browser.close();
await workbench.stop();

function show(n) {
  return n.toFixed(n < 10 ? 1 : 0);
}

/** Brings the invented conversation in, and gives its path. */
async function bring() {
  const page = await (await browser.newContext()).newPage();
  await page.goto(workbench.url);
  await page.goto(workbench.at("/start"));
  await Promise.all([page.waitForURL(/evidence$/), page.locator("button[value=skip]").click()]);
  await page.locator("#files").setInputFiles({ name: "long.vtt", mimeType: "text/vtt", buffer: Buffer.from(invented(turns, dense ? talks.dense : talks.ordinary)) });
  await Promise.all([page.waitForURL(/import\/\d+$/), page.locator("form.evidence .act").click()]);
  await page.waitForSelector(".onward", { timeout: 180_000 });
  await page.locator(".onward a[href$=evidence]").click();
  const href = await page.locator("table.heads a").first().getAttribute("href");
  await page.context().close();
  return href;
}

/** Puts moments on it until there are as many as are wanted, every tenth over two turns. */
async function mark(path) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(workbench.url);
  await page.goto(workbench.at(path), { timeout: 180_000 });
  for (; await page.locator(".closely").count(); await page.reload()) await page.waitForTimeout(3000); // each page takes from hearing
  const heard = Number(/[\d,]+/.exec(await page.locator(".choose summary").textContent())[0].replace(",", ""));
  const moments = dense ? wanted : wanted - heard;
  const kinds = ["situation", "struggle", "motivation", "measure", "alternative", "pull", "anxiety", "habit", "request", "result"];
  const theirs = await page.locator(".turn.theirs").evaluateAll((all) => all.map((t) => ({ text: t.dataset.t, cuts: t.dataset.s.split(" ").map(Number) })));
  const pick = chance(11);
  const took = [];
  const done = new Set();
  const at = Date.now();
  for (let i = 0; done.size < moments; i++) {
    const n = pick(theirs.length - 1);
    const turn = theirs[n];
    const sentence = 2 * pick(turn.cuts.length / 2);
    const spans = [{ text: turn.text, start: turn.cuts[sentence], end: turn.cuts[sentence + 1] }];
    if (i % 10 === 0) spans.push({ text: theirs[n + 1].text, start: 0, end: theirs[n + 1].cuts[1] });
    const label = kinds[pick(kinds.length)];
    if (done.has(`${label} ${turn.text} ${sentence}`)) continue;
    done.add(`${label} ${turn.text} ${sentence}`);
    const before = performance.now();
    const answer = await page.request.post(workbench.at("/api/v1/marks"), {
      data: { marks: [{ spans, label, verdict: "kept" }], study: new URL(path, workbench.url).searchParams.get("study") ?? "" },
      headers: { Origin: new URL(workbench.url).origin },
    });
    took.push(performance.now() - before);
    if (!answer.ok()) throw new Error(`a mark was refused: ${await answer.text()}`);
  }
  took.sort((a, b) => a - b);
  console.log(`${heard} moments heard, ${moments} marks put in ${((Date.now() - at) / 1000).toFixed(1)} s: ${show(took[Math.floor(took.length / 2)])} ms each, p95 ${show(took[Math.floor(took.length * 0.95)])} ms`);
  await page.context().close();
}

/** Opens the page in a browser of its own, and measures one visit. */
async function open(slower) {
  const own = await browse();
  const context = await own.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await page.goto(workbench.url);
  if (slower > 1) await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
  await page.goto(workbench.at(path), { waitUntil: "load", timeout: 180_000 });
  await page.waitForFunction(() => performance.getEntriesByName("ready").length, undefined, { timeout: 180_000 });
  const seen = await page.evaluate(() => ({
    paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
    first: performance.getEntriesByType("navigation")[0].responseStart,
    all: performance.getEntriesByType("navigation")[0].responseEnd,
    weight: performance.getEntriesByType("navigation")[0].encodedBodySize / 1024,
    ready: performance.getEntriesByName("ready")[0].startTime,
    turns: document.getElementsByClassName("turn").length,
    moments: Number(/[\d,]+/.exec(document.querySelector(".choose summary").textContent)[0].replace(",", "")),
    beside: document.querySelectorAll(".noted").length,
    waiting: [...document.querySelectorAll(".turn noscript")].reduce((n, e) => n + e.textContent.split('<li class="noted').length - 1, 0),
    nodes: document.getElementsByTagName("*").length,
  }));
  if (slower > 1) {
    note("first paint, 4x slower", seen.paint);
    note("ready, 4x slower", seen.ready);
    await own.close();
    return;
  }
  note("first byte", seen.first);
  note("first paint", seen.paint);
  note("page received", seen.all);
  note("ready", seen.ready);
  note("page, KB gz", seen.weight);
  note("turns", seen.turns);
  note("moments", seen.moments);
  note("names beside turns", seen.beside);
  note("names that wait", seen.waiting);
  note("elements", seen.nodes);
  for (const [name, value] of Object.entries(await marking(page))) note(name, value);
  note("jump to turn 9,000", await jump(page));
  await own.close();
}

/** Marks twenty sentences by key, and gives how long a mark took to show, to be kept, and to be drawn by the server. */
async function marking(page) {
  const shown = [];
  const kept = [];
  const drawn = [];
  for (let i = 0; i < 20; i++) {
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    const took = await page.evaluate(
      () =>
        new Promise((done) => {
          const at = { shown: 0, kept: 0, drawn: 0 };
          const finish = () => at.shown && at.kept && at.drawn && done(at);
          const begun = performance.now();
          for (const what of ["kept", "drawn"]) document.addEventListener(`headway:${what}`, () => { at[what] = performance.now() - begun; finish(); }, { once: true });
          document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "2", bubbles: true, cancelable: true }));
          requestAnimationFrame(() => requestAnimationFrame(() => { at.shown = performance.now() - begun; finish(); }));
        }),
    );
    shown.push(took.shown);
    kept.push(took.kept);
    drawn.push(took.drawn);
    await page.evaluate(() => (window.again = new Promise((done) => document.addEventListener("headway:kept", () => document.addEventListener("headway:drawn", () => done(true), { once: true }), { once: true }))) && 0);
    await page.keyboard.press("u");
    await page.evaluate(() => window.again);
  }
  for (const took of [shown, kept, drawn]) took.sort((a, b) => a - b);
  return { "mark shown, median": shown[10], "mark shown, p95": shown[18], "mark kept, median": kept[10], "mark kept, p95": kept[18], "mark drawn, median": drawn[10], "mark drawn, p95": drawn[18] };
}

async function jump(page) {
  return page.evaluate(
    () =>
      new Promise((done) => {
        const begun = performance.now();
        const turn = document.getElementsByClassName("turn")[Math.floor(document.getElementsByClassName("turn").length * 0.9) - 1];
        turn.scrollIntoView({ block: "center" });
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
      }),
  );
}

/** Weighs the process that holds the page: as it was opened, and scrolled through from one end to the other. */
async function weigh() {
  const own = await alone();
  await own.go(workbench.url);
  note("memory before, MB", await own.weight());
  await own.go(workbench.at(path));
  note("memory, MB", await own.weight());
  await own.run(`(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    while (scrollY + innerHeight < document.documentElement.scrollHeight - 2) {
      scrollBy({ top: innerHeight, behavior: "instant" });
      await frame();
    }
  })()`);
  note("memory, all of it seen", await own.weight());
  await own.close();
}
