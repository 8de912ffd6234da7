// Written by `go run ./tools/dev gen` from the OpenAPI document. Do not edit.
import { call, type Answer } from "./call.ts";
import type { Agreed, BearOnClaimBody, BeginEpisodeBody, Begun, Called, Changed, ChooseOfClaimBody, Claim, Closeness, Conversation, CorrectTextBody, Corrected, Deeds, DescribeBody, Described, DismissMaskSuggestionBody, Doubtful, ErasePersonBody, Found, Guessed, Handed, Hidden, HoldClaimBody, InviteBody, Jobs, JoinJobsBody, JoinTurnsBody, JudgeBody, Label, Learned, ListAccount, ListDeed, ListGuess, ListHead, ListHeld, ListLapse, ListLost, ListMarked, ListMaskable, ListMasked, ListMember, ListMoment, ListNote, ListPerson, ListRound, ListSaved, ListStudy, ListTicket, ListTurn, ListVersion, ListWaiting, Logged, Loss, MakeShareBody, MakeTokenBody, MarkBody, MarkHeardBody, MaskSettings, MaskWordsBody, Me, MergePeopleBody, Mirror, MirrorChange, NoteReplyBody, Offers, OnePage, OpenRoundBody, OpenStudyBody, Opened, OpenedRound, Person, PlaceSpeakerBody, Progress, PromiseBody, PutEpisodesBody, Quote, RegroupBody, Regrouped, RenameSearchBody, RepairBody, RestoreTextBody, ReviewBody, Round, Running, SaveSearchBody, SavedAs, SavedSearch, SealGuessesBody, Sealed, SendBackBody, Sent, SetAccessBody, SetAccountBody, SetConsentBody, SetRoleBody, SetRoundDoneBody, SettleBody, Side, SpeakTurnBody, SplitTurnBody, Study, Taught, TestBody, UseOwnBody, WriteNoteBody, Written } from "./types.gen.ts";

/** Put conversations that are here into a study. Needs the scope write. */
export const addConversations = (study: string, body: RegroupBody): Promise<Answer<Regrouped>> => call("POST", `/studies/${encodeURIComponent(study)}/conversations`, body);

/** Write a guess after the reveal; it is marked late. Needs the scope write. */
export const addGuess = (study: string, body: Guessed): Promise<Answer<void>> => call("POST", `/studies/${encodeURIComponent(study)}/guesses`, body);

/** Lay a customer's words beside a claim. Needs the scope write. */
export const bearOnClaim = (study: string, claim: string, body: BearOnClaimBody): Promise<Answer<void>> => call("POST", `/studies/${encodeURIComponent(study)}/claims/${encodeURIComponent(claim)}/bears`, body);

/** Say where a customer begins to tell of another episode. Needs the scope write. */
export const beginEpisode = (body: BeginEpisodeBody): Promise<Answer<void>> => call("POST", `/episodes`, body);

/** End an import; what it has stored so far stays. Needs the scope write. */
export const cancelImport = (importID: string): Promise<Answer<void>> => call("DELETE", `/imports/${encodeURIComponent(importID)}`);

/** Settle what a claim is, or how much a criterion matters to a job. Needs the scope write. */
export const chooseOfClaim = (study: string, claim: string, body: ChooseOfClaimBody): Promise<Answer<void>> => call("POST", `/studies/${encodeURIComponent(study)}/claims/${encodeURIComponent(claim)}/choice`, body);

/** Tell what another study has more or less of than this one. Needs the scope read. */
export const compareStudies = (study: string, other: string): Promise<Answer<MirrorChange>> => call("GET", `/studies/${encodeURIComponent(study)}/compare/${encodeURIComponent(other)}`);

/** Word a turn anew where it was misheard. Needs the scope write. */
export const correctText = (text: string, body: CorrectTextBody): Promise<Answer<Corrected>> => call("POST", `/texts/${encodeURIComponent(text)}/correction`, body);

/** Tell of each sentence of a text of ours whom it describes; nothing of the text is kept. Needs the scope read. */
export const describeText = (study: string, body: DescribeBody): Promise<Answer<Described>> => call("POST", `/studies/${encodeURIComponent(study)}/shoes`, body);

/** Say that words tell nobody's name: they are suggested no more. Needs the scope write. */
export const dismissMaskSuggestion = (body: DismissMaskSuggestionBody): Promise<Answer<void>> => call("POST", `/mask-suggestions/dismiss`, body);

/** Take a claim off. Needs the scope write. */
export const dropClaim = (study: string, claim: string): Promise<Answer<void>> => call("DELETE", `/studies/${encodeURIComponent(study)}/claims/${encodeURIComponent(claim)}`);

/** Forget the recording of a conversation. Needs the scope write. */
export const dropRecording = (conversation: string, query: { study?: string } = {}): Promise<Answer<void>> => call("DELETE", `/conversations/${encodeURIComponent(conversation)}/recording`, undefined, query);

/** Forget a saved search. Needs the scope write. */
export const dropSearch = (search: string): Promise<Answer<void>> => call("DELETE", `/searches/${encodeURIComponent(search)}`);

/** Take an invitation back. Needs the scope admin. */
export const endInvitation = (ticket: string): Promise<Answer<void>> => call("DELETE", `/invitations/${encodeURIComponent(ticket)}`);

/** End a link. Needs the scope write. */
export const endShare = (ticket: string): Promise<Answer<void>> => call("DELETE", `/shares/${encodeURIComponent(ticket)}`);

/** End a token. Needs the scope write. */
export const endToken = (ticket: string): Promise<Answer<void>> => call("DELETE", `/tokens/${encodeURIComponent(ticket)}`);

/** Forget a person; it cannot be undone. Needs the scope admin. */
export const erasePerson = (person: string, body: ErasePersonBody): Promise<Answer<Loss>> => call("POST", `/people/${encodeURIComponent(person)}/erase`, body);

/** Take the whole workspace along, as `headway export` writes it. Needs the scope admin. */
export const exportWorkspace = (): Promise<Answer<Blob>> => call("GET", `/export`);

/** Read all people of a firm on one page. Needs the scope read. */
export const getAccount = (account: string): Promise<Answer<OnePage>> => call("GET", `/accounts/${encodeURIComponent(account)}`);

/** Tell how far the members of a round agree, and on what they do not. Needs the scope read. */
export const getAgreement = (round: string, query: { study?: string } = {}): Promise<Answer<Agreed>> => call("GET", `/rounds/${encodeURIComponent(round)}/agreement`, undefined, query);

/** Read what a person is called behind a mask; that you looked is written down. Needs the scope admin. */
export const getCalled = (person: string): Promise<Answer<Called>> => call("GET", `/people/${encodeURIComponent(person)}/called`);

/** Tell what changed in a study since a day. Needs the scope read. */
export const getChanges = (study: string, query: { since?: string } = {}): Promise<Answer<MirrorChange>> => call("GET", `/studies/${encodeURIComponent(study)}/changes`, undefined, query);

/** Tell how many conversations were heard carefully so far. Needs the scope read. */
export const getCloseness = (study: string): Promise<Answer<Closeness>> => call("GET", `/studies/${encodeURIComponent(study)}/closeness`);

/** Read a conversation without its turns. Needs the scope read. */
export const getConversation = (conversation: string, query: { study?: string } = {}): Promise<Answer<Conversation>> => call("GET", `/conversations/${encodeURIComponent(conversation)}`, undefined, query);

/** Read one customer on one page. Needs the scope read. */
export const getCustomer = (person: string): Promise<Answer<OnePage>> => call("GET", `/customers/${encodeURIComponent(person)}`);

/** Read the suggestion whose verdict is worth most, and how many are left. Needs the scope read. */
export const getDoubtful = (query: { study?: string; conversation?: string; label?: Label } = {}): Promise<Answer<Doubtful>> => call("GET", `/doubtful`, undefined, query);

/** Tell how far an import has come, waiting for its end if asked to. Needs the scope read. */
export const getImport = (importID: string, query: { wait?: number } = {}): Promise<Answer<Progress>> => call("GET", `/imports/${encodeURIComponent(importID)}`, undefined, query);

/** Read the jobs that customers hire for, with their words. Needs the scope read. */
export const getJobs = (study: string): Promise<Answer<Jobs>> => call("GET", `/studies/${encodeURIComponent(study)}/jobs`);

/** List what would go with a person, and erase nothing. Needs the scope admin. */
export const getLoss = (person: string): Promise<Answer<Loss>> => call("GET", `/people/${encodeURIComponent(person)}/loss`);

/** Say whether what is suggested is masked as it comes in. Needs the scope read. */
export const getMaskSettings = (): Promise<Answer<MaskSettings>> => call("GET", `/masks/settings`);

/** Tell who you are here, and what you may do. Needs the scope read. */
export const getMe = (): Promise<Answer<Me>> => call("GET", `/me`);

/** Read the mirror: what we said, what they said, what nobody asked. Needs the scope read. */
export const getMirror = (study: string, query: { lines?: number } = {}): Promise<Answer<Mirror>> => call("GET", `/studies/${encodeURIComponent(study)}/mirror`, undefined, query);

/** Read the words behind a mask; that you looked is written down. Needs the scope admin. */
export const getOriginal = (text: string): Promise<Answer<Quote>> => call("GET", `/texts/${encodeURIComponent(text)}/original`);

/** Tell what was judged, learned and put to use. Needs the scope read. */
export const getOwn = (): Promise<Answer<Taught>> => call("GET", `/own`);

/** Read who a customer is to us. Needs the scope read. */
export const getPerson = (person: string): Promise<Answer<Person>> => call("GET", `/people/${encodeURIComponent(person)}`);

/** Cut the words at a place. Needs the scope read. */
export const getQuote = (query: { study?: string; text: string; start?: number; end: number }): Promise<Answer<Quote>> => call("GET", `/quotes`, undefined, query);

/** Read the recording of a conversation. Needs the scope read. */
export const getRecording = (conversation: string, query: { study?: string } = {}): Promise<Answer<Blob>> => call("GET", `/conversations/${encodeURIComponent(conversation)}/recording`, undefined, query);

/** Read one round. Needs the scope read. */
export const getRound = (round: string): Promise<Answer<Round>> => call("GET", `/rounds/${encodeURIComponent(round)}`);

/** Read a study. Needs the scope read. */
export const getStudy = (study: string): Promise<Answer<Study>> => call("GET", `/studies/${encodeURIComponent(study)}`);

/** Write a job, or a part of one, with the words that say it. Needs the scope write. */
export const holdClaim = (study: string, body: HoldClaimBody): Promise<Answer<Claim>> => call("POST", `/studies/${encodeURIComponent(study)}/claims`, body);

/** Take files in. Needs the scope write. */
export const importFiles = (study: string, form: FormData): Promise<Answer<Begun>> => call("POST", `/studies/${encodeURIComponent(study)}/imports`, form);

/** Make a link with which one new member can come in, once. Needs the scope admin. */
export const invite = (body: InviteBody): Promise<Answer<Handed>> => call("POST", `/invitations`, body);

/** Make one job of two, or two again. Needs the scope write. */
export const joinJobs = (study: string, claim: string, body: JoinJobsBody): Promise<Answer<void>> => call("POST", `/studies/${encodeURIComponent(study)}/claims/${encodeURIComponent(claim)}/join`, body);

/** Make one turn of two that follow each other. Needs the scope write. */
export const joinTurns = (text: string, body: JoinTurnsBody): Promise<Answer<Corrected>> => call("POST", `/texts/${encodeURIComponent(text)}/join`, body);

/** Say what a sentence is to a guess. Needs the scope write. */
export const judge = (study: string, body: JudgeBody): Promise<Answer<void>> => call("POST", `/studies/${encodeURIComponent(study)}/judgements`, body);

/** Take conversations out of a study; they stay here and in other studies. Needs the scope write. */
export const leaveConversations = (study: string, body: RegroupBody): Promise<Answer<Regrouped>> => call("POST", `/studies/${encodeURIComponent(study)}/conversations/leave`, body);

/** Show words again that a deed masked. Needs the scope admin. */
export const liftMask = (deed: number): Promise<Answer<void>> => call("DELETE", `/masks/${encodeURIComponent(deed)}`);

/** Show again what a person is called. Needs the scope admin. */
export const liftPerson = (person: string): Promise<Answer<void>> => call("DELETE", `/people/${encodeURIComponent(person)}/mask`);

/** List the customers' firms. Needs the scope read. */
export const listAccounts = (query: { after?: string; limit?: number } = {}): Promise<Answer<ListAccount>> => call("GET", `/accounts`, undefined, query);

/** List the deeds that are about a conversation since one, waiting for the next if asked to. Needs the scope read. */
export const listChanges = (conversation: string, query: { study?: string; after?: number; wait?: number } = {}): Promise<Answer<Changed>> => call("GET", `/conversations/${encodeURIComponent(conversation)}/changes`, undefined, query);

/** List what a study holds of its customers' progress, with what bears on it. Needs the scope read. */
export const listClaims = (study: string, query: { after?: string; limit?: number } = {}): Promise<Answer<ListHeld>> => call("GET", `/studies/${encodeURIComponent(study)}/claims`, undefined, query);

/** List a study's conversations, without their words. Needs the scope read. */
export const listConversations = (study: string, query: { after?: string; limit?: number } = {}): Promise<Answer<ListHead>> => call("GET", `/studies/${encodeURIComponent(study)}/conversations`, undefined, query);

/** List what members did, oldest first. Needs the scope read. */
export const listDeeds = (query: { after?: string; limit?: number } = {}): Promise<Answer<ListDeed>> => call("GET", `/deeds`, undefined, query);

/** List what members had said of words that were forgotten since: it lost its support. Needs the scope read. */
export const listForgotten = (query: { after?: string; limit?: number } = {}): Promise<Answer<ListLost>> => call("GET", `/forgotten`, undefined, query);

/** List a study's guesses, in the order in which they were sealed. Needs the scope read. */
export const listGuesses = (study: string, query: { after?: string; limit?: number } = {}): Promise<Answer<ListGuess>> => call("GET", `/studies/${encodeURIComponent(study)}/guesses`, undefined, query);

/** List the imports into a study that go on, newest first. Needs the scope read. */
export const listImports = (study: string): Promise<Answer<Running>> => call("GET", `/studies/${encodeURIComponent(study)}/imports`);

/** List the invitations that wait. Needs the scope admin. */
export const listInvitations = (query: { after?: string; limit?: number } = {}): Promise<Answer<ListTicket>> => call("GET", `/invitations`, undefined, query);

/** List those whose words may be kept no longer, and what would be lost with them. Needs the scope read. */
export const listLapsed = (query: { after?: string; limit?: number } = {}): Promise<Answer<ListLapse>> => call("GET", `/lapsed`, undefined, query);

/** Read the log of who came in, and what was handed out, newest first. Needs the scope admin. */
export const listLog = (query: { before?: number; limit?: number } = {}): Promise<Answer<Logged>> => call("GET", `/log`, undefined, query);

/** List what members decided in a conversation, in the order of its words. Needs the scope read. */
export const listMarks = (conversation: string, query: { study?: string; after?: string; limit?: number } = {}): Promise<Answer<ListMarked>> => call("GET", `/conversations/${encodeURIComponent(conversation)}/marks`, undefined, query);

/** List what a conversation tells of who somebody is. Needs the scope read. */
export const listMaskSuggestions = (conversation: string, query: { study?: string; after?: string; limit?: number } = {}): Promise<Answer<ListMaskable>> => call("GET", `/conversations/${encodeURIComponent(conversation)}/mask-suggestions`, undefined, query);

/** List what is masked in a conversation. Needs the scope read. */
export const listMasks = (conversation: string, query: { study?: string; after?: string; limit?: number } = {}): Promise<Answer<ListMasked>> => call("GET", `/conversations/${encodeURIComponent(conversation)}/masks`, undefined, query);

/** List the members, first come first. Needs the scope read. */
export const listMembers = (query: { after?: string; limit?: number } = {}): Promise<Answer<ListMember>> => call("GET", `/members`, undefined, query);

/** List what was heard: sentences that carry something, in the order in which they were said. Needs the scope read. */
export const listMoments = (conversation: string, query: { study?: string; after?: string; limit?: number; label?: Label } = {}): Promise<Answer<ListMoment>> => call("GET", `/conversations/${encodeURIComponent(conversation)}/moments`, undefined, query);

/** List the notes beside a conversation, first written first. Needs the scope read. */
export const listNotes = (conversation: string, query: { study?: string; after?: string; limit?: number } = {}): Promise<Answer<ListNote>> => call("GET", `/conversations/${encodeURIComponent(conversation)}/notes`, undefined, query);

/** Tell what the last word of a search could become. Needs the scope read. */
export const listOffers = (query: { study?: string; q: string }): Promise<Answer<Offers>> => call("GET", `/search/offers`, undefined, query);

/** List customers, across conversations and names, those who spoke last first. Needs the scope read. */
export const listPeople = (query: { after?: string; limit?: number; named?: string; account?: string } = {}): Promise<Answer<ListPerson>> => call("GET", `/people`, undefined, query);

/** List what hung on words that are gone, and waits for somebody to say where it hangs now. Needs the scope read. */
export const listReview = (query: { after?: string; limit?: number; conversation?: string } = {}): Promise<Answer<ListWaiting>> => call("GET", `/review`, undefined, query);

/** List rounds, the newest first. Needs the scope read. */
export const listRounds = (query: { after?: string; limit?: number; conversation?: string } = {}): Promise<Answer<ListRound>> => call("GET", `/rounds`, undefined, query);

/** List the saved searches, with what is new in each since you last looked. Needs the scope read. */
export const listSearches = (query: { after?: string; limit?: number } = {}): Promise<Answer<ListSaved>> => call("GET", `/searches`, undefined, query);

/** List the links that are open. Needs the scope read. */
export const listShares = (query: { after?: string; limit?: number } = {}): Promise<Answer<ListTicket>> => call("GET", `/shares`, undefined, query);

/** List the studies, first opened first. Needs the scope read. */
export const listStudies = (query: { after?: string; limit?: number } = {}): Promise<Answer<ListStudy>> => call("GET", `/studies`, undefined, query);

/** List your tokens; an owner sees all. Needs the scope read. */
export const listTokens = (query: { after?: string; limit?: number } = {}): Promise<Answer<ListTicket>> => call("GET", `/tokens`, undefined, query);

/** Read what was said, turn by turn. Needs the scope read. */
export const listTurns = (conversation: string, query: { study?: string; after?: string; limit?: number } = {}): Promise<Answer<ListTurn>> => call("GET", `/conversations/${encodeURIComponent(conversation)}/turns`, undefined, query);

/** List the words that a turn had, as they came first. Needs the scope read. */
export const listVersions = (conversation: string, turn: string, query: { after?: string; limit?: number } = {}): Promise<Answer<ListVersion>> => call("GET", `/conversations/${encodeURIComponent(conversation)}/turns/${encodeURIComponent(turn)}/versions`, undefined, query);

/** Open the invented studies, to try things on. Needs the scope write. */
export const loadSample = (): Promise<Answer<Opened>> => call("POST", `/sample`);

/** Make a link that shows one thing to whoever has it. Needs the scope write. */
export const makeShare = (body: MakeShareBody): Promise<Answer<Handed>> => call("POST", `/shares`, body);

/** Make a token with which a program acts for you. Needs the scope write. */
export const makeToken = (body: MakeTokenBody): Promise<Answer<Handed>> => call("POST", `/tokens`, body);

/** Keep, dismiss or mark labels on passages, all as one deed. Needs the scope write. */
export const mark = (body: MarkBody): Promise<Answer<Deeds>> => call("POST", `/marks`, body);

/** Keep all that counts of a label here, or dismiss all suggestions of it, as one deed. Needs the scope write. */
export const markHeard = (conversation: string, body: MarkHeardBody, query: { study?: string } = {}): Promise<Answer<Deeds>> => call("POST", `/conversations/${encodeURIComponent(conversation)}/marks`, body, query);

/** Let a number stand for what a person is called, everywhere. Needs the scope write. */
export const maskPerson = (person: string): Promise<Answer<Hidden>> => call("POST", `/people/${encodeURIComponent(person)}/mask`);

/** Hide all that is suggested in a conversation. Needs the scope write. */
export const maskSuggested = (conversation: string, query: { study?: string } = {}): Promise<Answer<Hidden>> => call("POST", `/conversations/${encodeURIComponent(conversation)}/masks`, undefined, query);

/** Hide words wherever they were shown or could be found. Needs the scope write. */
export const maskWords = (body: MaskWordsBody): Promise<Answer<Hidden>> => call("POST", `/masks`, body);

/** Say that two persons are one. Needs the scope write. */
export const mergePeople = (person: string, body: MergePeopleBody): Promise<Answer<void>> => call("POST", `/people/${encodeURIComponent(person)}/merge`, body);

/** Note what came back of a play-back. Needs the scope write. */
export const noteReply = (deed: number, body: NoteReplyBody): Promise<Answer<void>> => call("PUT", `/play-backs/${encodeURIComponent(deed)}/reply`, body);

/** Let members mark a conversation without seeing what others mark in it. Needs the scope write. */
export const openRound = (conversation: string, body: OpenRoundBody): Promise<Answer<OpenedRound>> => call("POST", `/conversations/${encodeURIComponent(conversation)}/rounds`, body);

/** Read a saved search, and remember that you looked. Needs the scope read. */
export const openSearch = (search: string): Promise<Answer<SavedSearch>> => call("GET", `/searches/${encodeURIComponent(search)}`);

/** Open a study. Needs the scope write. */
export const openStudy = (body: OpenStudyBody): Promise<Answer<Study>> => call("POST", `/studies`, body);

/** Settle whose words a speaker's are. Needs the scope write. */
export const placeSpeaker = (conversation: string, speaker: string, body: PlaceSpeakerBody): Promise<Answer<void>> => call("PUT", `/conversations/${encodeURIComponent(conversation)}/speakers/${encodeURIComponent(speaker)}/side`, body);

/** Say that words of ours are a promise. Needs the scope write. */
export const promise = (body: PromiseBody): Promise<Answer<void>> => call("POST", `/promises`, body);

/** Forget the jobs that were proposed, and find them again; where members put episodes stays. Needs the scope write. */
export const proposeJobsAnew = (study: string): Promise<Answer<void>> => call("POST", `/studies/${encodeURIComponent(study)}/jobs/anew`);

/** Put episodes into a job, into none, or back where they were proposed. Needs the scope write. */
export const putEpisodes = (study: string, body: PutEpisodesBody): Promise<Answer<void>> => call("POST", `/studies/${encodeURIComponent(study)}/episodes`, body);

/** Let what is suggested be masked as it comes in, or not. Needs the scope admin. */
export const putMaskSettings = (body: MaskSettings): Promise<Answer<MaskSettings>> => call("PUT", `/masks/settings`, body);

/** Keep the recording of a conversation, in the place of an earlier one. Needs the scope write. */
export const putRecording = (conversation: string, file: Blob, query: { study?: string } = {}): Promise<Answer<void>> => call("PUT", `/conversations/${encodeURIComponent(conversation)}/recording`, file, query);

/** Do again what was undone last. Needs the scope write. */
export const redo = (): Promise<Answer<Deeds>> => call("POST", `/redo`);

/** End a round though some are not done. Needs the scope admin. */
export const releaseRound = (round: string): Promise<Answer<void>> => call("POST", `/rounds/${encodeURIComponent(round)}/release`);

/** Let a member in no more; their deeds stay theirs. Needs the scope admin. */
export const removeMember = (member: string): Promise<Answer<void>> => call("DELETE", `/members/${encodeURIComponent(member)}`);

/** Remove the invented studies. Needs the scope write. */
export const removeSample = (): Promise<Answer<void>> => call("DELETE", `/sample`);

/** Give a saved search another name. Needs the scope write. */
export const renameSearch = (search: string, body: RenameSearchBody): Promise<Answer<void>> => call("PUT", `/searches/${encodeURIComponent(search)}/name`, body);

/** Say that later words of theirs tell what we got wrong. Needs the scope write. */
export const repair = (body: RepairBody): Promise<Answer<void>> => call("POST", `/repairs`, body);

/** Let words that a turn had before stand again. Needs the scope write. */
export const restoreText = (text: string, body: RestoreTextBody): Promise<Answer<Corrected>> => call("POST", `/texts/${encodeURIComponent(text)}/restore`, body);

/** Say where something that waits hangs now, or let it go. Needs the scope write. */
export const review = (body: ReviewBody): Promise<Answer<void>> => call("POST", `/review`, body);

/** Keep a search under a name. Needs the scope write. */
export const saveSearch = (body: SaveSearchBody): Promise<Answer<SavedAs>> => call("POST", `/searches`, body);

/** Seal guesses, and reveal what customers said. Needs the scope write. */
export const sealGuesses = (study: string, body: SealGuessesBody): Promise<Answer<Sealed>> => call("POST", `/studies/${encodeURIComponent(study)}/seal`, body);

/** Find sentences by their words and by what they mean, the best first. Needs the scope read. */
export const search = (query: { study?: string; q: string; in?: string; side?: Side; limit?: number }): Promise<Answer<Found>> => call("GET", `/search`, undefined, query);

/** Note that sentences of a customer's were sent back to them. Needs the scope write. */
export const sendBack = (body: SendBackBody): Promise<Answer<Sent>> => call("POST", `/play-backs`, body);

/** Change what a member may do. Needs the scope admin. */
export const setAccess = (member: string, body: SetAccessBody): Promise<Answer<void>> => call("PUT", `/members/${encodeURIComponent(member)}/access`, body);

/** Say of which firm a person is. Needs the scope write. */
export const setAccount = (person: string, body: SetAccountBody): Promise<Answer<void>> => call("PUT", `/people/${encodeURIComponent(person)}/account`, body);

/** Keep what a person allowed, and until when. Needs the scope write. */
export const setConsent = (person: string, body: SetConsentBody): Promise<Answer<void>> => call("PUT", `/people/${encodeURIComponent(person)}/consent`, body);

/** Say what a person is in their account. Needs the scope write. */
export const setRole = (person: string, body: SetRoleBody): Promise<Answer<void>> => call("PUT", `/people/${encodeURIComponent(person)}/role`, body);

/** Say that you have marked all of it, or not yet after all. Needs the scope write. */
export const setRoundDone = (round: string, body: SetRoundDoneBody): Promise<Answer<void>> => call("PUT", `/rounds/${encodeURIComponent(round)}/done`, body);

/** Settle a disagreement, and say why. Needs the scope write. */
export const settle = (round: string, body: SettleBody): Promise<Answer<void>> => call("POST", `/rounds/${encodeURIComponent(round)}/settlements`, body);

/** Look without sealing; guesses written from then on are marked late. Needs the scope write. */
export const skipGuesses = (study: string): Promise<Answer<void>> => call("POST", `/studies/${encodeURIComponent(study)}/skip`);

/** Give a turn to another speaker. Needs the scope write. */
export const speakTurn = (conversation: string, turn: string, body: SpeakTurnBody): Promise<Answer<void>> => call("PUT", `/conversations/${encodeURIComponent(conversation)}/turns/${encodeURIComponent(turn)}/speaker`, body);

/** Say that a person who was merged is themselves again. Needs the scope write. */
export const splitPerson = (person: string): Promise<Answer<void>> => call("POST", `/people/${encodeURIComponent(person)}/split`);

/** Make two turns of one. Needs the scope write. */
export const splitTurn = (text: string, body: SplitTurnBody): Promise<Answer<Corrected>> => call("POST", `/texts/${encodeURIComponent(text)}/split`, body);

/** Take back one deed, whoever did it and however long ago. Needs the scope write. */
export const takeBack = (deed: number): Promise<Answer<Deeds>> => call("POST", `/deeds/${encodeURIComponent(deed)}/undo`);

/** Take the jobs along, as Markdown or as slides in one page. Needs the scope read. */
export const takeJobs = (study: string, query: { form?: "md" | "html" } = {}): Promise<Answer<Blob>> => call("GET", `/studies/${encodeURIComponent(study)}/jobs/file`, undefined, query);

/** Take the mirror along, as one page or as a Word document. Needs the scope read. */
export const takeMirror = (study: string, query: { form?: "html" | "docx" } = {}): Promise<Answer<Blob>> => call("GET", `/studies/${encodeURIComponent(study)}/mirror/file`, undefined, query);

/** Take a note off. Needs the scope write. */
export const takeOffNote = (note: string): Promise<Answer<void>> => call("DELETE", `/notes/${encodeURIComponent(note)}`);

/** Take along what a search finds, a row a quote. Needs the scope read. */
export const takeOut = (query: { study?: string; q: string; in?: string; side?: Side; form?: "csv" | "xlsx" | "md" }): Promise<Answer<Blob>> => call("GET", `/search/file`, undefined, query);

/** Say what an answer did to something we took for granted. Needs the scope write. */
export const test = (study: string, body: TestBody): Promise<Answer<void>> => call("POST", `/studies/${encodeURIComponent(study)}/tests`, body);

/** Learn from the members' verdicts; what is learned is not put to use by that. Needs the scope write. */
export const trainOwn = (): Promise<Answer<Learned>> => call("POST", `/own`);

/** Take back the newest deed of yours that stands. Needs the scope write. */
export const undo = (): Promise<Answer<Deeds>> => call("POST", `/undo`);

/** Hear with what was learned, or as it comes. Needs the scope write. */
export const useOwn = (body: UseOwnBody): Promise<Answer<void>> => call("PUT", `/own/use`, body);

/** Write a note beside a passage. Needs the scope write. */
export const writeNote = (body: WriteNoteBody): Promise<Answer<Written>> => call("POST", `/notes`, body);
