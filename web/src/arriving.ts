/** Goes to the words that an address names, once sections have their height. */
export function arriving(): void {
  const here = document.querySelector<HTMLElement>(".turn.here");
  if (!here) return;
  requestAnimationFrame(() => {
    here.scrollIntoView({ block: "center" });
    here.focus({ preventScroll: true });
  });
}
