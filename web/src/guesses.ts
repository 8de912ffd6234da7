import { seemsAboutUs } from "./about-us.ts";
import { say } from "./say.ts";

/** Suggests, under an answer that speaks of us, to keep it as what draws them. */
export function guesses(): void {
  for (const field of document.querySelectorAll<HTMLTextAreaElement>("textarea[data-about-us]")) {
    const box = document.getElementById(field.dataset.aboutUs ?? "") as HTMLInputElement | null;
    const hint = box?.closest("label");
    if (!box || !hint) continue;
    const suggest = (): void => {
      const seems = seemsAboutUs(field.value);
      if (seems && !hint.classList.contains("hinted")) say("This seems to be about us. A box below offers to keep it as what draws them.");
      hint.classList.toggle("hinted", seems);
    };
    field.addEventListener("input", suggest);
    suggest();
  }
}
