import { say } from "./say.ts";

// Search as you type. The page that answers a search is fetched while somebody
// writes, what is no longer wanted is broken off, and what was found is put into
// the page that is open. Without this the form does the same.

const pause = 120; // ms between the last key and the question

export function find(): void {
  const form = document.querySelector<HTMLFormElement>("#finder");
  const field = form?.querySelector<HTMLInputElement>("#q");
  const found = document.getElementById("found");
  if (!form || !field || !found) return;
  const offers = offering(form, field);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;

  const ask = async (): Promise<void> => {
    asking?.abort();
    const mine = (asking = new AbortController());
    const to = address(form);
    found.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(to, { headers: { Accept: "text/html" }, signal: mine.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine.signal.aborted) return;
      const fresh = page.getElementById("found");
      if (!answer.ok || !fresh) return say("The search failed. Load the page again.");
      found.replaceChildren(...fresh.childNodes);
      offers.show(page.querySelectorAll("#offers > li"));
      history.replaceState(null, "", to);
      say(found.querySelector(".problem")?.textContent ?? found.querySelector("#count")?.textContent ?? "");
    } catch {
      if (!mine.signal.aborted) say("Headway does not answer.");
    } finally {
      if (asking === mine) found.removeAttribute("aria-busy");
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void ask(), pause);
  });
  form.addEventListener("change", (e) => {
    if (e.target !== field) void ask();
  });
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    clearTimeout(waiting);
    offers.hide();
    void ask();
  });
  offers.onTake = () => void ask();
  field.addEventListener("keydown", (e) => {
    if (offers.key(e)) e.preventDefault();
    else if (e.key === "ArrowDown" && step(found, 1)) e.preventDefault();
  });
  found.addEventListener("keydown", (e) => {
    if (!(e.target instanceof HTMLElement) || !e.target.closest(".hits")) return;
    if (e.key === "Enter" && e.target.matches("li")) e.target.querySelector("a")?.click();
    else if (e.key === "ArrowDown") step(found, 1);
    else if (e.key === "ArrowUp") step(found, -1) || field.focus();
    else return;
    e.preventDefault();
  });
}

/** Gives the address of a search, with those fields that say something. */
export function address(form: HTMLFormElement): string {
  const says = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value.trim()) says.append(name, value);
  }
  return `${form.getAttribute("action") ?? ""}?${says.toString()}`;
}

/** Moves the focus among what was found; false at an end. */
function step(found: HTMLElement, by: 1 | -1): boolean {
  const all = [...found.querySelectorAll<HTMLElement>(".hits > li")];
  const to = all[all.findIndex((l) => l.contains(document.activeElement)) + by];
  to?.focus({ preventScroll: true });
  to?.scrollIntoView({ block: "nearest" });
  return !!to;
}

interface Offering {
  show(fresh: Iterable<Element>): void;
  hide(): void;
  key(e: KeyboardEvent): boolean;
  onTake: () => void;
}

/** A combobox (WAI-ARIA 1.2): a list under the field of what could be typed next. */
function offering(form: HTMLFormElement, field: HTMLInputElement): Offering {
  const list = form.querySelector<HTMLUListElement>("#offers") ?? document.createElement("ul");
  let at = -1;
  const all = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>("[role=option]")];
  const point = (to: number): void => {
    at = to;
    all().forEach((o, i) => {
      o.id = `offer-${i}`;
      o.setAttribute("aria-selected", String(i === at));
    });
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", `offer-${at}`);
  };
  const open = (is: boolean): void => {
    list.hidden = !is;
    field.setAttribute("aria-expanded", String(is));
    point(-1);
  };
  const take = (option: HTMLElement): void => {
    field.value = option.dataset.query ?? field.value;
    open(false);
    field.focus();
    offering.onTake();
  };
  const offering: Offering = {
    onTake: () => {},
    hide: () => open(false),
    show(fresh) {
      list.replaceChildren(...fresh);
      open(list.childElementCount > 0 && document.activeElement === field);
    },
    key(e) {
      const options = all();
      const chosen = options[at];
      if (list.hidden) return false;
      if (e.key === "ArrowDown") point(Math.min(at + 1, options.length - 1));
      else if (e.key === "ArrowUp") point(Math.max(at - 1, -1));
      else if (e.key === "Escape") open(false);
      else if ((e.key === "Enter" || e.key === "Tab") && chosen) take(chosen);
      else return false;
      return true;
    },
  };
  for (const [name, value] of [["role", "combobox"], ["aria-controls", "offers"], ["aria-autocomplete", "list"], ["aria-expanded", "false"]] as const)
    field.setAttribute(name, value);
  list.addEventListener("pointerdown", (e) => {
    const option = e.target instanceof Element && e.target.closest<HTMLElement>("[role=option]");
    e.preventDefault(); // the field keeps the focus
    if (option) take(option);
  });
  field.addEventListener("blur", () => open(false));
  return offering;
}
