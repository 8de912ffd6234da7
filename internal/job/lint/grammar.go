package lint

import "strings"

// The small words by which a statement is taken apart and its clauses told from each
// other. What a word is worth in a statement is no matter of grammar: such lists are
// in rules/en/words.yaml.
var (
	// who may want
	subjects = set("i we he she they you one everybody everyone people")
	// whom to help
	myself = set("me us him her them")
	// verbs of wanting
	wants = set("want wants wanted wish wishes hope hopes long wanna")
	// verbs of wanting after "would"
	likes = set("like love prefer rather")
	// they tie a clause to another
	binders = set("when whenever if because as that what which who whom where before after until till unless since than whether while once although though how why all")
	// they begin a thing that is somebody's, or a certain one
	owners = set("my our his her their your its the this that these those a an some any each every no")
	// after "so" they begin a clause
	clauseSubj = set("i i'm i'd i'll i've im ive we we're we'd we'll we've he he's she she's they they're they'd they'll it it's its you nobody no-one no everyone everybody someone somebody none people there the my our his her their that this these those a an neither both at all one nothing if when by in")
	// they begin a situation
	situates = set("when whenever while if once after before until till since during whilst as")
	// times of day and year
	times = set("day morning evening night afternoon weekend week friday saturday sunday monday tuesday wednesday thursday fridays saturdays sundays mondays tuesdays wednesdays thursdays nights mornings evenings weekends winter summer spring autumn fall christmas easter january february march april june july august september october november december dawn dusk noon lunchtime bedtime midnight holidays holiday rain snow dark storm o'clock am pm eve term semester")
	// days that tell a circumstance by themselves
	events = set("wedding funeral party birthday christening exam interview trial hearing concert operation inspection")
	// with them something is said to have been done to a thing
	doneTo = set("is are gets goes turns")
	// what comes after them with "if" or "when" is to be known
	knows = set("know out see tell decide understand remember ask check say learn choose judge guess sure show wonder")
	// they say that somebody is to be ready, and not for what
	readies = set("ready prepared started organised organized better going")
	// after "a" and "the" they are no thing that a verb is done to
	amounts = set("bit little lot best time")
	// they are what a verb is done to, or begin it
	objects = set("him them me us it if whether who what which where how why something someone somebody nobody anything nothing there home")
	// of words with Latin endings meetings are made
	latin = []string{"tion", "sion", "ment", "ance", "ence", "ity", "ness", "ive", "ise", "ize", "ising", "izing", "ism"}
	// no adverbs
	nounsInLy = set("family supply reply apply rely assembly")
	// a bare verb after them does not end its clause alone
	auxiliaries = set("to can could must should will would cannot can't")
	// the emptiest words of all
	barest = set("things stuff everything")
	// they begin no thing that could be asked of a maker
	pointers = set("my our the his her him them it someone somebody one no nobody all every us me what where who each both their this that to not")
	// a thing may begin with them all the same
	measures = set("more less fewer enough some another")
	// after a thing they tell what for
	purposes = set("to without back who that i we he she they when if before while after done gone off out home where whose which it's isn't doesn't won't can't for")
	// before a want they tell no circumstance
	fillers = set("please i we he she they my our so would 'd i'd we'd it's what all goal aim is main really just simply always generally basically ideally in general every day life as always like anyone other to and but honestly personally most of above")
	// they begin a circumstance of one word: "at night"
	whenWords = set("on at in during since now")
	// they begin a circumstance wherever they stand
	circumstances = set("when whenever while if after before during since whilst unless overnight tonight tomorrow midnight")
	// the same in several words
	circumstancePhrases = []string{"as soon as", "by the time", "in the middle of", "now that", "in case", "the moment", "the first time", "every time", "next time", "in front of", "on my own", "halfway", "full of", "with no", "with nobody", "with everyone", "with everybody", "with half", "with all", "with two", "with three", "with four", "with five", "with six", "from a distance", "a long way from", "miles from", "miles away", "so late", "this late", "at my age", "at his age", "at her age", "for the first time", "for the last time", "no longer"}
	// before one they take that back: "as if"
	notCircumstance = set("as")
	// with them a third person's circumstance is told
	tellsWho = set("whose who with without facing stuck waiting new left standing sitting alone whom")
	// a time after them is a circumstance: "on a wet Monday"
	beforeTimes = set("on in at by every the each next this from over through between past a that")
	// a verb of wanting after them is not the lead
	notWanting = set("to not don't didn't dont never doesn't might may will")
	// a plea may come after them
	pleas = set("please then so and now just")
	// "help me" after them is no plea
	notPleading = set("to can could will would who that can't not don't must")
	// people who may stand between "help her" and the verb
	kin = set("mother father mum mom dad son daughter sister brother husband wife boss team staff kids children friend parents")
	// they stand between a want and what is wanted
	adverbs = set("is just really only simply badly always also somehow nothing more for than both most all still")
	// they stand between a subject and its verb
	asides = set("really just still also")
	// "so" before them begins no reason
	degrees = set("much many far long little few")
	// a part that begins with one is a situation already
	opensSituation = set("on at every now during")
)

// What firms and their products are called by.
var (
	// they do not tell one firm from another
	legal = set("the and of for ltd limited inc llc plc gmbh ag co company group holding holdings sons bros brothers partners & uk us eu international")
	// words of so many names that one alone tells no firm
	widelyShared = set("north south east west new old great royal first united national city saint st my our little big blue red green black white home london oxford cambridge bristol dublin the house family health care smart digital online open total general global euro american british")
	// a word at the front of a sentence is a name before one of them
	afterProduct = set("is to does lets shows helps sends tells will can has app plus pro")
	// after a product's name they tell which of it
	versions = set("pro plus premium team app care online go one max lite home basic business connect cloud")
	// a name beside them is that of people
	people = set("team experts expert people staff specialists advisors advisers consultants family")
	// between people and their firm
	ofFirm = set("at from of")
)

func set(words string) map[string]bool {
	s := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		s[w] = true
	}
	return s
}
