// Package embed says what a sentence means as a short row of numbers, so that
// sentences that mean the same lie close together though they share no word.
//
// It stands beside segment on a sentence's way: hear reads its vectors to know
// kinds, mirror to bring together what several people said, search to find "the
// form was so confusing that I went away" for "gave up".
//
//	near := embed.Cosine(embed.Of("They gave up."), embed.Of("I went away."))
package embed
