package sqlstore

import (
	"errors"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/headway-oss/headway"
)

func TestErrorsOfPostgresSayWhatToDo(t *testing.T) {
	for _, c := range []struct {
		state string
		want  headway.Code
	}{
		{"23505", headway.Conflict},
		{"53100", headway.Unavailable}, // disk full
		{"53300", headway.Unavailable}, // too many connections
		{"57P01", headway.Unavailable}, // shut down
		{"40P01", headway.Unavailable}, // deadlock
		{"55P03", headway.Unavailable}, // lock
		{"08006", headway.Unavailable}, // connection lost
		{"42501", headway.Unavailable}, // no rights
		{"42601", headway.Internal},    // our own wrong SQL
	} {
		err := explainPostgres(&pgconn.PgError{Code: c.state})
		if got := headway.ErrorCode(err); got != c.want {
			t.Errorf("%s is %s, want %s", c.state, got, c.want)
		}
		if failed, ok := errors.AsType[*pgconn.PgError](err); !ok || failed.Code != c.state {
			t.Errorf("%s: the cause is lost", c.state)
		}
	}
}

func TestBothEnginesTakeTheSameCharactersForWords(t *testing.T) {
	on(t, func(t *testing.T, e engine) {
		d := e.open(t)
		draft := headway.NewDraft("words")
		draft.Say("Olga", "Why not? The e-mail of user@example.com said “quoted”—état… at /some/path: 3.5 don’t.")
		if _, err := d.AddConversations(ctx, "home", []headway.Conversation{*draft.Conversation()}); err != nil {
			t.Fatal(err)
		}
		for _, query := range []string{"why", "not", "e-mail", `"e mail"`, "user", "example", "path", "3", "3.5", "état", "quoted", "don't", "don’t"} {
			hits, _, err := d.Search(ctx, "home", query, searchAll, 0)
			if err != nil || len(hits) != 1 || len(hits[0].Spans) == 0 {
				t.Errorf("%s finds %v (%v)", query, hits, err)
			}
		}
	})
}
