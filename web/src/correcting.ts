// Records what is typed while a turn is put right, so that what hangs on its
// words stays with them though others look alike. Without it Headway compares
// both texts, and leaves to review what it cannot tell.

/** A stretch of the text as it is now: of the text as it was, from an offset on, or new words. */
type Stretch = { from: number; size: number } | { words: string };

export type Edit = { start: number; end: number; words: string };

export function correcting(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-correct]");
  const area = form?.querySelector("textarea");
  if (!form || !area) return;
  const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement;
  const recorder = area.value === area.defaultValue && "recorded" in form.dataset ? record(area.value) : null;
  area.addEventListener("input", () => recorder?.typed(area.value, area.selectionEnd));
  form.addEventListener("submit", (e) => {
    const button = e.submitter as HTMLButtonElement | null;
    if (recorder) field("edits").value = JSON.stringify(recorder.edits());
    const at = area.selectionStart;
    if (button?.hasAttribute("data-split") && !field("begins").value && at > 0) field("at").value = String(points(area.value.slice(0, at)));
  });
}

/** Follows a text from what it was to what it is. */
export function record(was: string): { typed(now: string, caret: number): void; edits(): Edit[] } {
  let text = was;
  let stretches: Stretch[] = [{ from: 0, size: was.length }];
  return {
    typed(now, caret) {
      const [start, end, words] = change(text, now, caret);
      stretches = [...cut(stretches, 0, start), { words }, ...cut(stretches, end, text.length)];
      text = now;
    },
    edits() {
      const edits: Edit[] = [];
      let at = 0;
      let words = "";
      const close = (start: number) => {
        if (words || start > at) edits.push({ start: points(was.slice(0, at)), end: points(was.slice(0, start)), words });
        words = "";
      };
      for (const s of stretches) {
        if ("words" in s) words += s.words;
        else if (s.size > 0) {
          close(s.from);
          at = s.from + s.size;
        }
      }
      close(was.length);
      return edits;
    },
  };
}

/** Gives the one change that made now of was: the caret stands behind it. */
export function change(was: string, now: string, caret: number): [start: number, end: number, words: string] {
  let after = now.length - caret;
  if (after > was.length || was.slice(was.length - after) !== now.slice(caret)) after = same(was.length, now.length, (i) => was[was.length - 1 - i] === now[now.length - 1 - i]);
  let start = same(was.length - after, now.length - after, (i) => was[i] === now[i]);
  if (isLow(was, start) || isLow(now, start)) start--;
  if (isLow(was, was.length - after) || isLow(now, now.length - after)) after--;
  return [start, was.length - after, now.slice(start, now.length - after)];
}

function same(a: number, b: number, at: (i: number) => boolean): number {
  let n = 0;
  while (n < Math.min(a, b) && at(n)) n++;
  return n;
}

/** Says whether an offset lies within a character of two units. */
function isLow(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return at > 0 && unit >= 0xdc00 && unit < 0xe000;
}

/** Gives the stretches between two offsets of the text that they make. */
function cut(stretches: Stretch[], start: number, end: number): Stretch[] {
  const kept: Stretch[] = [];
  let at = 0;
  for (const s of stretches) {
    const size = "words" in s ? s.words.length : s.size;
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, size);
    if (from < to) kept.push("words" in s ? { words: s.words.slice(from, to) } : { from: s.from + from, size: to - from });
    at += size;
  }
  return kept;
}

/** Counts code points. */
function points(text: string): number {
  return [...text].length;
}
