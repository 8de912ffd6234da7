// Lays the words chosen beside a job, in a dialog: it holds what the page has to
// which the form in the dock leads, and sends its forms as that page would.
import type { Answer } from "../api/call.ts";
import { say } from "../say.ts";
import { chosen, chosenTurn } from "./chosen.ts";
import { send, tell } from "./sending.ts";
import { side } from "./turns.ts";

const dialog = document.querySelector<HTMLDialogElement>("#laying");
const form = document.querySelector<HTMLFormElement>("form[data-lay]");

export const laying = (of: Element): boolean => !!of.closest("#laying");

/** Opens what the words chosen can be laid beside; false where they are no customer's. */
export function lay(): boolean {
  const turn = chosenTurn();
  if (!dialog || !form || !turn || chosen().length === 0 || side(turn) !== "theirs") return false;
  void open(dialog, form);
  return true;
}

async function open(dialog: HTMLDialogElement, form: HTMLFormElement): Promise<void> {
  say("Looking for the jobs");
  const page = await look(`${form.action}?${new URLSearchParams(new FormData(form) as unknown as Record<string, string>)}`);
  const beside = page?.querySelector("[data-beside]");
  if (!beside) return form.submit(); // the page itself says what is wrong
  dialog.querySelector("[data-laid]")!.replaceChildren(document.adoptNode(beside));
  refused("");
  dialog.showModal();
}

async function look(address: string): Promise<Document | null> {
  try {
    const answer = await fetch(address);
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  } catch {
    return null;
  }
}

/** Sends a form of the dialog; what is refused stays to be put right. */
export function layThem(form: HTMLFormElement, by: HTMLElement | null): void {
  const words = new URLSearchParams(new FormData(form, by) as unknown as Record<string, string>);
  const back = words.get("verdict") === "undecided";
  const line = form.dataset.lays || words.get("words");
  void send(
    () => post(form.action, words),
    () => [],
  ).then((kept) => {
    if (!kept) return;
    dialog?.close();
    tell(`${back ? "Taken from" : "Laid"} beside “${line}”. Ctrl Z takes it back.`);
  });
}

async function post(address: string, body: URLSearchParams): Promise<Answer<true>> {
  let detail = "Headway does not answer: is it still running?";
  try {
    const answer = await fetch(address, { method: "POST", body, redirect: "manual", keepalive: true, headers: { Accept: "application/json" } });
    if (answer.type === "opaqueredirect") return { ok: true, value: true };
    detail = ((await answer.json()) as { problem: string }).problem;
  } catch {
    // it is said below
  }
  refused(detail);
  return { ok: false, problem: { code: "unavailable", status: 0, title: "Not kept", detail } };
}

function refused(why: string): void {
  const problem = dialog?.querySelector<HTMLElement>(".problem");
  if (!problem) return;
  problem.textContent = why;
  problem.hidden = why === "";
}
