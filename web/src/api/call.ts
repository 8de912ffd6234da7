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
  const form = body instanceof FormData;
  const json = form || !body ? "" : JSON.stringify(body);
  try {
    const answer = await fetch(address(path, query), {
      method,
      headers: { Accept: "application/json", ...(json ? { "Content-Type": "application/json" } : {}) },
      body: form ? body : json || undefined,
      keepalive: method !== "GET" && !form && json.length < outlives,
    });
    if (answer.ok) return { ok: true, value: (answer.status === 204 ? undefined : await answer.json()) as T };
    return { ok: false, problem: (await answer.json()) as Problem };
  } catch {
    return { ok: false, problem: { code: "unavailable", status: 0, title: "Not to be had right now", detail: "Headway does not answer: is it still running?" } };
  }
}

function address(path: string, query: Query): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) asked.set(name, String(value));
  return `/api/v1${path}${asked.size > 0 ? `?${asked}` : ""}`;
}
