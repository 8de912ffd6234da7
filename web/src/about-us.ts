// Words by which an answer speaks of the product or its maker. They only ever
// suggest; the person decides. internal/web/self.go has the same words.
const aboutUs =
  /\b(price[sd]?|pricing|cheap(er|est)?|afford(able)?|cost|quality|features?|service|support|brand|reputation|design|warranty|deliver(y|s)|discounts?|best|leading|fast(er|est)?|reliab(le|ility)|integrat(es|ion|ions)|our)\b/i;

/** Says whether an answer seems to be about us rather than about them. */
export function seemsAboutUs(answer: string): boolean {
  return aboutUs.test(answer);
}
