import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, start, visit } from "./workbench.mjs";

let workbench, browser;
before(async () => {
  workbench = await start("--sample");
  browser = await browse();
});
after(async () => {
  await browser?.close();
  await workbench?.stop();
});

test("everything one person said about something is found by typing it, and opens at the words", async () => {
  const { page, wrong, context } = await visit(browser, workbench);
  await page.goto(workbench.at("/search"));
  await page.keyboard.press("/");
  await page.keyboard.type("person:Kel");
  await page.locator("#offers [role=option]", { hasText: "Keller" }).first().waitFor();
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.locator("#q").getAttribute("aria-activedescendant"), "offer-0");
  await page.keyboard.press("Enter");
  await page.keyboard.type(" whiteboard");
  await page.waitForFunction(() => location.search.includes("whiteboard") && document.querySelector("#say").textContent.includes("place"));
  assert.match(await page.locator(".hits li").first().textContent(), /whiteboard.*Keller/s);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/conversation\//);
  assert.match(await page.locator(".at").first().textContent(), /whiteboard/);
  assert.deepEqual(wrong, []);
  await context.close();
});

test("only the last of several questions is answered, and the address leads back to it", async () => {
  const { page, context } = await visit(browser, workbench);
  await page.goto(workbench.at("/search"));
  await page.locator("#q").pressSequentially("stock", { delay: 150 });
  await page.waitForFunction(() => location.search === "?q=stock" && document.querySelector("#found:not([aria-busy]) .hits"));
  const first = await page.locator(".hits li").first().textContent();
  await page.reload();
  assert.equal(await page.locator(".hits li").first().textContent(), first);
  await context.close();
});

test("without scripts the form finds, narrows, keeps a search and takes it along", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(workbench.url);
  await page.goto(workbench.at("/search"));
  await page.locator("summary", { hasText: "Narrow it" }).click();
  await page.locator("[name=person]").fill("Keller");
  await page.locator("[name=kind]").selectOption("anxiety");
  for (let tries = 0; tries < 50; tries++) {
    // What was heard is gathered behind the pages after the start.
    await page.getByRole("button", { name: "Find", exact: true }).click();
    if (/[1-9]\d* place/.test(await page.locator("#count").textContent())) break;
  }
  assert.match(await page.locator("#count").textContent(), /[1-9]\d* place/);
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "CSV" }).click()]);
  assert.equal(file.suggestedFilename(), "headway-quotes.csv");
  await page.locator(".saving [name=name]").fill("What Keller fears");
  await page.getByRole("button", { name: "Keep it" }).click();
  assert.match(await page.locator(".saved").textContent(), /What Keller fears.*nothing new/s);
  await context.close();
});

test("a form whose button is pressed again before the answer is sent once", async () => {
  const { page, wrong, context } = await visit(browser, workbench);
  await page.goto(workbench.at("/start"));
  await page.locator("[name=name]").fill("Pressed twice");
  const sent = [];
  await page.route("**/start", (route) => sent.push(route)); // no answer yet
  await page.locator("button[value=skip]").evaluate(async (button) => {
    for (let presses = 0; presses < 2; presses++) {
      button.click();
      for (let frames = 0; frames < 5; frames++) await new Promise(requestAnimationFrame);
    }
  });
  assert.equal(sent.length, 1);
  await sent[0].continue();
  await page.waitForURL(/evidence/);
  assert.deepEqual(wrong, []);
  await context.close();
});
