import { say } from "./say.ts";

/** Copies questions and play-back, and prints. */
export function takealong(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
    button.addEventListener("click", async () => {
      const text = document.getElementById(button.dataset.copy ?? "") as HTMLTextAreaElement | null;
      if (!text) return;
      await copy(text);
      const label = button.textContent;
      button.textContent = "Copied";
      say("Copied");
      setTimeout(() => (button.textContent = label), 1600);
    });
  }
  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
}

async function copy(text: HTMLTextAreaElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text.value);
  } catch {
    const details = text.closest("details");
    if (details) details.open = true; // the clipboard is not to be had: the text is there to take
    text.select();
  }
}
