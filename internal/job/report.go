package job

import (
	"fmt"
	"time"

	"github.com/headway-oss/headway"
)

// ReportSchema names the shape of a Report. A field that is taken away or
// changes its meaning makes a new number; a field that is added does not.
const ReportSchema = "headway.jobs/1"

// Question is what a picture answers. It stands by itself for as long as no
// customer has said the answer.
const Question = "What progress is my customer hiring us to help them make?"

// Report is a picture for other faces and other programs: every line with its
// words and where they stand. docs/jobs-json.md describes each field.
//
// Wherever people are counted it is said of how many, and whatever is said has
// the words that say it.
type Report struct {
	Schema       string            `json:"schema"`
	Study        headway.StudyID   `json:"study"`
	Name         string            `json:"name,omitempty"` // of the study
	Question     string            `json:"question"`
	Known        bool              `json:"known"` // customers say at least one job
	Counts       ReportCounts      `json:"counts"`
	OnlyOne      bool              `json:"only_one_job_seen"`
	Tried        []Tried           `json:"tried"`
	TriedOn      int               `json:"tried_on"` // people among whom numbers of jobs were tried
	Jobs         []ReportJob       `json:"jobs"`
	Apart        []ReportPlaced    `json:"apart"`
	Criteria     []ReportCriterion `json:"criteria"`
	Alternatives []ReportLine      `json:"alternatives"`
	Wants        []ReportWant      `json:"wants"`
	Episodes     []ReportEpisode   `json:"episodes"`
	Next         []ReportAsk       `json:"next_questions"`
	Lost         []ReportLost      `json:"lost"`
}

// ReportCounts are the ns that the rest rests on.
type ReportCounts struct {
	ReportPeople      // who told of an episode, of all customers in the conversations
	Conversations int `json:"conversations"`
	Episodes      int `json:"episodes"`
	Named         int `json:"jobs_named"`
	Proposed      int `json:"jobs_proposed"`
}

// ReportPeople counts people, and of how many.
type ReportPeople struct {
	People int `json:"people"`
	Of     int `json:"of"`
}

// ReportJob is one job with its card.
type ReportJob struct {
	Claim        *ReportLine         `json:"claim,omitempty"` // its name; left out where it is only proposed
	Proposed     bool                `json:"proposed"`
	Number       int                 `json:"number,omitempty"` // of one that is only proposed, from 1 on: it keeps it when others are named
	Customers    ReportPeople        `json:"customers"`
	Groups       []ReportGroup       `json:"groups"`
	Episodes     []ReportPlaced      `json:"episodes"` // the most typical first
	Card         []ReportLine        `json:"card"`     // situation, progress, and the reasons
	Measure      []ReportLine        `json:"measure"`
	Criteria     []ReportCell        `json:"criteria"`
	Alternatives []ReportAlternative `json:"alternatives"`
	Forces       []ReportForce       `json:"forces"`
	Products     []ReportProduct     `json:"products"`
	Issues       []ReportLine        `json:"issues"`
	Finish       []ReportLine        `json:"finish"`
	Price        []ReportLine        `json:"price"`
	Describe     []ReportLine        `json:"describe"`
	Sell         []ReportLine        `json:"sell"`
	Ladder       []ReportLine        `json:"ladder"`
	Wants        []int               `json:"wants"` // places among the report's wants
	Next         []ReportAsk         `json:"next_questions"`
}

// Called is the name that a member gave it, or which of the proposed ones it is.
func (j *ReportJob) Called() string {
	if j.Claim == nil {
		return fmt.Sprintf("Proposed job %d", j.Number)
	}
	return j.Claim.Words
}

// ReportGroup is a proposal that is the job.
type ReportGroup struct {
	ID        headway.GroupID `json:"id"`
	Stability float64         `json:"stability"` // 0 where there is no other
	Neighbour headway.GroupID `json:"neighbour,omitempty"`
	Tells     []ReportWords   `json:"tells"`
	Words     []ReportWord    `json:"words"`
}

// ReportWord is a word that a proposal's customers say and those of others do not.
type ReportWord struct {
	Said      headway.Quote `json:"said"`
	Customers ReportPeople  `json:"customers"`
	Elsewhere int           `json:"elsewhere"` // customers of the other proposals
}

// ReportPlaced is an episode and why it is where it is.
type ReportPlaced struct {
	Episode int              `json:"episode"` // its place among the report's episodes
	Typical bool             `json:"typical,omitempty"`
	Settled bool             `json:"settled,omitempty"` // a member put it there
	By      headway.MemberID `json:"by,omitempty"`
}

// ReportLine is a claim that stands, and what bears on it.
type ReportLine struct {
	ID       headway.ClaimID `json:"id"`
	Root     headway.ClaimID `json:"root"`
	Part     headway.Part    `json:"part"`
	Words    string          `json:"words"` // a member's
	Status   headway.Status  `json:"status"`
	Said     ReportPeople    `json:"said_by"`
	Denied   ReportPeople    `json:"contradicted_by"`
	For      []ReportWords   `json:"for"`
	Read     []ReportWords   `json:"read_from"`
	Against  []ReportWords   `json:"against"`
	Choice   headway.Choice  `json:"choice,omitempty"`
	AboutUs  string          `json:"about_us,omitempty"` // of a finish line: the words that are about us
	Missing  Rung            `json:"missing,omitempty"`  // of a rung: what stands above it, and nobody told
	Ask      string          `json:"ask,omitempty"`      // the question for what is missing
	Lost     time.Time       `json:"lost_support_on,omitzero"`
	Versions []ReportVersion `json:"versions"`
	Parts    []ReportLine    `json:"parts"`
}

// ReportVersion is a wording of a claim, and whose.
type ReportVersion struct {
	ID     headway.ClaimID  `json:"id"`
	Words  string           `json:"words"`
	Member headway.MemberID `json:"member,omitempty"`
	At     time.Time        `json:"at"`
	Said   int              `json:"quotes"` // customers' passages that were laid on it
}

// ReportWords are a customer's, or a question of ours, with who said them when.
type ReportWords struct {
	Quotes       []headway.Quote        `json:"quotes"` // one passage
	Person       headway.PersonID       `json:"person,omitempty"`
	Name         string                 `json:"name,omitempty"`
	Conversation headway.ConversationID `json:"conversation"`
	File         string                 `json:"file"`
	Row          int                    `json:"row,omitempty"`
	Title        string                 `json:"title,omitempty"`
	Date         headway.Date           `json:"date,omitzero"`
	Turn         int                    `json:"turn"`
	MS           *int64                 `json:"ms,omitempty"`
	Status       headway.Status         `json:"status,omitempty"` // in a slot: said or inferred
	Kept         bool                   `json:"kept,omitempty"`   // by a member; else By heard it and nobody checked
	By           string                 `json:"by,omitempty"`
	Member       headway.MemberID       `json:"member,omitempty"` // who laid them there
}

// ReportCriterion is what matters to some jobs.
type ReportCriterion struct {
	ReportLine
	Cells []ReportCell `json:"cells"` // one for each job that members named
}

// ReportCell is how much a criterion matters to a job.
type ReportCell struct {
	Criterion headway.ClaimID `json:"criterion"`
	Job       headway.ClaimID `json:"job"`
	Words     string          `json:"words"` // of the criterion
	State     State           `json:"state"`
	Choice    headway.Choice  `json:"choice,omitempty"` // as a member settled
	On        []ReportWords   `json:"on"`
	Against   []ReportWords   `json:"against"`
	Said      ReportPeople    `json:"said_by"`
	Denied    ReportPeople    `json:"contradicted_by"`
	Lost      time.Time       `json:"lost_support_on,omitzero"`
}

// State is what a cell says: a choice, or one of these.
type State string

// The states that nobody chooses.
const (
	Contradicted State = "contradicted" // the job's customers say otherwise
	Unsettled    State = "unknown"
)

// ReportAlternative is what a job's customers would have got or done instead.
type ReportAlternative struct {
	Claim     headway.ClaimID `json:"claim,omitempty"`
	Words     string          `json:"words,omitempty"` // as a member named it
	Sort      headway.Choice  `json:"sort,omitempty"`  // left out where the words do not tell
	Customers ReportPeople    `json:"customers"`
	Told      []ReportInstead `json:"told"`
}

// ReportInstead is one telling of an alternative.
type ReportInstead struct {
	ReportWords
	Asked *ReportWords `json:"asked,omitempty"` // our question that brought it out
}

// ReportForce is the people on whom one force works.
type ReportForce struct {
	Kind      headway.Label `json:"kind"`
	For       bool          `json:"for_change"`
	Customers ReportPeople  `json:"customers"`
	Checked   ReportPeople  `json:"checked"`
	Unchecked ReportPeople  `json:"unchecked"`
	Told      []ReportWords `json:"told"`
}

// ReportProduct is something that was hired for a job.
type ReportProduct struct {
	Name      string       `json:"name"`
	Customers ReportPeople `json:"customers"`
}

// ReportWant is what customers said they wanted, and what they found.
type ReportWant struct {
	ReportLine
	Found []ReportFound `json:"found"`
}

// ReportFound is what they turned out to want, in their later words.
type ReportFound struct {
	ReportLine
	Between []ReportTurn `json:"between"` // the last turns before those words, after the want
}

// ReportTurn is a turn of either side.
type ReportTurn struct {
	Side headway.Side `json:"side"`
	ReportWords
	Realized bool `json:"realized,omitempty"` // something became clear to them in it
}

// ReportEpisode is one time that a customer hired something or did without.
type ReportEpisode struct {
	ID       headway.EpisodeID        `json:"id"`
	Person   headway.PersonID         `json:"person"`
	Name     string                   `json:"name,omitempty"`
	Product  string                   `json:"product,omitempty"`
	Talks    []headway.ConversationID `json:"conversations"`
	Slots    []ReportSlot             `json:"slots"`
	Timeline []ReportPhase            `json:"timeline"`
}

// ReportSlot is what an episode tells of one kind.
type ReportSlot struct {
	Kind      headway.Label  `json:"kind"`
	Status    headway.Status `json:"status"`
	Unchecked bool           `json:"unchecked,omitempty"`
	Told      []ReportWords  `json:"told"`
	Ask       string         `json:"ask,omitempty"` // where nothing was told
}

// ReportPhase is what was told of one phase of a switch.
type ReportPhase struct {
	Phase Phase         `json:"phase"`
	Told  []ReportWords `json:"told"`
}

// ReportAsk is a question for the next conversation.
type ReportAsk struct {
	Slot headway.Label `json:"slot"`
	Text string        `json:"text"`
	Told ReportPeople  `json:"told_by"` // who told of the slot so far
}

// ReportLost is a line or a cell that lost its support.
type ReportLost struct {
	Claim headway.ClaimID `json:"claim"`
	Job   headway.ClaimID `json:"job,omitempty"` // of a cell
	Part  headway.Part    `json:"part"`
	Words string          `json:"words"`
	On    time.Time       `json:"forgotten_on"`
}
