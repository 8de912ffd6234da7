import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, start, visit } from "./workbench.mjs";

let workbench, browser;
before(async () => {
  workbench = await start();
  browser = await browse();
});
after(async () => {
  await browser?.close();
  await workbench?.stop();
});

const hostile = `Interviewer: What is hard <script>alert(1)</script> about it?
Participant: <img src=x onerror=alert(2)> I copy the numbers by hand every Friday and it takes me three hours </q></a><svg onload=alert(3)>
Interviewer: "><script src="http://evil.example/a.js"></script> Like everybody you lose money.
Participant: I want to be home <a href="javascript:alert(4)">when</a> the kids are up <link rel=stylesheet href=//evil.example/a.css>
`;

test("a hostile transcript stays words: nothing runs, nothing is fetched", async () => {
  const { page, wrong, context } = await visit(browser, workbench);
  await page.goto(workbench.at("/start"));
  await page.locator("[name=name]").fill("</title><script>alert(5)</script>");
  await page.locator("#worked").fill("<img src=x onerror=alert(6)>");
  await Promise.all([page.waitForURL(/evidence$/), page.locator("button[value=seal]").click()]);
  await page.locator("#files").setInputFiles({ name: "<img src=x onerror=alert(7)>.txt", mimeType: "text/plain", buffer: Buffer.from(hostile) });
  await Promise.all([page.waitForURL(/import\/\d+$/), page.locator("form.evidence .act").click()]);
  await page.waitForSelector(".onward");
  const study = page.url().replace(/\/import.*/, "");
  for (const part of ["/mirror", "/people", "/evidence", "/guess"]) await page.goto(study + part);
  await page.locator("a[href='" + new URL(study).pathname + "/evidence']").click();
  await page.locator("table.heads a").first().click();
  await page.waitForSelector(".turn");
  assert.match(await page.locator(".transcript").textContent(), /<script>alert\(1\)<\/script>/);
  assert.equal(await page.locator("main img, main svg[onload], main script").count(), 0);
  await page.goto(workbench.at("/search?q=Friday"));
  assert.equal(await page.locator(".hits li").count(), 1);
  assert.deepEqual(wrong, []);
  await context.close();
});

test("a browser that Headway did not open stays outside", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const answer = await page.goto(workbench.at("/"));
  assert.equal(answer.status(), 403);
  assert.match(await page.locator("main").textContent(), /headway serve/);
  const post = await context.request.post(workbench.at("/sample"));
  assert.equal(post.status(), 403);
  await context.close();
});
