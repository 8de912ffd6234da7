package source

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
)

// talk makes a conversation of "Name: words" lines, as an importer would.
func talk(lines ...string) *headway.Conversation {
	d := headway.NewDraft("test")
	for _, line := range lines {
		name, words, _ := strings.Cut(line, ": ")
		d.Say(name, words)
	}
	return d.Conversation()
}

// placed writes who was placed where and by what.
func placed(c *headway.Conversation) map[string]string {
	sides := map[string]string{}
	for _, s := range c.Speakers {
		sides[s.Name] = strings.TrimSpace(string(s.Side) + " " + string(s.Settled))
	}
	return sides
}

func TestSidesAreSettledByTheStrongestThatSpeaks(t *testing.T) {
	for _, test := range []struct {
		name    string
		lines   []string
		options Options
		want    map[string]string
	}{
		{"role words settle both sides", []string{"Interviewer: Why?", "P12: So."}, Options{},
			map[string]string{"Interviewer": "ours role", "P12": "theirs role"}},
		{"role words may carry a number, a name or another role", []string{"Interviewer 2: a", "User Researcher: b", "Anna (Moderator): c", "Customer Success Manager: d", "PARTICIPANT 3: e", "Kunde: f"}, Options{},
			map[string]string{"Interviewer 2": "ours role", "User Researcher": "ours role", "Anna (Moderator)": "ours role", "Customer Success Manager": "ours role", "PARTICIPANT 3": "theirs role", "Kunde": "theirs role"}},
		{"a number is no role", []string{"Speaker 1: a", "SPEAKER_00: b", "Unknown Speaker: c"}, Options{},
			map[string]string{"Speaker 1": "unknown", "SPEAKER_00": "unknown", "Unknown Speaker": "unknown"}},
		{"a product manager may be a customer", []string{"Product Manager: a", "Manager: b", "Anna: c"}, Options{},
			map[string]string{"Product Manager": "unknown", "Manager": "unknown", "Anna": "unknown"}},
		{"a guest of the meeting may be of either side", []string{"Anna (Guest): a", "Ben: b"}, Options{},
			map[string]string{"Anna (Guest)": "unknown", "Ben": "unknown"}},
		{"Q needs no A, A needs Q", []string{"Q: a", "A: b"}, Options{},
			map[string]string{"Q": "ours role", "A": "theirs role"}},
		{"A alone is a name", []string{"A: a", "B: b"}, Options{},
			map[string]string{"A": "unknown", "B": "unknown"}},
		{"the only one left is of the other side", []string{"Moderator: a", "Host: b", "Ilze: c"}, Options{},
			map[string]string{"Moderator": "ours role", "Host": "ours role", "Ilze": "theirs rest"}},
		{"two left stay unknown", []string{"Moderator: a", "Ilze: b", "Jan: c"}, Options{},
			map[string]string{"Moderator": "ours role", "Ilze": "unknown", "Jan": "unknown"}},
		{"with both sides there, nothing follows for the one left", []string{"Moderator: a", "P1: b", "Jan: c"}, Options{},
			map[string]string{"Moderator": "ours role", "P1": "theirs role", "Jan": "unknown"}},
		{"whoever was not recognised is not the one left", []string{"Moderator: a", "Unknown Speaker: b"}, Options{},
			map[string]string{"Moderator": "ours role", "Unknown Speaker": "unknown"}},
		{"a stage direction is nobody", []string{"Moderator: a", "Break: [01:44]", "Ilze: c"}, Options{},
			map[string]string{"Moderator": "ours role", "Break": "unknown", "Ilze": "theirs rest"}},
		{"a stage direction is no customer though all are", []string{"Marta: a", "Music: [music]", "Ilze: c"}, Options{Ours: []string{"marta "}, Theirs: []string{"*"}},
			map[string]string{"Marta": "ours flag", "Music": "unknown", "Ilze": "theirs flag"}},
		{"a flag beats a role", []string{"Agent: a", "Jan: b"}, Options{Theirs: []string{"agent"}},
			map[string]string{"Agent": "theirs flag", "Jan": "ours rest"}},
		{"everybody else does not undo a role", []string{"AI: a", "User: b", "Ben: c"}, Options{Theirs: []string{"*"}},
			map[string]string{"AI": "ours role", "User": "theirs role", "Ben": "theirs flag"}},
		{"a flag knows a name by what stands before the bracket", []string{"Marta Berg (Acme): a", "Jan: b"}, Options{Ours: []string{"Marta  Berg"}},
			map[string]string{"Marta Berg (Acme)": "ours flag", "Jan": "theirs rest"}},
		{"named on both sides, the words are not counted", []string{"Marta: a"}, Options{Ours: []string{"Marta"}, Theirs: []string{"Marta"}},
			map[string]string{"Marta": "ours flag"}},
		{"a name is closer than everybody", []string{"Marta: a", "Jan: b"}, Options{Ours: []string{"*"}, Theirs: []string{"jan"}},
			map[string]string{"Marta": "ours flag", "Jan": "theirs flag"}},
		{"nobody knows two strangers", []string{"Marta: a", "Jan: b"}, Options{},
			map[string]string{"Marta": "unknown", "Jan": "unknown"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := talk(test.lines...)
			settleSides(c, test.options)
			if diff := cmp.Diff(test.want, placed(c)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAddressesAndDomainsSettleSides(t *testing.T) {
	c := talk("Marta: a", "Jan: b", "Ilze: c")
	c.Speakers[0].Email, c.Speakers[1].Email, c.Speakers[2].Email = "marta@headway.example", "jan@choir.example", "ilze@HEADWAY.example"
	settleSides(c, Options{Ours: []string{"@headway.example"}, Theirs: []string{"ilze@headway.example"}})
	want := map[string]string{"Marta": "ours flag", "Jan": "unknown", "Ilze": "theirs flag"}
	if diff := cmp.Diff(want, placed(c)); diff != "" {
		t.Error(diff)
	}
}

func TestWhatAMemberOrTheFormatSaidStays(t *testing.T) {
	c := talk("Support: This mug broke.", "What do you miss?: What do you miss?", "Agent: x")
	c.Speakers[0].Side, c.Speakers[0].Settled = headway.Theirs, headway.SettledFormat
	c.Speakers[1].Side, c.Speakers[1].Settled = headway.Ours, headway.SettledFormat
	c.Speakers[2].Side, c.Speakers[2].Settled = headway.Theirs, headway.SettledMember
	settleSides(c, Options{Ours: []string{"Agent"}})
	want := map[string]string{"Support": "theirs format", "What do you miss?": "ours format", "Agent": "theirs member"}
	if diff := cmp.Diff(want, placed(c)); diff != "" {
		t.Error(diff)
	}
}

func TestWhoAsksIsGuessedAndCountsForNobody(t *testing.T) {
	c := talk("Marta: How did you find us?", "Jan: Through the choir.", "Marta: When? And why then?", "Jan: In May. Is that early?", "Marta: What did it cost?")
	settleSides(c, Options{})
	marta, jan := c.Speakers[0], c.Speakers[1]
	if marta.Side != headway.Unknown || jan.Side != headway.Unknown {
		t.Errorf("a guess settled a side: %v", placed(c))
	}
	if marta.Guess != headway.Ours || marta.GuessWhy != "asks 4 of 5 questions" || jan.Guess != headway.Theirs || jan.GuessWhy != "asks 1 of 5 questions" {
		t.Errorf("guessed %q (%s) and %q (%s)", marta.Guess, marta.GuessWhy, jan.Guess, jan.GuessWhy)
	}
}

func TestWithoutPunctuationAQuestionsFirstWordTells(t *testing.T) {
	c := talk("Marta: how did you find us", "Jan: through the choir", "Marta: why then", "Jan: in may", "Marta: what did it cost")
	settleSides(c, Options{})
	if got := c.Speakers[0].GuessWhy; got != "asks 3 of 3 questions" {
		t.Errorf("guessed because Marta %q", got)
	}
}

func TestFewQuestionsGuessNothing(t *testing.T) {
	c := talk("Marta: How are you?", "Jan: Fine, and you?")
	settleSides(c, Options{})
	if c.Speakers[0].Guess != "" || c.Speakers[1].Guess != "" {
		t.Errorf("guessed from two questions: %+v", c.Speakers)
	}
}

func TestRolesTellAnInterviewFromACall(t *testing.T) {
	for _, test := range []struct {
		lines []string
		usual headway.Genre
		want  headway.Genre
	}{
		{[]string{"Moderator: a", "P12: b"}, headway.Call, headway.Interview},
		{[]string{"Agent: a", "Customer: b"}, headway.Interview, headway.Call},
		{[]string{"Marta: a", "Jan: b"}, headway.Call, headway.Call},
		{[]string{"Marta: a", "Jan: b"}, headway.Interview, headway.Interview},
		{[]string{"Agent: a", "Customer: b"}, headway.Chat, headway.Chat},
	} {
		if got := genreOf(talk(test.lines...), test.usual); got != test.want {
			t.Errorf("%v is of the genre %s, want %s", test.lines, got, test.want)
		}
	}
}

func TestWhoIsWhoMayBeSaidBeforehand(t *testing.T) {
	const exchange = "\n\nLene Brask: How do you count today?\nTom Hale: By hand. It takes three hours.\nLene Brask: And otherwise?\nTom Hale: Nothing, I think.\n"
	for _, test := range []struct {
		name, text string
		want       map[string]string
	}{
		{"under their whole names", "Interviewer: Lene Brask\nParticipant: Tom Hale" + exchange,
			map[string]string{"Lene Brask": "ours role", "Tom Hale": "theirs role"}},
		{"under their first names", "Interviewer: Lene Brask\nParticipant: Tom Hale" + strings.NewReplacer(" Brask:", ":", " Hale:", ":").Replace(exchange),
			map[string]string{"Lene": "ours role", "Tom": "theirs role"}},
		{"one of them is enough", "Interviewer: Lene Brask" + exchange,
			map[string]string{"Lene Brask": "ours role", "Tom Hale": "theirs rest"}},
		{"a role that speaks is a speaker, whatever it says first", "Interviewer: Lene Brask\nParticipant: Hello\nInterviewer: How do you count?\nParticipant: By hand.\n",
			map[string]string{"Interviewer": "ours role", "Participant": "theirs role"}},
		{"who is named and speaks under no name changes nothing", "Interviewer: Lene\nParticipant: Yes\n",
			map[string]string{"Interviewer": "ours role", "Participant": "theirs role"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			b, err := Read(File{Name: "talk.txt", Data: []byte(test.text)}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, placed(&b.Conversations[0])); diff != "" {
				t.Error(diff)
			}
		})
	}
}
