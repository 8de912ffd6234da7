// Whom a text describes, and a job that was only proposed, in a browser. All invented.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, findings, start, visit } from "./workbench.mjs";

const people = ["Ann Berg", "Bea Lund", "Cem Oz", "Dee Marsh", "Eli Roth", "Fay Quist"];
const talkOf = (name, n) => `Interviewer: Think back to the week in which you looked for something. What happened?

${name}: We live on floor ${n + 3} and there is no lift in the house. It takes me an hour every Friday to get the shopping up.

Interviewer: What would you have done otherwise?

${name}: Otherwise I would have asked my brother to carry it. I want to be home before the children sleep.
`;
const page1 = `# Whom we serve

Book a free demo of our award-winning carrier today.
There is no lift in the house. Customers love innovation and want to be delighted.

- It takes an hour every Friday to get the shopping up
- Free delivery in all three towns
`;

let workbench, browser, study, proposed;
before(async () => {
  workbench = await start();
  browser = await browse();
  const { page, context } = await visit(browser, workbench);
  await page.goto(workbench.at("/start"));
  await page.locator("button[value=skip]").click();
  await page.waitForURL(/evidence/);
  study = /study\/[^/]+/.exec(page.url())[0];
  await page.setInputFiles("input[type=file]", await Promise.all(people.map((name, n) => workbench.file(`${name.split(" ")[0]}.txt`, talkOf(name, n)))));
  await page.locator("form.evidence .act").click();
  await page.waitForURL(/import\/\d+$/);
  await page.waitForSelector(".onward");
  await page.goto(workbench.at(`${study}/jobs`));
  proposed = await page.locator("a[href*='/proposed/']").first().getAttribute("href");
  await context.close();
});
after(async () => {
  await browser?.close();
  await workbench?.stop();
});

/** Fails where a page has a serious finding or is wider than its window. */
async function fair(page, what) {
  await page.locator("details").evaluateAll((all) => all.forEach((d) => (d.open = true)));
  assert.deepEqual(await findings(page), [], what);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wide, 0, `${what} is ${wide} px too wide`);
}

for (const options of [{ colorScheme: "light" }, { colorScheme: "dark", viewport: { width: 360, height: 740 } }]) {
  test(`a text, what cannot be read, and a proposed job have no serious finding, ${options.colorScheme}`, async () => {
    const { page, wrong, context } = await visit(browser, workbench, options);
    await page.goto(workbench.at(proposed));
    await page.getByRole("heading", { level: 1 }).waitFor();
    await fair(page, "a proposed job");

    await page.goto(workbench.at(`${study}/shoes`));
    await fair(page, "the form");
    await page.getByLabel("Or paste the text").fill(page1);
    await page.getByRole("button", { name: "Read it" }).click();
    await page.locator(".shoes-lines > li").first().waitFor();
    assert.deepEqual(await page.locator(".shoes-lines > li > p > span").allTextContents(), ["Whom we serve", "Book a free demo of our award-winning carrier today.",
      "There is no lift in the house.", "Customers love innovation and want to be delighted.", "It takes an hour every Friday to get the shopping up", "Free delivery in all three towns"]);
    assert.equal(await page.locator(".shoes-lines > li[data-mark=theirs]").count() > 0, true);
    await fair(page, "a text with its marks");

    await page.goto(workbench.at(`${study}/shoes`));
    await page.setInputFiles("#file", await workbench.file("persona.docx", "PK\u0003\u0004cut short"));
    await page.getByRole("button", { name: "Read it" }).click();
    await page.getByText("the file is damaged, as one that did not come over whole").waitFor();
    await fair(page, "a text that cannot be read");
    await page.getByLabel("Or paste the text").fill("Das Brot kommt zu spät, und wir stehen jeden Morgen vor der leeren Theke.");
    await page.getByRole("button", { name: "Read it" }).click();
    await page.getByRole("alert").getByText("only English is read so far").waitFor();
    assert.match(await page.getByLabel("Or paste the text").inputValue(), /^Das Brot/, "what was pasted is kept");
    assert.deepEqual(wrong, []);
    await context.close();
  });
}
