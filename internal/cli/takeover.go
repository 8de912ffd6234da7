package cli

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

// takeOver brings the members of an older Headway, which kept them in a file,
// into the store, once. The file stays beside as it was, under another name.
func (p *program) takeOver(ctx context.Context, gate *access.Gate) error {
	path := filepath.Join(p.config.Data, membersName)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return headway.Errorf(headway.Unavailable, "the list of members cannot be read: %w", err)
	}
	var old []struct {
		ID    headway.MemberID `json:"id"`
		Name  string           `json:"name"`
		Role  string           `json:"role"`
		Since time.Time        `json:"since"`
	}
	if err := json.Unmarshal(data, &old); err != nil {
		return headway.Errorf(headway.Invalid, "%s is damaged: %w; put it right or remove it", path, err)
	}
	var members []access.Member
	for _, m := range old {
		may := headway.Editor
		if m.Role == string(headway.Owner) {
			may = headway.Owner
		}
		members = append(members, access.Member{Member: headway.Member{ID: m.ID, Name: m.Name, Access: may}, Since: m.Since})
	}
	if err := gate.Adopt(ctx, members); err != nil {
		return err
	}
	if err := os.Rename(path, path+".taken-over"); err != nil {
		return headway.Errorf(headway.Unavailable, "the old list of members cannot be put aside: %w", err)
	}
	return nil
}
