// The one entry: every page works without it, and each island makes one thing
// quicker. An island looks for its place in the page and does nothing without it.
import { guesses } from "./guesses.ts";
import { evidence } from "./evidence.ts";
import { correcting } from "./correcting.ts";
import { find } from "./find.ts";
import { following } from "./following.ts";
import { judging } from "./judging.ts";
import { keys } from "./keys.ts";
import { once } from "./once.ts";
import { palette } from "./palette.ts";
import { takealong } from "./takealong.ts";
import { arriving } from "./arriving.ts";
import { passkeys } from "./passkeys.ts";

// A page that the browser kept in memory may show what was masked or erased since.
addEventListener("pageshow", (e) => {
  if (e.persisted) location.reload();
});

document.body.classList.add("js");
for (const island of [guesses, evidence, find, following, judging, correcting, takealong, keys, palette, arriving, passkeys, once]) island();
