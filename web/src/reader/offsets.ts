// Places are code points in one turn's text; a browser counts UTF-16 units.
// Here, and nowhere else, the one becomes the other.

/** Words in one turn's text version, in code points, end exclusive. */
export interface Span {
  text: string;
  start: number;
  end: number;
}

/** Gives the UTF-16 unit at which a code point begins. */
export function unitAt(text: string, point: number): number {
  let unit = 0;
  for (; point > 0 && unit < text.length; point--) unit += text.codePointAt(unit)! > 0xffff ? 2 : 1;
  return unit;
}

/** Gives the code point that begins at, or holds, a UTF-16 unit. */
export function pointAt(text: string, unit: number): number {
  let point = 0;
  for (let at = 0; at < unit && at < text.length; point++) {
    at += text.codePointAt(at)! > 0xffff ? 2 : 1;
    if (at > unit) return point;
  }
  return point;
}

/** Leaves white space at the ends out. */
export function trimmed(text: string, start: number, end: number): [number, number] {
  while (start < end && /\s/.test(text[start]!)) start++;
  while (end > start && /\s/.test(text[end - 1]!)) end--;
  return [start, end];
}

/** Gives the ends of the words of a text, in units: where each begins and ends. */
export function wordsOf(text: string): [number, number][] {
  return [...text.matchAll(/\S+/g)].map((m) => [m.index, m.index + m[0].length]);
}

/** Writes a passage as forms and addresses have it. */
export function format(passage: Span[]): string {
  return passage.map((s) => `${s.text}:${s.start}-${s.end}`).join("+");
}

/** Reads it again; what is none is left out. */
export function parse(places: string): Span[] {
  return places.split("+").flatMap((place) => {
    const m = /^(.+):(\d+)-(\d+)$/.exec(place);
    return m ? [{ text: m[1]!, start: Number(m[2]), end: Number(m[3]) }] : [];
  });
}
