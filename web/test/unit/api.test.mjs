import assert from "node:assert/strict";
import { test } from "node:test";
import { call } from "../../../build/unit/api/call.js";

// asked runs a call with an answer in the place of Headway's.
async function asked(answer, ...of) {
  const seen = {};
  globalThis.fetch = async (address, request) => {
    Object.assign(seen, { address, ...request });
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { seen, got: await call(...of) };
}

test("what is done gives its value, and what is sent is JSON", async () => {
  const { seen, got } = await asked(Response.json({ deeds: [7] }), "POST", "/marks", { marks: [] });
  assert.deepEqual(got, { ok: true, value: { deeds: [7] } });
  assert.equal(seen.address, "/api/v1/marks");
  assert.equal(seen.body, '{"marks":[]}');
  assert.equal(seen.headers["Content-Type"], "application/json");
});

test("what answers nothing gives nothing", async () => {
  const { got } = await asked(new Response(null, { status: 204 }), "DELETE", "/notes/abc");
  assert.deepEqual(got, { ok: true, value: undefined });
});

test("what is refused gives the problem, and nothing is thrown", async () => {
  const problem = { code: "denied", status: 403, title: "Not allowed", detail: "seal first" };
  const { got } = await asked(Response.json(problem, { status: 403 }), "GET", "/studies/x/mirror");
  assert.deepEqual(got, { ok: false, problem });
});

test("a Headway that has stopped is a problem too", async () => {
  const { got } = await asked(new TypeError("failed to fetch"), "GET", "/studies");
  assert.equal(got.ok, false);
  assert.equal(got.problem.code, "unavailable");
});

test("what is not asked for stays out of the address", async () => {
  const { seen } = await asked(Response.json({ items: [] }), "GET", "/search", undefined, { q: "a & b", side: undefined, limit: 5 });
  assert.equal(seen.address, "/api/v1/search?q=a+%26+b&limit=5");
});

test("a form goes as it is, with a boundary of the browser's own", async () => {
  const { seen } = await asked(Response.json({ job: "1" }), "POST", "/studies/x/imports", new FormData());
  assert.ok(seen.body instanceof FormData);
  assert.equal(seen.headers["Content-Type"], undefined);
});

test("what is done goes on though its page is left, unless it is more than browsers hold", async () => {
  const small = await asked(Response.json({ deeds: [7] }), "POST", "/marks", { marks: [] });
  assert.equal(small.seen.keepalive, true);
  const large = await asked(Response.json({ deeds: [7] }), "POST", "/marks", { marks: Array.from({ length: 500 }, (_, i) => ({ i, label: "struggle", verdict: "kept", spans: [] })) });
  assert.equal(large.seen.keepalive, false);
  const read = await asked(Response.json({ items: [] }), "GET", "/studies");
  assert.equal(read.seen.keepalive, false);
});

test("a file goes and comes as its bytes", async () => {
  const { seen, got } = await asked(new Response("RIFF", { headers: { "Content-Type": "audio/wave" } }), "PUT", "/conversations/x/recording", new Blob(["RIFF"]));
  assert.equal(seen.headers["Content-Type"], "application/octet-stream");
  assert.equal(await got.value.text(), "RIFF");
});
