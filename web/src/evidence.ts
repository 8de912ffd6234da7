/** Takes dropped files and folders, and shows how much is uploaded. */
export function evidence(): void {
  const form = document.querySelector<HTMLFormElement>("form.evidence");
  const drop = form?.querySelector<HTMLElement>("[data-drop]");
  if (!form || !drop) return;
  const inputs = [...form.querySelectorAll<HTMLInputElement>("input[type=file]")];
  let dropped: Named[] = [];

  const all = (): Named[] => [...inputs.flatMap(chosen), ...dropped];
  const tell = (): void => {
    const files = all();
    const place = form.querySelector("[data-chosen]");
    if (place) place.textContent = files.length === 0 ? "" : summary(files);
  };
  drop.addEventListener("dragover", (e) => {
    e.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", async (e) => {
    e.preventDefault();
    drop.classList.remove("over");
    const found = e.dataTransfer ? await unfold(e.dataTransfer) : [];
    dropped = dropped.concat(found); // after the wait: something else may have been dropped meanwhile
    tell();
  });
  for (const input of inputs) input.addEventListener("change", tell);
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    upload(form, all());
  });
}

interface Named {
  name: string;
  file: File;
}

function chosen(input: HTMLInputElement): Named[] {
  return [...(input.files ?? [])].map((file) => ({ name: file.webkitRelativePath || file.name, file }));
}

/** Says what is about to be read: "12 files, 3.4 MB". */
export function summary(files: { file: { size: number } }[]): string {
  const bytes = files.reduce((sum, f) => sum + f.file.size, 0);
  const size = bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${files.length} ${files.length === 1 ? "file" : "files"}, ${size}`;
}

async function unfold(transfer: DataTransfer): Promise<Named[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  const plain = [...transfer.files];
  const found = await Promise.all(entries.map((entry, i) => (entry ? walk(entry, "") : Promise.resolve(plain[i] ? [{ name: plain[i].name, file: plain[i] }] : []))));
  return found.flat();
}

/** Reads a folder; its listing comes in lots, the last of which is empty. */
async function walk(entry: FileSystemEntry, path: string): Promise<Named[]> {
  const name = path + entry.name;
  if (entry.isFile) {
    const file = await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed));
    return entry.name.startsWith(".") ? [] : [{ name, file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const all: Named[] = [];
  for (;;) {
    const lot = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (lot.length === 0) return all;
    for (const child of lot) all.push(...(await walk(child, name + "/")));
  }
}

function upload(form: HTMLFormElement, files: Named[]): void {
  const body = new FormData(form);
  body.delete("files");
  for (const f of files) body.append("files", f.file, f.name);
  const bar = form.querySelector<HTMLProgressElement>("[data-upload]");
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "text/plain");
  request.upload.addEventListener("progress", (e) => {
    if (!bar || !e.lengthComputable) return;
    bar.hidden = false;
    bar.value = e.loaded / e.total;
  });
  request.addEventListener("load", () => {
    if (request.status === 200) location.assign(request.responseText);
    else showProblem(form, request.responseText);
  });
  request.addEventListener("error", () => complain(form, "The upload broke off: Headway may have stopped. Nothing of it was read."));
  request.send(body);
}

/** The server answers a problem as a page; its message is what the person needs. */
function showProblem(form: HTMLFormElement, page: string): void {
  const parsed = new DOMParser().parseFromString(page, "text/html");
  complain(form, parsed.querySelector("main .lead")?.textContent ?? "The files could not be taken.");
}

function complain(form: HTMLFormElement, message: string): void {
  let place = form.querySelector<HTMLElement>(".problem");
  if (!place) {
    place = document.createElement("p");
    place.className = "problem";
    place.setAttribute("role", "alert");
    form.prepend(place);
  }
  place.textContent = message;
}
