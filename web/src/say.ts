/** Tells those who do not see the page what just happened. */
export function say(what: string): void {
  const place = document.getElementById("say");
  if (place) place.textContent = what;
}

/** Says why something was refused, as a sentence. */
export function inWords(problem: { detail: string }): string {
  const [first = "", ...rest] = problem.detail.trim();
  return first.toLocaleUpperCase() + rest.join("") + (/[.?!…]$/.test(problem.detail) ? "" : ".");
}
