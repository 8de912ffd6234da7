package flow

import (
	"sync"

	"github.com/headway-oss/headway"
)

// suggestions remembers what was heard in each conversation, to look through all
// of it for the next doubtful one.
type suggestions struct {
	mu    sync.Mutex
	in    map[headway.ConversationID]suggestedIn
	count int
}

type suggestedIn struct {
	of  string // the version that heard, and what it heard
	all []doubted
}

// keptSuggestions is how many are remembered, of all conversations together.
const keptSuggestions = 200_000

func (s *suggestions) get(id headway.ConversationID, of string) ([]doubted, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	kept, found := s.in[id]
	return kept.all, found && kept.of == of
}

func (s *suggestions) put(id headway.ConversationID, of string, all []doubted) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.in == nil || s.count > keptSuggestions {
		s.in, s.count = map[headway.ConversationID]suggestedIn{}, 0
	}
	s.count += len(all) - len(s.in[id].all)
	s.in[id] = suggestedIn{of, all}
}
