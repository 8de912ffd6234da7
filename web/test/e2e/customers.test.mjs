// One customer on one page: two clicks away, readable by everybody, and one page
// of paper however much there is to say. Everything in it is invented.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, findings, start, visit } from "./workbench.mjs";

const wants = ["I want to have the pallets counted before the drivers come back so that nobody waits for me in the yard when it rains", "We want to know on Monday morning what is missing, because the whole week depends on what we find there and nobody tells us"];
const worries = ["I am afraid that the numbers are wrong again and that my boss sees it first, which has happened twice since we moved the stock", "It takes me three hours every single Friday and half of what I write down is wrong by the time that I am done with it"];
const measures = ["I will know it worked when the count takes ten minutes instead of three hours and nobody calls me about it on Sundays any more"];
const asks = ["I wish it had a list that I can print and hang beside the gate, with the pallets in the order in which we walk along them"];
const ours = ["We will send you the scanner by the end of the week and somebody of ours will come along to set it up together with you."];

/** A long talk, so that no page could hold all of it. */
function talk() {
  const lines = [];
  for (let n = 0; n < 12; n++) {
    lines.push("Interviewer: How was it then, and what did you do about it?", `Olga Berg: ${[wants[n % 2], worries[n % 2], measures[0], asks[0]].map((s) => `${s}, time ${n + 1}`).join(". ")}.`);
    lines.push(`Interviewer: ${ours[0]}`, "Olga Berg: Oh, I had never thought of it that way, that opens my eyes about the whole yard.");
  }
  return lines.join("\n\n");
}

let workbench, browser, olga;
before(async () => {
  workbench = await start("--sample");
  browser = await browse();
  const { page, context } = await visit(browser, workbench);
  await page.goto(workbench.at("/start"));
  await page.locator("button[value=skip]").click();
  await page.waitForURL(/evidence/);
  await page.setInputFiles("input[type=file]", await workbench.file("yard.txt", talk()));
  await page.locator("form.evidence .act").click();
  await page.waitForURL(/import\/\d+$/);
  await page.waitForSelector(".onward");
  const study = /study\/[^/]+/.exec(page.url())[0];
  await page.goto(workbench.at("/people?name=olga"));
  for (let tries = 0; !(await page.locator(".customers a").count()) && tries < 40; tries++) await page.goto(workbench.at("/people?name=olga"));
  olga = await page.locator(".customers a").first().getAttribute("href");
  const spoken = await page.goto(workbench.at(olga.replace("customer", "person"))).then(() => page.locator("section[aria-labelledby=talks] a").first().getAttribute("href"));
  await page.goto(workbench.at(`${spoken}?${new URLSearchParams({ study: study.split("/")[1] })}`));
  await page.evaluate(async (person) => {
    const place = (turn) => `${turn.dataset.t}:0-${[...turn.querySelector(".words").textContent].length}`;
    const post = (to, form) => fetch(to, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
    const all = [...document.querySelectorAll(".turn")];
    const us = all.filter((t) => t.textContent.includes("We will send you")), them = all.filter((t) => t.textContent.includes("opens my eyes"));
    for (let n = 0; n < 6; n++) {
      await post("/promise", { span: place(us[n]), person, verdict: "kept" });
      await post("/wrong", { theirs: place(them[n + 1]), ours: place(us[n]) });
      await post("/playback", { person, span: place(them[n]) });
    }
  }, olga.split("/")[2]);
  await context.close();
});
after(async () => {
  await browser?.close();
  await workbench?.stop();
});

test("a customer's page is two clicks from the start, and is for everybody", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const { page, wrong, context } = await visit(browser, workbench, { colorScheme });
    await page.goto(workbench.at("/"));
    await page.locator(".recent .customers a").first().click();
    await page.waitForURL(/\/(customer|account)\//);
    for (const path of ["/", "/people", olga, olga.replace("customer", "person")]) {
      await page.goto(workbench.at(path));
      await page.locator("details").evaluateAll((all) => all.forEach((d) => (d.open = true)));
      assert.deepEqual(await findings(page), [], path);
      await page.setViewportSize({ width: 360, height: 740 });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, `${path} is too wide`);
      await page.setViewportSize({ width: 1280, height: 900 });
    }
    assert.deepEqual(wrong, []);
    await context.close();
  }
});

test("it prints on one page, A4 and Letter, and says what that has no room for", async () => {
  const { page, wrong, context } = await visit(browser, workbench);
  await page.goto(workbench.at("/people"));
  const all = await page.locator(".customers a").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
  for (const path of new Set([olga, ...all])) {
    await page.goto(workbench.at(path));
    for (const format of ["A4", "Letter"]) {
      const pages = (await page.pdf({ format })).toString("latin1").match(/\/Type\s*\/Page[^s]/g).length;
      assert.equal(pages, 1, `${path} takes ${pages} pages of ${format}`);
    }
  }
  await page.goto(workbench.at(olga));
  await page.emulateMedia({ media: "print" });
  assert.match(await page.locator(".on-paper").innerText(), /No room on this page for .*worries/);
  for (const part of ["promised", "wrong", "played-back", "trying", "measure"]) assert.ok(await page.locator(`[aria-labelledby=${part}] :is(.told, .sent):visible`).count(), `${part} is empty on paper`);
  assert.deepEqual(wrong, []);
  await context.close();
});
