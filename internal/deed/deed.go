// Package deed tells what members' deeds come to. The vocabulary says what a deed
// is (headway.Operation); here the log of them is replayed, in order, into what
// stands: where everything hangs now that words were corrected (Hang), the newest
// verdict on each place (NewJudgements), which rounds are open and what they hide
// (Rounds, Visible), what can be taken back and by which deed (History), what has
// lost its support because its words were forgotten (Losses). Corrections
// themselves are made here too, from what somebody typed (Editing) or from both
// texts alone (Comparing).
//
//	judged := deed.NewJudgements(deed.Visible(operations, member, conversationOf))
//	judged.Labels[headway.Struggle][span] // kept, dismissed, or nothing
//
// It is pure, as steps are, and a helper of theirs: it imports the vocabulary only.
package deed
