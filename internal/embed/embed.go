// Package embed says what a sentence means as a short row of numbers, so that
// sentences that mean the same lie nearer to each other than to the rest,
// though they share few words.
//
// It stands beside segment on a sentence's way: hear may read its vectors to
// know kinds, mirror to bring together what several people said, search to find
// "the price was more than we could pay" for "too expensive".
//
//	near := embed.Cosine(embed.Of("It was too expensive."), embed.Of("The price was too high."))
//
// A vector is the sum of what its word pieces mean, and what a small layer adds
// for pieces that mean another thing together, whatever their order: it
// hears the topic and hardly a "not". How well it agrees with the encoder that
// it was fitted to stands in docs/benchmarks.md.
package embed
