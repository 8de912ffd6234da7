// A browser that nothing is attached to while it shows a page: what watches a
// page (an observer of its elements, a debugger that keeps what was sent) weighs
// more than a long page does.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Starts one; go() opens a page, run() runs an expression in it, weight() tells its weight. */
export async function alone() {
  const home = await mkdtemp(join(tmpdir(), "headway-alone-"));
  const flags = ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-extensions", "--window-size=1280,900", "--remote-debugging-pipe", `--user-data-dir=${home}`];
  const program = spawn(process.env.CHROMIUM ?? "/usr/bin/chromium", [...flags, "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const ended = new Promise((done) => program.on("exit", done));
  const [ask, answers] = [program.stdio[3], program.stdio[4]];
  const waiting = new Map();
  let rest = "";
  answers.setEncoding("utf8");
  answers.on("data", (chunk) => {
    const messages = (rest + chunk).split("\0");
    rest = messages.pop();
    for (const { id, result, error } of messages.map((m) => JSON.parse(m))) {
      if (!waiting.has(id)) continue;
      const [done, failed] = waiting.get(id);
      if (error) failed(new Error(error.message));
      else done(result);
    }
  });
  let last = 0;
  const call = (method, params = {}, sessionId) =>
    new Promise((done, failed) => {
      waiting.set(++last, [done, failed]);
      ask.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
    });
  const { targetId } = await call("Target.createTarget", { url: "about:blank" });

  return {
    /** Runs an expression in the page, attached no longer than it takes. */
    async run(expression) {
      const { sessionId } = await call("Target.attachToTarget", { targetId, flatten: true });
      const { result } = await call("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true }, sessionId);
      await call("Target.detachFromTarget", { sessionId });
      return result.value;
    },
    async go(url) {
      await this.run(`void (location.href = ${JSON.stringify(url)})`);
    },
    /** Gives the proportional set size of the process that holds the page, in MB, once it rests. */
    async weight() {
      let steady = 0;
      for (let before = 0; ; ) {
        await new Promise((done) => setTimeout(done, 500));
        const { processInfo } = await call("SystemInfo.getProcessInfo");
        let most = 0;
        for (const { type, id } of processInfo) if (type === "renderer") most = Math.max(most, await pss(id));
        steady = Math.abs(most - before) < 0.5 ? steady + 1 : 0;
        if (steady === 4) return most;
        before = most;
      }
    },
    async close() {
      program.kill();
      await ended;
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Gives a process's proportional set size, 0 for one that has just ended. */
async function pss(id) {
  const rollup = await readFile(`/proc/${id}/smaps_rollup`, "utf8").catch(() => "");
  return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024;
}
