package hear_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
)

// said makes a conversation from turns "Name: words"; Ivo is ours, Petra theirs.
func said(turns ...string) *headway.Conversation {
	d := headway.NewDraft("test")
	for _, t := range turns {
		name, words, _ := strings.Cut(t, ": ")
		d.Say(name, words)
		switch name {
		case "Ivo":
			d.Speaker(name).Side = headway.Ours
		case "Petra":
			d.Speaker(name).Side = headway.Theirs
		}
	}
	d.Conversation().Genre = headway.Interview
	return d.Conversation()
}

var bakery = []string{
	"Ivo: Thanks for having me. How do you plan the bread for the next day?",
	"Petra: My sister writes it on the door in chalk. By noon we have run out of rye, every time. It costs us thirty loaves a week!",
	"Ivo: So the chalk is gone when you need it. What would you have done without your sister?",
	"Petra: Guessed.",
}

func TestAConversationIsHeardAsItsSentencesAre(t *testing.T) {
	c := said(bakery...)
	rows := []hear.Row{
		{Side: headway.Ours, Sentence: "Thanks for having me.", After: "How do you plan the bread for the next day?"},
		{Side: headway.Ours, Before: "Thanks for having me.", Sentence: "How do you plan the bread for the next day?"},
		{Side: headway.Theirs, Question: "Thanks for having me. How do you plan the bread for the next day?", Sentence: "My sister writes it on the door in chalk.", After: "By noon we have run out of rye, every time."},
		{Side: headway.Theirs, Question: "Thanks for having me. How do you plan the bread for the next day?", Before: "My sister writes it on the door in chalk.", Sentence: "By noon we have run out of rye, every time.", After: "It costs us thirty loaves a week!"},
		{Side: headway.Theirs, Question: "Thanks for having me. How do you plan the bread for the next day?", Before: "By noon we have run out of rye, every time.", Sentence: "It costs us thirty loaves a week!"},
		{Side: headway.Ours, Question: "By noon we have run out of rye, every time. It costs us thirty loaves a week!", Sentence: "So the chalk is gone when you need it.", After: "What would you have done without your sister?"},
		{Side: headway.Ours, Question: "By noon we have run out of rye, every time. It costs us thirty loaves a week!", Before: "So the chalk is gone when you need it.", Sentence: "What would you have done without your sister?"},
		{Side: headway.Theirs, Question: "So the chalk is gone when you need it. What would you have done without your sister?", Sentence: "Guessed."},
	}
	heard := hear.Conversation(c)
	if len(heard.Sentences) != len(rows) {
		t.Fatalf("%d sentences, want %d", len(heard.Sentences), len(rows))
	}
	for i, row := range rows {
		row.Genre = "interview"
		got := heard.Sentences[i]
		if q, err := c.Turns[got.Turn].Text.Cut(got.Span); err != nil || q.String() != row.Sentence {
			t.Errorf("sentence %d is %q (%v), want %q", i, q, err, row.Sentence)
		}
		if diff := cmp.Diff(hear.Suggested(hear.Sentence(row)), got.Labels); diff != "" {
			t.Errorf("%q is heard otherwise in its conversation:\n%s", row.Sentence, diff)
		}
	}
}

func TestEveryLabelOfASideIsScoredInCodebookOrder(t *testing.T) {
	for _, side := range []headway.Side{headway.Ours, headway.Theirs, headway.Unknown} {
		var got []headway.Label
		for _, s := range hear.Sentence(hear.Row{Side: side, Sentence: "How do you do that today?"}) {
			got = append(got, s.Label)
			if !(s.Score >= 0 && s.Score <= 1) {
				t.Errorf("%s scores %v, want 0 to 1", s.Label, s.Score)
			}
		}
		if diff := cmp.Diff(headway.Labels(side), got); diff != "" {
			t.Errorf("labels of side %s:\n%s", side, diff)
		}
	}
}

func TestWordsOfAGuessedSideAreHeardAndCountForNothing(t *testing.T) {
	c := said("Ann: How do you plan the bread for the next day?", "Bob: With chalk.")
	c.Speakers[0].Guess = headway.Ours
	heard := hear.Conversation(c)
	first := heard.Sentences[0]
	if !first.Has(headway.QOpen) || first.Side != headway.Unknown {
		t.Errorf("the guessed side's question is heard as %+v", first)
	}
	for _, s := range heard.Sentences {
		for _, l := range s.Labels {
			if l.Counted {
				t.Errorf("%s counts on words of an unknown side", l.Label)
			}
		}
	}
	if len(heard.Sentences[1].Labels) != 0 {
		t.Errorf("words of nobody in particular are heard as %v", heard.Sentences[1].Labels)
	}
}

func TestASurveysHeaderIsAlwaysAQuestion(t *testing.T) {
	c := said("Ivo: Further comments", "Petra: It leaks.")
	c.Genre = headway.Survey
	if s := hear.Conversation(c).Sentences[0]; !s.IsQuestion() {
		t.Errorf("the header is heard as %v", s.Labels)
	}
}

func TestTextThatIsNotEnglishIsNotHeard(t *testing.T) {
	for text, english := range map[string]bool{
		"Wir zählen jeden Freitag von Hand, weil die Zahlen im System nicht stimmen.":          false,
		"On compte chaque vendredi à la main, parce que les chiffres ne sont pas bons.":        false,
		"Contamos todos los viernes a mano porque los números del sistema no son correctos.":   false,
		"我们每周五都手工盘点，因为系统里的数字总是不对，所以没有人相信它们。":                                                   false,
		"Мы каждую пятницу считаем вручную, потому что цифры не сходятся.":                     false,
		"We count by hand every Friday, since the numbers never match.":                        true,
		"Great mug, nice print, fast shipping":                                                 true,
		"Danke!":                                                                               false,
		"My sister-in-law calls it the Stammtisch, and it is where everything gets decided.":   true,
		"ok so basically i was like no way and then he goes yeah it is what it is you know":    true,
		"Kernels crash, plots vanish, notebooks freeze, merges conflict":                       true,
		"The menu was in French: une soupe, le fromage et du vin. I had to guess all of them.": true,
	} {
		heard := hear.Conversation(said("Petra: " + text))
		if got := heard.Unheard == ""; got != english {
			t.Errorf("%q: heard %v (%q), want %v", text, got, heard.Unheard, english)
		}
	}
}

func TestQuestionsAreFoundWithAndWithoutPunctuation(t *testing.T) {
	for sentence, asks := range map[string]bool{
		"How do you do that today?":                     true,
		"Do you bake on Sundays?":                       true,
		"Could you walk me through your last delivery?": true,
		"Tell me about the last time the oven failed.":  true,
		"And what happened then?":                       true,
		"Anything else?":                                true,
		"What did you try before that?":                 true,
		"We bake at four.":                              false,
		"Thank you, that helps a lot.":                  false,
		"So the flour came too late.":                   false,
		"I see.":                                        false,
		"Our oven does exactly that.":                   false,
		"He asked me \"what is it for?\" and laughed.":  false,
		"Really?": false,
		"That's what you said about the flour, and I believe.": false,
	} {
		for _, text := range []string{sentence, hear.Stripped(hear.Row{Sentence: sentence}).Sentence} {
			heard := headway.Heard{Labels: hear.Sentence(hear.Row{Side: headway.Ours, Sentence: text})}
			if heard.IsQuestion() != asks && !(text != sentence && strings.Contains(sentence, "\"")) {
				t.Errorf("%q is a question: %v, want %v", text, heard.IsQuestion(), asks)
			}
		}
	}
}

func TestAQuestionInTheMidstOfUnpunctuatedSpeechIsFound(t *testing.T) {
	speech := "okay yeah that is really good to hear and i am glad you came in early today because we have a lot to get through so how many loaves do you usually throw away at the end of a day"
	heard := headway.Heard{Labels: hear.Sentence(hear.Row{Side: headway.Ours, Sentence: speech})}
	if !heard.IsQuestion() {
		t.Errorf("not found in %q", speech)
	}
}

func TestTheSameExamplesGiveTheSameWeights(t *testing.T) {
	var examples []hear.Example
	for i, x := range []struct {
		words  string
		labels []headway.Label
	}{
		{"How do you plan it?", []headway.Label{headway.QOpen, headway.Asks(headway.Situation)}},
		{"Do you plan it", []headway.Label{headway.QClosed, headway.Asks(headway.Situation)}},
		{"We plan it for you.", []headway.Label{headway.Pitch}},
		{"Thanks a lot.", []headway.Label{headway.Ack}},
	} {
		for part := range 2 {
			examples = append(examples, hear.Example{Row: hear.Row{Side: headway.Ours, Sentence: x.words}, Labels: x.labels, Part: part, Weight: 1, Turn: string(rune('a'+i)) + ".0"})
		}
	}
	asking1, rest1, aim1, err1 := hear.FitOurs(examples).Marshal()
	asking2, rest2, aim2, err2 := hear.FitOurs(examples).Marshal()
	if err1 != nil || err2 != nil || string(asking1) != string(asking2) || string(rest1) != string(rest2) || string(aim1) != string(aim2) {
		t.Errorf("two fits differ: %v, %v", err1, err2)
	}
}

func FuzzSentence(f *testing.F) {
	for _, seed := range []string{"How do you do that today?", "\xff?", "", "?", "“why?”", "so so so", "漢字を", strings.Repeat("do you ", 200)} {
		f.Add(seed, "Before. ", "Question?")
	}
	f.Fuzz(func(t *testing.T, sentence, before, question string) {
		for _, side := range []headway.Side{headway.Ours, headway.Theirs} {
			row := hear.Row{Side: side, Sentence: sentence, Before: before, Question: question}
			all := hear.Sentence(row)
			for _, s := range all {
				if !(s.Score >= 0 && s.Score <= 1) {
					t.Fatalf("%s scores %v", s.Label, s.Score)
				}
			}
			if diff := cmp.Diff(all, hear.Sentence(row)); diff != "" {
				t.Fatalf("heard otherwise the second time:\n%s", diff)
			}
		}
	})
}

func BenchmarkConversation(b *testing.B) {
	var turns []string
	for range 50 {
		turns = append(turns, bakery...)
	}
	c := said(turns...)
	words := 0
	for _, turn := range c.Turns {
		words += len(strings.Fields(turn.Text.Text))
	}
	b.ReportAllocs()
	for b.Loop() {
		hear.Conversation(c)
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
