import type { Problem } from "./types.gen.ts";

// What an operation of the API gives: its value, or why not. Nothing is thrown,
// so that whoever calls has to say what happens then.
export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** What is done goes on though its page is left; browsers hold 64 KB of such at most. */
const outlives = 20_000; // units, of three bytes at most

type Query = Record<string, string | number | boolean | undefined>;

/**
 * Asks the API of this Headway. The browser says by itself that the request comes
 * from one of our own pages (Sec-Fetch-Site, Origin), and sends the cookie; what
 * another site sends is refused.
 */
export async function call<T>(method: string, path: string, body?: object, query: Query = {}): Promise<Answer<T>> {
  const sent = body instanceof FormData || body instanceof Blob ? body : body && JSON.stringify(body);
  const type = body instanceof Blob ? "application/octet-stream" : "application/json";
  try {
    const answer = await fetch(address(path, query), {
      method,
      headers: { Accept: "application/json", ...(sent && !(sent instanceof FormData) ? { "Content-Type": type } : {}) },
      body: sent,
      keepalive: method !== "GET" && (!sent || (typeof sent === "string" && sent.length < outlives)),
    });
    if (answer.ok) return { ok: true, value: (await valueOf(answer)) as T };
    return { ok: false, problem: (await answer.json()) as Problem };
  } catch {
    return { ok: false, problem: { code: "unavailable", status: 0, title: "Not to be had right now", detail: "Headway does not answer: is it still running?" } };
  }
}

/** What an answer holds: JSON, a file, or nothing. */
function valueOf(answer: Response): Promise<unknown> | undefined {
  if (answer.status === 204) return undefined;
  return answer.headers.get("Content-Type")?.includes("json") ? answer.json() : answer.blob();
}

function address(path: string, query: Query): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) asked.set(name, String(value));
  return `/api/v1${path}${asked.size > 0 ? `?${asked}` : ""}`;
}
