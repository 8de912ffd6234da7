// Walks the pages that come up only once people work together, or look from outside.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, findings, heardClosely, start, visit } from "./workbench.mjs";

let workbench, browser;
const inside = []; // paths, for whoever sits at the machine
const outside = ["/signin"]; // for those who are let in by nothing, or by a link

/** A program that acts for the first owner. */
async function token() {
  const { stdout } = await workbench.tell("token", "add", "--scope", "write", "a test");
  const headers = { Authorization: "Bearer " + stdout.trim(), "Content-Type": "application/json" };
  return async (method, path, body) => {
    const answer = await fetch(workbench.at("/api/v1" + path), { method, headers, body: JSON.stringify(body) });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${answer.ok ? "" : await answer.text()}`);
    return answer;
  };
}

before(async () => {
  workbench = await start("--sample");
  await workbench.tell("member", "add", "--role", "owner", "Jan Vos");
  const jan = await token();
  await workbench.tell("member", "add", "--role", "owner", "Ute Lind");
  await workbench.tell("member", "role", "Jan Vos", "editor");
  const ute = await token(); // the first owner's, who is Ute now
  await workbench.tell("member", "role", "Jan Vos", "owner");
  browser = await browse();
  const { page, context } = await visit(browser, workbench);
  const open = (path) => page.goto(workbench.at(path));
  const press = async (name) => {
    await page.getByRole("button", { name, exact: true }).first().click();
    await page.waitForLoadState();
  };
  const href = (selector) => page.locator(selector).first().getAttribute("href");
  const here = () => page.url().replace(new URL(page.url()).origin, "");
  const made = async (path) => {
    await open(path);
    await press("Make the link");
    outside.push(new URL(await page.locator("#made").inputValue()).pathname);
  };

  await open("/");
  const studies = await page.locator("a[href^='/study/']").evaluateAll((all) => [...new Set(all.map((a) => a.getAttribute("href")))]);
  const titles = {};
  for (const study of studies) {
    await open(study + "/evidence");
    titles[await page.locator(".heads tbody tr").count() > 2 ? "mugs" : "erp"] = study;
  }
  await open(titles.mugs);
  await heardClosely(page);
  const id = (path) => path.split("/").pop();

  await open(`${titles.erp}/evidence`);
  const talk = await href(".heads a:has-text('first-call')");
  await open(talk);
  const turn = (await page.locator("[id^='t-']").nth(1).getAttribute("id")).slice(2);
  const [conversation, study] = talk.split("?");
  await open(`${conversation}/rounds?${study}`);
  await page.locator("[name=member]").evaluateAll((all) => all.forEach((box) => (box.checked = true)));
  await page.locator("form[action$='/rounds'] button").click();
  await page.waitForURL(/round\//);
  inside.push(here());

  await open(`${titles.mugs}/evidence`);
  const [other, through] = (await href(".heads a:has-text('tobias')")).split("?");
  await open(`${other}/rounds?${through}`);
  await page.locator("[name=member]").evaluateAll((all) => all.forEach((box) => (box.checked = true)));
  await page.locator("form[action$='/rounds'] button").click();
  await page.waitForURL(/round\//);
  inside.push(here());
  const over = "/rounds/" + id(new URL(page.url()).pathname);
  const { items } = await (await jan("GET", `${other.replace("conversation", "conversations")}/turns?${through}`)).json();
  const theirs = items.filter((turn) => turn.side === "theirs" && turn.words);
  const marks = (label, from) => ({ marks: theirs.slice(from, from + 3).map(({ words: { span } }) => ({ spans: [span], label, verdict: "kept" })) });
  await jan("POST", "/marks", marks("struggle", 0));
  await ute("POST", "/marks", marks("struggle", 1));
  await ute("POST", "/marks", marks("anxiety", 0));
  for (const who of [jan, ute]) await who("PUT", over + "/done", { done: true });
  await open(inside.at(-1));
  assert.ok((await page.locator(".figures tbody tr").count()) && (await page.locator("[data-line]").count()), "the round is over, and shows neither figures nor what is to be settled");

  await open("/search?q=stock");
  await page.locator(".saving [name=name]").fill("What they fear about stock");
  await press("Keep it");
  await open("/people");
  const person = id(await href("a[href^='/customer/'], a[href^='/person/']"));
  await open(`/person/${person}`);
  await page.locator("[name=firm]").fill("Norling Steel");
  await page.locator("[name=role]").selectOption("buyer");
  await press("Keep");
  await open(`/person/${person}`);
  inside.push(await href("a[href^='/account/']"));

  await open("/people");
  const forgotten = id(await href("main a:has-text('Amira')"));
  await open(`/person/${forgotten}/erase`);
  await page.locator("[name=sure]").check();
  await press("Erase them");
  inside.push("/forgotten");

  await made(`/links?kind=mirror&study=${id(titles.mugs)}`);
  await made(`/links?kind=search&words=mug&study=${id(titles.mugs)}`);
  await open(talk);
  const text = await page.locator("[data-text]").first().getAttribute("data-text").catch(() => turn + ".1");
  await made(`/links?kind=quote&study=${id(titles.erp)}&conversation=${id(conversation)}&span=${text}:0-12`);
  await open("/members");
  await page.locator("[name=name]").fill("Aisha Bello");
  await press("Make a link for them");
  outside.push(new URL(await page.locator("#made").inputValue()).pathname, "/shared/ended", "/invitation/ended");

  inside.push("/search", "/search?q=stock&kind=anxiety&since=2024-01-01", "/search?q=kind:bogus", "/chosen?q=stock", "/links", "/members", "/account", "/log", "/review", "/people", "/queue", "/?undone=mark.anxiety.3");
  inside.push(`/person/${person}`, `/person/${person}/erase`, `/customer/${person}`, `${titles.erp}/conversations`, `${titles.erp}/changes`, `/compare?a=${id(titles.erp)}&b=${id(titles.mugs)}`);
  inside.push(`${conversation}/rounds?${study}`, `${conversation}/masks?${study}`, `${conversation}/turn/${turn}/edit?${study}`);
  await context.close();
});
after(async () => {
  await browser?.close();
  await workbench?.stop();
});

const looks = {
  "in the light": {},
  "on a phone of 360 px, in the dark": { viewport: { width: 360, height: 740 }, colorScheme: "dark" },
  "in forced colours": { forcedColors: "active" },
  "at 200 %": { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
};

for (const [look, options] of Object.entries(looks)) {
  test(`no serious accessibility finding, and nothing too wide, among members and outside: ${look}`, async () => {
    const { page, wrong, context } = await visit(browser, workbench, options);
    for (const paths of [inside, outside]) {
      if (paths === outside) await context.clearCookies();
      for (const path of paths) {
        await page.goto(workbench.at(path));
        await page.locator("details").evaluateAll((all) => all.forEach((d) => (d.open = true)));
        for (const finding of await findings(page)) wrong.push(`${path}: ${finding}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (wide > 0) wrong.push(`${path} is ${wide} px too wide`);
      }
    }
    assert.deepEqual(wrong, []);
    await context.close();
  });
}

test("in forced colours a button looks like one, and the part one is in differs from the others", async () => {
  const { page, context } = await visit(browser, workbench, { forcedColors: "active" });
  await page.goto(workbench.at(inside.find((p) => p.endsWith("/changes"))));
  const line = (part) => part.evaluate((e) => getComputedStyle(e).borderBottomColor);
  assert.notEqual(await line(page.locator(".parts [aria-current]")), await line(page.locator(".parts a:not([aria-current])").first()));
  await page.goto(workbench.at("/search"));
  assert.equal(await page.locator(".act").first().evaluate((e) => getComputedStyle(e).borderTopStyle), "solid");
  await context.close();
});
