// Tom's Monday: from interviews to a card of one job that he can print and read
// aloud in a meeting. Everything in it is invented.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, findings, start, visit } from "./workbench.mjs";

const people = ["Ann Berg", "Bea Lund", "Cem Oz", "Dee Marsh", "Eli Roth", "Fay Quist"];
const situations = ["I live on the fourth floor and there is no lift in the house", "We moved into the top flat last winter, and the shopping comes up with me"];
const talkOf = (name, n) => `Interviewer: Think back to the week in which you looked for something. What happened?

${name}: ${situations[n % 2]}. It takes me an hour every Friday to get it all up, and my back gave in ${n + 2} times.

Interviewer: What did you want to get done?

${name}: I want to get the boxes upstairs in one go so that I am home before the children sleep.

Interviewer: What would you have done otherwise?

${name}: Otherwise I would have asked my brother, or I would have done nothing and gone on carrying by hand.

Interviewer: How do you know that it worked?

${name}: If I am upstairs in ten minutes and nobody has to wait for me, it works. It does not have to be pretty. I was afraid that it scratches the walls.
`;

let workbench, browser, study, card;
before(async () => {
  workbench = await start();
  browser = await browse();
});
after(async () => {
  await browser?.close();
  await workbench?.stop();
});

/** Opens the form behind a summary within a section. */
async function unfold(page, section, summary) {
  const details = page.locator(section).locator("details", { has: page.locator("summary", { hasText: summary }) }).first();
  await details.locator("summary").first().click();
  return details;
}

test("from interviews to a card that can be printed", async () => {
  const { page, wrong, context } = await visit(browser, workbench);
  await page.goto(workbench.at("/start"));
  await page.locator("button[value=skip]").click();
  await page.waitForURL(/evidence/);
  study = /study\/[^/]+/.exec(page.url())[0];

  await page.goto(workbench.at(`${study}/jobs`));
  await page.getByText("What progress is my customer hiring us to help them make?").waitFor();
  assert.equal(await page.locator("main svg").count(), 0, "no chart stands where nothing is known");

  await page.goto(workbench.at(`${study}/evidence`));
  await page.setInputFiles("input[type=file]", await Promise.all(people.map((name, n) => workbench.file(`${name.split(" ")[0]}.txt`, talkOf(name, n)))));
  await page.locator("form.evidence .act").click();
  await page.waitForURL(/import\/\d+$/);
  await page.waitForSelector(".onward");

  await page.getByRole("link", { name: "Jobs", exact: true }).first().click();
  await page.getByRole("heading", { name: "Proposed, and named by nobody yet" }).waitFor();
  const name = await unfold(page, "ol.jobs > li", "Name it");
  await name.locator("textarea[name=words]").fill("get the boxes upstairs in one go");
  await name.locator("input[name=span]").first().check();
  await name.getByRole("button", { name: "Keep it" }).click();
  await page.waitForURL(/\/jobs$/);
  await page.getByRole("link", { name: "get the boxes upstairs in one go", exact: true }).first().click();
  await page.waitForURL(/\/job\//);
  card = new URL(page.url()).pathname;

  for (const [heading, words] of [["When", "I live at the top and there is no lift"], ["help me", "get the boxes upstairs in one go"], ["so that this gets done", "the flat is full before it is dark"]]) {
    const form = await unfold(page, `.statement-part:has(h3:text-is("${heading}"))`, "Write it");
    await form.locator("textarea[name=words]").fill(words);
    if (await form.locator("input[name=span]").count()) await form.locator("input[name=span]").first().check();
    await form.getByRole("button", { name: "Keep it" }).click();
    await page.waitForURL((url) => url.pathname === card);
    await page.getByRole("link", { name: words, exact: true }).first().waitFor();
  }

  const measure = await unfold(page, "section:has(#measure)", "Write a measure");
  await measure.locator("textarea[name=words]").fill("upstairs in ten minutes");
  await measure.locator("input[name=span]").first().check();
  await measure.getByRole("button", { name: "Keep it" }).click();
  await page.getByRole("link", { name: "upstairs in ten minutes", exact: true }).waitFor();

  const finish = await unfold(page, "section:has(#solve)", "Write a finish line");
  await finish.locator("textarea[name=words]").fill("they bought the large handle");
  await finish.getByRole("button", { name: "Keep it" }).click();
  await page.getByText("About us.", { exact: true }).waitFor();

  // words are laid beside a line, and the line then says who says otherwise
  const beside = await unfold(page, '.statement-part:has(h3:text-is("When"))', "Lay their words beside it");
  await beside.getByRole("button", { name: "they say otherwise" }).first().click();
  await page.locator(".against .label").first().waitFor();

  const issue = await unfold(page, "section:has(#solve)", "Add what must also change");
  await issue.locator("textarea[name=words]").fill("somebody has to clear the stairs");
  await issue.locator("select").selectOption("nobody");
  await issue.getByRole("button", { name: "Keep it" }).click();
  await page.getByText("Not ours, but is there a plan?").waitFor();

  const matters = await unfold(page, "section:has(#criteria)", "Add what may matter");
  await matters.locator("textarea[name=words]").fill("it is pretty");
  await matters.getByRole("button", { name: "Keep it" }).click();
  await page.getByRole("link", { name: "it is pretty", exact: true }).click();
  await page.getByLabel("expressly not needed").check();
  await page.getByRole("button", { name: "Keep it" }).click();
  await page.getByRole("alert").waitFor();
  assert.ok(await page.getByLabel("expressly not needed").isChecked(), "what was chosen is kept where it is refused");
  await page.locator(".candidates input[name=span]").nth(1).check();
  await page.getByRole("button", { name: "Keep it" }).click();
  await page.locator(".opening b", { hasText: "expressly not needed" }).waitFor();

  // taken back in one press
  await page.getByRole("button", { name: "Undo my last deed" }).click();
  await page.locator(".opening b", { hasText: "unknown" }).waitFor();

  await page.goto(workbench.at(card));
  assert.ok(await page.locator(".force svg[role=img]").count() === 4);
  for (const format of ["A4", "Letter"]) {
    const pages = (await page.pdf({ format })).toString("latin1").match(/\/Type\s*\/Page[^s]/g).length;
    assert.ok(pages <= 4, `the card takes ${pages} pages of ${format}`);
  }
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".work:visible").count(), 0, "no form is printed");
  assert.deepEqual(wrong, []);
  await context.close();
});

test("every page of jobs is for everybody, light and dark, wide and narrow", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const { page, wrong, context } = await visit(browser, workbench, { colorScheme });
    await page.goto(workbench.at(card));
    const episode = await page.locator(".card-episodes a").first().getAttribute("href");
    const claim = await page.locator(".claim-words a").first().getAttribute("href");
    const cell = await page.locator(".criteria-of a").first().getAttribute("href");
    for (const path of [`${study}/jobs`, card, episode, claim, cell, `${study}/criteria`, `${study}/product`, `${study}/product?name=nothing`, `${study}/claims?part=job`]) {
      await page.goto(workbench.at(path));
      await page.locator("details").evaluateAll((all) => all.forEach((d) => (d.open = true)));
      assert.deepEqual(await findings(page), [], `${path}, ${colorScheme}`);
      await page.setViewportSize({ width: 360, height: 740 });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, `${path} is too wide`);
      assert.deepEqual(await findings(page), [], `${path}, ${colorScheme}, narrow`);
      await page.setViewportSize({ width: 1280, height: 900 });
    }
    assert.deepEqual(wrong, []);
    await context.close();
  }
});

test("without a script a job is named as well", async () => {
  const { page, context } = await visit(browser, workbench, { javaScriptEnabled: false });
  await page.goto(workbench.at(card));
  const form = page.locator('.statement-part:has(h3:text-is("so that I feel")) details.write');
  await form.locator("summary").click();
  await form.locator("textarea[name=words]").fill("I do not lie awake");
  await form.getByRole("button", { name: "Keep it" }).click();
  await page.getByRole("link", { name: "I do not lie awake", exact: true }).waitFor();
  await context.close();
});
