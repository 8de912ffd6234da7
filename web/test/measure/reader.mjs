// Measures the reader on a conversation of 10,000 turns with 2,000 moments, in a
// real browser against the real program, and prints what it took. Others may be
// using the machine: look at the load that it prints, and at the medians.
//
//	go run ./tools/dev build && node web/test/measure/reader.mjs [runs]
import { readFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { browse, start } from "../e2e/workbench.mjs";
import { chance, invented } from "./invented.mjs";

const runs = Number(process.argv[2] ?? 5);
const turns = Number(process.argv[3] ?? 10_000);
const moments = turns / 5;
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
  await page.locator("#files").setInputFiles({ name: "long.vtt", mimeType: "text/vtt", buffer: Buffer.from(invented(turns)) });
  await Promise.all([page.waitForURL(/import\/\d+$/), page.locator("form.evidence .act").click()]);
  await page.waitForSelector(".onward", { timeout: 180_000 });
  await page.locator(".onward a[href$=evidence]").click();
  const href = await page.locator("table.heads a").first().getAttribute("href");
  await page.context().close();
  return href;
}

/** Puts moments on it: a fifth of a sentence each, every tenth over two turns. */
async function mark(path) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(workbench.url);
  await page.goto(workbench.at(path), { timeout: 180_000 });
  const kinds = ["situation", "struggle", "motivation", "measure", "alternative", "pull", "anxiety", "habit", "request", "result"];
  const theirs = await page.locator(".turn.theirs").evaluateAll((all) => all.map((t) => ({ text: t.dataset.t, cuts: t.dataset.s.split(" ").map(Number) })));
  const pick = chance(11);
  const took = [];
  const at = Date.now();
  for (let i = 0; i < moments; i++) {
    const n = pick(theirs.length - 1);
    const turn = theirs[n];
    const sentence = 2 * pick(turn.cuts.length / 2);
    const spans = [`${turn.text}:${turn.cuts[sentence]}-${turn.cuts[sentence + 1]}`];
    if (i % 10 === 0) spans.push(`${theirs[n + 1].text}:0-${theirs[n + 1].cuts[1]}`);
    const before = performance.now();
    const answer = await page.request.post(workbench.at(new URL(path, workbench.url).pathname + "/marks"), {
      form: { place: spans.join("+"), label: kinds[pick(kinds.length)], study: new URL(path, workbench.url).searchParams.get("study") ?? "" },
      headers: { Accept: "application/json" },
    });
    took.push(performance.now() - before);
    if (!answer.ok()) throw new Error(`a mark was refused: ${await answer.text()}`);
  }
  took.sort((a, b) => a - b);
  console.log(`${moments} marks put in ${((Date.now() - at) / 1000).toFixed(1)} s: ${show(took[took.length / 2])} ms each, p95 ${show(took[Math.floor(took.length * 0.95)])} ms`);
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
  await page.addInitScript(() => {
    new MutationObserver((_, me) => {
      if (!document.body || !("ready" in document.body.dataset)) return;
      me.disconnect();
      window.readyAt = performance.now();
    }).observe(document, { subtree: true, attributes: true, childList: true, attributeFilter: ["data-ready"] });
  });
  await page.goto(workbench.at(path), { waitUntil: "load", timeout: 180_000 });
  await page.waitForFunction(() => window.readyAt, undefined, { timeout: 180_000 });
  const seen = await page.evaluate(() => ({
    paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
    first: performance.getEntriesByType("navigation")[0].responseStart,
    all: performance.getEntriesByType("navigation")[0].responseEnd,
    weight: performance.getEntriesByType("navigation")[0].encodedBodySize / 1024,
    ready: window.readyAt,
    turns: document.getElementsByClassName("turn").length,
    moments: document.querySelectorAll(".noted").length,
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
  note("names beside turns", seen.moments);
  note("elements", seen.nodes);
  for (const [name, value] of Object.entries(await marking(page))) note(name, value);
  note("jump to turn 9,000", await jump(page));
  note("memory, MB", await memory(own));
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

/** Gives the proportional set size of the process that holds the page. */
async function memory(own) {
  const session = await own.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  let most = 0;
  for (const { type, id } of processInfo) {
    if (type !== "renderer") continue;
    const rollup = await readFile(`/proc/${id}/smaps_rollup`, "utf8");
    most = Math.max(most, Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024);
  }
  return most;
}
