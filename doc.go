// Package headway is the vocabulary: the words Headway thinks in. It imports
// the standard library only, and every other package speaks in its types.
//
// The way of one sentence: a file is read (source) into a [Conversation] of
// [Turn]s; each turn's words are cut into sentences (segment); what each
// sentence carries is heard (hear) as [Label]s; the guesses of a study are held
// against what was heard (mirror). At every step a sentence is a [Span] of a
// stored [TextVersion], and its words are a [Quote], cut from that text and
// made in no other way.
//
// Glossary, with the words each term replaces:
//
//   - customer: who might make progress with us (not user, lead, prospect)
//   - progress: what the customer wants to get to (not conversion, success)
//   - motivation: why they want it (not pain point, persona)
//   - measure of value: how they know it was worth it (not KPI, health score)
//   - job: the progress for which customers hire something (not use case)
//   - moment: a place where a customer shows what moves them (not highlight, code)
//   - guess: what we believe before we look (not hypothesis, assumption list)
//   - mirror: what we said beside what they said beside what nobody asked
//   - play-back: their own sentences sent back, for them to put right (not summary)
//   - prescription: do this, do not do that, toward solving (not recommendation)
//   - side: whose words these are: theirs, ours, or unknown (not speaker type)
//   - slot: one of the eleven kinds that a question can ask for
//   - member: one of us who signs in (not user)
//   - account: the customer's firm
package headway
