// Starts the real program on a free port with an empty folder, and a real
// browser; every page that a test opens is watched for what must never happen.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const axeSource = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

export const transcript = `WEBVTT

1
00:00:02.000 --> 00:00:07.000
<v Interviewer>How do you close the month today, and what is hard about it?

2
00:00:08.000 --> 00:00:19.000
<v Participant>We had just opened a second warehouse. I copy the numbers by hand every Friday, and it takes me three hours.

3
00:00:20.000 --> 00:00:24.000
<v Interviewer>Our module does exactly that for you, by the way.

4
00:00:25.000 --> 00:00:40.000
<v Participant>Maybe. If my boss stops calling me on Sundays, it works. I want to be home when the kids are still up. Otherwise I would have gone on with the shared spreadsheet.

5
00:00:41.000 --> 00:00:45.000
<v Interviewer>Like everybody in your trade you lose money on returns.

6
00:00:46.000 --> 00:00:52.000
<v Participant>Not really. I am afraid the new system leaks our price list.
`;

const headway = process.env.HEADWAY ?? "build/headway";

/** Starts headway; tell() runs another command beside it, stop() ends it and forgets its folder. */
export async function start(...flags) {
  const data = await mkdtemp(join(tmpdir(), "headway-e2e-"));
  const program = spawn(headway, ["serve", "--data", data, "--port", "0", "--open=false", ...flags]);
  const url = await new Promise((found, failed) => {
    let said = "";
    const listen = (chunk) => {
      said += chunk;
      const open = said.match(/^open (\S+)$/m);
      if (open) found(open[1]);
    };
    program.stdout.on("data", listen);
    program.stderr.on("data", listen);
    program.on("exit", (code) => failed(new Error(`headway ended with ${code}: ${said}`)));
  });
  const ended = new Promise((done) => program.on("exit", done));
  return {
    url,
    data,
    tell: (...args) => promisify(execFile)(headway, ["--data", data, ...args]),
    at: (path) => new URL(path, url).href,
    async file(name, content) {
      const path = join(data, name);
      await writeFile(path, content);
      return path;
    },
    async stop() {
      program.kill();
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}

export async function browse() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
}

/** Opens a page that remembers requests to others, broken rules and errors. */
export async function visit(browser, workbench, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const origin = new URL(workbench.url).origin;
  const wrong = [];
  page.on("request", (r) => {
    if (!r.url().startsWith(origin) && !r.url().startsWith("data:") && !r.url().startsWith("blob:")) wrong.push(`asked ${r.url()}`);
  });
  page.on("console", (m) => {
    if (m.type() === "error" && !/status of (403|404|422)/.test(m.text())) wrong.push(m.text());
  });
  page.on("pageerror", (e) => wrong.push(e.message));
  page.on("dialog", (d) => {
    wrong.push(`a dialog said ${d.message()}`);
    d.dismiss();
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (e) => console.error(`policy broken: ${e.violatedDirective} ${e.blockedURI}`));
  });
  await page.goto(workbench.url);
  return { page, context, wrong };
}

/** Gives the serious and critical findings of axe on the page, in words. */
export async function findings(page) {
  // the page's own policy forbids foreign script; the tester's goes in through the debugger
  const session = await page.context().newCDPSession(page);
  const { readFile } = await import("node:fs/promises");
  await session.send("Runtime.evaluate", { expression: await readFile(axeSource, "utf8") });
  const { result } = await session.send("Runtime.evaluate", {
    expression: `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then((r) => JSON.stringify(r.violations.filter((v) => v.impact === "serious" || v.impact === "critical").map((v) => v.id + ": " + v.nodes.map((n) => n.target + " " + n.failureSummary).join(" | "))))`,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  return JSON.parse(result.value);
}

/** Opens the page again until all is heard closely: then nothing moves any more. */
export async function heardClosely(page) {
  while (await page.locator(".closely").count()) await page.reload();
}
