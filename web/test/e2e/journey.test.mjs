import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, heardClosely, start, transcript, visit } from "./workbench.mjs";

let workbench, browser;
before(async () => {
  workbench = await start();
  browser = await browse();
});
after(async () => {
  await browser?.close();
  await workbench?.stop();
});

/** Presses Tab until the element has the focus; nothing is reached by mouse. */
async function tabTo(page, selector) {
  for (let i = 0; i < 120; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((s) => document.activeElement?.matches(s), selector)) return;
  }
  assert.fail(`${selector} is not reached by Tab`);
}

test("from empty to the reveal, by keyboard alone", async () => {
  const { page, wrong, context } = await visit(browser, workbench);
  assert.equal(new URL(page.url()).search, "", "the key stays in the address");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);

  await tabTo(page, "input[name=about]:checked");
  await page.keyboard.press("ArrowDown"); // one customer
  assert.equal(await page.locator("input[name=about]:checked").getAttribute("value"), "one");
  await tabTo(page, "#doing");
  await page.keyboard.type("our low price");
  assert.equal(await page.locator("label.us.hinted").count(), 1, "an answer about us is offered as what draws them");
  await tabTo(page, "#doing-us");
  await page.keyboard.press("Space");
  await tabTo(page, "#otherwise");
  await page.keyboard.type("gone on with the shared spreadsheet");
  await tabTo(page, "#worked");
  await page.keyboard.type("her boss stops calling on Sundays");
  await tabTo(page, "button[value=seal]");
  await Promise.all([page.waitForURL(/evidence$/), page.keyboard.press("Enter")]);

  await tabTo(page, "details.paste summary");
  await page.keyboard.press("Enter");
  await tabTo(page, "#paste");
  await page.keyboard.insertText(transcript);
  await tabTo(page, "form.evidence .act");
  await Promise.all([page.waitForURL(/import\/\d+$/), page.keyboard.press("Enter")]);
  await page.waitForSelector(".onward");
  assert.match(await page.locator("[data-line]").first().textContent(), /^\d+ of \d+ turns/);
  await tabTo(page, ".onward .act");
  await Promise.all([page.waitForURL(/mirror$/), page.keyboard.press("Enter")]);

  await heardClosely(page);
  for (const part of ["You said", "They said", "Nobody asked"]) {
    assert.equal(await page.locator(".glance h2", { hasText: part }).count(), 1);
  }
  const sentences = await page.locator("#glance [data-sentence]").count();
  assert.ok(sentences >= 6 && sentences <= 12, `${sentences} sentences on the first screen`);
  assert.match(await page.locator(".mirror-head").textContent(), /1 person on their side/);
  assert.match(await page.locator(".mirror-head").textContent(), /sealed/);
  assert.ok((await page.locator(".said .line").count()) > 0, "something of theirs was heard");
  assert.deepEqual(wrong, []);

  // one key judges the sentence that has the focus
  await page.keyboard.press("j");
  const first = page.locator("[data-line]:focus");
  assert.equal(await first.count(), 1);
  const id = await first.getAttribute("id");
  await page.keyboard.press("n");
  await page.waitForFunction((i) => document.getElementById(i)?.dataset.verdict, id);
  await page.keyboard.press("u");
  await page.waitForFunction((i) => !document.getElementById(i)?.dataset.verdict, id);
  // the answer puts a new sentence into the page: the focus goes over to it
  await page.waitForFunction((i) => document.getElementById(i)?.contains(document.activeElement), id);

  // what is not this stays in its place, struck, until one has gone on
  const theirs = page.locator(".said [data-line]").first();
  const said = await theirs.getAttribute("id");
  const counted = await page.locator(".said .n").first().textContent();
  await theirs.focus();
  await page.keyboard.press("n");
  await page.waitForFunction((i) => document.getElementById(i)?.dataset.verdict === "dismissed", said);
  await page.waitForFunction((before) => document.querySelector(".said .n")?.textContent !== before || !document.querySelector(".said"), counted);
  await page.keyboard.press("u");
  await page.waitForFunction((before) => document.querySelector(".said .n")?.textContent === before, counted);

  await page.keyboard.press("a");
  assert.equal(await page.locator(".eleven tbody tr").count(), 11);
  assert.equal(await page.locator(".eleven").evaluate((e) => e.open), true);
  await page.keyboard.press("?");
  assert.equal(await page.locator("#help").evaluate((e) => e.open), true);
  await page.keyboard.press("Escape");

  await tabTo(page, "[data-copy=copy-questions], .skip");
  await page.locator("[data-copy=copy-questions]").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("[data-copy=copy-questions]").textContent === "Copied");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(copied.trim().split("\n").length >= 1 && copied.includes("?"), copied);

  await page.locator(".said [data-line]").first().focus();
  await Promise.all([page.waitForURL(/conversation/), page.keyboard.press("o")]);
  await page.waitForSelector(".turn.here .at");

  // beside the words each mark is kept or dismissed by a key, and taken back by the same
  const mark = () => page.locator(".turn .noted").first();
  const verdict = () => mark().evaluate((m) => m.dataset.verdict ?? "");
  await mark().focus();
  for (const [key, said, after] of [["y", "Kept", "kept"], ["n", "Dismissed", "dismissed"], ["n", "Taken back", ""]]) {
    await Promise.all([page.waitForResponse(/\/marks$/), page.keyboard.press(key)]);
    await page.waitForFunction((words) => document.getElementById("say").textContent.startsWith(words), said);
    await page.reload();
    assert.equal(await verdict(), after, key);
    await mark().focus();
  }
  assert.deepEqual(wrong, []);
  await context.close();
});

test("a file is dropped, a table's columns are asked for, a late guess is marked", async () => {
  const { page, wrong, context } = await visit(browser, workbench);
  await page.goto(workbench.at("/start"));
  await page.locator("#worked").fill("fewer returns");
  await Promise.all([page.waitForURL(/evidence$/), page.locator("button[value=seal]").click()]);
  const table = await workbench.file("reviews.csv", "Date,Buyer,Review,Product\n2026-01-04,Ida Lind,I bought it because my old one broke twice a week.,Mug\n2026-01-09,Bo Ek,It saved me an hour every morning and my boss noticed.,Mug\n");
  await page.locator("#files").setInputFiles(table);
  assert.match(await page.locator("[data-chosen]").textContent(), /^1 file, 1 KB$/);
  await Promise.all([page.waitForURL(/import\/\d+$/), page.locator("form.evidence .act").click()]);
  await page.waitForSelector("table.columns");
  assert.equal(await page.locator("table.columns tbody tr").count(), 4);
  await Promise.all([page.waitForURL(/mirror$/), page.locator(".onward .act").click()]);
  assert.match(await page.locator(".mirror-head").textContent(), /2 people on their side/);
  assert.match(await page.locator(".nobody-asked").textContent(), /Nobody could be asked/);
  await page.locator(".late-guess summary").click();
  await page.locator(".late-guess [name=text]").fill("they like the handle");
  await page.locator(".late-guess button").click();
  await page.waitForSelector(".held .late");
  assert.deepEqual(wrong, []);
  await context.close();
});

test("the columns of a table are put right, and the counts follow", async () => {
  const { page, wrong, context } = await visit(browser, workbench);
  await page.goto(workbench.at("/start"));
  await Promise.all([page.waitForURL(/evidence$/), page.locator("button[value=skip]").click()]);
  const table = await workbench.file("answers.csv", "What happened,Remarks,Name\nIt broke twice a week and I lost an hour each time.,none at all,Ida\nI keep a paper list because I know where things are.,see above,Bo\n");
  await page.locator("#files").setInputFiles(table);
  await Promise.all([page.waitForURL(/import\/\d+$/), page.locator("form.evidence .act").click()]);
  await page.waitForSelector("table.columns");
  for (const [column, role] of [["What happened", "not used"], ["Remarks", "their words"], ["Name", "who"]]) {
    await page.getByRole("combobox", { name: column }).selectOption(role);
  }
  const first = page.url();
  await Promise.all([page.waitForURL((url) => /import\/\d+$/.test(url.pathname) && url.href !== first), page.locator(".ask .quiet").click()]);
  await page.waitForSelector(".onward");
  await page.locator(".onward a[href$=evidence]").click();
  await page.locator("table.heads a").first().click();
  assert.doesNotMatch(await page.locator(".transcript").textContent(), /broke twice/);
  assert.deepEqual(wrong, []);
  await context.close();
});

test("the same file may lie in two studies", async () => {
  const { page, context } = await visit(browser, workbench);
  for (const people of [1, 1]) {
    await page.goto(workbench.at("/start"));
    await Promise.all([page.waitForURL(/evidence$/), page.locator("button[value=skip]").click()]);
    await page.locator("#files").setInputFiles({ name: "call.vtt", mimeType: "text/vtt", buffer: Buffer.from(transcript) });
    await Promise.all([page.waitForURL(/import\/\d+$/), page.locator("form.evidence .act").click()]);
    await page.waitForSelector(".onward");
    await Promise.all([page.waitForURL(/mirror$/), page.locator(".onward .act").click()]);
    assert.match(await page.locator(".mirror-head").textContent(), new RegExp(`${people} person on their side`));
  }
  await context.close();
});

test("without JavaScript the whole way works by forms", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(workbench.url);
  await page.goto(workbench.at("/start"));
  await page.locator("#worked").fill("her boss stops calling on Sundays");
  await page.locator("button[value=seal]").click();
  await page.locator("details.paste summary").click();
  await page.locator("#paste").fill(transcript.replaceAll("Friday", "Thursday"));
  await page.locator("form.evidence .act").click();
  await page.waitForSelector(".onward"); // the page asks again by itself
  await page.locator(".onward .act").click();
  await heardClosely(page);
  await page.locator(".said .judge button").first().click();
  assert.equal(await page.locator(".said [aria-pressed=true]").count(), 1);
  await context.close();
});
