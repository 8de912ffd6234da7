// From a conversation, words are laid beside a job: by keyboard, and as a plain form.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, findings, start, transcript, visit } from "./workbench.mjs";

let workbench, browser, study, talk;
before(async () => {
  workbench = await start();
  browser = await browse();
  const { page, context } = await visit(browser, workbench);
  await page.goto(workbench.at("/start"));
  await Promise.all([page.waitForURL(/evidence$/), page.locator("button[value=skip]").click()]);
  study = /study\/[^/]+/.exec(page.url())[0];
  await page.locator("#files").setInputFiles({ name: "call.vtt", mimeType: "text/plain", buffer: Buffer.from(transcript) });
  await Promise.all([page.waitForURL(/import\/\d+$/), page.locator("form.evidence .act").click()]);
  await page.waitForSelector(".onward");
  await page.locator(".onward a[href$=evidence]").click();
  talk = await page.locator("table.heads a").first().getAttribute("href");
  await context.close();
});
after(async () => {
  await browser?.close();
  await workbench?.stop();
});

const told = (page, what) => page.waitForFunction((t) => document.querySelector(".told:not([hidden])")?.textContent.includes(t), what);

test("by keyboard: a job is begun with words, more are laid beside it, and taken back", async () => {
  const { page, wrong, context } = await visit(browser, workbench);
  await page.goto(workbench.at(talk));
  await page.waitForSelector("body[data-ready]");
  await page.keyboard.press("j");
  await page.keyboard.press("b");
  assert.equal(await page.locator("#laying[open]").count(), 0, "our own words are laid beside nothing");
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("b");
  await page.locator("#laying[open]").waitFor();
  await page.locator("#laying textarea").focus();
  await page.keyboard.type("be done with copying before the weekend");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await told(page, "Laid beside “be done with copying before the weekend”");

  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("b");
  await page.locator("#laying summary:focus").waitFor();
  assert.deepEqual(await findings(page), []);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#laying:not([open])", { state: "attached" }); // what was told before still stands
  await told(page, "Laid beside");
  const pressed = async () => {
    await page.keyboard.press("b");
    await page.locator("#laying[open]").waitFor();
    const names = await page.locator('#laying [aria-pressed="true"]').allTextContents();
    await page.keyboard.press("Escape");
    return names;
  };
  assert.deepEqual(await pressed(), ["I read it from this"]);
  await page.keyboard.press("Control+z");
  await told(page, "Undone: words beside a job");
  assert.deepEqual(await pressed(), []);
  assert.deepEqual(wrong, []);
  await context.close();
});

test("as a plain form: from a marked moment, said and undone", async () => {
  const { page, wrong, context } = await visit(browser, workbench, { javaScriptEnabled: false });
  await page.goto(workbench.at(`${talk}&plain=1`));
  await page.getByRole("link", { name: /beside a job$/ }).first().click();
  await page.getByRole("button", { name: "they say otherwise" }).first().click();
  await page.locator('button[aria-pressed="true"]', { hasText: "they say otherwise" }).waitFor();
  await page.getByRole("button", { name: "Undo my last deed" }).click();
  await page.waitForURL(/undone/);
  assert.equal(await page.locator('[aria-pressed="true"]').count(), 0);
  assert.deepEqual(wrong, []);
  await context.close();
});
