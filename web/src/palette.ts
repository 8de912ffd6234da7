// The palette: Ctrl or Cmd and K opens a field, and what fits what is typed can
// be chosen with the arrow keys (a combobox with a list, WAI-ARIA 1.2). What a
// page can do it says itself, through the event "headway:commands"; pages and
// conversations come from the server.
export interface Command {
  group: string;
  name: string;
  key?: string;
  go(): void;
}

interface Place {
  group: string;
  name: string;
  href: string;
}

export function palette(): void {
  let dialog: HTMLDialogElement | null = null;
  let all: Command[] = [];
  let shown: Command[] = [];
  let at = 0;
  let asked = new AbortController();

  document.addEventListener("keydown", (e) => {
    if (!(e.ctrlKey || e.metaKey) || e.key.toLowerCase() !== "k") return;
    e.preventDefault();
    open();
  });

  function open(): void {
    dialog ??= make();
    all = [];
    document.dispatchEvent(new CustomEvent("headway:commands", { detail: all }));
    const field = dialog.querySelector("input")!;
    field.value = "";
    if (!dialog.open) dialog.showModal();
    show("");
    void ask("");
  }

  function make(): HTMLDialogElement {
    const made = document.createElement("dialog");
    made.id = "palette";
    made.setAttribute("aria-label", "Go to, or do");
    made.innerHTML = '<input type="text" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list" aria-label="Go to, or do" placeholder="A turn, a conversation, a page, a kind" autocomplete="off" spellcheck="false"><ul role="listbox" id="palette-list" aria-label="What fits"></ul>';
    document.body.append(made);
    const field = made.querySelector("input")!;
    let soon = 0;
    field.addEventListener("input", () => {
      show(field.value);
      clearTimeout(soon);
      soon = window.setTimeout(() => void ask(field.value), 120);
    });
    field.addEventListener("keydown", (e) => {
      if (e.key === "ArrowDown") choose(at + 1);
      else if (e.key === "ArrowUp") choose(at - 1);
      else if (e.key === "Enter") run(at);
      else return;
      e.preventDefault();
    });
    made.querySelector("ul")!.addEventListener("click", (e) => {
      const item = (e.target as Element).closest<HTMLElement>("[role=option]");
      if (item) run(Number(item.dataset.n));
    });
    return made;
  }

  /** Asks the server for pages and conversations of a name. */
  async function ask(query: string): Promise<void> {
    asked.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`/palette?q=${encodeURIComponent(query)}`, { signal: asked.signal, headers: { Accept: "application/json" } });
      const places = (await answer.json()) as Place[];
      all = all.filter((c) => !("href" in c)).concat(places.map((p) => ({ ...p, go: () => location.assign(p.href) })));
      show(dialog!.querySelector("input")!.value);
    } catch {
      // another question was faster, or Headway has stopped: what is here stays
    }
  }

  function show(query: string): void {
    shown = matching(all, query).slice(0, 40);
    const list = dialog!.querySelector("ul")!;
    let group = "";
    list.replaceChildren(
      ...shown.flatMap((c, n) => {
        const item = document.createElement("li");
        item.id = `palette-${n}`;
        item.setAttribute("role", "option");
        item.dataset.n = String(n);
        item.append(c.name);
        if (c.key) {
          const key = document.createElement("kbd");
          key.textContent = c.key;
          item.append(key);
        }
        if (c.group === group) return [item];
        group = c.group;
        const head = document.createElement("li");
        head.className = "group";
        head.setAttribute("role", "presentation");
        head.textContent = group;
        return [head, item];
      }),
    );
    choose(0);
  }

  function choose(n: number): void {
    at = Math.min(Math.max(n, 0), shown.length - 1);
    const field = dialog!.querySelector("input")!;
    for (const item of dialog!.querySelectorAll("[role=option]")) item.setAttribute("aria-selected", String(item.id === `palette-${at}`));
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", `palette-${at}`);
    document.getElementById(`palette-${at}`)?.scrollIntoView({ block: "nearest" });
  }

  function run(n: number): void {
    dialog?.close();
    shown[n]?.go();
  }
}

/** Gives the commands whose names hold every word of a query; the server's have been asked already. */
export function matching(all: Command[], query: string): Command[] {
  const wanted = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((c) => wanted.every((w) => `${c.name} ${c.group}`.toLocaleLowerCase().includes(w)));
}
