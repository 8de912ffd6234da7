import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, findings, start, visit } from "./workbench.mjs";

let workbench, browser, paths, talk;
before(async () => {
  workbench = await start("--sample");
  browser = await browse();
  const { page, context } = await visit(browser, workbench);
  const studies = await page.locator("a[href^='/study/']").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  paths = ["/", "/start", "/self", "/quality", "/keys", "/search?q=mug", "/nowhere"];
  for (const study of new Set(studies)) {
    await page.goto(workbench.at(study + "/mirror"));
    const conversation = await page.locator(".line blockquote a").first().getAttribute("href");
    const said = await page.locator(".said h3").count();
    assert.ok(said > 0, `nothing was heard in ${study}`);
    const kind = (await page.locator(".said").first().getAttribute("id")).replace("said-", "");
    await page.goto(workbench.at(`${study}/evidence`));
    talk ??= await page.locator(".heads a", { hasText: "first-call" }).first().getAttribute("href", { timeout: 1000 }).catch(() => undefined);
    paths.push(`${study}/guess`, `${study}/evidence`, `${study}/mirror`, `${study}/said/${kind}`, `${study}/people`, conversation);
  }
  paths.push(talk);
  await context.close();
});
after(async () => {
  await browser?.close();
  await workbench?.stop();
});

for (const colorScheme of ["light", "dark"]) {
  test(`no serious accessibility finding on any page, ${colorScheme}`, async () => {
    const { page, wrong, context } = await visit(browser, workbench, { colorScheme });
    for (const path of paths) {
      await page.goto(workbench.at(path));
      await page.locator("details").evaluateAll((all) => all.forEach((d) => (d.open = true)));
      assert.deepEqual(await findings(page), [], path);
    }
    assert.deepEqual(wrong, []);
    await context.close();
  });
}

test("every page fits a phone of 360 px", async () => {
  const { page, wrong, context } = await visit(browser, workbench, { viewport: { width: 360, height: 740 } });
  for (const path of paths) {
    await page.goto(workbench.at(path));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, `${path} is ${wide} px too wide`);
  }
  assert.deepEqual(wrong, []);
  await context.close();
});

test("every page of the sample says that it is invented", async () => {
  const { page, context } = await visit(browser, workbench);
  for (const path of paths.filter((p) => p.startsWith("/study/") || p.startsWith("/conversation/"))) {
    await page.goto(workbench.at(path));
    assert.match(await page.locator(".invented").textContent(), /Invented sample/, path);
  }
  await context.close();
});

test("customers' words have a typeface of their own", async () => {
  const { page, context } = await visit(browser, workbench);
  await page.goto(workbench.at(paths.find((p) => p.endsWith("/mirror"))));
  await page.evaluate(() => document.fonts.ready);
  const typeface = (selector) => page.locator(selector).first().evaluate((e) => getComputedStyle(e).fontFamily);
  assert.match(await typeface(".line blockquote"), /Source Serif 4/);
  assert.match(await typeface("h3.guess"), /Source Sans 3/);
  assert.equal(await page.evaluate(() => document.fonts.check('16px "Source Serif 4"')), true);
  await context.close();
});

test("the mirror prints with its last question, and the reader with its last turn", async () => {
  const { page, context } = await visit(browser, workbench);
  for (const path of [paths.find((p) => p.endsWith("/mirror")), paths.find((p) => p.startsWith("/conversation/"))]) {
    await page.goto(workbench.at(path));
    await page.emulateMedia({ media: "print" });
    const visible = await page.locator("main .questions li:last-child, main .turn").last().evaluate((e) => e.getBoundingClientRect().height);
    assert.ok(visible > 0, path);
    assert.equal(await page.locator(".top").isVisible(), false);
    assert.ok((await page.pdf()).length > 10_000);
    await page.emulateMedia({ media: "screen" });
  }
  await context.close();
});

test("the strip at the head of a conversation leads to the words, by keyboard and without script", async () => {
  const { page, context } = await visit(browser, workbench, { javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
  await page.goto(workbench.at(talk));
  const strip = page.locator("section.led");
  assert.deepEqual(await strip.locator("h3").allTextContents(), ["Orders taken", "Concerns", "Stories of ours", "First solution"]);
  assert.equal(await strip.locator(".led-topics tbody tr").count(), 3);
  const words = strip.locator("details", { has: page.locator("li") }).first();
  await words.locator("summary").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const said = (await page.locator(":focus").textContent()).replace(/^Turn \d+ /, "");
  await page.keyboard.press("Enter");
  await page.waitForURL(/at=.*#t-/);
  const here = await page.locator(".turn.here .at").allTextContents();
  assert.equal(here.join("").trim(), said.trim());
  await context.close();
});

test("single keys can be turned off", async () => {
  const { page, context } = await visit(browser, workbench);
  await page.goto(workbench.at("/keys"));
  await page.locator("button[value=off]").click();
  await page.goto(workbench.at(paths.find((p) => p.endsWith("/mirror"))));
  await page.keyboard.press("j");
  assert.equal(await page.locator("[data-line]:focus").count(), 0);
  await context.close();
});

test("the sample goes in one act", async () => {
  const { page, context } = await visit(browser, workbench);
  await page.goto(workbench.at(paths.find((p) => p.endsWith("/mirror"))));
  await page.locator(".invented button").click();
  await page.waitForURL(workbench.at("/"));
  await page.goto(workbench.at("/search?q=mug"));
  assert.equal(await page.locator(".hits li").count(), 0);
  await context.close();
});
