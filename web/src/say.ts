/** Tells those who do not see the page what just happened. */
export function say(what: string): void {
  const place = document.getElementById("say");
  if (place) place.textContent = what;
}
