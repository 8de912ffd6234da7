interface Progress {
  line: string;
  turns: number;
  turnsDone: number;
  done: boolean;
}

/** Follows an import while its page is open; leaving does not stop it. */
export function following(): void {
  const place = document.querySelector<HTMLElement>("[data-import]");
  if (!place?.dataset.import) return;
  const line = place.querySelector("[data-line]");
  const bar = place.querySelector<HTMLProgressElement>("[data-bar]");
  const events = new EventSource(place.dataset.import);
  events.addEventListener("message", (e: MessageEvent<string>) => {
    const p = JSON.parse(e.data) as Progress;
    if (line) line.textContent = p.line;
    if (bar) {
      bar.max = Math.max(1, p.turns);
      bar.value = p.turnsDone;
    }
    if (p.done) {
      events.close();
      location.reload();
    }
  });
  let lost = 0; // times in a row; the browser tries again by itself
  events.addEventListener("message", () => (lost = 0));
  events.addEventListener("error", () => {
    lost++;
    if (line && (lost > 1 || events.readyState === EventSource.CLOSED))
      line.textContent = "Headway does not answer. Was it stopped? The files are kept: start it again and it goes on with them.";
  });
}
