// What stands beside the words of far sections is written in noscript elements:
// to a browser that runs this it is text, and weighs next to nothing. It becomes
// names and stripes when its section nears, when a key asks for it, and in print.

/** Puts what waits in a part of the page in its place. */
export function lift(part: ParentNode): void {
  for (const waiting of part.querySelectorAll("noscript")) waiting.outerHTML = waiting.textContent ?? "";
}

export function nearing(transcript: HTMLElement): void {
  const seen = new IntersectionObserver(
    (sections) => {
      for (const { isIntersecting, target } of sections) {
        if (!isIntersecting) continue;
        seen.unobserve(target);
        lift(target);
      }
    },
    { rootMargin: "200% 0px" },
  );
  for (const section of transcript.querySelectorAll(".turns")) seen.observe(section);
  addEventListener("beforeprint", () => lift(transcript));
}
