// Written by `go run ./tools/dev gen` from the OpenAPI document. Do not edit.

/** whom a study is about: one customer, all of ours, or oneself */
export type About = "one" | "all" | "self";

/** what a member may do */
export type Access = "owner" | "editor" | "viewer";

export interface Account {
  id: string;
  name: string;
}

export interface Agreed {
  /** in the order of the conversation */
  disputes: Array<Dispute>;
  /** of each kind that one of them marked, in codebook order */
  kinds: Array<Agreement>;
  /** those who marked all of it; others' marks are not compared */
  raters: Array<string>;
  round: Round;
  /** the customers' sentences, the units of what follows */
  sentences: number;
}

export interface Agreement {
  /** Krippendorff's */
  alpha?: Coefficient;
  /** Cohen's of two raters, Fleiss' of more */
  kappa?: Coefficient;
  kind: Label;
  /** sentences left out: they were decided on before the round */
  known: number;
  /** sentences marked as the kind, by each rater */
  marked: Array<number>;
  /** why there is no figure */
  refused?: string;
  /** the share of pairs who said the same, chance included */
  same?: Coefficient;
}

export interface BearOnClaimBody {
  /** a customer's words */
  spans: Array<Place>;
  /** supports: they say it; partly: you read it from them; contradicts; not-about; undecided takes it back */
  verdict: Verdict;
}

export interface BeginEpisodeBody {
  /** the first words of the customer's about it */
  at: Place;
  /** kept: another begins here; dismissed: it goes on; undecided: as found */
  verdict: Verdict;
}

export interface Begun {
  /** name of the import, to ask for its progress */
  import: string;
}

export interface Borne {
  at: string;
  member: string;
  /** none where the words were forgotten */
  quotes: Array<Quote>;
  verdict: Verdict;
}

export interface Called {
  emails: Array<string>;
  /** ids in the tables they came from */
  keys: Array<string>;
  names: Array<string>;
}

export interface Change {
  deed: string;
  member: string;
  persons?: Array<string>;
  seq: number;
  texts?: Array<string>;
}

export interface Changed {
  items: Array<Change>;
  /** give it as after the next time */
  last: number;
}

/** of a criterion must to not-needed, of an alternative what it is to the customer, of an issue whose it is, of a plan how far it is, of a rung its sort; the empty one is not settled */
export type Choice = "must" | "nice" | "not-needed" | "product" | "own-work" | "someone" | "nothing" | "we" | "they" | "partner" | "nobody" | "planned" | "done" | "spared" | "attribute" | "consequence" | "business" | "personal" | "";

export interface ChooseOfClaimBody {
  /** left out to take it back */
  choice?: Choice;
  /** of a criterion: for which job */
  job?: string;
  /** the customer's words that it rests on; not-needed needs some */
  spans?: Array<Place>;
}

export interface Chosen {
  at: string;
  choice: Choice;
  /** of a criterion */
  job?: string;
  member: string;
  quotes?: Array<Quote>;
}

export interface Claim {
  at: string;
  id: string;
  member?: string;
  of?: string;
  part: Part;
  study: string;
  words: string;
}

export interface Closeness {
  /** conversations there are; 0 where nothing is heard carefully */
  all: number;
  /** conversations that were heard carefully */
  heard: number;
  /** the rest is heard only if somebody asks for it */
  left?: boolean;
}

/** what sort of failure it is */
export type Code = "invalid" | "not_found" | "conflict" | "denied" | "unavailable" | "internal";

export interface Coefficient {
  high?: number;
  /** 1 where they always agree, 0 where as often as chance would */
  is: number;
  /** 95 %; left out where it is not known */
  low?: number;
  /** sentences that two or more rated */
  units: number;
}

/** what a person allowed us to do with their words; the empty one is not known */
export type Consent = "given" | "refused" | "withdrawn" | "";

export interface Conversation {
  date?: Date;
  file: string;
  /** what was noticed while the file was read */
  findings: Array<Finding>;
  format: string;
  genre: Genre;
  id: string;
  product?: string;
  /** it has a recording, and you may hear it */
  recorded: boolean;
  row?: number;
  /** SHA-256 of the file that it came in */
  source: string;
  speakers: Array<Speaker>;
  title?: string;
  turns: number;
  /** why nothing was heard in it */
  unheard?: string;
}

export interface CorrectTextBody {
  /** rising and not overlapping; all count in the words as they stand before the first */
  edits: Array<Edit>;
}

export interface Corrected {
  deed: number;
  /** the versions that stand now */
  texts: Array<string>;
  /** places that this sent to review */
  waiting: number;
}

export interface Correction {
  compared?: boolean;
  from: Array<string>;
  kept?: Array<Piece>;
  sizes: Array<number>;
  to: Array<string>;
}

export interface CustomerLine {
  /** who heard it */
  by?: string;
  /** when they last said that it is right; left out for never */
  confirmed?: string;
  conversation: string;
  date?: Date;
  /** a member said so */
  kept?: boolean;
  person?: string;
  quotes: Array<Quote>;
  score: number;
}

export interface Date {
  from?: string;
  time?: string;
}

export interface Deed {
  account?: string;
  answer?: Span;
  at: string;
  batch?: number;
  by?: string;
  choice?: Choice;
  claim?: string;
  consent?: Consent;
  conversation?: string;
  conversations?: Array<string>;
  correction?: Correction;
  counted?: boolean;
  deed: string;
  episode?: string;
  guess?: string;
  guesses?: Array<string>;
  into?: string;
  label?: Label;
  member: string;
  members?: Array<string>;
  more?: Array<Span>;
  note?: string;
  of?: number;
  other?: string;
  own?: number;
  person?: string;
  role?: Role;
  round?: string;
  seal?: string;
  seq: number;
  side?: Side;
  span?: Span;
  speaker?: string;
  /** nobody took it back */
  stands: boolean;
  study?: string;
  turn?: string;
  turns?: Array<string>;
  undoes?: number;
  until?: string;
  verdict?: Verdict;
}

export interface Deeds {
  /** numbers of what was done */
  deeds: Array<number>;
  /** the same with their places */
  done: Array<Operation>;
}

export interface DescribeBody {
  /** the text, at most 5,000 sentences; its own words, for they are no customer's */
  text: string;
}

export interface Described {
  /** customers' sentences that it was held against */
  against: number;
  counts: DescribedCounts;
  /** in the order of the text */
  sentences: Array<DescribedWhole>;
  /** of the rules */
  version: string;
}

export interface DescribedCounts {
  /** sentences that were marked */
  n: number;
  ours: number;
  theirs: number;
  /** not English, and in no count */
  unread: number;
  unsupported: number;
}

export interface DescribedNear {
  conversation: string;
  /** how much of it the customer's sentence says, 0 to 1 */
  nearness: number;
  words: Quote;
}

export interface DescribedReason {
  code: string;
  /** that told it */
  words: Array<string>;
}

export interface DescribedWhole {
  /** where it stands in the text, in code points */
  from: number;
  /** theirs: tells what a customer said, in whatever words; ours: tells of us; unsupported: claims what none was found to have said; empty: not read */
  mark: "theirs" | "ours" | "unsupported" | "";
  /** customers' sentences beside it, nearest first, at most three; nearness is not support */
  near: Array<DescribedNear>;
  /** the end, exclusive */
  to: number;
  why: Array<DescribedReason>;
  words: string;
}

export interface Differing {
  /** what the one says */
  a: CustomerLine;
  /** what the other says */
  b: CustomerLine;
  matter: string;
  one: Role;
  two: Role;
}

export interface DismissMaskSuggestionBody {
  /** the words, as they were suggested */
  span: Place;
}

export interface Dispute {
  kind: Label;
  marked: Array<string>;
  not: Array<string>;
  quote: Quote;
  /** left out while it is open */
  settled?: Settled;
}

export interface Doubtful {
  /** left out where nothing is left */
  conversation?: string;
  label?: Label;
  /** undecided, this one included */
  left: number;
  quote?: Quote;
  /** the share of such sentences that a reader would label so */
  score?: number;
  /** what it was heard by */
  why?: string;
}

export interface Edit {
  /** the code point after the last that goes; the same as start puts words in */
  end: number;
  /** the first code point that goes */
  start: number;
  /** what was really said there */
  words: string;
}

export interface Entry {
  /** id of what it is about */
  about?: string;
  act: string;
  at: string;
  /** the address it came from */
  from?: string;
  /** left out for whoever sat at the machine, or a stranger */
  member?: string;
  number: number;
  /** what that was called then */
  words?: string;
}

export interface ErasePersonBody {
  /** strike their name from what others said too */
  mentions: boolean;
}

export interface Failure {
  file: string;
  /** what to do about it */
  why: string;
}

export interface Finding {
  line?: number;
  text?: string;
  what: string;
}

export interface Found {
  /** too many places hold the words to weigh them: of those the newest come first */
  capped?: boolean;
  /** studies that were not searched, since they are still guessing */
  guessing: Array<string>;
  items: Array<Hit>;
  /** there were no words, so the newest come first */
  listed?: boolean;
  /** what of the search was not understood */
  misread: Array<Misread>;
  /** there may be more than were asked for */
  more?: boolean;
  /** whose words these are, on the customers' side */
  people: number;
  /** not every conversation can be found by its meaning yet */
  reading?: boolean;
}

/** how words came to be said */
export type Genre = "interview" | "call" | "chat" | "mail" | "survey" | "review";

export interface Guess {
  at?: string;
  author?: string;
  id: string;
  late?: boolean;
  member?: string;
  seal?: string;
  slot: Label;
  study: string;
  text: string;
}

export interface Guessed {
  /** whose guess it is, where it is not the member's */
  author?: string;
  /** what it is about: one of the eleven slots */
  slot: Label;
  /** what we believe, in our words */
  text: string;
}

export interface Handed {
  /** a token's scope, an invited member's access, or what a link shows */
  grants: string;
  id: string;
  made: string;
  /** whose token it is, or who made it */
  member: string;
  name?: string;
  /** told this once, and kept nowhere */
  secret: string;
  /** left out where it was never used */
  seen?: string;
  until: string;
}

export interface Head {
  date?: Date;
  /** the name under which it came */
  file: string;
  genre: Genre;
  id: string;
  /** of a table or a mailbox, from 1 */
  row?: number;
  speakers: Array<Speaker>;
  title?: string;
  turns: number;
  words: number;
}

export interface Held {
  at: string;
  /** customers' words for it and against it */
  bears: Array<Borne>;
  chosen?: Array<Chosen>;
  id: string;
  /** what it rested on until the words were forgotten */
  lost?: Array<LostSupport>;
  member?: string;
  of?: string;
  part: Part;
  /** its first version; what belongs to it names any of its versions */
  root: string;
  /** said by a customer, inferred by a member from a customer's words, or ours */
  status: Status;
  study: string;
  /** how many there were, this one included */
  versions: number;
  words: string;
}

export interface Hidden {
  /** places */
  hidden: number;
}

export interface Hit {
  /** it is near what was asked for, whatever its words */
  by_meaning?: boolean;
  conversation: string;
  date?: Date;
  file: string;
  /** what was heard or marked there */
  labels: Array<Labelled>;
  /** the words in its turn by which it was found */
  matches: Array<Quote>;
  person?: string;
  quote: Quote;
  row?: number;
  speaker: Speaker;
  title?: string;
  turn: string;
}

export interface HoldClaimBody {
  /** the claim whose place it takes: its earlier version */
  instead?: string;
  /** the claim that it is a part of; left out where it stands alone */
  of?: string;
  /** customers' passages that say it, each of one span or several; without any it is ours */
  on?: Array<Array<Place>>;
  part: Part;
  /** a member's words: 600 characters at most */
  words: string;
}

export interface InviteBody {
  access: Access;
  /** how long it is open */
  days: number;
  /** whom it is meant for */
  name?: string;
}

export interface Jobs {
  alternatives: Array<JobsLine>;
  apart: Array<JobsPlaced>;
  counts: JobsCounts;
  criteria: Array<JobsCriterion>;
  episodes: Array<JobsEpisode>;
  jobs: Array<JobsJob>;
  known: boolean;
  lost: Array<JobsLost>;
  name?: string;
  next_questions: Array<JobsAsk>;
  only_one_job_seen: boolean;
  question: string;
  schema: string;
  study: string;
  tried: Array<JobsTried>;
  tried_on: number;
  wants: Array<JobsWant>;
}

export interface JobsAlternative {
  claim?: string;
  customers: JobsPeople;
  sort?: Choice;
  told: Array<JobsInstead>;
  words?: string;
}

export interface JobsAsk {
  slot: Label;
  text: string;
  told_by: JobsPeople;
}

export interface JobsCell {
  against: Array<JobsWords>;
  choice?: Choice;
  contradicted_by: JobsPeople;
  criterion: string;
  job: string;
  lost_support_on?: string;
  on: Array<JobsWords>;
  said_by: JobsPeople;
  state: string;
  words: string;
}

export interface JobsCounts {
  conversations: number;
  episodes: number;
  jobs_named: number;
  jobs_proposed: number;
  of: number;
  people: number;
}

export interface JobsCriterion {
  about_us?: string;
  against: Array<JobsWords>;
  ask?: string;
  cells: Array<JobsCell>;
  choice?: Choice;
  contradicted_by: JobsPeople;
  for: Array<JobsWords>;
  id: string;
  lost_support_on?: string;
  missing?: string;
  part: Part;
  parts: Array<JobsLine>;
  read_from: Array<JobsWords>;
  root: string;
  said_by: JobsPeople;
  status: Status;
  versions: Array<JobsVersion>;
  words: string;
}

export interface JobsEpisode {
  conversations: Array<string>;
  id: string;
  name?: string;
  person: string;
  product?: string;
  slots: Array<JobsSlot>;
  timeline: Array<JobsPhase>;
}

export interface JobsForce {
  checked: JobsPeople;
  customers: JobsPeople;
  for_change: boolean;
  kind: Label;
  told: Array<JobsWords>;
  unchecked: JobsPeople;
}

export interface JobsFound {
  about_us?: string;
  against: Array<JobsWords>;
  ask?: string;
  between: Array<JobsTurn>;
  choice?: Choice;
  contradicted_by: JobsPeople;
  for: Array<JobsWords>;
  id: string;
  lost_support_on?: string;
  missing?: string;
  part: Part;
  parts: Array<JobsLine>;
  read_from: Array<JobsWords>;
  root: string;
  said_by: JobsPeople;
  status: Status;
  versions: Array<JobsVersion>;
  words: string;
}

export interface JobsGroup {
  id: string;
  neighbour?: string;
  stability: number;
  tells: Array<JobsWords>;
  words: Array<JobsWord>;
}

export interface JobsInstead {
  asked?: JobsWords;
  by?: string;
  conversation: string;
  date?: Date;
  file: string;
  kept?: boolean;
  member?: string;
  ms?: number;
  name?: string;
  person?: string;
  quotes: Array<Quote>;
  row?: number;
  status?: Status;
  title?: string;
  turn: number;
}

export interface JobsJob {
  alternatives: Array<JobsAlternative>;
  card: Array<JobsLine>;
  claim?: JobsLine;
  criteria: Array<JobsCell>;
  customers: JobsPeople;
  describe: Array<JobsLine>;
  episodes: Array<JobsPlaced>;
  finish: Array<JobsLine>;
  forces: Array<JobsForce>;
  groups: Array<JobsGroup>;
  issues: Array<JobsLine>;
  ladder: Array<JobsLine>;
  measure: Array<JobsLine>;
  next_questions: Array<JobsAsk>;
  number?: number;
  price: Array<JobsLine>;
  products: Array<JobsProduct>;
  proposed: boolean;
  sell: Array<JobsLine>;
  wants: Array<number>;
}

export interface JobsLine {
  about_us?: string;
  against: Array<JobsWords>;
  ask?: string;
  choice?: Choice;
  contradicted_by: JobsPeople;
  for: Array<JobsWords>;
  id: string;
  lost_support_on?: string;
  missing?: string;
  part: Part;
  parts: Array<JobsLine>;
  read_from: Array<JobsWords>;
  root: string;
  said_by: JobsPeople;
  status: Status;
  versions: Array<JobsVersion>;
  words: string;
}

export interface JobsLost {
  claim: string;
  forgotten_on: string;
  job?: string;
  part: Part;
  words: string;
}

export interface JobsPeople {
  of: number;
  people: number;
}

export interface JobsPhase {
  phase: string;
  told: Array<JobsWords>;
}

export interface JobsPlaced {
  by?: string;
  episode: number;
  settled?: boolean;
  typical?: boolean;
}

export interface JobsProduct {
  customers: JobsPeople;
  name: string;
}

export interface JobsSlot {
  ask?: string;
  kind: Label;
  status: Status;
  told: Array<JobsWords>;
  unchecked?: boolean;
}

export interface JobsTried {
  evidence: number;
  groups: number;
  one: number;
  stability: number;
}

export interface JobsTurn {
  by?: string;
  conversation: string;
  date?: Date;
  file: string;
  kept?: boolean;
  member?: string;
  ms?: number;
  name?: string;
  person?: string;
  quotes: Array<Quote>;
  realized?: boolean;
  row?: number;
  side: Side;
  status?: Status;
  title?: string;
  turn: number;
}

export interface JobsVersion {
  at: string;
  id: string;
  member?: string;
  quotes: number;
  words: string;
}

export interface JobsWant {
  about_us?: string;
  against: Array<JobsWords>;
  ask?: string;
  choice?: Choice;
  contradicted_by: JobsPeople;
  for: Array<JobsWords>;
  found: Array<JobsFound>;
  id: string;
  lost_support_on?: string;
  missing?: string;
  part: Part;
  parts: Array<JobsLine>;
  read_from: Array<JobsWords>;
  root: string;
  said_by: JobsPeople;
  status: Status;
  versions: Array<JobsVersion>;
  words: string;
}

export interface JobsWord {
  customers: JobsPeople;
  elsewhere: number;
  said: Quote;
}

export interface JobsWords {
  by?: string;
  conversation: string;
  date?: Date;
  file: string;
  kept?: boolean;
  member?: string;
  ms?: number;
  name?: string;
  person?: string;
  quotes: Array<Quote>;
  row?: number;
  status?: Status;
  title?: string;
  turn: number;
}

export interface JoinJobsBody {
  /** the job that stays */
  into: string;
  /** make two of them again */
  part?: boolean;
}

export interface JoinTurnsBody {
  /** the text of the turn that follows; the first one's speaker says it all then */
  text: string;
}

export interface JudgeBody {
  guess: string;
  span: Place;
  /** supports, partly, contradicts, not-about, or undecided to take it back */
  verdict: Verdict;
}

/** what a sentence carries: a kind on the customer's side, an act or what a question asks for on ours */
export type Label = "situation" | "struggle" | "motivation" | "measure" | "alternative" | "pull" | "anxiety" | "habit" | "request" | "result" | "realization" | "decision" | "q-open" | "q-closed" | "q-leading" | "q-double" | "q-hypothetical" | "playback" | "pitch" | "advice" | "story-own" | "story-other" | "assumption" | "ack" | "other" | "asks:situation" | "asks:struggle" | "asks:motivation" | "asks:measure" | "asks:alternative" | "asks:pull" | "asks:anxiety" | "asks:habit" | "asks:request" | "asks:result" | "asks:decision" | "asks:other";

export interface Labelled {
  /** who decided */
  by?: string;
  /** of a suggestion: heard surely enough to count */
  counted?: boolean;
  /** kept, suggested or dismissed */
  is: string;
  label: Label;
}

export interface Lapse {
  conversations: number;
  /** sentences of theirs that were held against a guess */
  judged: number;
  /** passages of theirs that a member keeps as something */
  kept: number;
  person: Person;
  play_backs: number;
  promises: number;
  turns: number;
}

export interface Learned {
  /** worth using, by those held back */
  better: boolean;
  figures: Array<OwnFigure>;
  /** why it cannot be used */
  gone?: string;
  /** verdicts that it was measured on */
  held_back: number;
  /** verdicts that taught */
  learned: number;
  number: number;
}

export interface ListAccount {
  items: Array<Account>;
  /** give it as after for the next page; left out on the last */
  next?: string;
}

export interface ListDeed {
  items: Array<Deed>;
  /** give it as after for the next page; left out on the last */
  next?: string;
}

export interface ListGuess {
  items: Array<Guess>;
  /** give it as after for the next page; left out on the last */
  next?: string;
}

export interface ListHead {
  items: Array<Head>;
  /** give it as after for the next page; left out on the last */
  next?: string;
}

export interface ListHeld {
  items: Array<Held>;
  /** give it as after for the next page; left out on the last */
  next?: string;
}

export interface ListLapse {
  items: Array<Lapse>;
  /** give it as after for the next page; left out on the last */
  next?: string;
}

export interface ListLost {
  items: Array<Lost>;
  /** give it as after for the next page; left out on the last */
  next?: string;
}

export interface ListMarked {
  items: Array<Marked>;
  /** give it as after for the next page; left out on the last */
  next?: string;
}

export interface ListMaskable {
  items: Array<Maskable>;
  /** give it as after for the next page; left out on the last */
  next?: string;
}

export interface ListMasked {
  items: Array<Masked>;
  /** give it as after for the next page; left out on the last */
  next?: string;
}

export interface ListMember {
  items: Array<Member>;
  /** give it as after for the next page; left out on the last */
  next?: string;
}

export interface ListMoment {
  items: Array<Moment>;
  /** give it as after for the next page; left out on the last */
  next?: string;
}

export interface ListNote {
  items: Array<Note>;
  /** give it as after for the next page; left out on the last */
  next?: string;
}

export interface ListPerson {
  items: Array<Person>;
  /** give it as after for the next page; left out on the last */
  next?: string;
}

export interface ListRound {
  items: Array<Round>;
  /** give it as after for the next page; left out on the last */
  next?: string;
}

export interface ListSaved {
  items: Array<Saved>;
  /** give it as after for the next page; left out on the last */
  next?: string;
}

export interface ListStudy {
  items: Array<Study>;
  /** give it as after for the next page; left out on the last */
  next?: string;
}

export interface ListTicket {
  items: Array<Ticket>;
  /** give it as after for the next page; left out on the last */
  next?: string;
}

export interface ListTurn {
  items: Array<Turn>;
  /** give it as after for the next page; left out on the last */
  next?: string;
}

export interface ListVersion {
  items: Array<Version>;
  /** give it as after for the next page; left out on the last */
  next?: string;
}

export interface ListWaiting {
  items: Array<Waiting>;
  /** give it as after for the next page; left out on the last */
  next?: string;
}

export interface Logged {
  items: Array<Entry>;
}

export interface Loss {
  /** what rests on their words */
  claims: Array<Resting>;
  conversations: Array<string>;
  /** they were erased already */
  gone?: boolean;
  /** turns of others that hold their name */
  mentions: number;
  names: Array<string>;
  /** others of the same name: merge them first, if they are the same */
  namesakes: Array<string>;
  /** on their words */
  notes: number;
  person: string;
  /** guesses that hold their name, and stay as they were sealed */
  sealed: Array<string>;
  turns: number;
  words: number;
}

export interface Lost {
  /** when it was made */
  at: string;
  /** of a study's jobs, on which the words bore or of which something was chosen */
  claim?: string;
  /** in which the words stood */
  conversation?: string;
  /** number of the deed that made it */
  deed: number;
  forgotten_on: string;
  guess?: string;
  label?: Label;
  member: string;
  /** where they stood; nothing can be cut there */
  span?: Span;
  study?: string;
  verdict?: Verdict;
  /** judge, mark, note, test, promise, playback, reply, repair, settle, bear, choose or episode */
  was: string;
}

export interface LostSupport {
  choice?: Choice;
  forgotten_on: string;
  /** of a criterion */
  job?: string;
  verdict?: Verdict;
}

export interface MakeShareBody {
  /** how long it is open */
  days: number;
  kind: ShareKind;
  /** whom it is for */
  name?: string;
  /** of a search: its words */
  search?: string;
  /** of a search: only what this side said */
  side?: Side;
  /** of a quote: where it stands */
  span?: Place;
  /** of which study; a search may do without */
  study?: string;
}

export interface MakeTokenBody {
  /** how long it is open */
  days: number;
  /** what will use it */
  name: string;
  /** what it may do; no more than you */
  scope: Scope;
}

export interface Mark {
  label: Label;
  /** where: one span, or several where the passage goes over several turns */
  spans: Array<Place>;
  /** kept, dismissed, or undecided to take it back */
  verdict: Verdict;
}

export interface MarkBody {
  marks: Array<Mark>;
  /** compare exact with what is shown through this study */
  study?: string;
}

export interface MarkHeardBody {
  label: Label;
  /** kept for all that count, dismissed for all that are only suggested */
  verdict: Verdict;
}

export interface Marked {
  at: string;
  /** number of the deed */
  deed: number;
  /** who had heard the label there; left out where only the member saw it */
  heard_by?: string;
  label: Label;
  member: string;
  /** the passage, a quote a turn */
  quotes: Array<Quote>;
  verdict: Verdict;
}

export interface MaskSettings {
  /** what is suggested is masked as it comes in */
  at_import: boolean;
}

export interface MaskWordsBody {
  /** the same words too, wherever anybody says them */
  everywhere?: boolean;
  /** the words */
  span: Place;
  /** what they tell; it stands in their place */
  what: What;
}

export interface Maskable {
  /** how often the same words stand in other places; of very common words some */
  elsewhere: number;
  quote: Quote;
  what: What;
  why: string;
}

export interface Masked {
  deed: number;
  /** of what stands in the place of the words */
  span: Span;
}

export interface Me {
  access: Access;
  /** left out for whoever sits at the machine while there are no members */
  member?: string;
  name?: string;
  /** what this request may do */
  scope: Scope;
}

export interface Member {
  access: Access;
  id: string;
  name: string;
  since: string;
}

export interface MergePeopleBody {
  /** who stays */
  into: string;
}

export interface Mirror {
  after: Array<MirrorAfter>;
  conversations: Array<MirrorTalk>;
  counts: MirrorCounts;
  guesses: Array<MirrorGuess>;
  kept: Array<MirrorKept>;
  lost?: Array<MirrorLost>;
  never_asked: Array<MirrorGap>;
  next_questions: Array<MirrorQuestion>;
  play_back: Array<Quote>;
  said: Array<MirrorSaid>;
  schema: string;
  study: string;
  thank_you?: string;
}

export interface MirrorAfter {
  asked_for?: Quote;
  conversation: string;
  is_after?: Quote;
  measure_asked: boolean;
  name: string;
  person: string;
  solved_when?: Quote;
}

export interface MirrorAnswer {
  answer: Quote;
  question: Quote;
}

export interface MirrorAskedIn {
  asked: number;
  n: number;
  perhaps: number;
}

export interface MirrorAssumption {
  lost_support_on?: string;
  next?: Quote;
  quote: Quote;
  tested: string;
  turn: number;
  verdict?: Verdict;
}

export interface MirrorChange {
  after: MirrorExtent;
  before: MirrorExtent;
  came: Array<MirrorCustomer>;
  changed: boolean;
  guesses: Array<MirrorGuessChange>;
  kinds: Array<MirrorKindChange>;
  left: Array<MirrorCustomer>;
  lines: Array<MirrorLineChange>;
  schema: string;
  slots: Array<MirrorSlotChange>;
}

export interface MirrorConcern {
  asked: number;
  depth: number;
  end?: Quote;
  ended?: string;
  kind: Label;
  next_words: number;
  pursued: Array<Quote>;
  quote: Quote;
  told: Array<Label>;
  turn: number;
  unasked?: boolean;
  words: number;
}

export interface MirrorConduct {
  concerns: Array<MirrorConcern>;
  orders: Array<MirrorOrder>;
  stories: Array<MirrorStory>;
  topics: MirrorTopics;
}

export interface MirrorCounts {
  assumptions: number;
  conversations: number;
  could_ask: number;
  never_tested: number;
  people: number;
  unheard: number;
  unplaced: number;
  with_aim: number;
  with_measure: number;
  with_request: number;
}

export interface MirrorCustomer {
  conversation: string;
  id: string;
  name: string;
}

export interface MirrorExtent {
  conversations: number;
  could_ask: number;
  n: number;
}

export interface MirrorGap {
  answered: number;
  asked: number;
  conversations: Array<string>;
  doubtful?: Array<Quote>;
  n: number;
  nobody_could_ask: number;
  perhaps: number;
  sentence: string;
  silent: number;
  slot: Label;
  unclear: number;
  volunteered: number;
}

export interface MirrorGathered {
  people: number;
  word: string;
}

export interface MirrorGuess {
  author?: string;
  heard: MirrorHeard;
  id: string;
  late?: boolean;
  lost?: Array<MirrorLost>;
  nearest: Array<MirrorLine>;
  raised_first: MirrorRaised;
  seal?: string;
  sentence: string;
  slot: Label;
  text: string;
}

export interface MirrorGuessChange {
  after?: MirrorTally;
  before?: MirrorTally;
  id: string;
  near: Array<MirrorLine>;
  slot: Label;
  text: string;
}

export interface MirrorHeard {
  candidates: number;
  checked: number;
  confirmed: number;
  contradicted: number;
  interval?: Array<number>;
  n: number;
}

export interface MirrorHeardIn {
  by: string;
  genre: Genre;
  sentences: number;
}

export interface MirrorKept {
  by: string;
  counted: boolean;
  decided: number;
  interval?: Array<number>;
  kept: number;
  label: Label;
}

export interface MirrorKindChange {
  after: MirrorOf;
  before: MirrorOf;
  kind: Label;
}

export interface MirrorLine {
  by?: string;
  conversation: string;
  first?: Side;
  group?: string;
  kind?: Label;
  more?: number;
  name: string;
  novelty?: number;
  people?: number;
  person: string;
  quote: Quote;
  same?: Array<MirrorLine>;
  score: number;
  surprise?: boolean;
  unasked?: boolean;
  under?: string;
  verdict?: Verdict;
  why?: string;
}

export interface MirrorLineChange {
  after: MirrorOf;
  before: MirrorOf;
  line: MirrorLine;
  surprise?: boolean;
}

export interface MirrorLost {
  deed: number;
  forgotten_on: string;
  kind?: Label;
  verdict?: Verdict;
}

export interface MirrorOf {
  n: number;
  people: number;
}

export interface MirrorOrder {
  met: string;
  reply?: Quote;
  request: Quote;
  turn: number;
}

export interface MirrorPerson {
  guess?: Side;
  id: string;
  name: string;
  settled?: string;
  side: Side;
  speaker: string;
  why?: string;
  words: number;
}

export interface MirrorQuestion {
  recall?: Quote;
  slot: Label;
  text: string;
  why: string;
}

export interface MirrorRaised {
  by_them: number;
  by_us: number;
}

export interface MirrorSaid {
  heard: Array<MirrorHeardIn>;
  lines: Array<MirrorLine>;
  people: number;
  slot: Label;
  things: number;
  total: number;
  words: Array<MirrorGathered>;
}

export interface MirrorShare {
  about_them: number;
  of: number;
}

export interface MirrorShift {
  after: MirrorShare;
  before: MirrorShare;
  question?: Quote;
  turn: number;
}

export interface MirrorSlot {
  answered: Array<MirrorAnswer>;
  asked: Array<Quote>;
  maybe_asked: Array<Quote>;
  slot: Label;
  unclear: Array<Quote>;
  volunteered: Array<Quote>;
}

export interface MirrorSlotChange {
  after: MirrorAskedIn;
  before: MirrorAskedIn;
  never_asked?: boolean;
  newly_asked?: boolean;
  slot: Label;
}

export interface MirrorSolution {
  act: Label;
  ms?: number;
  played_back: Array<Label>;
  quote: Quote;
  spoken: Array<Label>;
  turn: number;
  turns: number;
}

export interface MirrorStory {
  act: Label;
  perhaps?: boolean;
  quote: Quote;
  turn: number;
}

export interface MirrorTalk {
  assumptions: Array<MirrorAssumption>;
  conduct?: MirrorConduct;
  could_ask: boolean;
  date?: Date;
  file: string;
  findings: number;
  first_solution?: MirrorSolution;
  genre: Genre;
  id: string;
  never_asked: Array<Label>;
  people: Array<MirrorPerson>;
  row?: number;
  slots: Array<MirrorSlot>;
  title?: string;
  unheard?: string;
}

export interface MirrorTally {
  candidates: number;
  checked: number;
  confirmed: number;
  contradicted: number;
  n: number;
}

export interface MirrorTopicCount {
  aim: number;
  offer: number;
  situation: number;
  turns: number;
}

export interface MirrorTopics {
  ours: MirrorTopicCount;
  shift?: MirrorShift;
  theirs: MirrorTopicCount;
  turns: Array<MirrorTurnTopic>;
}

export interface MirrorTurnTopic {
  side: Side;
  topic: string;
  turn: number;
}

export interface Misfit {
  /** where: body, path or query, and on from there */
  location: string;
  message: string;
}

export interface Misread {
  /** nothing was searched: it would have found more than was asked for */
  halts?: boolean;
  /** and what to write instead */
  what: string;
}

export interface Moment {
  /** what it carries; what is not counted is a suggestion */
  labels: Array<Scored>;
  quote: Quote;
  side: Side;
  turn: string;
}

export interface NextQuestion {
  recall?: Quote;
  slot?: Label;
  text: string;
  why: string;
}

export interface Note {
  at: string;
  id: string;
  member: string;
  /** what it is about */
  quotes: Array<Quote>;
  /** our words, never evidence */
  words: string;
}

export interface NoteReplyBody {
  /** their words, where they are kept here */
  answer?: Place;
  /** what they said to it; undecided is nothing yet */
  verdict: Verdict;
}

export interface Offer {
  help?: string;
  /** the whole search, once it is taken */
  query: string;
  /** what is added */
  shown: string;
}

export interface Offers {
  items: Array<Offer>;
}

export interface OnePage {
  account?: Account;
  /** where roles name something else, each in its own words */
  differences: Array<Differing>;
  /** slots that no question of ours asked for */
  never_asked: Array<Label>;
  next_questions: Array<NextQuestion>;
  people: Array<Person>;
  /** newest first */
  play_backs: Array<PlayedBack>;
  promises: Array<Promised>;
  /** what we got wrong */
  repairs: Array<Repaired>;
  /** the kinds that were heard, in codebook order */
  said: Array<SaidOf>;
  /** a play-back to send, of one person */
  to_send: Array<Quote>;
}

export interface OpenRoundBody {
  /** who mark */
  members: Array<string>;
}

export interface OpenStudyBody {
  /** whom it is about */
  about: About;
  /** ids of conversations that are here, to begin with; they are hidden through it until it is sealed or skipped */
  conversations?: Array<string>;
  /** the customer's or the question's */
  name: string;
}

export interface Opened {
  /** the study to look at first */
  study: string;
}

export interface OpenedRound {
  round: string;
}

export interface Operation {
  account?: string;
  answer?: Span;
  at: string;
  batch?: number;
  by?: string;
  choice?: Choice;
  claim?: string;
  consent?: Consent;
  conversation?: string;
  conversations?: Array<string>;
  correction?: Correction;
  counted?: boolean;
  deed: string;
  episode?: string;
  guess?: string;
  guesses?: Array<string>;
  into?: string;
  label?: Label;
  member: string;
  members?: Array<string>;
  more?: Array<Span>;
  note?: string;
  of?: number;
  other?: string;
  own?: number;
  person?: string;
  role?: Role;
  round?: string;
  seal?: string;
  seq: number;
  side?: Side;
  span?: Span;
  speaker?: string;
  study?: string;
  turn?: string;
  turns?: Array<string>;
  undoes?: number;
  until?: string;
  verdict?: Verdict;
}

export interface OwnCount {
  counted: number;
  right: number;
}

export interface OwnFigure {
  After: OwnCount;
  Before: OwnCount;
  heldBack: number;
  judged: number;
  kept: number;
  kind: Label;
}

/** what a claim is in the picture of a study's jobs */
export type Part = "job" | "criterion" | "alternative" | "wanted" | "situation" | "progress" | "functional" | "emotional" | "social" | "measure" | "direction" | "threshold" | "perceiver" | "when" | "issue" | "plan" | "finish" | "price" | "describe" | "sell" | "found" | "rung";

export interface Person {
  account?: Account;
  consent?: Consent;
  /** the newest first */
  conversations: Array<string>;
  emails: Array<string>;
  id: string;
  invented?: boolean;
  /** the customer's id in the tables they came from */
  keys: Array<string>;
  /** date of the newest conversation, else when it came in */
  last?: string;
  /** who members said are this one too */
  merged: Array<string>;
  /** as conversations have them, the most frequent first */
  names: Array<string>;
  role?: Role;
  /** how long their words may be kept; left out without end */
  until?: string;
}

/** evidence is shown in sealed and skipped only */
export type Phase = "guessing" | "sealed" | "skipped";

export interface Piece {
  from: Span;
  masked?: boolean;
  to: Span;
}

export interface Place {
  /** the code point after the last */
  end: number;
  /** what you believe to stand there. It is only compared, and refused with conflict where one letter differs; the words that are kept are those of the text */
  exact?: string;
  /** the first code point */
  start: number;
  /** id of the text version */
  text: string;
}

export interface PlaceSpeakerBody {
  side: Side;
}

export interface PlayedBack {
  /** their words, where they are kept here */
  answer?: CustomerLine;
  at: string;
  deed: number;
  lines: Array<CustomerLine>;
  /** left out while nothing came back */
  reply?: Verdict;
  to: string;
}

export interface Problem {
  /** what sort of failure it is, for programs */
  code: Code;
  /** what happened and what to do */
  detail: string;
  /** where the request does not fit the document */
  errors?: Array<Misfit>;
  /** the HTTP status */
  status: number;
  /** what sort of failure it is */
  title: string;
}

export interface Progress {
  /** conversations that were not there before */
  added: number;
  canceled?: boolean;
  done: boolean;
  /** why the import as a whole stopped */
  error?: string;
  /** files of which nothing could be read */
  failed: Array<Failure>;
  files: number;
  files_done: number;
  /** things noticed while reading */
  findings: number;
  /** conversations that were */
  known: number;
  turns: number;
  /** read, and heard and stored */
  turns_done: number;
  /** speakers whose side nobody has settled */
  unplaced: number;
  words: number;
}

export interface PromiseBody {
  /** our words */
  span: Place;
  to: string;
  /** kept, or undecided to take it back */
  verdict: Verdict;
}

export interface Promised {
  /** who heard it */
  by?: string;
  /** when they last said that it is right; left out for never */
  confirmed?: string;
  conversation: string;
  date?: Date;
  /** a member said so */
  kept?: boolean;
  marked_at: string;
  person?: string;
  quotes: Array<Quote>;
  score: number;
  to: string;
}

export interface PutEpisodesBody {
  episodes: Array<string>;
  job?: string;
  /** kept: of this job; dismissed: of none; undecided: as proposed */
  verdict: Verdict;
}

export interface Quote {
  /** where the words stand: code points of a text version, the end exclusive */
  span: Span;
  /** the words, cut from exactly there */
  text: string;
}

export interface RegroupBody {
  /** ids of conversations that are here */
  conversations: Array<string>;
}

export interface Regrouped {
  /** how many came in or went out; those that had already do not count */
  conversations: number;
}

export interface RenameSearchBody {
  name: string;
}

export interface RepairBody {
  /** what we got wrong */
  ours: Place;
  /** what they said later */
  theirs: Place;
  /** kept, or undecided to take it back */
  verdict: Verdict;
}

export interface Repaired {
  /** their words */
  told: CustomerLine;
  /** ours */
  wrong: CustomerLine;
}

export interface Resting {
  deed?: number;
  label?: Label;
  /** how many it would be without them; at 0 it has lost its support */
  left: number;
  /** guess, claim, label, line, said, assumption, promise, play-back, reply, repair, choice, episode or round */
  on: string;
  /** whose words it rests on */
  people: number;
  study?: string;
}

export interface RestoreTextBody {
  /** the version that is to stand again */
  text: string;
}

export interface ReviewBody {
  /** where it hangs now; leave it out to let it go */
  answer?: Place;
  /** as the list has it */
  stood: Array<Span>;
}

/** what a person is in their account; the empty one is not known */
export type Role = "user" | "buyer" | "payer" | "influencer" | "other" | "";

export interface Round {
  /** who opened it */
  by: string;
  conversation: string;
  /** who have marked all of it */
  done: Array<string>;
  ended?: string;
  id: string;
  members: Array<string>;
  /** each still sees their own marks only */
  open: boolean;
  opened: string;
}

export interface Running {
  /** names of imports */
  items: Array<string>;
}

export interface SaidOf {
  kind: Label;
  /** what a member kept first, then what was heard and nobody checked */
  lines: Array<CustomerLine>;
}

export interface SaveSearchBody {
  name?: string;
  /** words and filters, as they are typed */
  query: string;
}

export interface Saved {
  at: string;
  id: string;
  /** whether you ever looked */
  looked: boolean;
  member: string;
  /** whether you may change it */
  mine: boolean;
  /** there are more than that */
  more?: boolean;
  name: string;
  /** found since you last looked */
  new: number;
  query: string;
}

export interface SavedAs {
  search: string;
}

export interface SavedSearch {
  at: string;
  id: string;
  member: string;
  name: string;
  query: string;
}

/** what a token may be used for; each holds the ones before it */
export type Scope = "read" | "write" | "admin";

export interface Scored {
  by: string;
  counted: boolean;
  label: Label;
  score: number;
  why?: string;
}

export interface SealGuessesBody {
  guesses: Array<Guessed>;
}

export interface Sealed {
  /** the last hash of the chain of SHA-256 that closes the guesses */
  seal: string;
}

export interface SendBackBody {
  /** their sentences, in the order in which they were sent */
  spans: Array<Place>;
  to: string;
}

export interface Sent {
  /** number by which the reply is noted */
  deed: number;
}

export interface SetAccessBody {
  access: Access;
}

export interface SetAccountBody {
  /** of the firm; an empty one takes it back */
  name: string;
}

export interface SetConsentBody {
  /** an empty one is not known */
  consent: Consent;
  /** leave it out for without end */
  until?: string;
}

export interface SetRoleBody {
  /** an empty one is not known */
  role: Role;
}

export interface SetRoundDoneBody {
  done: boolean;
}

export interface SettleBody {
  kind: Label;
  /** the sentence */
  span: Place;
  /** compare exact with what is shown through this study */
  study?: string;
  /** kept, dismissed, or undecided to open the question again */
  verdict: Verdict;
  /** our words: whoever reads it later will ask */
  why?: string;
}

export interface Settled {
  at: string;
  by: string;
  verdict: Verdict;
  why: string;
}

/** what a link shows: the mirror of a study, a quote, or a search; guess shows nothing and lets one be sealed */
export type ShareKind = "mirror" | "quote" | "search" | "guess";

/** whose words these are */
export type Side = "theirs" | "ours" | "unknown";

export interface Span {
  end: number;
  start: number;
  text: string;
}

export interface SpeakTurnBody {
  /** in the place of speaker: one whom the file did not name; their side is unknown then */
  name?: string;
  /** one of the conversation's */
  speaker?: string;
}

export interface Speaker {
  email?: string;
  guess?: Side;
  guess_why?: string;
  id: string;
  key?: string;
  masked?: string;
  name: string;
  settled?: string;
  side: Side;
}

export interface SplitTurnBody {
  /** the second turn begins with the word at, or behind, this code point */
  at: number;
}

/** what a claim rests on */
export type Status = "said" | "inferred" | "ours" | "unknown";

export interface Study {
  about: About;
  id: string;
  name: string;
  opened: string;
  phase: Phase;
  sample?: boolean;
}

export interface Taught {
  /** newest first */
  all: Array<Learned>;
  /** verdicts held back, to measure on */
  apart: number;
  /** number of what is put to use; 0 for none */
  in_use: number;
  /** verdicts to learn from */
  learning: number;
  /** why what was put to use is used no longer */
  lost?: string;
  /** how many more it takes to learn; 0 where there are enough */
  more: number;
}

export interface TestBody {
  /** what the customer said to it */
  answer?: Place;
  /** what we took for granted, in our words */
  ours: Place;
  /** supports, partly, contradicts, not-about, or undecided to take it back */
  verdict: Verdict;
}

export interface Ticket {
  /** a token's scope, an invited member's access, or what a link shows */
  grants: string;
  id: string;
  made: string;
  /** whose token it is, or who made it */
  member: string;
  name?: string;
  /** left out where it was never used */
  seen?: string;
  until: string;
}

export interface Turn {
  id: string;
  /** where it begins in the recording, in milliseconds */
  ms?: number;
  side: Side;
  speaker: string;
  /** left out where nothing is left of them */
  words?: Quote;
}

export interface UseOwnBody {
  /** of what was learned; 0 hears as it comes */
  number: number;
}

/** on a label kept or dismissed, on a guess the others; undecided takes one back */
export type Verdict = "supports" | "partly" | "contradicts" | "not-about" | "kept" | "dismissed" | "undecided";

export interface Version {
  /** that brought them; left out where they came so */
  deed?: number;
  stands: boolean;
  /** the turn was neither split nor joined since, so that these words can stand again */
  whole: boolean;
  words?: Quote;
}

export interface Waiting {
  /** the deed that took them away */
  by: number;
  conversation: string;
  /** what hung on them */
  deeds: Array<number>;
  /** what stands in their stead */
  near?: Quote;
  /** where it hung: names it when it is reviewed */
  stood: Array<Span>;
  /** as they stood there */
  words: Array<Quote>;
}

/** what masked words tell */
export type What = "name" | "address" | "phone" | "mail" | "card" | "iban" | "number";

export interface WriteNoteBody {
  /** what it is about */
  spans: Array<Place>;
  /** compare exact with what is shown through this study */
  study?: string;
  /** our words, never evidence; 6,000 characters at most */
  words: string;
}

export interface Written {
  note: string;
}
