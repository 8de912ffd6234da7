package mask

import "regexp"

// A street's name and a house's number, in the orders in which countries write
// them, and what may follow: a flat, a place, its code.
const (
	capital  = `\p{Lu}[\pL'’.-]+`
	house    = `\d{1,5} ?[a-zA-Z]?(?:[/-]\d{1,4}[a-zA-Z]?)?`
	kindsEn  = `(?:Street|St\.?|Avenue|Ave\.?|Road|Rd\.?|Lane|Ln\.?|Drive|Court|Ct\.?|Place|Square|Boulevard|Blvd\.?|Terrace|Crescent|Parkway|Pkwy|Highway|Hwy|Close|Gardens|Grove|Mews|Row|Way|Walk|Hill)`
	joined   = `(?:straße|strasse|str\.|gasse|weg|allee|platz|ufer|damm|ring|gracht|straat|laan|plein|kade|gatan|vägen|gade|vej|gata|veien|katu|tie)`
	small    = `(?:de|du|des|la|le|les|del|della|di|da|do|dos|von|van|der|den|the|of|and|d'|l')`
	fronted  = `(?:Via|Viale|Piazza|Corso|Vicolo|Calle|Avenida|Av\.|Plaza|Paseo|Rua|Travessa|Praça|[Uu]l\.|[Uu]lica|[Aa]l\.|Os\.)`
	frontFr  = `(?:rue|avenue|boulevard|place|chemin|quai|impasse|allée|cours|route)`
	postcode = `(?:[A-Z]{1,2}-?\d{4,5}|\d{2}-\d{3}|\d{3} \d{2}|\d{4} ?[A-Z]{2}|\d{4,6}|[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2})(?:-\d{4})?`
	state    = `[A-Z]{2,3}`
	place    = `\p{Lu}[\pL'’.-]+(?:[ -]\p{Lu}[\pL'’.-]+){0,2}`
)

// after is what follows a street or a box, piece by piece.
const after = `(?:,? ?(?:[Aa]pt\.?|[Aa]partment|[Uu]nit|[Ss]uite|[Ff]lat|[Ff]loor|#) ?[\dA-Za-z]{1,5}\b)?` +
	`(?:, ?` + postcode + ` ` + place + `\b(?:, ` + place + `\b)?` +
	`|,? ` + place + `(?:,? ` + state + `)?,? ` + postcode + `\b` +
	`|, ?` + postcode + `\b)?`

var streets = []*regexp.Regexp{
	regexp.MustCompile(`\b(` + house + ` (?:` + capital + ` ){1,3}` + kindsEn + after + `)`),
	regexp.MustCompile(`(?:^|[^\pL\d])(\p{Lu}[\pL-]*` + joined + ` ` + house + `\b` + after + `)`),
	regexp.MustCompile(`(?:^|[^\pL\d])(` + capital + ` (?:iela|bulvāris|prospekts|gatve|tn|tee|gatvė|utca|út|Straße|Strasse|Allee|Platz|Weg) ` + house + `\b` + after + `)`),
	regexp.MustCompile(`\b(` + house + `,? (?:bis |ter )?` + frontFr + ` (?:` + small + ` ?)*` + capital + `(?:[ -]` + capital + `)*` + after + `)`),
	regexp.MustCompile(`(?:^|[^\pL\d])(` + fronted + ` (?:` + small + ` )*` + capital + `(?: (?:` + small + ` )*` + capital + `)*,? ` + house + `\b` + after + `)`),
	regexp.MustCompile(`(?i:\b(P\.? ?O\.? ?Box|Postfach|Apartado) \d{2,6}\b)` + after),
}

func addresses(text string) (all []found) {
	for i, shape := range streets {
		found := each(text, shape, Address, func(int, int) string { return "a street with a house's number" })
		if i == len(streets)-1 {
			found = boxes(text, shape)
		}
		all = append(all, found...)
	}
	return all
}

func boxes(text string, shape *regexp.Regexp) (all []found) {
	for _, m := range shape.FindAllStringIndex(text, -1) {
		all = append(all, found{m[0], m[1], Address, "a post office box"})
	}
	return all
}
